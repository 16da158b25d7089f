//! A window without a screen, used as a person would: by names, roles and keys.

use std::{path::Path, sync::Arc};

use egui::{Event, ImeEvent, Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness, Node,
    kittest::{NodeT as _, Queryable as _, by},
};
use furikaeri::{
    form::Form,
    plan::{About, Id, Node as PlanNode, Plan, Standing},
    session::{Action, Document, Session, World, keeping::Kept},
    storage::builtin,
    ui::{Tab, View, Window, command::Command},
};

use super::plans;

/// A running window.
pub struct Desk {
    pub harness: Harness<'static, Window>,
}

impl Desk {
    /// The window as it opens without an argument: the real plan, no file yet.
    pub fn with_the_real_plan() -> Self {
        Self::with(builtin::plan().expect("the built-in plan"))
    }

    /// A window with a plan in which there is nothing.
    pub fn with_an_empty_plan() -> Self {
        Self::with_nothing_of(&plans::form())
    }

    /// A window with a plan of this form in which there is nothing.
    pub fn with_nothing_of(form: &Arc<Form>) -> Self {
        let about = About {
            review: form.first_review(),
            ..About::default()
        };
        Self::with(Plan::empty(about, Arc::clone(form)))
    }

    pub fn with(plan: Plan) -> Self {
        Self::sized(plan, 1280.0, 800.0)
    }

    pub fn sized(plan: Plan, width: f32, height: f32) -> Self {
        Self::made(plan, (width, height), World::default())
    }

    /// A window that keeps unsaved work and earlier versions below this folder.
    pub fn keeping_below(local: &Path, plan: Plan) -> Self {
        let world = World {
            local: Some(local.to_owned()),
            ..World::default()
        };
        Self::in_world(plan, world)
    }

    pub fn in_world(plan: Plan, world: World) -> Self {
        Self::made(plan, (1280.0, 800.0), world)
    }

