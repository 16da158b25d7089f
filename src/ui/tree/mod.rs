//! The tree at the left: the plan as a whole, and its nodes, each with its state.
//!
//! One focusable widget. Only the rows in sight are drawn; `rows.rs` makes them, `insides.rs` counts
//! for them, `keys.rs` moves in them, `drag.rs` moves them, `paint.rs` draws one.

mod drag;
mod insides;
mod keys;
mod paint;
mod rows;

use egui::{
    Align2, EventFilter, FontId, Frame, Margin, Popup, Rect, Response, ScrollArea, Sense, Ui,
    UiBuilder, Vec2, WidgetInfo, accesskit, pos2, vec2,
};

use crate::{
    form::Level,
    plan::{Id, Standing, Tally, checks::Severity, date_name, figure},
    session::{Revision, Session, words},
};

use self::{
    insides::Insides,
    rows::{Row, Said},
};

use super::{
    Focus, View, Wish, command, editor, filter,
    memo::Memo,
    theme,
    theme::{size, space},
    widgets::{command_button, status_mark},
};

/// Of which plan, folding and filter the rows are.
type RowsKey = (Revision, u64, u64);

/// What the tree remembers between frames.
#[derive(Debug, Default)]
pub struct TreeState {
    /// Made anew only where the plan, the folding or the filter is another: flattening 100,000 rows
    /// every frame would cost 1 ms.
    rows: Memo<RowsKey, Vec<Row>>,
    /// What is said of the rows in sight: finding each node's place among 100,000 takes as long as
    /// drawing it.
    in_sight: Memo<(RowsKey, usize, usize), Vec<Said>>,
    insides: Insides,
    pub scroll_to_selection: bool,
    /// So far from the top it is to be scrolled, in points.
    pub scroll_to: Option<f32>,
    typed: keys::Typed,
    dragged: Option<Id>,
    /// How many rows fit, for Page Up and Page Down.
    page: usize,
}

impl TreeState {
    fn rows(&self) -> &[Row] {
        self.rows.get()
    }

    fn position(&self, id: Option<Id>) -> Option<usize> {
        self.rows().iter().position(|row| row.id() == id)
    }
}

fn rows_key(session: &Session, view: &View) -> RowsKey {
    (session.revision(), view.folding, view.filter.version)
}

/// Makes the rows anew where they are others.
fn refresh(session: &Session, view: &mut View) {
    let key = rows_key(session, view);
    let plan = session.document().plan();
    let mut rows = std::mem::take(&mut view.tree.rows);
    let mut insides = std::mem::take(&mut view.tree.insides);
    rows.refresh(key, |_| {
        insides.refresh(plan);
        rows::rows(plan, view, &insides)
    });
    view.tree.rows = rows;
    view.tree.insides = insides;
}

/// Draws the tree with the plan's heading above it.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    // What an IME composes is not asked for yet.
    if !view.composing {
        view.filter.refresh(session, view.selected);
    }
    view.overview.refresh(session);
    refresh(session, view);
    // A panel is as wide as its contents; these fill whatever width it was given.
    ui.expand_to_include_rect(ui.max_rect());
    heading(session, view, ui, wishes);
    let rows_ui = UiBuilder::new().max_rect(ui.available_rect_before_wrap());
    ui.scope_builder(rows_ui, |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        tree(session, view, ui, wishes);
    });
}

fn heading(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let margin = Margin {
        left: space::L as i8,
        right: space::L as i8,
        top: space::M as i8,
        bottom: space::S as i8,
    };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let about = session.document().plan().about();
        let organisation = egui::RichText::new(&about.organisation)
            .size(theme::SUBHEADING)
            .family(theme::bold());
        ui.add(egui::Label::new(organisation).truncate());
        if about.organisation.is_empty() {
            return;
        }
        let mut detail = format!(
            "{}　{}",
            crate::plan::fiscal_year_name(about.fiscal_year),
            session.form().review_name(about.review)
        );
        if let Some(date) = about.as_of {
            detail.push_str(&format!("（{}時点）", date_name(date)));
        }
        let detail = egui::RichText::new(detail)
            .size(theme::SMALL)
            .color(palette.weak);
        ui.add(egui::Label::new(detail).truncate());
        ui.add_space(space::XS);
        let counted = &view.overview.overview().counted;
        let levels: Vec<&Level> = counted
            .iter()
            .map(|it| session.form().level(it.level))
            .collect();
        // Of several, each says what it counts.
        let names = match levels.as_slice() {
            [_] => vec![String::new()],
            levels => words::level_names(levels),
        };
        for ((counted, level), name) in counted.iter().zip(&levels).zip(&names) {
            totals(ui, name, level, &counted.tally);
        }
        ui.add_space(space::XS);
        filter::show(session, view, ui, wishes);
    });
}

