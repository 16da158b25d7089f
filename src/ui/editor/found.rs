//! What the checks find in a field: a wavy line under the words, and beside them what it says and
//! what can be done about it. It is there when the words are pointed at, and at the cursor by a
//! command.

use std::ops::Range;

use egui::{
    Button, Galley, Id as WidgetId, Key, Label, Popup, PopupCloseBehavior, Pos2, Rect, Response,
    RichText, Sense, Ui, pos2, text::CCursor, text_edit::TextEditState,
};

use crate::{
    form::Slot,
    plan::{
        Id,
        checks::{Finding, Fix, Place, Severity, fix_all},
    },
    session::{Action, Session},
    ui::{
        View, Wish,
        changes::{compare, comparison},
        theme,
        view::Jump,
        widgets::wave,
    },
};

/// How wide an explanation gets.
const WIDTH: f32 = 360.0;

/// The explanation that was asked for at the cursor.
#[derive(Debug)]
pub struct Explaining {
    text: (Option<Id>, Slot),
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// The text has not been drawn since.
    Asked,
    /// It is shown, and the cursor goes back to where it was.
    Shown {
        finding: Finding,
        cursor: usize,
        has_focus: bool,
    },
}

impl Explaining {
    /// Asks for what was found at the cursor in this text.
    pub const fn asked(text: (Option<Id>, Slot)) -> Self {
        let stage = Stage::Asked;
        Self { text, stage }
    }

    /// The text, until it is known what was found there.
    pub const fn is_new(&self) -> bool {
        matches!(self.stage, Stage::Asked)
    }
}

/// A field as it was drawn.
#[derive(Clone, Copy)]
pub struct Drawn<'a> {
    pub text: (Option<Id>, Slot),
    pub widget: WidgetId,
    pub galley: &'a Galley,
    pub at: Pos2,
}

/// What she wants done with a finding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Fix,
    Leave,
}

/// Draws the wavy lines of a field, and the explanation that is asked for.
pub fn show(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    field: Drawn<'_>,
    wishes: &mut Vec<Wish>,
) {
    let found = in_text(session, field.text);
    for (n, (finding, characters)) in found.iter().enumerate() {
        let palette = theme::palette(ui);
        let ink = match finding.rule.severity() {
            Severity::Error => palette.danger,
            Severity::Warning | Severity::Notice => palette.accent,
        };
        let laid_out = (field.galley, field.at);
        wave::paint(ui.painter(), laid_out, characters.clone(), ink);
        let words = field.words(characters);
        let id = field.widget.with(("found", n));
        let mut choice = None;
        ui.interact(words, id, Sense::hover()).on_hover_ui(|ui| {
            choice = contents(session, ui, finding).choice;
        });
        if let Some(choice) = choice {
            let cursor = ui.memory(|memory| memory.has_focus(field.widget));
            let cursor = cursor.then(|| field.cursor(ui)).flatten();
            act(
                view,
                field.text,
                (finding, characters),
                choice,
                cursor,
                wishes,
            );
        }
    }
    at_cursor(session, view, ui, field, &found, wishes);
}

/// What is found in a text, with the characters it is about. Nothing while it is typed.
fn in_text(session: &Session, (id, slot): (Option<Id>, Slot)) -> Vec<(&Finding, Range<usize>)> {
    let Some(checks) = session.checking().checks() else {
        return Vec::new();
    };
    let document = session.document();
    if document.draft_of(id, slot).is_some() {
        return Vec::new();
    }
    let plan = document.plan();
    let here = checks
        .of(plan, id)
        .filter(|finding| matches!(finding.place, Place::Text { at, .. } if at == slot));
    here.filter_map(|finding| Some((finding, finding.characters(plan)?)))
        .collect()
}

