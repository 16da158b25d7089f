//! Narrowing the tree: the search field, the chips, and what is left. A filter that is on is
//! always seen, and Escape takes it away.

use std::collections::HashSet;

use egui::{
    Key, RichText, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, accesskit, pos2, vec2,
};

use crate::{
    form::Form,
    plan::{Filter, Id, Pick, SearchIndex, Standing, figure},
    session::{Revision, Session},
};

use super::{
    Focus, View, Wish,
    command::Command,
    theme::{self, size, space},
    widgets::{command_button, status_mark},
};

/// The filter, and what it leaves.
#[derive(Debug, Default)]
pub struct FilterState {
    pub filter: Filter,
    /// What the picks from the overview are called.
    label: String,
    index: SearchIndex,
    visible: Option<HashSet<Id>>,
    /// What is filled in and left, in the order of the document.
    found: Vec<Id>,
    /// What `visible` was made from. Not a memo: what is left also depends on what was left before.
    made_from: Option<(Revision, Filter)>,
    /// A node that an edit has made fall out, and that stays while it is selected.
    kept: Option<Id>,
    /// Grows whenever `visible` is another; the rows of the tree follow it.
    pub version: u64,
    /// Whether the chips are shown although none is chosen.
    is_open: bool,
    /// The list before it was narrowed.
    before: Option<Before>,
}

/// Where the list was before it was narrowed.
#[derive(Debug, Clone, Copy)]
pub struct Before {
    pub selected: Option<Id>,
    /// How far it was scrolled, in points.
    pub offset: f32,
    /// Which state of the plan that was.
    revision: Revision,
}

/// The names of two chips.
const INCOMPLETE: &str = "未入力";
const CHANGED: &str = "変更あり";

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

    /// Whether anything that is filled in is left.
    pub fn has_found(&self) -> bool {
        !self.found.is_empty()
    }

    /// Takes the set behind a number of the overview. The overview counts what is left, so its
    /// numbers narrow it further.
    pub fn pick(&mut self, picks: Vec<Pick>, label: String) {
        // A state has a chip of its own, which says it better.
        if let [Pick::Standing(standing)] = *picks {
            self.filter.standings = HashSet::from([standing]);
            return;
        }
        let is_new = |pick: &Pick| !self.filter.picks.contains(pick);
        let new: Vec<Pick> = picks.into_iter().filter(is_new).collect();
        if new.is_empty() {
            return;
        }
        self.filter.picks.extend(new);
        if !self.label.is_empty() {
            self.label.push('・');
        }
        self.label.push_str(&label);
    }

    /// What is asked for, in words.
    pub fn words(&self, form: &Form) -> String {
        let standings = Standing::ALL.into_iter();
        let standings = standings.filter(|it| self.filter.standings.contains(it));
        let standings = standings.map(|it| form.standing_word(it));
        let is_unsaid = |word: &String| !self.label.contains(word.as_str());
        let mut words: Vec<String> = standings.filter(is_unsaid).collect();
        if self.label.is_empty() {
            words.extend(self.filter.picks.iter().filter_map(|pick| match pick {
                Pick::Incomplete => Some(INCOMPLETE.to_owned()),
                Pick::Owner(owner) => Some(owner_name(owner).to_owned()),
                _ => None,
            }));
        } else {
            words.push(self.label.clone());
        }
        if self.filter.changed {
            words.push(CHANGED.to_owned());
        }
        words.extend(Some(self.filter.text.trim().to_owned()).filter(|text| !text.is_empty()));
        words.join("・")
    }

    /// Takes the filter away. Where the list was before, unless the plan was changed since: nobody
    /// is taken away from what she has written.
    pub fn clear(&mut self, revision: Revision) -> Option<Before> {
        self.filter = Filter::default();
        self.label.clear();
        let before = self.before.take();
        before.filter(|before| before.revision == revision)
    }

    /// Remembers where the list is, while it shows everything.
    pub fn remember(&mut self, session: &Session, selected: Option<Id>, offset: f32) {
        if self.visible.is_none() {
            let revision = session.revision();
            self.before = Some(Before {
                selected,
                offset,
                revision,
            });
        }
    }

    /// Works the filter out again if it or the plan has changed.
    ///
    /// What is selected stays while the filter is the same, even if an edit makes it fall out:
    /// nobody should lose what she is writing in.
    pub fn refresh(&mut self, session: &Session, selected: Option<Id>) {
        let revision = session.revision();
        let is_fresh = |(of, filter): &(Revision, Filter)| {
            let keeps = self.kept.is_none_or(|kept| selected == Some(kept));
            *of == revision && *filter == self.filter && keeps
        };
        if self.made_from.as_ref().is_some_and(is_fresh) {
            return;
        }
        let was_on = self.visible.is_some();
        let was_edited = self.made_from.as_ref().is_some_and(|(of, filter)| {
            *of != revision && of.document == revision.document && *filter == self.filter
        });
        self.kept = None;
        if self.filter.is_on() {
            self.narrow(session, selected.filter(|_| was_edited));
        } else {
            self.visible = None;
            self.found.clear();
        }
        if was_on || self.visible.is_some() {
            self.version += 1;
        }
        self.made_from = Some((revision, self.filter.clone()));
    }

    /// Works out what is left; `stays` does, whatever the filter says.
    fn narrow(&mut self, session: &Session, stays: Option<Id>) {
        let document = session.document();
        let plan = document.plan();
        self.index.update(plan);
        let changed = if self.filter.changed {
            document.changed_since_saved()
        } else {
            HashSet::new()
        };
        self.visible = self.filter.visible(plan, &self.index, &changed);
        let stays = stays.filter(|&id| plan.contains(id));
        if let Some((visible, id)) = self.visible.as_mut().zip(stays)
            && visible.insert(id)
        {
            self.kept = Some(id);
            visible.extend(plan.ancestors(id));
        }
        let is_left = |id| {
            self.visible
                .as_ref()
                .is_some_and(|visible| visible.contains(&id))
        };
        let nodes = plan.nodes().map(|entry| entry.node);
        let found = nodes.filter(|node| is_left(node.id) && plan.level(node).is_filled_in());
        self.found = found.map(|node| node.id).collect();
    }

    /// What is found after (`1`) or before (`-1`) the selected one, round and round.
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
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    ui.spacing_mut().item_spacing.y = space::XS;
    field(view, ui, wishes);
    if view.filter.is_open || view.filter.is_on() {
        chips(session, view, ui);
        summary(session, view, ui, wishes);
    }
}

