//! Narrowing the tree: the search field, the chips, and what is left. A filter that is on is
//! always seen, and Escape takes it away.

use std::collections::HashSet;

use egui::{
    Key, RichText, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, accesskit, pos2, vec2,
};

use crate::{
    app::{App, action::Action, command::Command, document::Document},
    plan::{Filter, Id, Pick, SearchIndex, Standing},
};

use super::{
    Focus,
    theme::{self, size, space},
    widgets::{command_button, status_mark},
    words,
};

/// The filter, and what it leaves.
#[derive(Debug, Default)]
pub struct FilterState {
    pub filter: Filter,
    /// What the picks from the overview are called.
    label: String,
    index: SearchIndex,
    visible: Option<HashSet<Id>>,
    /// Initiatives that are left, in the order of the document.
    found: Vec<Id>,
    /// What `visible` was made from: revision, generation, and this filter.
    made_from: Option<(u64, u64, Filter)>,
    /// An initiative that an edit has made fall out, and that stays while it is selected.
    kept: Option<Id>,
    /// Grows whenever `visible` is another; the rows of the tree follow it.
    pub version: u64,
    /// Whether the chips are shown although none is chosen.
    is_open: bool,
}

impl FilterState {
    pub fn is_on(&self) -> bool {
        self.filter.is_on()
    }

    /// Whether a node is left. Everything is, while no filter is on.
    pub fn leaves(&self, id: Id) -> bool {
        self.visible
            .as_ref()
            .is_none_or(|visible| visible.contains(&id))
    }

    /// Whether any initiative is left.
    pub fn has_found(&self) -> bool {
        !self.found.is_empty()
    }

    /// Takes the set behind a number of the overview, and only that.
    pub fn pick(&mut self, picks: Vec<Pick>, label: String) {
        self.filter = Filter {
            picks,
            ..Filter::default()
        };
        self.label = label;
    }

    pub fn clear(&mut self) {
        self.filter = Filter::default();
        self.label.clear();
    }

    /// Works the filter out again if it or the plan has changed.
    ///
    /// What is selected stays while the filter is the same, even if an edit makes it fall out:
    /// nobody should lose what she is writing in.
    pub fn refresh(&mut self, document: &Document, selected: Option<Id>, generation: u64) {
        let revision = document.revision();
        let is_fresh = |(r, g, filter): &(u64, u64, Filter)| {
            let keeps = self.kept.is_none_or(|kept| selected == Some(kept));
            *r == revision && *g == generation && *filter == self.filter && keeps
        };
        if self.made_from.as_ref().is_some_and(is_fresh) {
            return;
        }
        let was_on = self.visible.is_some();
        let was_edited = self.made_from.as_ref().is_some_and(|(r, g, filter)| {
            *r != revision && *g == generation && *filter == self.filter
        });
        self.kept = None;
        if self.filter.is_on() {
            self.index.update(document.plan());
            let changed = if self.filter.changed {
                document.changed_since_saved()
            } else {
                HashSet::new()
            };
            self.visible = self.filter.visible(document.plan(), &self.index, &changed);
            if was_edited
                && let Some(visible) = &mut self.visible
                && let Some(id) = selected.filter(|&id| document.plan().contains(id))
            {
                self.kept = Some(id).filter(|id| !visible.contains(id));
                if let Some(id) = self.kept {
                    visible.insert(id);
                    visible.extend(document.plan().ancestors(id));
                }
            }
            let ids = document.plan().entries().map(|entry| entry.initiative.id);
            self.found = match &self.visible {
                Some(visible) => ids.filter(|id| visible.contains(id)).collect(),
                None => Vec::new(),
            };
        } else {
            self.visible = None;
            self.found.clear();
        }
        if was_on || self.visible.is_some() {
            self.version += 1;
        }
        self.made_from = Some((revision, generation, self.filter.clone()));
    }

    /// The initiative found after (`1`) or before (`-1`) the selected one, round and round.
    pub fn neighbour(&self, selected: Option<Id>, by: isize) -> Option<Id> {
        let count = self.found.len();
        let at = self.found.iter().position(|id| Some(*id) == selected);
        let to = match at {
            Some(at) => (at + count).checked_add_signed(by)? % count,
            None if by > 0 => 0,
            None => count.checked_sub(1)?,
        };
        self.found.get(to).copied()
    }
}

/// Draws the search field and, while they are wanted, the chips below it.
pub fn show(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = space::XS;
    field(app, ui, actions);
    if app.view.filter.is_open || app.view.filter.is_on() {
        chips(app, ui);
        summary(app, ui, actions);
    }
}

fn field(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let more = if app.view.filter.is_open {
        "条件を閉じる"
    } else {
        "条件…"
    };
    ui.horizontal(|ui| {
        let button = command_button::text_button_width(ui, more);
        let room = ui.available_width() - button - ui.spacing().item_spacing.x;
        search(app, ui, room, actions);
        let button = egui::Button::new(more).frame_when_inactive(false);
        let toggle = ui
            .add(button)
            .on_hover_text("状態、担当、未入力、変更の有無で一覧を絞り込みます");
        if toggle.clicked() {
            app.view.filter.is_open ^= true;
        }
    });
}

fn search(app: &mut App, ui: &mut Ui, width: f32, actions: &mut Vec<Action>) {
    let widget = egui::Id::unique(("search", app.view.generation));
    let edit = TextEdit::singleline(&mut app.view.filter.filter.text)
        .id(widget)
        .hint_text("検索・絞り込み")
        .margin(egui::Margin::symmetric(10, 5))
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(width);
    let response = ui.add(edit);
    ui.ctx()
        .accesskit_node_builder(widget, |node| node.set_label("検索"));
    let is_asked_for = app.view.focus == Some(Focus::Search);
    if is_asked_for {
        app.view.focus = None;
        response.request_focus();
    }
    // Not when Tab only passes by: the tree would jump.
    if is_asked_for || response.clicked() {
        app.view.filter.is_open = true;
    }
    let is_typing = app.view.composing || app.view.ime_event;
    if response.lost_focus() && !is_typing {
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            actions.push(Action::Run(Command::FindNext));
            actions.push(Action::Run(Command::SwitchPane));
        }
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            actions.push(Action::Run(Command::ClearFilter));
            app.view.filter.is_open = false;
        }
    }
}

