//! How one text became another, in the pieces that 見え消し shows: what stayed, what is struck
//! out, what is new.
//!
//! The shortest list of steps is not the most readable one. A number, a word in katakana or in
//! Latin letters is replaced whole (１００ → １２０, not １[０→２]０); a scrap that two changes
//! happen to have between them goes with them; and a line that is new begins at its own beginning.

use std::ops::Range;

use icu_segmenter::GraphemeClusterSegmenter;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment<'a> {
    Same(&'a str),
    /// Only in the old text.
    Removed(&'a str),
    /// Only in the new text; comes after what it replaces.
    Added(&'a str),
}

/// What stayed between two changes is always worth showing if it is longer than this.
const LONGEST_SCRAP: usize = 8;

/// The pieces of two texts, in order: all but the added ones make the old text, all but the
/// removed ones the new one. None is empty.
pub fn text_difference<'a>(old: &'a str, new: &'a str) -> Vec<Segment<'a>> {
    let texts = Texts::of(old, new);
    let mut steps = texts.steps();
    while texts.join_over_scraps(&mut steps) {}
    texts.begin_with_lines(&mut steps);
    let (mut old, mut new) = (old, new);
    let mut segments = Vec::new();
    for step in steps {
        let removed = split_off(&mut old, texts.old.get(step.old));
        let added = split_off(&mut new, texts.new.get(step.new));
        if step.is_same {
            segments.push(Segment::Same(added));
        } else {
            segments.push(Segment::Removed(removed));
            segments.push(Segment::Added(added));
        }
    }
    segments.retain(|segment| !segment.text().is_empty());
    segments
}

impl<'a> Segment<'a> {
    pub const fn text(self) -> &'a str {
        match self {
            Self::Same(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }
}

/// Part of both texts, as positions of tokens.
#[derive(Debug, Clone)]
struct Step {
    old: Range<usize>,
    new: Range<usize>,
    is_same: bool,
}

struct Texts<'a> {
    old: Vec<&'a str>,
    new: Vec<&'a str>,
    /// How many characters stand before each token, and in all.
    characters: [Vec<usize>; 2],
}

impl<'a> Texts<'a> {
    fn of(old: &'a str, new: &'a str) -> Self {
        let (old, new) = (tokens(old), tokens(new));
        let characters = [&old, &new].map(|tokens| {
            let mut sum = 0;
            let ends = tokens.iter().map(|token| {
                sum += token.chars().count();
                sum
            });
            std::iter::once(0).chain(ends).collect()
        });
        Self {
            old,
            new,
            characters,
        }
    }

    /// The length of a step in characters, in the text in which it is longer.
    fn length(&self, step: &Step) -> usize {
        let [old, new] = &self.characters;
        let in_one = |characters: &[usize], range: &Range<usize>| {
            let at = |token: usize| characters.get(token).copied().unwrap_or_default();
            at(range.end).saturating_sub(at(range.start))
        };
        in_one(old, &step.old).max(in_one(new, &step.new))
    }

    fn steps(&self) -> Vec<Step> {
        let steps = capture_diff_slices(Algorithm::Myers, &self.old, &self.new);
        let mut steps: Vec<Step> = steps
            .into_iter()
            .map(|step| Step {
                old: step.old_range(),
                new: step.new_range(),
                is_same: matches!(step, DiffOp::Equal { .. }),
            })
            .collect();
        steps.dedup_by(|next, step| join_changes(step, next));
        steps
    }

    /// Joins changes that are separated by less than they change, and returns whether there were
    /// any.
    fn join_over_scraps(&self, steps: &mut Vec<Step>) -> bool {
        let before = steps.len();
        let mut joined: Vec<Step> = Vec::with_capacity(before);
        for step in steps.drain(..) {
            if !step.is_same
                && let [.., left, scrap] = joined.as_mut_slice()
                && !left.is_same
                && self.is_scrap(left, scrap, &step)
            {
                left.old.end = step.old.end;
                left.new.end = step.new.end;
                joined.pop();
            } else {
                joined.push(step);
            }
        }
        *steps = joined;
        steps.len() < before
    }

    fn is_scrap(&self, left: &Step, scrap: &Step, right: &Step) -> bool {
        let length = self.length(scrap);
        if !scrap.is_same || length > LONGEST_SCRAP {
            return false;
        }
        let tokens = self.new.get(scrap.new.clone()).unwrap_or_default();
        // A list is read line by line, so the ends of its lines hold it together.
        if tokens.iter().any(|token| token.contains('\n')) {
            return false;
        }
        length == 1 || (length <= self.length(left) && length <= self.length(right))
    }

    /// What was only added or only removed may just as well begin earlier if it ends like the text
    /// before it: ・一[二\n・]三 is ・一… with the whole line 「・二」 added.
    fn begin_with_lines(&self, steps: &mut [Step]) {
        for at in 1..steps.len() {
            let (before, rest) = steps.split_at_mut(at);
            let (Some(before), Some((change, rest))) = (before.last_mut(), rest.split_first_mut())
            else {
                continue;
            };
            if change.is_same || !before.is_same {
                continue;
            }
            let (tokens, range) = match (change.old.is_empty(), change.new.is_empty()) {
                (true, false) => (&self.new, &change.new),
                (false, true) => (&self.old, &change.old),
                _ => continue,
            };
            let after = rest.first_mut().filter(|after| after.is_same);
            let (Some(shift), Some(after)) = (shift_to_line(tokens, range, before), after) else {
                continue;
            };
            for (before, change, after) in [
                (&mut before.old, &mut change.old, &mut after.old),
                (&mut before.new, &mut change.new, &mut after.new),
            ] {
                before.end -= shift;
                *change = change.start - shift..change.end - shift;
                after.start -= shift;
            }
        }
    }
}

/// How many tokens earlier a change can begin so that it begins at the start of a line.
fn shift_to_line(tokens: &[&str], change: &Range<usize>, before: &Step) -> Option<usize> {
    let most = before.new.len().min(change.len());
    for shift in 0..=most {
        let start = change.start - shift;
        let is_line = start.checked_sub(1).and_then(|at| tokens.get(at));
        if is_line.is_none_or(|token| token.ends_with('\n')) {
            return Some(shift);
        }
        let slides = tokens.get(start - 1) == tokens.get(change.end - shift - 1);
        if !slides {
            return None;
        }
    }
    None
}

/// Makes one change of two consecutive ones.
fn join_changes(step: &mut Step, next: &Step) -> bool {
    let joins = !step.is_same && !next.is_same;
    if joins {
        step.old.end = next.old.end;
        step.new.end = next.new.end;
    }
    joins
}

/// What is never split: a line break, a run of digits, of katakana or of Latin letters, or what a
/// reader takes for one character.
fn tokens(text: &str) -> Vec<&str> {
    let breaks: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(text).collect();
    let characters = breaks
        .windows(2)
        .filter_map(|pair| Some((*pair.first()?, text.get(*pair.first()?..*pair.last()?)?)));
    let mut tokens: Vec<(usize, Class)> = Vec::new();
    for (start, character) in characters {
        let class = Class::of(character);
        let goes_on = class != Class::Single && tokens.last().is_some_and(|it| it.1 == class);
        if !goes_on {
            tokens.push((start, class));
        }
    }
    let starts = tokens.iter().map(|token| token.0);
    let ends = starts.clone().skip(1).chain([text.len()]);
    let ranges = starts.zip(ends);
    ranges
        .filter_map(|(start, end)| text.get(start..end))
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Katakana,
    Latin,
    Single,
}

impl Class {
    fn of(character: &str) -> Self {
        match character.chars().next() {
            Some('0'..='9' | '０'..='９') => Self::Digit,
            Some('ァ'..='ヺ' | 'ー' | 'ｦ'..='ﾟ') => Self::Katakana,
            Some('A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ') => Self::Latin,
            _ => Self::Single,
        }
    }
}

/// Takes the next tokens off the beginning of a text, as one piece.
fn split_off<'a>(text: &mut &'a str, tokens: Option<&[&str]>) -> &'a str {
    let bytes = tokens.unwrap_or_default().iter().map(|it| it.len()).sum();
    let (piece, rest) = text.split_at_checked(bytes).unwrap_or((*text, ""));
    *text = rest;
    piece
}
