//! A text of the plan as a field: typed into a draft, put in the plan when the keys rest or the
//! field is left. Never touched while an IME composes.

use egui::{
    Color32, Event, FontId, Frame, Key, Margin, Modifiers, Response, Stroke, StrokeKind, TextEdit,
    Ui, WidgetText,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
};

use crate::{
    form::Slot,
    plan::{Id, Node},
    session::{Action, Session, document::Draft, history::Spot},
    ui::{
        Focus, View, Wish,
        theme::{self, size, space},
        view::FieldUndo,
        widgets::highlight,
    },
};

use super::{
    bullets,
    found::{self, Drawn},
};

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

/// Where the field for a text is known.
fn widget_of(view: &View, id: Option<Id>, at: Slot) -> egui::Id {
    egui::Id::unique(("field", view.document, id, at))
}

/// A command has gone on to another node while the cursor was in a text: the cursor goes with it,
/// into the same text of that one.
pub fn follow_selection(view: &mut View, ui: &Ui) {
    let Some((id, at)) = view.written.filter(|(id, _)| view.selected != *id) else {
        return;
    };
    view.written = None;
    let widget = widget_of(view, id, at);
    if ui.memory(|memory| memory.has_focus(widget)) {
        ui.memory_mut(|memory| memory.surrender_focus(widget));
        view.focus_field = Some((view.selected, at));
    }
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
    let drawn = Drawn {
        text: (id, at),
        widget,
        galley: &output.galley,
        at: output.galley_pos,
    };
    found::show(session, view, ui, drawn, wishes);
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

/// A label in this colour.
pub fn heading(ui: &mut Ui, text: &str, colour: Color32) -> Response {
    let text = egui::RichText::new(text).size(theme::SMALL).color(colour);
    ui.add(egui::Label::new(text))
}
