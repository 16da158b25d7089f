//! The window's life around a session: time, keys, the IME and closing go in; titles, clipboards,
//! dialogs and the next frame come out. Drawing is the rest of this room.

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use egui::{Event, ImeEvent, ViewportCommand};

use crate::{
    plan::{Id, checks::Place},
    session::{
        Action, Document, Effect, FileWish, Moment, Session, Wake, World, collecting,
        document::Draft, history::Spot, words,
    },
};

use super::{
    Focus, Tab, View, Wish, checks,
    command::{self, Command},
    theme,
    view::Jump,
};

/// A window with a plan in it.
#[derive(Debug)]
pub struct Window {
    session: Session,
    view: View,
    /// By what the session wakes the window; there is a context from the first frame on.
    awake: Arc<OnceLock<egui::Context>>,
    file_wishes: Vec<FileWish>,
    may_close: bool,
    title: String,
}

impl Window {
    /// Puts the typeface, the styles and the habits of this program in a context; once, before
    /// the first frame.
    pub fn prepare(ctx: &egui::Context) {
        theme::install(ctx);
        ctx.set_theme(egui::ThemePreference::Light);
        // Zooming is in the command table, with a limit and a place in the menu.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
    }

    /// A window with this plan on the screen. What the world wakes is the window.
    pub fn new(document: Document, world: World) -> Self {
        let awake: Arc<OnceLock<egui::Context>> = Arc::default();
        let sleeper = Arc::clone(&awake);
        let wake = Wake::new(move || {
            // Before the first frame nobody sleeps.
            if let Some(ctx) = sleeper.get() {
                ctx.request_repaint();
            }
        });
        let world = World { wake, ..world };
        let session = Session::new(document, world, Moment::now(0.0));
        Self {
            view: View::of(&session),
            session,
            awake,
            file_wishes: Vec::new(),
            may_close: false,
            title: String::new(),
        }
    }

    pub fn session(&self) -> &Session {
        &self.session
    }

    pub fn view(&self) -> &View {
        &self.view
    }

    pub fn view_mut(&mut self) -> &mut View {
        &mut self.view
    }

    pub(super) fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// What happens whether or not anything is drawn: what jobs report, closing, the title. A
    /// minimised window gets only this.
    pub fn logic(&mut self, ctx: &egui::Context) {
        // Set in the first frame; it is the same one ever after.
        let _is_set_already = self.awake.set(ctx.clone());
        let deferred = std::mem::take(&mut self.view.deferred);
        ctx.input_mut(|input| drop(input.events.splice(0..0, deferred)));
        self.watch_ime(ctx);
        let effects = self.session.tick(now(ctx));
        self.carry_out(ctx, effects);
        // Coming back from elsewhere is when she wants to know what others did.
        if ctx.input(|input| input.events.contains(&Event::WindowFocused(true))) {
            self.act(ctx, Action::LookAtFile);
        }
        let is_leaving = ctx.input(|input| input.viewport().close_requested());
        if is_leaving && !self.may_close && !self.session.may_leave() {
            self.act(ctx, Action::Quit);
        }
        let title = words::window_title(self.session.document());
        if self.title != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Draws the window and carries out what was asked for.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.run_shortcuts(&ctx);
        self.view.follow(&self.session);
        let mut wishes = Vec::new();
        super::show(&self.session, &mut self.view, ui, &mut wishes);
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let dropped = dropped.iter().map(|file| file.path().to_owned());
        let (returns, plans): (Vec<PathBuf>, Vec<PathBuf>) =
            dropped.partition(|path| collecting::is_workbook(path));
        wishes.extend(plans.into_iter().map(|plan| Action::OpenPath(plan).into()));
        if !returns.is_empty() {
            wishes.push(Action::Collect(returns).into());
        }
        for wish in wishes {
            self.fulfil(&ctx, wish);
        }
        self.end_composition(&ctx);
    }

    /// Has the session carry out an action, and does what comes of it.
    pub fn act(&mut self, ctx: &egui::Context, action: Action) {
        let effects = self.session.act(now(ctx), action);
        self.carry_out(ctx, effects);
    }

    /// Waits for background work, so that a test need not sleep.
    pub fn finish_jobs(&mut self, ctx: &egui::Context) {
        let effects = self.session.finish_jobs(now(ctx));
        self.carry_out(ctx, effects);
    }

    /// The file dialogs that should be shown now.
    pub fn take_file_wishes(&mut self) -> Vec<FileWish> {
        std::mem::take(&mut self.file_wishes)
    }

    fn fulfil(&mut self, ctx: &egui::Context, wish: Wish) {
        match wish {
            Wish::Run(command) => self.run(ctx, command),
            Wish::Select(id) => self.select(ctx, id),
            Wish::Show(id) => {
                self.select(ctx, id);
                self.view.leave_lists();
            }
            Wish::Enter(id) => {
                self.select(ctx, id);
                self.view.leave_lists();
                self.view.focus = Some(Focus::FirstField);
            }
            Wish::ShowFinding(finding) if finding.place == Place::Form => {
                self.run(ctx, Command::EditForm);
            }
            Wish::ShowFinding(finding) => {
                checks::go_to(&self.session, &mut self.view, &finding);
                self.select(ctx, finding.node);
                self.view.tab = Tab::Editor;
                self.view.jump = Jump::to(&finding, self.session.document().plan());
            }
            // On a projector there is no tree to filter.
            Wish::Pick(..) if self.view.presenting => {}
            Wish::Pick(picks, label) => {
                self.view.filter.pick(picks, label);
                self.view.expand_all();
            }
            Wish::TurnPage(by) => self.turn_page(ctx, by),
            Wish::Do(action) => self.act(ctx, action),
        }
    }

