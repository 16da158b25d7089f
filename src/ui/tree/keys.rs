//! Keys in the tree: arrows, Home, End, pages, Enter, Delete, and typing a number or the
//! beginning of a title to go there.

use egui::{Event, Key, Modifiers, Ui};

use crate::{
    form::half_width,
    plan::Id,
    session::Session,
    ui::{View, Wish, command::Command},
};

/// A pause of this many seconds begins a new search.
const PAUSE: f64 = 1.2;

/// What was typed to find a row.
#[derive(Debug, Default)]
pub struct Typed {
    text: String,
    at: f64,
}

/// Handles the keys of this frame while the tree has the focus.
pub fn handle(session: &Session, view: &mut View, ui: &Ui, wishes: &mut Vec<Wish>) {
    let events = ui.input(|input| input.events.clone());
    for event in events {
        match event {
            Event::Key {
                key,
                pressed: true,
                modifiers: Modifiers::NONE,
                ..
            } => press(session, view, key, wishes),
            Event::Text(text) => find(session, view, ui, &text, wishes),
            _ => {}
        }
    }
}

fn press(session: &Session, view: &mut View, key: Key, wishes: &mut Vec<Wish>) {
    let tree = &view.tree;
    let Some(last) = tree.rows().len().checked_sub(1) else {
        return;
    };
    let at = tree.position(view.selected).unwrap_or(0);
    let Some(row) = tree.rows().get(at) else {
        return;
    };
    let page = tree.page.saturating_sub(1).max(1);
    let to = match key {
        Key::ArrowDown => at + 1,
        Key::ArrowUp => at.saturating_sub(1),
        Key::Home => 0,
        Key::End => last,
        Key::PageDown => at + page,
        Key::PageUp => at.saturating_sub(page),
        Key::ArrowRight => match row.id().zip(row.expanded) {
            Some((id, false)) => return view.set_expanded(id, true),
            Some((_, true)) => at + 1,
            None => return,
        },
        Key::ArrowLeft => {
            let Some(id) = row.id() else {
                return;
            };
            if row.expanded == Some(true) {
                return view.set_expanded(id, false);
            }
            match session.document().plan().parent(id) {
                Some(parent) => return wishes.push(Wish::Select(Some(parent))),
                None => return,
            }
        }
        Key::Enter | Key::F2 => return wishes.push(Wish::Enter(row.id())),
        Key::Delete => return wishes.push(Wish::Run(Command::Remove)),
        _ => return,
    };
    if let Some(row) = tree.rows().get(to.min(last)) {
        wishes.push(Wish::Select(row.id()));
    }
}

/// Goes to the node whose number or title begins with what was typed, folded away or not.
fn find(session: &Session, view: &mut View, ui: &Ui, text: &str, wishes: &mut Vec<Wish>) {
    let now = ui.input(|input| input.time);
    let typed = &mut view.tree.typed;
    if now - typed.at > PAUSE {
        typed.text.clear();
    }
    typed.at = now;
    typed.text.push_str(&half_width(text).to_lowercase());
    if let Some(id) = first_match(session, &view.tree.typed.text) {
        wishes.push(Wish::Select(Some(id)));
    }
}

fn first_match(session: &Session, typed: &str) -> Option<Id> {
    let is_number = typed.starts_with(|c: char| c.is_ascii_digit());
    let mut prefix = None;
    for entry in session.document().plan().nodes() {
        let id = entry.node.id;
        if !is_number {
            if half_width(&entry.node.title)
                .to_lowercase()
                .starts_with(typed)
            {
                return Some(id);
            }
            continue;
        }
        // An exact number first: 2-1 is a node although 2-1-1 begins so too.
        let number = entry.number().half_width(session.form());
        if number == typed {
            return Some(id);
        }
        if prefix.is_none() && number.starts_with(typed) {
            prefix = Some(id);
        }
    }
    prefix
}
