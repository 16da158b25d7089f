//! Carrying out commands. With `act` and `answer`, the one place from which the plan is changed.

use crate::{
    plan::{Edit, Id, Node},
    ui::{Focus, Tab, copy, words},
};

use super::{
    App,
    command::Command,
    dialog::{AboutForm, Dialog, ExportForm, Pending},
    files::FileRequest,
    history::{Spot, Target},
    notice::Notice,
    structure,
};

/// How much larger everything is for the people in the last row.
const PRESENTATION_ZOOM: f32 = 1.4;

/// One step of zooming, and its limits.
const ZOOM_STEP: f32 = 0.1;
const ZOOM_RANGE: std::ops::RangeInclusive<f32> = 0.7..=3.0;

impl App {
    /// Carries out a command of the table, if it can be used now.
    pub fn run(&mut self, ctx: &egui::Context, command: Command) {
        if let Err(error) = self.document.end_typing() {
            return self.fail(words::edit_failed(&error));
        }
        if !command.is_enabled(self) {
            return;
        }
        let selected = self.view.selected;
        match command {
            Command::New => self.settle(ctx, Pending::New),
            Command::Open => self.settle(ctx, Pending::Open),
            Command::Save => self.save(ctx),
            Command::SaveAs => self.ask_for_file(FileRequest::SavePlan),
            Command::PlanInfo => {
                let form = AboutForm::new(self.document.plan().about());
                self.dialog = Some(Dialog::PlanInfo(form));
            }
            Command::Export => {
                let form = ExportForm::new(self.last_export, selected, self.view.tab);
                self.dialog = Some(Dialog::Export(form));
            }
            Command::Print => self.preview_pages(ctx),
            Command::Quit => self.settle(ctx, Pending::Quit),
            Command::Undo => {
                let target = self.document.undo();
                self.look_at(target);
            }
            Command::Redo => {
                let target = self.document.redo();
                self.look_at(target);
            }
            Command::AddIssue | Command::AddStrategy | Command::AddInitiative => {
                let added = command
                    .adds()
                    .and_then(|kind| structure::add(self.document.plan(), selected, kind));
                self.insert(added);
                self.view.focus = Some(Focus::FirstField);
            }
            Command::Duplicate => {
                let copied = selected.and_then(|id| structure::duplicate(self.document.plan(), id));
                self.insert(copied);
            }
            Command::Remove => {
                if let Some(id) = selected {
                    self.remove_or_ask(id);
                }
            }
            Command::MoveUp | Command::MoveDown => {
                let by = if command == Command::MoveUp { -1 } else { 1 };
                if let Some(id) = selected {
                    self.move_node(id, structure::shift(self.document.plan(), id, by));
                }
            }
            Command::Renumber => self.dialog = selected.map(Dialog::Renumber),
            Command::MakeRepost => {
                self.dialog = selected.map(|id| Dialog::RepostSource {
                    id,
                    query: String::new(),
                });
            }
            Command::EndRepost => {
                if let Some(id) = selected {
                    self.edit_node(Edit::Repost { id, source: None }, id, Spot::Node);
                }
            }
            Command::GoToSource => {
                let plan = self.document.plan();
                let repost = selected.and_then(|id| plan.initiative(id));
                let source = repost.and_then(|i| plan.repost_source(i)).map(|i| i.id);
                if let Some(source) = source {
                    self.select(source);
                }
            }
            Command::ShowOverview => self.view.tab = Tab::Overview,
            Command::ShowEditor => self.view.tab = Tab::Editor,
            Command::ImportTable => self.dialog = Some(Dialog::Import(Box::default())),
            Command::ShowSections => self.view.tab = Tab::Sections,
            Command::HandOut => self.ask_to_hand_out(),
            Command::Collect => self.ask_for_file(FileRequest::Collect),
            Command::ShowChecks => self.view.tab = Tab::Checks,
            Command::NextFinding => self.step_finding(1),
            Command::PreviousFinding => self.step_finding(-1),
            Command::ShowChanges => {
                self.view.tab = Tab::Changes;
                self.list_backups(ctx);
            }
            Command::ShowForm => {
                self.view.tab = Tab::Form;
                self.view.scroll_form = true;
            }
            Command::Find => self.view.focus = Some(Focus::Search),
            Command::FindNext => self.go_to_found(1),
            Command::FindPrevious => self.go_to_found(-1),
            Command::ClearFilter => self.view.filter.clear(),
            Command::Present => self.present(ctx, !self.view.presenting),
            Command::CopyTable => ctx.copy_text(copy::table(self)),
            Command::CopyPicture => self.copy_picture(ctx),
            Command::ContrastTheme => {
                self.high_contrast = !self.high_contrast;
                crate::ui::theme::set_high_contrast(ctx, self.high_contrast);
            }
            Command::ExpandAll => self.view.expand_all(),
            Command::CollapseAll => self.view.collapse_all(self.document.plan()),
            Command::PreviousInitiative => self.step_initiative(-1),
            Command::NextInitiative => self.step_initiative(1),
            Command::SwitchPane => {
                self.leave_lists();
                self.view.focus = Some(if self.view.tree_has_focus {
                    Focus::FirstField
                } else {
                    Focus::Tree
                });
            }
            Command::LightTheme => self.set_theme(ctx, egui::ThemePreference::Light),
            Command::DarkTheme => self.set_theme(ctx, egui::ThemePreference::Dark),
            Command::SystemTheme => self.set_theme(ctx, egui::ThemePreference::System),
            Command::ZoomIn => zoom(ctx, ctx.zoom_factor() + ZOOM_STEP),
            Command::ZoomOut => zoom(ctx, ctx.zoom_factor() - ZOOM_STEP),
            Command::ZoomReset => zoom(ctx, 1.0),
            Command::Palette => self.view.palette = Some(Default::default()),
            Command::AboutProgram => self.dialog = Some(Dialog::AboutProgram),
        }
    }