    fn made(plan: Plan, (width, height): (f32, f32), world: World) -> Self {
        let mut window = Window::new(Document::new(plan), world);
        // The overview opens with the plan; most tests are about writing.
        window.view_mut().tab = Tab::Editor;
        let harness = Harness::builder()
            .with_size(egui::vec2(width, height))
            .with_theme(egui::Theme::Light)
            .with_context_setup(Window::prepare)
            // A save on another thread wakes the window when it likes.
            .with_max_steps(16)
            .build_ui_state(
                |ui, window: &mut Window| {
                    window.logic(ui.ctx());
                    // The whole window, without the margin that the harness puts around it.
                    let whole = ui.ctx().content_rect();
                    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(whole));
                    ui.set_clip_rect(whole);
                    window.ui(&mut ui);
                },
                window,
            );
        let mut desk = Self { harness };
        // The checks look at the plan for the first time.
        desk.finish_jobs();
        desk
    }

    /// The window after this file was opened.
    pub fn with_file(path: &Path) -> Self {
        let mut desk = Self::with_an_empty_plan();
        desk.open(path);
        desk
    }

    pub fn open(&mut self, path: &Path) {
        self.act(Action::OpenPath(path.to_owned()));
        self.finish_jobs();
    }

    /// Asks for something without a key or a button: a file that is dropped, another program.
    pub fn act(&mut self, action: Action) {
        let ctx = self.harness.ctx.clone();
        self.window_mut().act(&ctx, action);
    }

    /// Runs a command without its key or menu; nothing is drawn yet.
    pub fn run(&mut self, command: Command) {
        let ctx = self.harness.ctx.clone();
        self.window_mut().run(&ctx, command);
    }

    pub fn window(&self) -> &Window {
        self.harness.state()
    }

    pub fn window_mut(&mut self) -> &mut Window {
        self.harness.state_mut()
    }

    pub fn session(&self) -> &Session {
        self.window().session()
    }

    pub fn view(&self) -> &View {
        self.window().view()
    }

    /// Shows a tab without its key.
    pub fn show(&mut self, tab: Tab) {
        self.window_mut().view_mut().tab = tab;
    }

    pub fn plan(&self) -> &Plan {
        self.session().document().plan()
    }

    /// Waits for what goes on off the UI thread, then draws.
    pub fn finish_jobs(&mut self) {
        let ctx = self.harness.ctx.clone();
        self.window_mut().finish_jobs(&ctx);
        self.harness.run();
    }

    /// Lets the keys rest for two seconds of the window's clock.
    pub fn rest(&mut self) {
        for _ in 0..8 {
            self.harness.step();
        }
    }

    pub fn id(&self, number: &str) -> Id {
        plans::numbered(self.plan(), number)
    }

    /// The node with this number, e.g. `2-1-3`.
    pub fn node(&self, number: &str) -> &PlanNode {
        let node = self.plan().node(self.id(number));
        node.unwrap_or_else(|| panic!("no {number}"))
    }

    /// How the node with this number stands.
    pub fn standing(&self, number: &str) -> Standing {
        self.plan().standing(self.node(number))
    }

    /// The number of what is selected.
    pub fn selected(&self) -> String {
        let id = self.view().selected.expect("a selection");
        let number = self.plan().number(id).expect("a number");
        number.half_width(self.plan().form())
    }

    /// Goes to a node by typing its number in the tree.
    pub fn go_to(&mut self, number: &str) {
        if !matches!(self.view().tab, Tab::Editor | Tab::Form) {
            self.show(Tab::Editor);
        }
        self.tree().focus();
        self.harness.run();
        // A new search begins after a pause.
        self.rest();
        self.harness.event(Event::Text(number.to_owned()));
        self.harness.run();
        assert_eq!(self.selected(), number);
    }

    pub fn tree(&self) -> Node<'_> {
        self.harness.get_by_role(Role::Tree)
    }

    /// The one thing of this role whose name has this in it.
    pub fn get<'a>(&'a self, role: Role, name: &'a str) -> Node<'a> {
        self.harness.get(by().role(role).label_contains(name))
    }

    pub fn find<'a>(&'a self, role: Role, name: &'a str) -> Option<Node<'a>> {
        self.harness.query(by().role(role).label_contains(name))
    }

    pub fn click(&mut self, role: Role, name: &str) {
        self.get(role, name).click();
        self.harness.run();
    }

    /// The first thing of this role whose name has this in it.
    pub fn click_first(&mut self, role: Role, name: &str) {
        let all = self.harness.get_all(by().role(role).label_contains(name));
        all.into_iter().next().expect(name).click();
        self.harness.run();
    }

    /// A command of the menu bar.
    pub fn menu(&mut self, menu: &str, entry: &str) {
        self.harness
            .get_by_role_and_label(Role::Button, menu)
            .click();
        self.harness.run();
        let entry_below_the_bar = self
            .harness
            .get_all(by().role(Role::Button).label_contains(entry))
            // The bar itself may have a button of the same name; the menu hangs below it.
            .rfind(|entry| entry.rect().top() > 34.0);
        entry_below_the_bar.expect(entry).click();
        self.harness.run();
    }

    /// Drags something with the mouse.
    pub fn drag(&mut self, from: egui::Pos2, to: egui::Pos2) {
        let harness = &mut self.harness;
        harness.hover_at(from);
        harness.run();
        harness.drag_at(from);
        harness.run();
        harness.hover_at(from + egui::vec2(0.0, 8.0));
        harness.run();
        harness.hover_at(to);
        harness.run();
        harness.drop_at(to);
        harness.run();
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
    }

    /// A field of the editor; several lines or one.
    pub fn field<'a>(&'a self, name: &'a str) -> Node<'a> {
        let is_field = |role: Role| matches!(role, Role::MultilineTextInput | Role::TextInput);
        self.harness.get(
            by().predicate(move |node| is_field(node.role()))
                .label(name),
        )
    }

    /// Puts the cursor at the end of a field.
    pub fn enter_field(&mut self, name: &str) {
        self.field(name).focus();
        self.harness.run();
        self.press(Modifiers::COMMAND, Key::End);
    }

    /// Types at the end of a field, without leaving it.
    pub fn type_in(&mut self, name: &str, text: &str) {
        self.enter_field(name);
        self.type_text(text);
    }

    /// Goes to a cell of the form and types at the end of its text, without leaving it.
    pub fn write_cell(&mut self, name: &str, text: &str) {
        self.field(name).focus();
        self.harness.run();
        self.press(Modifiers::NONE, Key::F2);
        self.type_text(text);
    }

    pub fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run();
    }

    /// What the IME shows before it is decided.
    pub fn preedit(&mut self, text: &str) {
        self.harness.event(Event::Ime(ImeEvent::Preedit {
            text: text.to_owned(),
            active_range_chars: None,
        }));
        self.harness.run();
    }

    /// What the IME decides on.
    pub fn commit(&mut self, text: &str) {
        self.harness
            .event(Event::Ime(ImeEvent::Commit(text.to_owned())));
        self.harness.run();
    }

    /// Whether all that is not saved is at least on this PC.
    pub fn is_kept(&self) -> bool {
        let is_unsaved = self.session().document().is_unsaved();
        is_unsaved && self.session().kept() == Kept::All
    }

    /// The label that undoing has in the menu.
    pub fn next_undo(&self) -> Option<String> {
        let step = self.session().document().history().next_undo();
        step.map(|step| step.label.clone())
    }

    /// Whether anything on the screen says this.
    pub fn shows(&self, text: &str) -> bool {
        self.harness
            .query_all(by().predicate(|_| true))
            .any(|node| {
                let node = node.accesskit_node();
                [node.label(), node.value()]
                    .into_iter()
                    .flatten()
                    .any(|words| words.contains(text))
            })
    }
}
