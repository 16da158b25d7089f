//! What stands in the cells of a column: fields one below the other, choices that follow each other
//! as one.

use egui::{Frame, Margin, Rect, Response, RichText, Sense, Ui, style::ScrollAnimation};

use crate::{
    form::{Column, Field, Key, Kind, Level, Slot},
    plan::Node,
    session::{Action, Session, document::Draft},
    ui::{
        View, Wish,
        editor::caret,
        editor::field::{self, Held, Look, Shown, Subject},
        theme,
    },
};

use super::{grid::Cell, selection::Mode, status_cell};

/// Room around the text of a cell.
pub const MARGIN: Margin = Margin::symmetric(8, 6);
/// The height of one line of text.
const LINE: f32 = theme::BODY + 6.0;
/// The height of a label above a text.
pub const LABEL: f32 = 24.0;

/// What stands in each cell of a column.
#[derive(Debug)]
pub struct Cells<'a> {
    pub level: &'a Level,
    pub items: Vec<Item<'a>>,
    /// The review whose texts stand in it.
    pub review: Key,
    /// Whether it is another one than is open, or may be, and so is said with a text's name.
    review_is_said: bool,
    /// Whether several texts stand in it, so that its heading does not say which is which.
    pub has_labels: bool,
}

/// Something in a cell.
#[derive(Debug)]
pub enum Item<'a> {
    Title,
    Owner,
    Choices(Vec<&'a Field>),
    Field(&'a Field),
}

impl Item<'_> {
    /// Where what stands in it is kept.
    pub fn slots(&self, review: Key) -> Vec<Slot> {
        match self {
            Self::Title => vec![Slot::TITLE],
            Self::Owner => vec![Slot::OWNER],
            Self::Choices(fields) => fields.iter().map(|field| field.slot(review)).collect(),
            Self::Field(field) => vec![field.slot(review)],
        }
    }
}

impl<'a> Cells<'a> {
    /// What stands in a column of a level, while a review is open.
    pub fn of(level: &'a Level, column: &'a Column, open: Key) -> Self {
        let mut items: Vec<Item<'a>> = Vec::new();
        for &key in &column.fields {
            match (level.field(key), items.last_mut()) {
                _ if key == Slot::TITLE.field => items.push(Item::Title),
                _ if key == Slot::OWNER.field => items.push(Item::Owner),
                (Some(field), Some(Item::Choices(choices))) if field.is_choice() => {
                    choices.push(field);
                }
                (Some(field), _) if field.is_choice() => items.push(Item::Choices(vec![field])),
                (Some(field), _) => items.push(Item::Field(field)),
                (None, _) => {}
            }
        }
        let texts = items.iter().filter(|item| matches!(item, Item::Field(_)));
        Self {
            level,
            has_labels: texts.count() > 1,
            items,
            review: column.review.unwrap_or(open),
            review_is_said: column.review.is_some(),
        }
    }
}

