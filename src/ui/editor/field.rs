//! A text of the plan as a field: typed into a draft, put in the plan when the keys rest or the
//! field is left. Never touched while an IME composes.

use egui::{
    Color32, Context, CursorIcon, Event, FontId, Frame, Key, Margin, Modifiers, Response, Sense,
    Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, WidgetText,
    accesskit::Role,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
};

use crate::{
    form::Slot,
    plan::{
        Id, Node,
        checks::{Place, Severity},
    },
    session::{Action, Session, document::Draft, history::Spot},
    ui::{
        Focus, View, Wish,
        command::Command,
        theme::{self, size, space},
        view::{FieldUndo, Undone},
        widgets::{highlight, wave},
    },
};

use super::bullets;

/// How a field looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Several lines, growing with the text.
    pub lines: Option<usize>,
    pub font_size: f32,
    pub is_bold: bool,
    pub max_width: f32,
    /// A border at all times, or only when it is pointed at or typed in: in a table.
    pub is_framed: bool,
    /// As high as the place it has: all of a cell can be clicked.
    pub fills_height: bool,
    /// It may wrap in a narrow column, but is one line.
    pub is_line: bool,
}

impl Look {
    /// One line.
    pub const LINE: Self = Self {
        lines: None,
        font_size: theme::BODY,
        is_bold: false,
        max_width: size::MEASURE,
        is_framed: true,
        fills_height: false,
        is_line: true,
    };

    /// At least this many lines, and as many as the text has.
    pub const fn lines(lines: usize) -> Self {
        Self {
            lines: Some(lines),
            is_line: false,
            ..Self::LINE
        }
    }
}

/// The text that a field is for.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The node, or the plan as a whole (`None`).
    pub id: Option<Id>,
    pub at: Slot,
    pub value: &'a str,
    /// What a screen reader calls it.
    pub name: &'a str,
    /// What stands in it while it is empty.
    pub hint: &'a str,
}

impl<'a> Subject<'a> {
    pub fn of(node: &'a Node, at: Slot, name: &'a str) -> Self {
        Self {
            id: Some(node.id),
            at,
            value: node.text(at),
            name,
            hint: "",
        }
    }

    pub const fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }
}

/// By which id the field for a text, or for an answer, is known.
pub fn widget_of(view: &View, id: Option<Id>, at: Slot) -> egui::Id {
    egui::Id::unique(("field", view.document, id, at))
}

/// The text in which the cursor is, or the question that has the keys.
pub fn written_in(view: &View, ctx: &Context) -> Option<(Option<Id>, Slot)> {
    let (id, at) = view.written?;
    let widget = widget_of(view, id, at);
    ctx.memory(|memory| memory.has_focus(widget))
        .then_some((id, at))
}

/// A command has gone on to another node while the cursor was in a text: the cursor goes with it,
/// into the same text of that one.
pub fn follow_selection(view: &mut View, ui: &Ui) {
    let gone = |(id, _): &(Option<Id>, Slot)| view.selected != *id;
    let Some((id, at)) = written_in(view, ui.ctx()).filter(gone) else {
        return;
    };
    let widget = widget_of(view, id, at);
    view.written = None;
    ui.memory_mut(|memory| memory.surrender_focus(widget));
    view.focus_field = Some((view.selected, at));
}

/// The text in which something can be done again, if it is still as it was left.
fn undone<'a>(session: &Session, view: &'a View) -> Option<&'a Undone> {
    let document = session.document();
    view.undone.as_ref().filter(|undone| {
        let text = document.draft_of(undone.id, undone.at);
        text.unwrap_or_else(|| document.plan().text(undone.id, undone.at)) == undone.text
    })
}

/// Whether a text has something of its own to do again.
pub fn can_redo(session: &Session, view: &View) -> bool {
    undone(session, view).is_some()
}

/// Does it again, with the cursor back in the text.
pub fn redo(session: &Session, view: &mut View, ctx: &Context) -> Option<Action> {
    let Undone {
        id,
        at,
        text,
        cursor,
    } = undone(session, view)?.clone();
    let widget = widget_of(view, id, at);
    let mut state = TextEditState::load(ctx, widget)?;
    let mut undoer = state.undoer();
    let (cursor, text) = undoer.redo(&(cursor, text)).cloned()?;
    state.set_undoer(undoer);
    state.cursor.set_char_range(Some(cursor));
    state.store(ctx, widget);
    view.focus_field = Some((id, at));
    Some(Action::Type(Draft {
        id,
        at,
        text,
        composed: None,
    }))
}