/// How many nodes of a level, and of those counted with it, are in which state, in one line.
fn totals(ui: &mut Ui, name: &str, level: &Level, tally: &Tally) {
    let palette = theme::palette(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        ui.spacing_mut().interact_size.y = 20.0;
        if !name.is_empty() {
            ui.label(
                egui::RichText::new(name)
                    .size(theme::SMALL)
                    .color(palette.weak),
            );
        }
        for standing in Standing::ALL {
            let count = tally.count(standing);
            if count == 0 {
                continue;
            }
            let ink = palette.standing(standing).ink;
            let word = level.standing_word(standing);
            let text = format!("{word} {count}");
            let galley =
                ui.painter()
                    .layout_no_wrap(text.clone(), FontId::proportional(theme::SMALL), ink);
            let wide = vec2(size::MARK + space::XS + galley.size().x, 20.0);
            let (rect, response) = ui.allocate_exact_size(wide, Sense::hover());
            let centre = pos2(rect.left() + size::MARK / 2.0, rect.center().y);
            let mark = palette.standing(standing).mark;
            status_mark::paint_shape(ui.painter(), centre, size::MARK - 1.0, standing, mark);
            let at = pos2(
                rect.left() + size::MARK + space::XS,
                rect.center().y - galley.size().y / 2.0,
            );
            ui.painter().galley(at, galley, ink);
            let name = format!("{word} {} 件", figure(count));
            response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Label, true, &name));
        }
    });
}

