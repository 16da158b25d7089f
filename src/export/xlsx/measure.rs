//! How many lines a text takes in a column, without a font at hand.
//!
//! The measure is generous: Excel and LibreOffice break lines in their own ways and may lack the
//! typeface that is asked for. A row that is a little too high is no harm; a line cut off is.

/// Widths are in hundredths of a full-width character.
const FULL: usize = 100;

/// Where the lines of a text begin, in bytes, at a column of `room` full-width characters.
pub fn line_starts(text: &str, room: usize) -> Vec<usize> {
    let room = room * FULL;
    let mut starts = vec![0];
    let mut used = 0;
    for (at, word) in words(text) {
        if word == "\n" {
            starts.push(at + 1);
            used = 0;
            continue;
        }
        let width: usize = word.chars().map(width).sum();
        if used + width <= room {
            used += width;
            continue;
        }
        if used > 0 && width <= room {
            starts.push(at);
            used = width;
            continue;
        }
        // The word is longer than a line: it is broken wherever it meets the edge.
        for (offset, c) in word.char_indices() {
            if used + self::width(c) > room && used > 0 {
                starts.push(at + offset);
                used = 0;
            }
            used += self::width(c);
        }
    }
    starts
}

/// The words between which a line may break: Latin letters and digits together, everything else
/// character by character.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let run = rest
            .find(|c: char| !c.is_ascii_graphic())
            .unwrap_or(rest.len());
        let length = match run {
            0 => rest.chars().next()?.len_utf8(),
            run => run,
        };
        let start = at;
        at += length;
        Some((start, rest.get(..length)?))
    })
}

fn width(c: char) -> usize {
    match c {
        '\t' => 4 * FULL,
        ' '..='~' | '\u{FF61}'..='\u{FF9F}' => 55,
        // Emoji are wider than the letters around them.
        '\u{1F000}'.. => 140,
        _ => FULL,
    }
}

/// A text in pieces of at most `lines` lines, each for a row of its own. A break that was typed is
/// preferred to one within a paragraph. There is at least one piece.
pub fn pieces(text: &str, room: usize, lines: usize) -> Vec<Piece<'_>> {
    let starts = line_starts(text, room);
    let mut pieces = Vec::new();
    let mut first = 0;
    while first < starts.len() {
        let end = last_line(text, &starts, first, lines);
        let from = starts.get(first).copied().unwrap_or(text.len());
        let to = starts.get(end).copied().unwrap_or(text.len());
        let piece = text.get(from..to).unwrap_or_default();
        pieces.push(Piece {
            start: from,
            // The end of the row stands for the line break.
            text: match end < starts.len() {
                true => piece.strip_suffix('\n').unwrap_or(piece),
                false => piece,
            },
            lines: end - first,
        });
        first = end;
    }
    pieces
}

/// A piece of a text, and how many lines it takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Where it begins, in bytes.
    pub start: usize,
    pub text: &'a str,
    pub lines: usize,
}

/// The line before which the piece that begins at `first` ends.
fn last_line(text: &str, starts: &[usize], first: usize, lines: usize) -> usize {
    let most = first + lines.max(1);
    if most >= starts.len() {
        return starts.len();
    }
    let is_typed_break = |line: &usize| {
        let start = starts.get(*line).copied().unwrap_or_default();
        text.get(..start)
            .is_some_and(|before| before.ends_with('\n'))
    };
    let half = first + lines / 2;
    let found = (half + 1..=most).rev().find(is_typed_break);
    found.unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, room: usize) -> Vec<&str> {
        let starts = line_starts(text, room);
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let pairs = starts.iter().copied().zip(ends);
        pairs.filter_map(|(from, to)| text.get(from..to)).collect()
    }

    #[test]
    fn lines_are_full_of_characters_and_words_stay_whole() {
        assert_eq!(lines("一二三四五六七", 3), ["一二三", "四五六", "七"]);
        assert_eq!(lines("一二\n三\n", 3), ["一二\n", "三\n", ""]);
        assert_eq!(lines("一二 word 三", 4), ["一二 ", "word 三"]);
        assert_eq!(lines("aaaaaaaaaaaa", 3), ["aaaaa", "aaaaa", "aa"]);
        assert_eq!(lines("", 3), [""]);
        assert_eq!(lines("🎉🎉🎉", 2), ["🎉", "🎉", "🎉"]);
    }

    #[test]
    fn pieces_end_at_a_typed_break_if_one_is_near_and_lose_nothing() {
        let text = "一\n二\n三四五六七八九\n十";
        let found: Vec<(&str, usize)> = pieces(text, 3, 3)
            .into_iter()
            .map(|piece| (piece.text, piece.lines))
            .collect();
        assert_eq!(found, [("一\n二", 2), ("三四五六七八九", 3), ("十", 1)]);
        let long = "あ".repeat(100_000);
        let pieces = pieces(&long, 20, 26);
        assert!(pieces.iter().all(|piece| piece.lines <= 26));
        let joined: String = pieces.iter().map(|piece| piece.text).collect();
        assert_eq!(joined, long);
    }
}