/// Draws the field for one text of a node, or of the plan as a whole.
pub fn show(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    subject: Subject<'_>,
    look: Look,
    wishes: &mut Vec<Wish>,
) -> Response {
    let Subject {
        id,
        at,
        value,
        name,
        hint,
    } = subject;
    let palette = theme::palette(ui);
    let widget = widget_of(view, id, at);
    let mut text = session
        .document()
        .draft_of(id, at)
        .unwrap_or(value)
        .to_owned();
    if view.forget_local_undo
        && let Some(mut state) = TextEditState::load(ui.ctx(), widget)
    {
        state.clear_undoer();
        state.store(ui.ctx(), widget);
    }
    let is_focused = ui.memory(|memory| memory.has_focus(widget));
    if is_focused && !view.composing && !view.ime_event {
        wishes.extend(beyond(ui, widget, &text).map(Wish::Run));
    }
    let mut continued = false;
    if is_focused && look.lines.is_some() && !view.composing && !view.ime_event {
        continued = continue_bullet(ui, widget, &mut text);
    }
    let is_marked = view
        .mark
        .is_some_and(|mark| mark.id == id && mark.spot == Spot::Text(at));
    let ground = if is_marked {
        palette.marked
    } else {
        palette.field
    };
    let family = if look.is_bold {
        theme::bold()
    } else {
        egui::FontFamily::Proportional
    };
    let hint = WidgetText::from(egui::RichText::new(hint).color(palette.weak));
    let edit = match look.lines {
        Some(lines) => TextEdit::multiline(&mut text).desired_rows(lines),
        None => TextEdit::singleline(&mut text).align(egui::Align2::LEFT_CENTER),
    };
    let font = FontId::new(look.font_size, family);
    let mut edit = edit
        .id(widget)
        .font(font.clone())
        .text_color(palette.text)
        .background_color(ground)
        .hint_text(hint)
        .margin(Margin::symmetric(space::M as i8, space::S as i8))
        .desired_width(ui.available_width().min(look.max_width));
    if look.is_line {
        edit = edit.return_key(None);
    }
    if !look.is_framed {
        // The cell that is written in is white, whatever its row is marked with.
        let fill = if is_marked || is_focused {
            ground
        } else {
            Color32::TRANSPARENT
        };
        edit = edit.frame(
            Frame::new()
                .fill(fill)
                .inner_margin(Margin::symmetric(8, 6)),
        );
    }
    if look.fills_height {
        edit = edit.min_size(egui::vec2(0.0, ui.available_height()));
    }
    let output = edit.show(ui);
    let response = output.response.response;
    let laid_out = (&*output.galley, output.galley_pos);
    highlight::paint(
        ui.painter(),
        palette,
        laid_out,
        &text,
        &view.filter.filter.text,
    );
    if session.document().draft_of(id, at).is_none() {
        underline(session, ui, (id, at), laid_out);
    }
    if let Some(jump) = view.jump.take_if(|jump| (jump.id, jump.at) == (id, at)) {
        let mut state = output.state.clone();
        let ends = [jump.range.start, jump.range.end].map(CCursor::new);
        let [start, end] = ends;
        state
            .cursor
            .set_char_range(Some(CCursorRange::two(start, end)));
        state.store(ui.ctx(), widget);
        response.request_focus();
        response.scroll_to_me(None);
    }
    if !look.is_framed {
        outline(ui, &response);
    }
    describe(&response, name);
    if view
        .focus_field
        .take_if(|wanted| *wanted == (id, at))
        .is_some()
    {
        response.request_focus();
    }
    if response.has_focus() {
        view.written = Some((id, at));
        let undoer = output.state.undoer();
        let state = (output.cursor_range.unwrap_or_default(), text.clone());
        view.field_undo = FieldUndo {
            can_undo: undoer.has_undo(&state),
            can_redo: undoer.has_redo(&state),
        };
        view.undone = view.field_undo.can_redo.then_some(Undone {
            id,
            at,
            cursor: state.0,
            text: state.1,
        });
    }
    if response.changed() || continued {
        // While an IME composes, what egui calls the selection is what is not decided yet.
        let composed = output.cursor_range.filter(|_| view.composing);
        let composed = composed.map(|range| {
            let [from, to] = range.sorted_cursors().map(|cursor| cursor.index.0);
            from..to
        });
        let draft = Draft {
            id,
            at,
            text,
            composed,
        };
        wishes.push(Action::Type(draft).into());
        if !response.has_focus() {
            // A screen reader sets a text without going there.
            wishes.push(Action::EndTyping.into());
        }
    }
    if response.lost_focus() {
        wishes.push(Action::EndTyping.into());
    }
    if view.focus == Some(Focus::FirstField) {
        view.focus = None;
        response.request_focus();
    }
    if is_marked && view.scroll_to_mark {
        response.scroll_to_me(None);
    }
    response
}

