//! Keys in the form, as in a spreadsheet.
//!
//! A cell that is taken as a whole has the focus of its text, in which everything is selected: so what
//! is typed replaces it, and an IME loses not even the first character. The keys that mean something
//! to the table are taken away before the text sees them, in the order in which they were pressed; a
//! text that follows a step to another cell waits for the next frame, in which that cell has the focus.

use egui::{Context, Event, FocusDirection, Key, Modifiers, Ui};

use crate::{
    form::{Field, Slot},
    plan::Plan,
    session::{Action, Session, cells::Change, document::Draft},
    ui::{View, Wish, command::Command, copy, editor::caret, widgets::choice},
};

use super::{
    grid::{Block, Cell, Grid, Step},
    selection::Mode,
};

/// Handles the keys of this frame, if the form has them.
pub fn handle(session: &Session, view: &mut View, ui: &Ui, grid: Grid<'_>, wishes: &mut Vec<Wish>) {
    let Some(cell) = view.form.cell() else {
        return;
    };
    let widget = caret::widget_of(view, Some(cell.id), cell.at);
    let has_keys = view.form.takes_keys || ui.memory(|memory| memory.has_focus(widget));
    if !has_keys || session.prompt().is_some() || view.palette.is_some() {
        return;
    }
    if is_of_ime(view, ui) {
        return ui.input_mut(|input| input.events.retain(|event| !is_tab(event)));
    }
    // A cell that has just got the focus has not claimed Tab and the arrows from egui yet.
    ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    let mut keys = Keys {
        session,
        view,
        ctx: ui.ctx(),
        grid,
        wishes,
    };
    let events = ui.input_mut(|input| std::mem::take(&mut input.events));
    let mut kept: Vec<Event> = Vec::new();
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        let must_wait = match is_of_table(&event) {
            true => kept.iter().any(is_of_text),
            false => is_of_text(&event) && keys.view.form.takes_keys && !keys.is_question(),
        };
        if must_wait {
            // What an IME sends is seen when it comes again.
            keys.view.composing = false;
            keys.view.ime_event = false;
            keys.view.deferred = std::iter::once(event).chain(events).collect();
            keys.ctx.request_repaint();
            break;
        }
        if !keys.takes(&event) {
            kept.push(event);
        }
    }
    ui.input_mut(|input| input.events = kept);
}

/// Whether the keys of this frame are an IME's: with what it sends may come the key by which it was
/// decided. Not those that were pressed before it began.
fn is_of_ime(view: &View, ui: &Ui) -> bool {
    let is_on = (view.composing || view.ime_event) && !view.form.takes_keys;
    let begins_with_key = || {
        ui.input(|input| {
            let mut events = input.events.iter();
            let first = events.find(|event| is_of_table(event) || matches!(event, Event::Ime(_)));
            first.is_some_and(is_of_table)
        })
    };
    is_on && (view.was_composing || !begins_with_key())
}

/// Whether it would put a tab in a text.
const fn is_tab(event: &Event) -> bool {
    matches!(event, Event::Key { key: Key::Tab, .. })
}

/// Whether a text may take an event.
const fn is_of_text(event: &Event) -> bool {
    matches!(
        event,
        Event::Text(_) | Event::Ime(_) | Event::Key { pressed: true, .. }
    )
}

/// Whether an event may mean something to the table.
fn is_of_table(event: &Event) -> bool {
    match event {
        Event::Key { key, pressed, .. } => {
            *pressed
                && matches!(
                    key,
                    Key::ArrowLeft
                        | Key::ArrowRight
                        | Key::ArrowUp
                        | Key::ArrowDown
                        | Key::Home
                        | Key::End
                        | Key::Tab
                        | Key::Enter
                        | Key::Escape
                        | Key::F2
                        | Key::Delete
                )
        }
        Event::Copy | Event::Cut | Event::Paste(_) => true,
        _ => false,
    }
}

/// Where a key leads in the table.
fn step_of(key: Key, to_end: bool) -> Option<Step> {
    Some(match (key, to_end) {
        (Key::ArrowLeft, false) => Step::Left,
        (Key::ArrowRight, false) => Step::Right,
        (Key::ArrowUp, false) => Step::Up,
        (Key::ArrowDown, false) => Step::Down,
        (Key::Home, false) | (Key::ArrowLeft, true) => Step::RowStart,
        (Key::End, false) | (Key::ArrowRight, true) => Step::RowEnd,
        (Key::ArrowUp, true) => Step::ColumnStart,
        (Key::ArrowDown, true) => Step::ColumnEnd,
        _ => return None,
    })
}

/// What the keys of a frame need.
struct Keys<'a, 'p> {
    session: &'a Session,
    view: &'a mut View,
    ctx: &'a Context,
    grid: Grid<'p>,
    wishes: &'a mut Vec<Wish>,
}

