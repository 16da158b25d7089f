//! A text of the plan as a field: typed into a draft, put in the plan when the keys rest or the
//! field is left. Never touched while an IME composes.

use std::sync::Arc;

use egui::{
    Color32, CursorIcon, EventFilter, FontId, Frame, Galley, Key, KeyboardShortcut, Margin,
    Modifiers, Pos2, Response, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, WidgetText,
    accesskit::Role,
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
        view::{FieldUndo, Undone},
        widgets::highlight,
    },
};

use super::{
    bullets, caret,
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
    /// In a table, how it is held.
    pub held: Option<Held>,
}

/// How a text of a table is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// As a whole: what is typed replaces it, and no cursor is seen.
    Whole,
    /// The same, among several that are selected.
    Block,
    /// It is written in. Enter, Tab and Escape are the table's; Alt+Enter breaks the line.
    Written,
}

/// A field as it was drawn.
#[derive(Debug)]
pub struct Shown {
    pub response: Response,
    /// What it says now.
    pub text: String,
    /// The text as it is laid out, and where.
    pub galley: Arc<Galley>,
    pub galley_pos: Pos2,
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
        held: None,
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

/// Draws the field for one text of a node, or of the plan as a whole.
pub fn show(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    subject: Subject<'_>,
    look: Look,
    wishes: &mut Vec<Wish>,
) -> Response {
    draw(session, view, ui, subject, look, wishes).response
}

/// The same, with what it says and how that is laid out.
pub fn draw(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    subject: Subject<'_>,
    look: Look,
    wishes: &mut Vec<Wish>,
) -> Shown {
    let Subject {
        id,
        at,
        value,
        name,
        hint,
    } = subject;
    let palette = theme::palette(ui);
    let widget = caret::widget_of(view, id, at);
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
    if view.focus_field == Some((id, at)) {
        caret::go_to_next(view, ui, widget);
    }
    let is_focused = ui.memory(|memory| memory.has_focus(widget));
    let is_whole = matches!(look.held, Some(Held::Whole | Held::Block));
    let has_keys = is_focused && !is_whole && !view.composing && !view.ime_event;
    if has_keys {
        wishes.extend(caret::beyond(ui, widget, &text).map(Wish::Run));
    }
    if is_whole && is_focused {
        // What is typed, or composed by an IME, replaces what is selected.
        let mut state = TextEditState::load(ui.ctx(), widget).unwrap_or_default();
        let all = CCursorRange::select_all_str(&text);
        state.cursor.set_char_range(Some(all));
        state.clear_undoer();
        state.store(ui.ctx(), widget);
    }
    let line_break = match look.held {
        _ if look.is_line => None,
        None => Some(KeyboardShortcut::new(Modifiers::NONE, Key::Enter)),
        Some(_) => Some(KeyboardShortcut::new(Modifiers::ALT, Key::Enter)),
    };
    let mut continued = false;
    if has_keys && look.lines.is_some() {
        let modifiers = line_break.map_or(Modifiers::NONE, |keys| keys.modifiers);
        continued = bullets::go_on(ui, widget, modifiers, &mut text);
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
    if look.lines.is_some() {
        edit = edit.return_key(line_break);
    }
    if look.held.is_some() {
        edit = edit.event_filter(TABLE_KEYS);
    }
    if !look.is_framed {
        // The cell that is written in is white, whatever its row is marked with.
        let fill = if look.held == Some(Held::Block) {
            palette.selected
        } else if is_marked || look.held == Some(Held::Written) {
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
    let output = ui.scope(|ui| {
        if is_whole {
            hide_cursor(ui, palette.text);
        }
        edit.show(ui)
    });
    let output = output.inner;
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
        outline(ui, &response, look.held == Some(Held::Block));
    }
    describe(&response, name);
    if view
        .focus_field
        .take_if(|wanted| *wanted == (id, at))
        .is_some()
        && !response.has_focus()
    {
        response.request_focus();
    }
    if response.has_focus() {
        view.written = Some((id, at));
    }
    if response.has_focus() && !is_whole {
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
            text: text.clone(),
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
    Shown {
        response,
        text,
        galley: output.galley,
        galley_pos: output.galley_pos,
    }
}

/// The keys of a text in a table that egui does not use to move the focus.
pub const TABLE_KEYS: EventFilter = EventFilter {
    tab: true,
    horizontal_arrows: true,
    vertical_arrows: true,
    escape: true,
};

/// Nothing of what is selected in a text is seen, and nothing blinks.
fn hide_cursor(ui: &mut Ui, ink: Color32) {
    let visuals = ui.visuals_mut();
    visuals.selection.bg_fill = Color32::TRANSPARENT;
    visuals.selection.stroke.color = ink;
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke.color = Color32::TRANSPARENT;
}

/// The border of a field that has one only when it is used.
fn outline(ui: &Ui, response: &Response, is_selected: bool) {
    let palette = theme::palette(ui);
    let stroke = if response.has_focus() {
        Stroke::new(size::FOCUS, palette.accent)
    } else if is_selected {
        Stroke::new(1.0, palette.accent)
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