/// Draws a cell; `says_repost` where the line of a repost stands in it.
pub fn show(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    node: &Node,
    (cells, says_repost): (&Cells<'_>, bool),
    wishes: &mut Vec<Wish>,
) {
    let last = cells.items.len().saturating_sub(1);
    for (n, item) in cells.items.iter().enumerate() {
        // All of what is left of the cell can be clicked.
        let fills_height = n == last && !(says_repost && node.is_repost());
        match item {
            Item::Title => {
                number(session, ui, node, wishes);
                let look = Look {
                    is_bold: true,
                    is_line: true,
                    ..look(fills_height)
                };
                let name = &cells.level.name;
                text(session, view, ui, node, (Slot::TITLE, name, look), wishes);
            }
            Item::Owner => {
                let look = Look {
                    is_line: true,
                    ..look(fills_height)
                };
                text(session, view, ui, node, (Slot::OWNER, "担当", look), wishes);
            }
            // What a repost says is its source's to say.
            Item::Choices(_) | Item::Field(_) if node.is_repost() => {}
            Item::Choices(fields) => {
                Frame::new().inner_margin(MARGIN).show(ui, |ui| {
                    let Some(at) = item.slots(cells.review).first().copied() else {
                        return;
                    };
                    let cell = Cell { id: node.id, at };
                    let comes = view.form.is_at(cell) && view.form.takes_keys;
                    let comes = !comes || is_in_sight(view, ui);
                    let look = (fields.as_slice(), cells.review);
                    let status = status_cell::show(view, ui, node, (cell, look), wishes);
                    if comes {
                        hold(session, view, &status, cell);
                    }
                });
            }
            Item::Field(field) => {
                if cells.has_labels {
                    label(ui, &field.heading);
                }
                self::field(
                    session,
                    view,
                    ui,
                    node,
                    (cells, field, fills_height),
                    wishes,
                );
            }
        }
    }
    if says_repost && node.is_repost() {
        repost(session, ui, node, wishes);
    }
}

fn look(fills_height: bool) -> Look {
    Look {
        lines: Some(1),
        is_framed: false,
        fills_height,
        is_line: false,
        ..Look::LINE
    }
}

/// The number, which leads to the page of the row.
fn number(session: &Session, ui: &mut Ui, node: &Node, wishes: &mut Vec<Wish>) {
    let text = printed_number(session, node);
    if text.is_empty() {
        return;
    }
    Frame::new().inner_margin(MARGIN).show(ui, |ui| {
        let text = RichText::new(text)
            .size(theme::SMALL)
            .color(theme::palette(ui).weak);
        if ui.add(egui::Link::new(text)).clicked() {
            wishes.push(Wish::Enter(Some(node.id)));
        }
    });
}

fn printed_number(session: &Session, node: &Node) -> String {
    let plan = session.document().plan();
    plan.number(node.id)
        .unwrap_or_default()
        .printed(plan.form())
}

fn label(ui: &mut Ui, text: &str) {
    let (place, _) = ui.allocate_exact_size(
        egui::vec2(ui.available_width(), LABEL),
        egui::Sense::hover(),
    );
    let at = place.left_bottom() + egui::vec2(f32::from(MARGIN.left), 0.0);
    let font = egui::FontId::proportional(theme::SMALL);
    let ink = theme::palette(ui).weak;
    ui.painter()
        .text(at, egui::Align2::LEFT_BOTTOM, text, font, ink);
}

fn field(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    node: &Node,
    (cells, field, fills_height): (&Cells<'_>, &Field, bool),
    wishes: &mut Vec<Wish>,
) {
    let at = field.slot(cells.review);
    let name = match cells.review_is_said && field.each_review {
        true => {
            let review = session.form().review_name(cells.review);
            format!("{}（{review}）", field.heading)
        }
        false => field.heading.clone(),
    };
    let Kind::Amount { unit } = &field.kind else {
        return text(
            session,
            view,
            ui,
            node,
            (at, &name, look(fills_height)),
            wishes,
        );
    };
    ui.horizontal_top(|ui| {
        let font = egui::FontId::proportional(theme::SMALL);
        let ink = theme::palette(ui).weak;
        let unit = ui.painter().layout_no_wrap(unit.clone(), font, ink);
        let room = unit.size().x + f32::from(MARGIN.right);
        let look = Look {
            max_width: (ui.available_width() - room).max(0.0),
            is_line: true,
            ..look(fills_height)
        };
        text(session, view, ui, node, (at, &name, look), wishes);
        let (place, _) = ui.allocate_exact_size(
            egui::vec2(room, theme::BODY + MARGIN.sum().y),
            egui::Sense::hover(),
        );
        let middle = place.left_center() - egui::vec2(0.0, unit.size().y / 2.0);
        ui.painter().galley(middle, unit, ink);
    });
}

/// One text, to be written in.
fn text(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    node: &Node,
    (at, name, look): (Slot, &str, Look),
    wishes: &mut Vec<Wish>,
) {
    let name = format!("{} {name}", printed_number(session, node));
    let subject = Subject::of(node, at, name.trim());
    let cell = Cell { id: node.id, at };
    let held = match view.form.is_written(cell) {
        true => Held::Written,
        false if view.form.block.contains(cell) => Held::Block,
        false => Held::Whole,
    };
    let look = Look {
        held: Some(held),
        ..look
    };
    let draft = session.document().draft_of(Some(node.id), at);
    let before = draft.unwrap_or(subject.value).to_owned();
    if view.form.is_at(cell) && view.form.takes_keys && is_in_sight(view, ui) {
        let widget = caret::widget_of(view, Some(cell.id), cell.at);
        caret::go_to_next(view, ui, widget);
    }
    let shown = field::draw(session, view, ui, subject, look, wishes);
    let response = &shown.response;
    hold(session, view, response, cell);
    let is_at = response.has_focus() && view.form.is_at(cell);
    if held != Held::Written {
        if is_at && response.changed() {
            // What was typed has replaced it.
            view.form.write(before, true);
        }
        point(session, view, ui, &shown, cell);
    }
    give_up(view, &shown, cell, wishes);
}

/// An IME has taken back all that it had put in place of a text: the text is as it was.
fn give_up(view: &mut View, shown: &Shown, cell: Cell, wishes: &mut Vec<Wish>) {
    let is_empty = shown.response.changed() && shown.text.is_empty();
    if !is_empty || !view.ime_event || view.composing || !view.form.is_written(cell) {
        return;
    }
    if let Mode::Written {
        before,
        replaces: true,
    } = view.form.mode()
    {
        let draft = Draft {
            id: Some(cell.id),
            at: cell.at,
            text: before.clone(),
            composed: None,
        };
        wishes.push(Action::Type(draft).into());
        wishes.push(Action::EndTyping.into());
        view.form.leave();
    }
}

/// Whether the cell that is drawn next is seen, or need not be. A text that has the keys and is not
/// seen would switch an IME off; so they stay where they were until it has come in sight.
fn is_in_sight(view: &mut View, ui: &Ui) -> bool {
    let line = Rect::from_min_size(ui.cursor().min, egui::vec2(1.0, LINE));
    let clip = ui.clip_rect().y_range().expand(1.0);
    let is_seen = clip.contains(line.top()) && clip.contains(line.bottom());
    if view.form.comes_in_sight && !is_seen {
        ui.scroll_to_rect_animation(line, None, ScrollAnimation::none());
        ui.ctx().request_repaint();
        return false;
    }
    view.form.comes_in_sight = false;
    true
}

/// The keys go to the cell that is to have them; where they have come to another one by themselves,
/// that is selected.
fn hold(session: &Session, view: &mut View, response: &Response, cell: Cell) {
    let is_at = view.form.is_at(cell);
    if is_at && view.form.takes_keys && !view.form.comes_in_sight {
        view.form.takes_keys = false;
        if !response.has_focus() {
            response.request_focus();
        }
    } else if response.has_focus() && !view.form.takes_keys {
        if !is_at {
            view.form.arrive(cell);
        }
        if !is_at || response.gained_focus() {
            view.select_in_place(session.document().plan(), cell.id);
        }
    }
}

/// The mouse: a press selects, with Shift or while it is dragged up to here; a double click puts the
/// cursor where it was.
fn point(session: &Session, view: &mut View, ui: &Ui, shown: &Shown, cell: Cell) {
    let place = shown.response.rect;
    // It lies over the text, which would take the mouse to select words.
    let over = shown.response.id.with("over");
    let over = ui.interact(place, over, Sense::CLICK | Sense::DRAG);
    let (is_pressed, is_down, shift, at) = ui.input(|input| {
        let pointer = &input.pointer;
        let shift = input.modifiers.shift;
        let at = pointer.interact_pos();
        (pointer.primary_pressed(), pointer.primary_down(), shift, at)
    });
    let plan = session.document().plan();
    let is_quick = over.clicked() && is_pressed;
    if is_quick || over.is_pointer_button_down_on() && is_pressed {
        match shift {
            true => view.form.extend(cell),
            false => view.form.select(cell),
        }
        view.form.is_dragged = true;
        view.select_in_place(plan, cell.id);
    } else if view.form.is_dragged {
        view.form.is_dragged = is_down;
        let is_here = at.is_some_and(|at| place.contains(at) && ui.clip_rect().contains(at));
        if is_down && is_here && !view.form.is_at(cell) {
            view.form.extend(cell);
            view.select_in_place(plan, cell.id);
        }
    }
    if let Some(at) = over
        .interact_pointer_pos()
        .filter(|_| over.double_clicked())
    {
        let cursor = shown.galley.cursor_from_pos(at - shown.galley_pos);
        let slot = (Some(cell.id), cell.at);
        caret::enter(view, ui.ctx(), slot, cursor.index.0);
        view.form.write(shown.text.clone(), false);
    }
}

/// A repost has one line in place of its contents, and the way to them.
fn repost(session: &Session, ui: &mut Ui, node: &Node, wishes: &mut Vec<Wish>) {
    let plan = session.document().plan();
    Frame::new().inner_margin(MARGIN).show(ui, |ui| {
        match plan.repost_source(node).zip(plan.repost_line(node)) {
            Some((source, line)) => {
                if ui.link(line).clicked() {
                    wishes.push(Wish::Select(Some(source.id)));
                }
            }
            None => {
                ui.label("再掲元が見つかりません");
            }
        }
    });
}