impl Keys<'_, '_> {
    /// Takes an event that means something to the table; others are the text's.
    fn takes(&mut self, event: &Event) -> bool {
        let Some(cell) = self.view.form.cell() else {
            return false;
        };
        let mode = self.view.form.mode().clone();
        match (event, mode) {
            (
                Event::Key {
                    key,
                    pressed: true,
                    modifiers,
                    ..
                },
                mode,
            ) if !modifiers.alt => match mode {
                Mode::Whole => self.press(cell, *key, *modifiers),
                Mode::Written { before, .. } => self.press_in_text(cell, *key, *modifiers, before),
                Mode::Answered(n) => self.press_in_choices(cell, *key, *modifiers, n),
            },
            (Event::Text(text), Mode::Whole | Mode::Answered(_)) if self.is_question() => {
                if let Some(digit) = choice::digit(text) {
                    self.choose(cell, digit);
                }
                true
            }
            (Event::Copy, Mode::Whole) => self.copy(cell),
            (Event::Cut, Mode::Whole) => self.copy(cell) && self.empty(cell),
            (Event::Paste(text), Mode::Whole) => {
                let area = self.grid.area(&self.block(cell));
                let fill = area.map(|area| Action::Fill(area, text.clone()).into());
                self.wishes.extend(fill);
                true
            }
            _ => false,
        }
    }

    /// A key while the cell is taken as a whole.
    fn press(&mut self, cell: Cell, key: Key, modifiers: Modifiers) -> bool {
        let (shift, control) = (modifiers.shift, modifiers.command);
        if let Some(step) = step_of(key, control) {
            if let Some(to) = self.grid.step(cell, step, cell.at) {
                if shift {
                    self.view.form.extend(to);
                } else {
                    self.view.form.select(to);
                }
                self.show(to);
            }
            return true;
        }
        match key {
            _ if control => false,
            Key::Tab => self.tab(cell, shift),
            Key::Enter if shift => self.go(cell, Step::Up, cell.at),
            Key::Enter | Key::F2 if self.is_question() => self.open_choices(cell),
            Key::Space if self.is_question() => self.open_choices(cell),
            Key::Enter | Key::F2 => self.write(cell),
            Key::Delete => self.empty(cell),
            Key::Backspace if self.is_question() => self.empty(cell),
            Key::Escape => self.escape(cell),
            _ => false,
        }
    }

    /// A key while its text is written in.
    fn press_in_text(
        &mut self,
        cell: Cell,
        key: Key,
        modifiers: Modifiers,
        before: String,
    ) -> bool {
        match key {
            _ if modifiers.command => false,
            Key::Enter => {
                let column = self.view.form.tab_from().unwrap_or(cell.at);
                let step = if modifiers.shift {
                    Step::Up
                } else {
                    Step::Down
                };
                self.go(cell, step, column)
            }
            Key::Tab => self.tab(cell, modifiers.shift),
            Key::Escape => {
                self.view.form.leave();
                let draft = Draft {
                    id: Some(cell.id),
                    at: cell.at,
                    text: before,
                    composed: None,
                };
                self.wishes.push(Action::Type(draft).into());
                self.wishes.push(Action::EndTyping.into());
                true
            }
            _ => false,
        }
    }

    /// A key while its choices are open.
    fn press_in_choices(&mut self, cell: Cell, key: Key, modifiers: Modifiers, n: usize) -> bool {
        let count = choice::counted(&self.questions(cell)).count();
        match key {
            _ if modifiers.command => return false,
            Key::ArrowUp | Key::ArrowLeft => self.view.form.answer(n.saturating_sub(1).max(1)),
            Key::ArrowDown | Key::ArrowRight => self.view.form.answer((n + 1).min(count)),
            Key::Enter | Key::Space => self.choose(cell, n),
            Key::Escape | Key::F2 => self.view.form.leave(),
            Key::Tab => return self.tab(cell, modifiers.shift),
            Key::Delete | Key::Backspace => return self.empty(cell),
            _ => return false,
        }
        true
    }

    fn plan(&self) -> &Plan {
        self.session.document().plan()
    }

    /// Whether the cell holds questions.
    fn is_question(&self) -> bool {
        let cell = self.view.form.cell();
        let field = cell.and_then(|cell| self.plan().field_of(Some(cell.id), cell.at));
        field.is_some_and(|field| field.is_choice())
    }