    /// Runs a command of the table, if it can be used now.
    pub fn run(&mut self, ctx: &egui::Context, command: Command) {
        let mut wishes = Vec::new();
        command.run(&self.session, &mut self.view, ctx, &mut wishes);
        for wish in wishes {
            self.fulfil(ctx, wish);
        }
    }

    /// What is typed elsewhere is in the plan before something else is selected.
    fn select(&mut self, ctx: &egui::Context, id: Option<Id>) {
        self.act(ctx, Action::EndTyping);
        self.view.select(self.session.document().plan(), id);
    }

    /// The pages of a presentation: the overview, then the form of each node at the top, and before
    /// them what the plan as a whole says.
    fn turn_page(&mut self, ctx: &egui::Context, by: isize) {
        let plan = self.session.document().plan();
        let whole = (!plan.form().plan.is_empty()).then_some(None);
        let top = plan.top().iter().map(|node| Some(node.id));
        let pages: Vec<Option<Id>> = whole.into_iter().chain(top).collect();
        let here = match self.view.tab {
            Tab::Overview => 0,
            Tab::Editor | Tab::Form | Tab::Checks | Tab::Changes | Tab::Sections => {
                let selected = self.view.selected;
                let shown = selected.map(|id| plan.ancestors(id).last().unwrap_or(id));
                let place = pages.iter().position(|page| *page == shown);
                place.map_or(0, |place| place + 1)
            }
        };
        let Some(page) = here.checked_add_signed(by) else {
            return;
        };
        match page.checked_sub(1).map(|place| pages.get(place)) {
            None => self.view.tab = Tab::Overview,
            Some(Some(page)) => {
                self.select(ctx, *page);
                self.view.tab = Tab::Form;
            }
            // After the last page there is none.
            Some(None) => {}
        }
    }

    fn carry_out(&mut self, ctx: &egui::Context, effects: Vec<Effect>) {
        self.view.follow(&self.session);
        for effect in effects {
            match effect {
                Effect::WakeAfter(time) => ctx.request_repaint_after(time),
                Effect::CopyText(text) => ctx.copy_text(text),
                Effect::AskForFile(wish) => self.file_wishes.push(wish),
                Effect::Close => {
                    self.may_close = true;
                    ctx.send_viewport_cmd(ViewportCommand::Close);
                }
                Effect::StayOpen => {
                    ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                    // The question must be seen, minimised or behind other windows.
                    ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
                    ctx.send_viewport_cmd(ViewportCommand::Focus);
                }
                effect => self.go_to(&effect),
            }
        }
    }

    /// Shows where something has happened.
    fn go_to(&mut self, effect: &Effect) {
        let plan = self.session.document().plan();
        let view = &mut self.view;
        match effect {
            Effect::Added(id) => {
                view.mark = None;
                view.select(plan, Some(*id));
                view.tab = Tab::Editor;
                view.focus = Some(Focus::FirstField);
            }
            Effect::Copied(id) => {
                view.mark = None;
                view.select(plan, Some(*id));
                view.tab = Tab::Editor;
            }
            Effect::Moved(id) => {
                view.mark = None;
                view.select(plan, Some(*id));
            }
            Effect::Removed(next) => {
                view.mark = None;
                view.selected = *next;
                view.focus = Some(Focus::Tree);
                view.reveal_selection(plan);
            }
            Effect::Undone(target) => {
                view.forget_local_undo = true;
                view.undone = None;
                // A text without a node is one of the plan as a whole.
                let is_shown = match target.id {
                    Some(id) => plan.contains(id),
                    None => matches!(target.spot, Spot::Text(_)),
                };
                if is_shown {
                    view.select(plan, target.id);
                }
                view.scroll_form = true;
                view.mark = Some(*target);
                view.scroll_to_mark = true;
            }
            Effect::Recovered => view.tab = Tab::Changes,
            _ => {}
        }
    }

    /// Follows the IME.
    fn watch_ime(&mut self, ctx: &egui::Context) {
        self.view.ime_event = false;
        self.view.was_composing = self.view.composing;
        ctx.input(|input| {
            for event in &input.events {
                if let Event::Ime(event) = event {
                    self.view.ime_event = true;
                    match event {
                        ImeEvent::Preedit { text, .. } => self.view.composing = !text.is_empty(),
                        ImeEvent::Commit(_) => self.view.composing = false,
                        _ => {}
                    }
                }
            }
        });
        // An IME that is dismissed by a click elsewhere may send nothing more.
        if !ctx.text_edit_focused() {
            self.view.composing = false;
        }
    }

    /// What was left in the field by an IME that is gone is typed for good.
    fn end_composition(&mut self, ctx: &egui::Context) {
        let draft = self.session.document().draft();
        let left = draft.filter(|draft| draft.composed.is_some() && !self.view.composing);
        if let Some(draft) = left {
            let draft = Draft {
                composed: None,
                ..draft.clone()
            };
            self.act(ctx, Action::Type(draft));
            if !ctx.text_edit_focused() {
                self.act(ctx, Action::EndTyping);
            }
        }
    }

    /// Keys of the command table. None while a dialog is open or an IME composes.
    fn run_shortcuts(&mut self, ctx: &egui::Context) {
        if !self.view.has_keys_to_spare(&self.session) {
            return;
        }
        let field = self.view.field_undo;
        for (command, shortcut) in command::shortcuts() {
            // A field that has something of its own to undo does so first, word by word.
            if (command == Command::Undo && field.can_undo)
                || (command == Command::Redo && field.can_redo)
            {
                continue;
            }
            if ctx.input_mut(|input| input.consume_shortcut(&shortcut)) {
                self.run(ctx, command);
            }
        }
    }
}

fn now(ctx: &egui::Context) -> Moment {
    Moment::now(ctx.input(|input| input.time))
}