    fn set_theme(&mut self, ctx: &egui::Context, theme: egui::ThemePreference) {
        self.theme = theme;
        ctx.set_theme(theme);
    }

    fn go_to_found(&mut self, by: isize) {
        let (selected, generation) = (self.view.selected, self.view.generation);
        self.view
            .filter
            .refresh(&self.document, selected, generation);
        if let Some(id) = self.view.filter.neighbour(self.view.selected, by) {
            self.select(id);
            self.leave_lists();
        }
    }

    /// Goes from the tabs that list things to the one where they are written.
    pub(super) fn leave_lists(&mut self) {
        if !matches!(self.view.tab, Tab::Editor | Tab::Form) {
            self.view.tab = Tab::Editor;
        }
    }

    /// Fills the screen with the overview or the form, larger, or goes back to the window.
    pub(super) fn present(&mut self, ctx: &egui::Context, on: bool) {
        if on == self.view.presenting {
            return;
        }
        self.view.presenting = on;
        if on && !matches!(self.view.tab, Tab::Overview | Tab::Form) {
            self.view.tab = Tab::Form;
        }
        // What it was before is still known: a presentation does not touch it.
        let factor = if on { PRESENTATION_ZOOM } else { 1.0 };
        zoom(ctx, self.view.zoom * factor);
        ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(on));
    }

    /// The pages of a presentation: the overview, then the form of each issue.
    pub(super) fn turn_page(&mut self, by: isize) {
        let issues = self.document.plan().issues();
        let here = match self.view.tab {
            Tab::Overview => 0,
            Tab::Editor | Tab::Form | Tab::Checks | Tab::Changes | Tab::Sections => {
                let plan = self.document.plan();
                let selected = self.view.selected;
                let top = selected.map(|id| plan.ancestors(id).last().unwrap_or(id));
                let issue = issues.iter().position(|issue| Some(issue.id) == top);
                issue.map_or(0, |issue| issue + 1)
            }
        };
        let Some(page) = here.checked_add_signed(by) else {
            return;
        };
        match page.checked_sub(1).map(|issue| issues.get(issue)) {
            None => self.view.tab = Tab::Overview,
            Some(Some(issue)) => {
                let id = issue.id;
                self.select(id);
                self.view.tab = Tab::Form;
            }
            // After the last page there is none.
            Some(None) => {}
        }
    }

    /// Puts a picture of the overview on the clipboard, as it is on the screen.
    fn copy_picture(&mut self, ctx: &egui::Context) {
        let Some(place) = self.view.overview.drawn_at else {
            return;
        };
        let copy = ctx.clone();
        ctx.request_screenshot(move |screen: std::sync::Arc<egui::ColorImage>| {
            let pixels = copy.pixels_per_point();
            copy.copy_image(screen.region(&place, Some(pixels)));
        });
        self.notice = Some(Notice::done(words::PICTURE_COPIED.to_owned()));
    }

    pub(super) fn select(&mut self, id: Id) {
        if let Err(error) = self.document.end_typing() {
            return self.fail(words::edit_failed(&error));
        }
        self.view.select(self.document.plan(), id);
    }

    pub(super) fn edit_node(&mut self, edit: Edit, id: Id, spot: Spot) {
        let target = Target { id: Some(id), spot };
        match self.document.edit(edit, target) {
            Ok(()) => self.view.mark = None,
            Err(error) => self.fail(words::edit_failed(&error)),
        }
    }

    fn insert(&mut self, added: Option<(Edit, Id)>) {
        if let Some((edit, id)) = added {
            self.edit_node(edit, id, Spot::Node);
            self.view.select(self.document.plan(), id);
            self.view.tab = Tab::Editor;
        }
    }

    pub(super) fn move_node(&mut self, id: Id, edit: Option<Edit>) {
        if let Some(edit) = edit {
            self.edit_node(edit, id, Spot::Node);
            self.view.select(self.document.plan(), id);
        }
    }

    /// An empty node goes at once; one with contents is asked about.
    fn remove_or_ask(&mut self, id: Id) {
        let plan = self.document.plan();
        let is_empty = match plan.node(id) {
            None => return,
            Some(Node::Initiative(initiative)) => {
                let new = crate::plan::Initiative::new(initiative.id, initiative.number);
                **initiative == new
            }
            Some(node) => node.children().is_empty() && node.title().is_empty(),
        };
        if is_empty {
            self.remove(id);
        } else {
            self.dialog = Some(Dialog::Remove(id));
        }
    }

    pub(super) fn remove(&mut self, id: Id) {
        let next = structure::neighbour(self.document.plan(), id);
        self.edit_node(Edit::Remove { id }, id, Spot::Node);
        self.view.selected = next;
        self.view.focus = Some(Focus::Tree);
        self.view.reveal_selection(self.document.plan());
    }

    fn step_initiative(&mut self, by: isize) {
        let ids: Vec<Id> = self
            .document
            .plan()
            .entries()
            .map(|entry| entry.initiative.id)
            .collect();
        let selected = self.view.selected;
        let at = ids.iter().position(|id| Some(*id) == selected);
        let to = match at {
            Some(at) => at.checked_add_signed(by),
            // From an issue or a strategy: to its first initiative, or the one before that.
            None => selected
                .and_then(|id| self.document.plan().node(id)?.initiatives().next())
                .and_then(|first| ids.iter().position(|id| *id == first.id))
                .and_then(|first| first.checked_add_signed(by.min(0)))
                .or(Some(0)),
        };
        if let Some(&id) = to.and_then(|to| ids.get(to)) {
            self.select(id);
        }
    }

    fn look_at(&mut self, target: Result<Option<Target>, crate::plan::EditError>) {
        match target {
            Ok(Some(target)) => {
                self.view.forget_local_undo = true;
                let plan = self.document.plan();
                match target.id.filter(|&id| plan.contains(id)) {
                    Some(id) => self.view.select(plan, id),
                    None => self.view.keep_selection_valid(plan),
                }
                // What has changed is to be seen, and the overview shows no fields.
                self.leave_lists();
                self.view.scroll_form = true;
                self.view.mark = Some(target);
                self.view.scroll_to_mark = true;
            }
            Ok(None) => {}
            Err(error) => self.fail(words::edit_failed(&error)),
        }
    }
}

fn zoom(ctx: &egui::Context, factor: f32) {
    // Rounded, so that ten steps in and ten out end where they began.
    let factor = (factor * 10.0).round() / 10.0;
    ctx.set_zoom_factor(factor.clamp(*ZOOM_RANGE.start(), *ZOOM_RANGE.end()));
}