/// Draws a wavy line under what the checks find in this text.
fn underline(
    session: &Session,
    ui: &Ui,
    (id, slot): (Option<Id>, Slot),
    laid_out: (&egui::Galley, egui::Pos2),
) {
    let Some(checks) = session.checking().checks() else {
        return;
    };
    let (plan, palette) = (session.document().plan(), theme::palette(ui));
    for finding in checks.of(plan, id) {
        if matches!(finding.place, Place::Text { at, .. } if at == slot)
            && let Some(characters) = finding.characters(plan)
        {
            let ink = match finding.rule.severity() {
                Severity::Error => palette.danger,
                Severity::Warning | Severity::Notice => palette.accent,
            };
            wave::paint(ui.painter(), laid_out, characters, ink);
        }
    }
}

/// Where Ctrl+↓ at the end of a text and Ctrl+↑ at its beginning lead: to the same text of the next
/// node, and of the one before. Elsewhere these keys go to the end and the beginning.
fn beyond(ui: &Ui, widget: egui::Id, text: &str) -> Option<Command> {
    let state = TextEditState::load(ui.ctx(), widget);
    let cursor = state.and_then(|state| state.cursor.char_range());
    let at = match cursor {
        Some(range) if range.is_empty() => range.primary.index.0,
        Some(_) => return None,
        // It has just come, and stands at the end.
        None => usize::MAX,
    };
    let (key, command) = match at {
        _ if at >= text.chars().count() => (Key::ArrowDown, Command::NextRow),
        0 => (Key::ArrowUp, Command::PreviousRow),
        _ => return None,
    };
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
    if pressed(key) {
        return Some(command);
    }
    // An empty text begins where it ends.
    (text.is_empty() && pressed(Key::ArrowUp)).then_some(Command::PreviousRow)
}

/// Takes the Enter of this frame and continues the bullet list with it, if the cursor is in one.
fn continue_bullet(ui: &Ui, widget: egui::Id, text: &mut String) -> bool {
    let pressed = ui.input(|input| {
        input.events.iter().any(|event| {
            matches!(
                event,
                Event::Key {
                    key: Key::Enter,
                    pressed: true,
                    modifiers: Modifiers::NONE,
                    ..
                }
            )
        })
    });
    if !pressed {
        return false;
    }
    let Some(mut state) = TextEditState::load(ui.ctx(), widget) else {
        return false;
    };
    let Some(cursor) = state.cursor.char_range().filter(|range| range.is_empty()) else {
        return false;
    };
    let Some((next, at)) = bullets::continued(text, cursor.primary.index.0) else {
        return false;
    };
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    *text = next;
    let cursor = CCursorRange::one(CCursor::new(at));
    state.cursor.set_char_range(Some(cursor));
    state.store(ui.ctx(), widget);
    true
}

/// The border of a field that has one only when it is used.
fn outline(ui: &Ui, response: &Response) {
    let palette = theme::palette(ui);
    let stroke = if response.has_focus() {
        Stroke::new(size::FOCUS, palette.accent)
    } else if response.hovered() {
        Stroke::new(1.0, palette.border)
    } else {
        return;
    };
    ui.painter()
        .rect_stroke(response.rect.shrink(1.0), 4.0, stroke, StrokeKind::Inside);
}

fn describe(response: &Response, name: &str) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_label(name);
    });
}

/// The label above a field.
pub fn label(ui: &mut Ui, text: &str) -> Response {
    heading(ui, text, theme::palette(ui).weak)
}

/// Small words that do something when they are clicked, and that Tab passes by: there are keys for
/// the same.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    let ink = theme::palette(ui).accent;
    let words = egui::RichText::new(text).size(theme::SMALL).color(ink);
    let label = egui::Label::new(words)
        .selectable(false)
        .sense(Sense::CLICK);
    let response = ui.add(label).on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, text));
    response
}

/// A label in this colour.
pub fn heading(ui: &mut Ui, text: &str, colour: Color32) -> Response {
    let text = egui::RichText::new(text).size(theme::SMALL).color(colour);
    ui.add(egui::Label::new(text))
}