/// Draws the explanation that was asked for at the cursor, until something is chosen or it is left.
fn at_cursor(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    field: Drawn<'_>,
    found: &[(&Finding, Range<usize>)],
    wishes: &mut Vec<Wish>,
) {
    let Some(mut explaining) = view.explaining.take_if(|it| it.text == field.text) else {
        return;
    };
    let popup = field.widget.with("explanation");
    if explaining.is_new() {
        let cursor = field.cursor(ui).unwrap_or(0);
        let is_here =
            |(_, range): &&(&Finding, Range<usize>)| (range.start..=range.end).contains(&cursor);
        let Some((finding, _)) = found.iter().find(is_here) else {
            wishes.push(Action::Say("ここに指摘はありません".to_owned()).into());
            return;
        };
        explaining.stage = Stage::Shown {
            finding: (*finding).clone(),
            cursor,
            has_focus: false,
        };
        Popup::open_id(ui.ctx(), popup);
    }
    let Stage::Shown {
        finding,
        cursor,
        has_focus,
    } = &mut explaining.stage
    else {
        return;
    };
    let Some((_, characters)) = found.iter().find(|(it, _)| *it == finding) else {
        return Popup::close_id(ui.ctx(), popup);
    };
    let words = field.words(characters);
    let shown = Popup::new(popup, ui.ctx().clone(), words, ui.layer_id())
        .open_memory(None)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name("指摘の説明")
        .show(|ui| contents(session, ui, finding));
    let Some(contents) = shown.map(|shown| shown.inner) else {
        return;
    };
    if let Some(choice) = contents.choice {
        Popup::close_id(ui.ctx(), popup);
        let found = (&*finding, characters);
        return act(view, field.text, found, choice, Some(*cursor), wishes);
    }
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        view.jump = Some(field.jump(*cursor));
        return;
    }
    // The keys come here until they are taken elsewhere.
    if !contents.has_focus {
        if *has_focus {
            return Popup::close_id(ui.ctx(), popup);
        }
        contents.first.request_focus();
    }
    *has_focus |= contents.has_focus;
    if Popup::is_id_open(ui.ctx(), popup) {
        view.explaining = Some(explaining);
    }
}

/// What was drawn of an explanation.
struct Contents {
    first: Response,
    has_focus: bool,
    choice: Option<Choice>,
}

fn contents(session: &Session, ui: &mut Ui, finding: &Finding) -> Contents {
    ui.set_max_width(WIDTH);
    let text = RichText::new(&finding.explanation).family(theme::widths());
    ui.add(Label::new(text).wrap());
    let fixing = finding.fix.as_ref();
    let fixing = fixing.and_then(|_| fix_all(session.document().plan(), [finding]));
    let change = fixing.and_then(|fixing| fixing.changes.into_iter().next());
    if let Some(change) = &change {
        let pieces = compare(&change.before, &change.after);
        comparison(ui, &pieces);
    }
    ui.horizontal(|ui| {
        let fix = change.map(|_| ui.add(Button::new("直す")));
        let leave = ui.add(Button::new("そのままにする"));
        let is_fixed = fix.as_ref().is_some_and(Response::clicked);
        let has_focus = leave.has_focus() || fix.as_ref().is_some_and(Response::has_focus);
        let choice = match (is_fixed, leave.clicked()) {
            (true, _) => Some(Choice::Fix),
            (false, true) => Some(Choice::Leave),
            (false, false) => None,
        };
        Contents {
            first: fix.unwrap_or(leave),
            has_focus,
            choice,
        }
    })
    .inner
}

/// Does what was chosen. The cursor stays at the words it was at.
fn act(
    view: &mut View,
    (id, at): (Option<Id>, Slot),
    (finding, characters): (&Finding, &Range<usize>),
    choice: Choice,
    cursor: Option<usize>,
    wishes: &mut Vec<Wish>,
) {
    let mut cursor = cursor;
    wishes.push(match choice {
        Choice::Leave => Action::Leave(vec![finding.clone()]).into(),
        Choice::Fix => {
            if let Some(Fix::Replace(with)) = &finding.fix {
                let length = with.chars().count();
                cursor = cursor.map(|cursor| follow(cursor, characters, length));
            }
            Action::Fix(finding.clone()).into()
        }
    });
    if let Some(cursor) = cursor {
        let range = cursor..cursor;
        view.jump = Some(Jump { id, at, range });
    }
}

/// Where a cursor is after these characters were replaced by so many others.
fn follow(cursor: usize, replaced: &Range<usize>, length: usize) -> usize {
    match cursor {
        before if before <= replaced.start => before,
        inside if inside < replaced.end => replaced.start + length,
        behind => behind - replaced.len() + length,
    }
}

impl Drawn<'_> {
    /// Where words are on the screen; of words in several rows the first.
    fn words(&self, characters: &Range<usize>) -> Rect {
        let start = self.galley.pos_from_cursor(CCursor::new(characters.start));
        let mut end = CCursor::new(characters.end);
        end.prefer_next_row = false;
        let end = self.galley.pos_from_cursor(end);
        let right = if end.min.y == start.min.y {
            end.right()
        } else {
            self.galley.rect.right()
        };
        let words = Rect::from_min_max(start.min, pos2(right, start.bottom()));
        words.translate(self.at.to_vec2())
    }

    fn cursor(&self, ui: &Ui) -> Option<usize> {
        let state = TextEditState::load(ui.ctx(), self.widget)?;
        Some(state.cursor.char_range()?.primary.index.0)
    }

    const fn jump(&self, cursor: usize) -> Jump {
        let (id, at) = self.text;
        let range = cursor..cursor;
        Jump { id, at, range }
    }
}