fn chips(app: &mut App, ui: &mut Ui) {
    let filter = &mut app.view.filter.filter;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        ui.spacing_mut().interact_size.y = 24.0;
        for standing in Standing::ALL {
            let is_on = filter.standings.contains(&standing);
            if chip(ui, words::standing(standing), is_on, Some(standing)) {
                if is_on {
                    filter.standings.remove(&standing);
                } else {
                    filter.standings.insert(standing);
                }
            }
        }
        let is_incomplete = filter.picks.contains(&Pick::Incomplete);
        if chip(ui, "未入力", is_incomplete, None) {
            if is_incomplete {
                filter.picks.retain(|pick| *pick != Pick::Incomplete);
            } else {
                filter.picks.push(Pick::Incomplete);
            }
        }
        if chip(ui, "変更あり", filter.changed, None) {
            filter.changed ^= true;
        }
    });
    owners(app, ui);
}

/// The sections, where any is named.
fn owners(app: &mut App, ui: &mut Ui) {
    let owners = &app.view.overview.overview.gaps;
    if !owners.iter().any(|owner| !owner.owner.is_empty()) {
        return;
    }
    let picks = &mut app.view.filter.filter.picks;
    let chosen = picks.iter().find_map(|pick| match pick {
        Pick::Owner(owner) => Some(owner.clone()),
        _ => None,
    });
    let name = |owner: &str| match owner {
        "" => "担当なし".to_owned(),
        owner => owner.to_owned(),
    };
    let shown = chosen.as_deref().map_or("担当：すべて".to_owned(), name);
    let mut choice = chosen.clone();
    let combo = egui::ComboBox::from_id_salt("owner").selected_text(shown);
    let response = combo.show_ui(ui, |ui| {
        ui.selectable_value(&mut choice, None, "すべて");
        for owner in owners {
            let value = Some(owner.owner.clone());
            ui.selectable_value(&mut choice, value, name(&owner.owner));
        }
    });
    response
        .response
        .widget_info(|| WidgetInfo::labeled(accesskit::Role::ComboBox, true, "担当で絞り込む"));
    if choice != chosen {
        picks.retain(|pick| !matches!(pick, Pick::Owner(_)));
        picks.extend(choice.map(Pick::Owner));
    }
}

/// What is on, how many are left, and the way to the next and to all of them.
fn summary(app: &App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let state = &app.view.filter;
    if state.visible.is_none() {
        return;
    }
    let palette = theme::palette(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.spacing_mut().interact_size.y = 20.0;
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
        let small = |text: String| RichText::new(text).size(theme::SMALL);
        if !state.label.is_empty() {
            ui.label(small(state.label.clone()).family(theme::bold()));
        }
        let at = state
            .found
            .iter()
            .position(|id| Some(*id) == app.view.selected);
        let count = match at {
            Some(at) => format!("{} 件中 {} 件目", state.found.len(), at + 1),
            None => format!("{} 件", state.found.len()),
        };
        ui.label(small(count).color(palette.weak));
        for (command, text) in [
            (Command::FindPrevious, "前へ"),
            (Command::FindNext, "次へ"),
            (Command::ClearFilter, "解除（Esc）"),
        ] {
            let ink = if command.is_enabled(app) {
                palette.accent
            } else {
                palette.weak
            };
            let link = egui::Link::new(small(text.to_owned()).color(ink));
            let response = ui.add_enabled(command.is_enabled(app), link);
            if response.on_hover_text(command.tooltip()).clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
}

/// A condition that is on or off; true when it was clicked.
fn chip(ui: &mut Ui, name: &str, is_on: bool, standing: Option<Standing>) -> bool {
    let palette = theme::palette(ui);
    let font = egui::FontId::proportional(theme::SMALL);
    let ink = match standing {
        Some(standing) if is_on => palette.standing(standing).ink,
        _ if is_on => palette.accent,
        _ => palette.text,
    };
    let galley = ui.painter().layout_no_wrap(name.to_owned(), font, ink);
    let mark = if standing.is_some() {
        size::MARK + space::XS
    } else {
        0.0
    };
    let wide = vec2(galley.size().x + mark + space::S * 2.0, 24.0);
    let (rect, response) = ui.allocate_exact_size(wide, Sense::click());
    response.widget_info(|| WidgetInfo::selected(accesskit::Role::Button, true, is_on, name));
    let stroke = if response.has_focus() {
        Stroke::new(size::FOCUS, palette.accent)
    } else if is_on {
        Stroke::new(1.5, ink)
    } else {
        Stroke::new(1.0, palette.border)
    };
    let fill = match standing {
        Some(standing) if is_on => palette.standing(standing).tint,
        _ if is_on => palette.selected,
        _ if response.hovered() => palette.hovered,
        _ => palette.field,
    };
    ui.painter()
        .rect(rect, 12.0, fill, stroke, StrokeKind::Inside);
    let mut left = rect.left() + space::S;
    if let Some(standing) = standing {
        let centre = pos2(left + size::MARK / 2.0 - 1.0, rect.center().y);
        let colour = palette.standing(standing).mark;
        status_mark::paint_shape(ui.painter(), centre, size::MARK - 2.0, standing, colour);
        left += mark;
    }
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    response.clicked()
}