fn tree(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let area = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("tree");
    let response = ui.interact(area, id, Sense::focusable_noninteractive());
    describe_tree(&response);
    if view.focus == Some(Focus::Tree) {
        response.request_focus();
    }
    view.tree_has_focus = response.has_focus();
    view.tree.page = (area.height() / size::TREE_ROW) as usize;
    // An open menu has the arrows and Escape for itself.
    let is_alone =
        session.prompt().is_none() && view.palette.is_none() && !Popup::is_any_open(ui.ctx());
    if response.has_focus() && is_alone {
        // Arrow keys move in the tree; without this egui would move the focus away with them.
        let filter = EventFilter {
            vertical_arrows: true,
            horizontal_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        keys::handle(session, view, ui, wishes);
    }
    if view.tree.rows().is_empty() {
        empty(session, ui, view.filter.is_on());
        return;
    }
    let scroll_to = std::mem::take(&mut view.tree.scroll_to_selection)
        .then(|| view.tree.position(view.selected))
        .flatten();
    // Rows are the tree's children to a screen reader, although they lie in a scroll area.
    let rows_ui = UiBuilder::new().max_rect(area).accessibility_parent(id);
    let mut ui = ui.new_child(rows_ui);
    let mut area = ScrollArea::vertical().auto_shrink([false, false]);
    if let Some(offset) = view.tree.scroll_to.take() {
        area = area.vertical_scroll_offset(offset);
    }
    let shown = area.show_viewport(&mut ui, |ui, viewport| {
        let count = view.tree.rows().len();
        ui.set_height(count as f32 * size::TREE_ROW);
        let origin = ui.max_rect().left_top();
        let width = ui.max_rect().width();
        let place = |n: usize| {
            let top = origin + vec2(0.0, n as f32 * size::TREE_ROW);
            Rect::from_min_size(top, vec2(width, size::TREE_ROW))
        };
        if let Some(n) = scroll_to {
            // One row of surroundings stays in sight.
            ui.scroll_to_rect(place(n).expand2(vec2(0.0, size::TREE_ROW)), None);
        }
        let first = (viewport.min.y / size::TREE_ROW).floor().max(0.0) as usize;
        let last = ((viewport.max.y / size::TREE_ROW).ceil() as usize).min(count);
        let key = (rows_key(session, view), first, last);
        let plan = session.document().plan();
        let rows = view.tree.rows.get().get(first..last).unwrap_or_default();
        let said = |_: &Vec<Said>| rows.iter().map(|row| row.said(plan)).collect();
        view.tree.in_sight.refresh(key, said);
        for (n, at) in (first..last).zip(0..) {
            row(session, view, ui, (n, at), place(n), &response, wishes);
        }
        drag::show(session, view, ui, &place, wishes);
    });
    let (selected, offset) = (view.selected, shown.state.clamped_offset().y);
    view.filter.remember(session, selected, offset);
}

fn empty(session: &Session, ui: &Ui, is_filtered: bool) {
    let palette = theme::palette(ui);
    let text = if is_filtered {
        "絞り込みに合うものはありません".to_owned()
    } else {
        let levels = editor::offered(session.form(), None);
        let names: Vec<&str> = levels.iter().map(|level| level.name.as_str()).collect();
        format!("{}がまだありません", names.join("・"))
    };
    ui.painter().text(
        ui.max_rect().left_top() + vec2(space::L, space::L),
        Align2::LEFT_TOP,
        text,
        FontId::proportional(theme::BODY),
        palette.weak,
    );
}

fn row(
    session: &Session,
    view: &mut View,
    ui: &mut Ui,
    (n, in_sight): (usize, usize),
    rect: Rect,
    tree: &Response,
    wishes: &mut Vec<Wish>,
) {
    let said = view.tree.in_sight.get().get(in_sight);
    let (Some(row), Some(said)) = (view.tree.rows().get(n), said) else {
        return;
    };
    let id = row.id();
    let is_selected = view.selected == id;
    // Not focusable itself: Tab goes to the tree as one.
    let sense = Sense::CLICK | Sense::DRAG;
    let response = ui.interact(rect, ui.scope_id().with(("row", id)), sense);
    let findings = findings(session, id);
    describe_row(session, &response, (row, said, findings), is_selected);
    if ui.is_rect_visible(rect) {
        paint::row(
            ui,
            rect,
            (session.document().plan(), row, said, findings),
            is_selected,
            tree.has_focus(),
            &view.filter.filter.text,
            &response,
        );
    }
    let (arrow, expanded) = (paint::arrow_rect(rect, row.depth), row.expanded);
    if response.clicked() || response.secondary_clicked() {
        let on_arrow = response
            .interact_pointer_pos()
            .is_some_and(|at| arrow.contains(at));
        match id.zip(expanded) {
            Some((id, expanded)) if on_arrow && !response.secondary_clicked() => {
                view.set_expanded(id, !expanded);
            }
            _ => wishes.push(Wish::Show(id)),
        }
        tree.request_focus();
    }
    if response.double_clicked() {
        match id.zip(expanded) {
            Some((id, expanded)) => view.set_expanded(id, !expanded),
            None => wishes.push(Wish::Enter(id)),
        }
    }
    if response.drag_started() {
        view.tree.dragged = id;
    }
    response.context_menu(|ui| node_menu(session, view, ui, wishes));
}

/// What can be done with the selected node.
fn node_menu(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    ui.spacing_mut().item_spacing.y = 1.0;
    command_button::menu(session, view, ui, command::NODE_MENU, wishes, |_, _, _| {});
}

fn describe_tree(response: &Response) {
    response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Tree, true, "計画の一覧"));
}

/// How many things the checks find here that are wrong or probably wrong.
fn findings(session: &Session, id: Option<Id>) -> usize {
    let Some(checks) = session.checking().checks() else {
        return 0;
    };
    let found = checks.of(session.document().plan(), id);
    found
        .filter(|it| it.rule.severity() != Severity::Notice)
        .count()
}

fn describe_row(
    session: &Session,
    response: &Response,
    (row, said, findings): (&Row, &Said, usize),
    is_selected: bool,
) {
    // Only a screen reader asks for it.
    let spoken = || {
        let spoken = paint::spoken(session.document().plan(), row, said);
        match findings {
            0 => spoken,
            findings => format!("{spoken}、点検 {findings} 件"),
        }
    };
    response.widget_info(|| WidgetInfo::labeled(accesskit::Role::TreeItem, true, spoken()));
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_level(row.depth + 1);
        node.set_position_in_set(row.place.0);
        node.set_size_of_set(row.place.1);
        node.set_selected(is_selected);
        if let Some(expanded) = row.expanded {
            node.set_expanded(expanded);
        }
    });
}
