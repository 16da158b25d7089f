//! The columns of a sheet on which tables of several levels stand, each with columns and widths of
//! its own: wherever one of them has an edge, the sheet has one.

use crate::{
    export::outline::shares,
    form::{Key, Level},
};

/// The width of all columns in half-width characters: about A4 landscape, and so much that the
/// usual state stands in one line of a column that has as large a share as that of the ward's form.
const WIDTH: f64 = 160.0;
/// Rows with a narrower column would be too high to be read.
const NARROWEST: f64 = 8.0;
/// Edges that are nearer than this are one.
const NEAR: f64 = 4.0;

/// A column of a table: which columns of the sheet it takes, and how many full-width characters of
/// 10 points stand in a line of it, less the indent and one to spare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub first: u16,
    pub last: u16,
    pub room: usize,
}

/// The columns of a sheet.
#[derive(Debug)]
pub struct Grid {
    /// In half-width characters.
    pub widths: Vec<f64>,
    /// Those of each level.
    pub spans: Vec<(Key, Vec<Span>)>,
}

impl Grid {
    /// The grid for tables of these levels.
    pub fn of(levels: &[&Level]) -> Self {
        let edges = |level: &Level| {
            let mut edge = 0.0;
            let ends = shares(level).map(|(_, share)| {
                edge += (WIDTH * share).max(NARROWEST);
                edge
            });
            ends.collect::<Vec<f64>>()
        };
        let edges: Vec<(Key, Vec<f64>)> = levels.iter().map(|it| (it.key, edges(it))).collect();
        let mut all: Vec<f64> = edges.iter().flat_map(|(_, edges)| edges).copied().collect();
        all.sort_by(f64::total_cmp);
        let mut ends: Vec<f64> = Vec::new();
        for edge in all {
            if ends.last().is_none_or(|last| edge - last >= NEAR) {
                ends.push(edge);
            }
        }
        let starts = || std::iter::once(0.0).chain(ends.iter().copied());
        let mut widths: Vec<f64> = starts()
            .zip(&ends)
            .map(|(start, end)| end - start)
            .collect();
        if widths.is_empty() {
            widths.push(WIDTH);
        }
        let spans = edges
            .iter()
            .map(|(level, edges)| (*level, spans(edges, &ends, &widths)));
        Self {
            spans: spans.collect(),
            widths,
        }
    }

    /// Where the columns of a level stand.
    pub fn spans(&self, level: Key) -> &[Span] {
        let mut spans = self.spans.iter();
        let found = spans.find(|(it, _)| *it == level);
        found.map_or(&[], |(_, spans)| spans)
    }

    pub fn last(&self) -> u16 {
        u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// How many characters stand in a line across all columns.
    pub fn room(&self) -> usize {
        room(self.widths.iter().sum())
    }
}

/// The columns of the sheet that end at these edges.
fn spans(edges: &[f64], ends: &[f64], widths: &[f64]) -> Vec<Span> {
    let mut first = 0;
    let spans = edges.iter().map(|edge| {
        // Of the ends that are not beyond it, the last one is meant.
        let after = ends.partition_point(|end| end <= edge).max(first + 1);
        let own = widths.get(first..after).unwrap_or_default();
        let span = Span {
            first: u16::try_from(first).unwrap_or(u16::MAX),
            last: u16::try_from(after - 1).unwrap_or(u16::MAX),
            room: room(own.iter().sum()),
        };
        first = after;
        span
    });
    spans.collect()
}

fn room(width: f64) -> usize {
    (width / 2.0 - 1.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Column;

    fn level(key: &str, shares: &[u16]) -> Level {
        let column = |share: &u16| Column {
            heading: String::new(),
            share: *share,
            fields: Vec::new(),
            review: None,
        };
        Level {
            key: key.parse().expect("a key"),
            columns: shares.iter().map(column).collect(),
            ..Level::default()
        }
    }

    #[test]
    fn tables_of_several_levels_share_the_edges_that_they_have_in_common() {
        let (one, other) = (level("one", &[1, 1, 2]), level("other", &[1, 3, 4]));
        let grid = Grid::of(&[&one, &other]);
        assert_eq!(grid.widths, [20.0, 20.0, 40.0, 80.0]);
        let places = |level: &Level| -> Vec<(u16, u16)> {
            let spans = grid.spans(level.key).iter();
            spans.map(|span| (span.first, span.last)).collect()
        };
        assert_eq!(places(&one), [(0, 1), (2, 2), (3, 3)]);
        assert_eq!(places(&other), [(0, 0), (1, 2), (3, 3)]);
        let rooms: Vec<usize> = grid.spans(one.key).iter().map(|span| span.room).collect();
        assert_eq!(rooms, [19, 19, 39]);
    }

    #[test]
    fn edges_that_nearly_meet_are_one_and_no_column_is_lost() {
        let (one, other) = (level("one", &[50, 50]), level("other", &[51, 49]));
        let grid = Grid::of(&[&one, &other]);
        assert_eq!(grid.widths.len(), 2);
        assert_eq!(grid.spans(other.key).len(), 2);
        // Narrow ones are as wide as they have to be.
        let narrow = level("narrow", &[1; 40]);
        let grid = Grid::of(&[&narrow, &one]);
        let spans = grid.spans(narrow.key);
        assert_eq!(spans.len(), 40);
        assert!(spans.windows(2).all(|pair| pair[0].last < pair[1].first));
    }
}
