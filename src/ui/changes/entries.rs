//! Differences as what is drawn of them, made once for a state of the plan.

use egui::{Label, Stroke, TextFormat, Ui, text::LayoutJob};

use crate::{
    export::changes::words::{self, Words},
    plan::{Change, Difference, Id, Plan, Segment, text_difference},
    session::{Revision, Session, versions::Against},
    ui::{View, memo::Memo},
};

use super::{super::theme, widths};

/// Longer texts are shown as a whole before and a whole after; comparing them takes too long.
const LONGEST: usize = 20_000;

/// What the tab shows: comparing takes a look at every node.
#[derive(Debug, Default)]
pub struct ChangesState {
    changes: Memo<(Revision, Against, bool), Changes>,
}

/// The differences.
#[derive(Debug, Default)]
pub struct Changes {
    pub entries: Vec<Entry>,
    /// How many there are; not all of them are entries.
    pub count: usize,
}

impl ChangesState {
    pub fn changes(&self) -> &Changes {
        self.changes.get()
    }
}

/// One difference.
#[derive(Debug)]
pub struct Entry {
    /// The name of its node, above the first difference of each.
    pub heading: Option<String>,
    pub name: String,
    /// What can be opened: a node, or the page of the plan as a whole (`Some(None)`). Nothing where it
    /// is gone, or where the form has no such page.
    pub shown: Option<Option<Id>>,
    pub field: String,
    pub pieces: Vec<Piece>,
    pub difference: Difference,
}

/// A part of a text, and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub kind: Kind,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Same,
    Removed,
    Added,
}

/// Makes the entries anew where the plan or the version is another.
pub fn refresh(session: &Session, view: &mut View, most: usize) {
    let against = session.against();
    let key = (session.revision(), against, session.compared().is_some());
    view.changes.changes.refresh(key, |_| {
        let differences = session.changes();
        let count = differences.len();
        let mut entries = Vec::new();
        if let Some(old) = session.compared() {
            let new = session.document().plan();
            let mut last = None;
            for difference in differences.into_iter().take(most) {
                let is_first = last != Some(difference.at);
                last = Some(difference.at);
                entries.push(entry(old, new, difference, is_first));
            }
        }
        Changes { entries, count }
    });
}

fn entry(old: &Plan, new: &Plan, difference: Difference, is_first: bool) -> Entry {
    let at = difference.at;
    let plan = match at {
        Some(id) if !new.contains(id) => old,
        _ => new,
    };
    let name = at.map_or_else(|| words::PLAN.to_owned(), |id| words::node_name(plan, id));
    let (field, pieces) = match &difference.change {
        Change::Added => ("追加".to_owned(), Vec::new()),
        Change::Removed => ("削除".to_owned(), Vec::new()),
        Change::Moved { .. } => ("移動".to_owned(), Vec::new()),
        Change::Value {
            old: before,
            new: after,
        } => {
            let (then, now) = (Words::of(old, at), Words::of(new, at));
            let field = now.property(after.property()).into_owned();
            let is_written = then.is_written(before) && now.is_written(after);
            let pieces = pieces(is_written, &then.value(before), &now.value(after));
            (field, pieces)
        }
    };
    let is_there = match at {
        Some(id) => new.contains(id),
        None => !new.form().plan.is_empty(),
    };
    Entry {
        heading: is_first.then(|| name.clone()),
        name,
        shown: is_there.then_some(at),
        field,
        pieces,
        difference,
    }
}

/// What has become of a text; what is not written in anybody's own words is shown as a whole.
fn pieces(is_written: bool, old: &str, new: &str) -> Vec<Piece> {
    let segments = if is_written && old.len().max(new.len()) <= LONGEST {
        text_difference(old, new)
    } else {
        let whole = [Segment::Removed(old), Segment::Added(new)];
        whole
            .into_iter()
            .filter(|it| !text_of(it).is_empty())
            .collect()
    };
    segments.iter().map(piece).collect()
}

/// What two texts have in common and what not, as pieces.
pub fn compare(old: &str, new: &str) -> Vec<Piece> {
    if old.len().max(new.len()) > LONGEST {
        return vec![piece(&Segment::Added(new))];
    }
    text_difference(old, new).iter().map(piece).collect()
}

const fn text_of<'a>(segment: &Segment<'a>) -> &'a str {
    match segment {
        Segment::Same(text) | Segment::Removed(text) | Segment::Added(text) => text,
    }
}

fn piece(segment: &Segment<'_>) -> Piece {
    let kind = match segment {
        Segment::Same(_) => Kind::Same,
        Segment::Removed(_) => Kind::Removed,
        Segment::Added(_) => Kind::Added,
    };
    Piece {
        kind,
        text: text_of(segment).to_owned(),
    }
}

/// Draws a comparison, and below it in words what differs only in width.
pub fn comparison(ui: &mut Ui, pieces: &[Piece]) {
    ui.add(Label::new(struck_out(ui, pieces)).wrap());
    let note = widths::in_words(pieces);
    if !note.is_empty() {
        ui.label(widths::small(ui, note));
    }
}

/// 見え消し: what is gone struck out, what is new underlined; colour only helps.
pub fn struck_out(ui: &Ui, pieces: &[Piece]) -> LayoutJob {
    let palette = theme::palette(ui);
    let mut job = LayoutJob::default();
    for piece in pieces {
        let mut format = TextFormat {
            font_id: egui::FontId::new(theme::BODY, theme::widths()),
            line_height: Some(theme::BODY * 1.3),
            color: palette.text,
            ..TextFormat::default()
        };
        match piece.kind {
            Kind::Same => {}
            Kind::Removed => {
                format.color = palette.weak;
                format.strikethrough = Stroke::new(1.0, palette.danger);
            }
            Kind::Added => {
                format.underline = Stroke::new(1.5, palette.accent);
                format.background = palette.marked;
            }
        }
        // What is only a line break would not be seen.
        let text = match piece.kind {
            Kind::Same => piece.text.clone(),
            Kind::Removed | Kind::Added => piece.text.replace('\n', "⏎\n"),
        };
        job.append(&text, 0.0, format);
    }
    job
}