fn field(view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let more = if view.filter.is_open {
        "条件を閉じる"
    } else {
        "条件…"
    };
    ui.horizontal(|ui| {
        let button = command_button::text_button_width(ui, more);
        let room = ui.available_width() - button - ui.spacing().item_spacing.x;
        search(view, ui, room, wishes);
        let button = egui::Button::new(more).frame_when_inactive(false);
        let toggle = ui
            .add(button)
            .on_hover_text("状態、担当、未入力、変更の有無で一覧を絞り込みます");
        if toggle.clicked() {
            view.filter.is_open ^= true;
        }
    });
}

fn search(view: &mut View, ui: &mut Ui, width: f32, wishes: &mut Vec<Wish>) {
    let widget = egui::Id::unique(("search", view.document));
    let edit = TextEdit::singleline(&mut view.filter.filter.text)
        .id(widget)
        .hint_text("検索・絞り込み")
        .margin(egui::Margin::symmetric(10, 5))
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(width);
    let response = ui.add(edit);
    ui.ctx()
        .accesskit_node_builder(widget, |node| node.set_label("検索"));
    let is_asked_for = view.focus == Some(Focus::Search);
    if is_asked_for {
        view.focus = None;
        response.request_focus();
    }
    // Not when Tab only passes by: the tree would jump.
    if is_asked_for || response.clicked() {
        view.filter.is_open = true;
    }
    let is_typing = view.composing || view.ime_event;
    if response.lost_focus() && !is_typing {
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            wishes.push(Wish::Run(Command::FindNext));
            wishes.push(Wish::Run(Command::SwitchPane));
        }
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            wishes.push(Wish::Run(Command::ClearFilter));
            view.filter.is_open = false;
        }
    }
}

fn chips(session: &Session, view: &mut View, ui: &mut Ui) {
    let form = session.form();
    let filter = &mut view.filter.filter;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        ui.spacing_mut().interact_size.y = 24.0;
        for standing in form.standings() {
            let is_on = filter.standings.contains(&standing);
            if chip(ui, &form.standing_word(standing), is_on, Some(standing)) {
                if is_on {
                    filter.standings.remove(&standing);
                } else {
                    filter.standings.insert(standing);
                }
            }
        }
        let is_incomplete = filter.picks.contains(&Pick::Incomplete);
        if chip(ui, INCOMPLETE, is_incomplete, None) {
            if is_incomplete {
                filter.picks.retain(|pick| *pick != Pick::Incomplete);
            } else {
                filter.picks.push(Pick::Incomplete);
            }
        }
        if chip(ui, CHANGED, filter.changed, None) {
            filter.changed ^= true;
        }
    });
    owners(view, ui);
}

/// The sections, where any is named.
fn owners(view: &mut View, ui: &mut Ui) {
    let owners = &view.overview.overview().gaps;
    if !owners.iter().any(|owner| !owner.owner.is_empty()) {
        return;
    }
    let picks = &mut view.filter.filter.picks;
    let chosen = picks.iter().find_map(|pick| match pick {
        Pick::Owner(owner) => Some(owner.clone()),
        _ => None,
    });
    let shown = chosen.as_deref().map_or("担当：すべて", owner_name);
    let shown = shown.to_owned();
    let mut choice = chosen.clone();
    let combo = egui::ComboBox::from_id_salt("owner").selected_text(shown);
    let response = combo.show_ui(ui, |ui| {
        ui.selectable_value(&mut choice, None, "すべて");
        for owner in owners {
            let value = Some(owner.owner.clone());
            ui.selectable_value(&mut choice, value, owner_name(&owner.owner));
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

/// Those without an owner are a set too.
fn owner_name(owner: &str) -> &str {
    match owner {
        "" => "担当なし",
        owner => owner,
    }
}

/// What is on, how many are left, and the way to the next and to all of them.
fn summary(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let state = &view.filter;
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
        let at = state.found.iter().position(|id| Some(*id) == view.selected);
        let count = match at {
            Some(at) => format!("{} 件中 {} 件目", figure(state.found.len()), figure(at + 1)),
            None => format!("{} 件", figure(state.found.len())),
        };
        ui.label(small(count).color(palette.weak));
        for (command, text) in [
            (Command::FindPrevious, "前へ"),
            (Command::FindNext, "次へ"),
            (Command::ClearFilter, "解除（Esc）"),
        ] {
            let ink = if command.is_enabled(session, view) {
                palette.accent
            } else {
                palette.weak
            };
            let link = egui::Link::new(small(text.to_owned()).color(ink));
            let response = ui.add_enabled(command.is_enabled(session, view), link);
            if response
                .on_hover_text(command.tooltip(session.form()))
                .clicked()
            {
                wishes.push(Wish::Run(command));
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