    fn questions(&self, cell: Cell) -> Vec<&'_ Field> {
        let facts = self.grid.block(cell, cell).facts;
        let plan = self.session.document().plan();
        let fields = facts.iter();
        fields
            .filter_map(|at| plan.field_of(Some(cell.id), *at))
            .collect()
    }

    /// Where the cell answers a question, and what.
    fn answer(&self, cell: Cell, field: &Field) -> Option<(Slot, &str)> {
        let facts = self.grid.block(cell, cell).facts;
        let at = facts.into_iter().find(|at| at.field == field.key)?;
        Some((at, self.plan().text(Some(cell.id), at)))
    }

    fn block(&self, cell: Cell) -> Block {
        let (from, to) = self.view.form.corners().unwrap_or((cell, cell));
        self.grid.block(from, to)
    }

    /// The row of a cell is the row that commands act on, and comes on screen.
    fn show(&mut self, cell: Cell) {
        let plan = self.session.document().plan();
        self.view.select_in_place(plan, cell.id);
        self.view.scroll_form = true;
        self.view.form.comes_in_sight = true;
    }

    /// Goes on from a cell; where there is nothing more, it is only left.
    fn go(&mut self, cell: Cell, step: Step, column: Slot) -> bool {
        self.wishes.push(Action::EndTyping.into());
        match self.grid.step(cell, step, column) {
            Some(to) => {
                self.view.form.select(to);
                self.show(to);
            }
            None => self.view.form.leave(),
        }
        true
    }

    fn tab(&mut self, cell: Cell, backwards: bool) -> bool {
        let (step, direction) = match backwards {
            true => (Step::Previous, FocusDirection::Previous),
            false => (Step::Next, FocusDirection::Next),
        };
        self.wishes.push(Action::EndTyping.into());
        match self.grid.step(cell, step, cell.at) {
            Some(to) => {
                self.view.form.tab_to(to);
                self.show(to);
            }
            // Out of the tables, to what comes after them in the window.
            None => {
                self.view.form.leave();
                self.ctx.memory_mut(|memory| memory.move_focus(direction));
            }
        }
        true
    }

    fn write(&mut self, cell: Cell) -> bool {
        let text = self.plan().text(Some(cell.id), cell.at).to_owned();
        let end = text.chars().count();
        caret::enter(self.view, self.ctx, (Some(cell.id), cell.at), end);
        self.view.form.write(text, false);
        true
    }

    fn open_choices(&mut self, cell: Cell) -> bool {
        let questions = self.questions(cell);
        let first = questions.first().map(|field| field.key);
        let chosen = choice::counted(&questions).find(|(_, field, choice)| {
            let said = self.answer(cell, field).map(|(_, said)| said);
            let said = said.and_then(|said| field.choice(said));
            Some(field.key) == first && said.is_some_and(|said| said.key == choice.key)
        });
        let n = chosen.map_or(1, |(n, ..)| n);
        self.view.form.answer(n);
        true
    }

    /// Gives all that is selected the nth answer, and goes on to the question after it where the choices
    /// are open.
    fn choose(&mut self, cell: Cell, n: usize) {
        let questions = self.questions(cell);
        let all: Vec<_> = choice::counted(&questions).collect();
        let Some((_, field, choice)) = all.iter().find(|(m, ..)| *m == n) else {
            return;
        };
        let Some((at, _)) = self.answer(cell, field) else {
            return;
        };
        let rows = self.block(cell).rows.into_iter();
        let text = choice.key.to_string();
        let answers = rows.map(|id| Change {
            id,
            at,
            text: text.clone(),
        });
        let put = Action::Put(answers.collect());
        let next = all.iter().find(|(m, of, _)| *m > n && of.key != field.key);
        let next = next.map(|(m, ..)| *m);
        self.wishes.push(put.into());
        if matches!(self.view.form.mode(), Mode::Answered(_)) {
            match next {
                Some(next) => self.view.form.answer(next),
                None => self.view.form.leave(),
            }
        }
    }

    fn copy(&self, cell: Cell) -> bool {
        let text = copy::cells(self.plan(), &self.block(cell));
        self.ctx.copy_text(text);
        true
    }

    fn empty(&mut self, cell: Cell) -> bool {
        let cells = self.block(cell).all().into_iter();
        let emptied = cells.map(|(id, at)| Change {
            id,
            at,
            text: String::new(),
        });
        self.wishes.push(Action::Put(emptied.collect()).into());
        true
    }

    /// From several cells to one, then from a filter to the whole list. On a projector the keys go back
    /// to turning pages.
    fn escape(&mut self, cell: Cell) -> bool {
        if self.view.form.is_block() {
            self.view.form.reduce();
        } else if self.view.presenting {
            let widget = caret::widget_of(self.view, Some(cell.id), cell.at);
            self.ctx.memory_mut(|memory| memory.surrender_focus(widget));
        } else {
            self.wishes.push(Wish::Run(Command::ClearFilter));
        }
        true
    }
}
