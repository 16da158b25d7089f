//! Where one criterion of a target ends and the next begins.
//!
//! A bullet or ① begins a criterion, and so does a line after one that is complete. Other lines
//! continue the line above, as in texts that were wrapped by hand. Lines that begin with ※ are
//! remarks and belong to no criterion.

use std::ops::Range;

use super::{Understanding, read};

const BULLETS: &str = "・･•○●◎◆◇■□◦‣-－＊*";

/// Byte ranges of the criteria, without bullets and blanks around them, in order.
pub fn split(target: &str) -> Vec<Range<usize>> {
    let mut criteria: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    for piece in pieces(target) {
        let Some(line) = target.get(piece.clone()) else {
            continue;
        };
        let text = line.trim_start();
        let body = without_marker(text);
        let is_marked = body.len() < text.len();
        let range = piece.end - body.len()..piece.start + line.trim_end().len();
        if text.starts_with('※') || body.trim().is_empty() {
            goes_on = false;
            continue;
        }
        match criteria.last_mut() {
            Some(last) if goes_on && !is_marked => last.end = range.end,
            _ => criteria.push(range),
        }
        let whole = criteria.last().and_then(|range| target.get(range.clone()));
        goes_on = whole.is_some_and(|whole| !is_complete(whole));
    }
    criteria
}

/// Lines, cut where ② follows ① in the middle of one. Without their line breaks.
fn pieces(target: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut start, mut next) = (0, '①');
    for (at, c) in target.char_indices() {
        if c == '\n' {
            pieces.push(start..at);
            start = at + 1;
        } else if c == next {
            let is_first = c == '①';
            let begins_line = target
                .get(start..at)
                .is_none_or(|text| text.trim().is_empty());
            if is_first && !begins_line {
                continue;
            }
            pieces.push(start..at);
            start = at;
            next = char::from_u32(u32::from(c) + 1).unwrap_or(c);
        }
    }
    pieces.push(start..target.len());
    pieces
}

/// A line without its bullet or number.
fn without_marker(line: &str) -> &str {
    let is_circled = |c: char| matches!(c, '①'..='⑳');
    let body = line
        .strip_prefix(|c: char| is_circled(c) || BULLETS.contains(c))
        .or_else(|| {
            let (number, rest) = line.strip_prefix(['（', '('])?.split_once(['）', ')'])?;
            crate::plan::parse_number(number).map(|_| rest)
        });
    body.unwrap_or(line).trim_start()
}

/// So many bytes at the end of a criterion tell whether it is complete. Each of its lines asks, and
/// there may be any number of them.
const END: usize = 600;

fn is_complete(criterion: &str) -> bool {
    let from = criterion.ceil_char_boundary(criterion.len().saturating_sub(END));
    let end = criterion.get(from..).unwrap_or(criterion);
    end.trim_end().ends_with('。') || matches!(read::read(end), Understanding::Goal(_))
}
