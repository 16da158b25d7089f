//! The cursor in texts: where it is, where keys and commands lead it, and what a text has undone by
//! itself.

use egui::{
    Context, FocusDirection, Id as WidgetId, Key, Modifiers, Ui,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
};

use crate::{
    form::Slot,
    plan::Id,
    session::{Action, Session, document::Draft},
    ui::{View, command::Command, view::Undone},
};

/// By which id the field for a text, or for an answer, is known.
pub fn widget_of(view: &View, id: Option<Id>, at: Slot) -> WidgetId {
    WidgetId::unique(("field", view.document, id, at))
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

/// Gives the keys to the text that is drawn next. Unlike a request for the focus this leaves an IME
/// switched on that was on: on some systems it would be off in each text that she comes to.
pub fn go_to_next(view: &View, ui: &Ui, widget: WidgetId) {
    // A composition, however, has to end.
    if view.composing || ui.memory(|memory| memory.has_focus(widget)) {
        return;
    }
    ui.memory_mut(|memory| {
        memory.stop_text_input();
        memory.move_focus(FocusDirection::Next);
    });
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

/// Puts the cursor in a text, before this character. What was undone in it before is no more.
pub fn enter(view: &mut View, ctx: &Context, (id, at): (Option<Id>, Slot), character: usize) {
    let widget = widget_of(view, id, at);
    let mut state = TextEditState::load(ctx, widget).unwrap_or_default();
    let cursor = CCursorRange::one(CCursor::new(character));
    state.cursor.set_char_range(Some(cursor));
    state.clear_undoer();
    state.store(ctx, widget);
    view.undone = None;
}

/// Where Ctrl+↓ at the end of a text and Ctrl+↑ at its beginning lead: to the same text of the next
/// node, and of the one before. Elsewhere these keys go to the end and the beginning.
pub fn beyond(ui: &Ui, widget: WidgetId, text: &str) -> Option<Command> {
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
