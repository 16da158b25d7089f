//! What to export, and as what; where to is asked next.

use egui::{ComboBox, RichText, Ui, WidgetInfo, accesskit};

use crate::{
    export::{Format, Options, Orientation},
    form::{Form, Level},
    plan::{Entry, Id, Plan, Section, Standing},
    session::{Action, Answer, Session, action::Order, words},
    ui::{Tab, Wish, theme},
};

use super::{buttons, title};

/// Which part is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Whole,
    Node(Id),
}

/// What to export or print, and how.
#[derive(Debug, Clone)]
pub struct ExportDialog {
    pub scope: Scope,
    pub format: Format,
    /// How it is printed, where the format is printed.
    pub options: Options,
    selected: Option<Id>,
    /// The parts that can be chosen instead of what is selected.
    others: Vec<Id>,
}

impl ExportDialog {
    /// The dialog as it opens: the format of the last time, and what she is looking at.
    pub fn new(session: &Session, selected: Option<Id>, tab: Tab) -> Self {
        let (format, options) = session.last_export();
        let plan = session.document().plan();
        let way = selected.into_iter().flat_map(|id| way_up(plan, id));
        let selected = way.into_iter().find(|id| is_named(plan, *id));
        let scope = match (tab, selected) {
            (Tab::Overview, _) | (_, None) => Scope::Whole,
            (_, Some(id)) => Scope::Node(id),
        };
        let holds_rows =
            |entry: &Entry<'_>| !entry.is_row(plan.form()) || !entry.node.children.is_empty();
        let others = plan.nodes().filter(holds_rows).map(|entry| entry.node.id);
        Self {
            scope,
            format,
            options,
            selected,
            others: others.filter(|id| is_named(plan, *id)).collect(),
        }
    }

    /// Chooses this part, whatever is selected in the tree.
    pub fn choose(&mut self, id: Id) {
        self.selected = Some(id);
        self.scope = Scope::Node(id);
    }

    /// What was chosen.
    pub fn order(&self, plan: &Plan) -> Order {
        Order {
            section: self.section(plan),
            format: self.format,
            options: Options {
                only_attention: self.options.only_attention && has_states(plan.form()),
                ..self.options
            },
        }
    }

    /// The part as exports name it; `None` is all of it.
    fn section(&self, plan: &Plan) -> Option<Section> {
        match self.scope {
            Scope::Whole => None,
            Scope::Node(id) => Some(Section::of(&plan.number(id)?, plan.form())),
        }
    }

    /// What can be chosen: the whole, and all that the selected node stands in.
    pub fn scopes(&self, plan: &Plan) -> Vec<Scope> {
        let way = self.selected.into_iter().flat_map(|id| way_up(plan, id));
        let named = way.filter(|id| is_named(plan, *id));
        let mut scopes: Vec<Scope> = named.map(Scope::Node).collect();
        scopes.push(Scope::Whole);
        scopes.reverse();
        scopes
    }
}

/// A node and what it stands in, itself first.
fn way_up(plan: &Plan, id: Id) -> impl Iterator<Item = Id> {
    std::iter::once(id).chain(plan.ancestors(id))
}

/// Whether a node has a number by which it can be meant.
fn is_named(plan: &Plan, id: Id) -> bool {
    let number = plan.number(id);
    number.is_some_and(|number| !number.half_width(plan.form()).is_empty())
}

/// Whether anything can be judged not to be good.
fn has_states(form: &Form) -> bool {
    form.standings().any(Standing::is_bad)
}

pub fn show(
    session: &Session,
    ui: &mut Ui,
    dialog: &mut ExportDialog,
    wishes: &mut Vec<Wish>,
) -> Option<Answer> {
    let plan = session.document().plan();
    title(ui, "書き出す");
    ui.spacing_mut().interact_size.y = 24.0;
    ui.spacing_mut().item_spacing.y = theme::space::XS;
    ui.label("範囲");
    scope_choice(ui, plan, dialog);
    ui.add_space(theme::space::S);
    ui.label("形式");
    for format in Format::ALL {
        ui.radio_value(&mut dialog.format, format, words::format(format));
    }
    ui.add_space(theme::space::S);
    // It stays where it is, so that the dialog keeps its size under the pointer.
    ui.add_enabled_ui(dialog.format == Format::Pdf, |ui| {
        ui.label("紙面（PDF）");
        paper_choice(ui, plan.form(), &mut dialog.options);
        warn(session, ui, dialog.section(plan).as_ref(), wishes);
    });
    if let Some(counts) = session.checking().counts()
        && counts.errors + counts.warnings > 0
    {
        let text = format!("点検で見つかっているところがあります（{counts}）");
        ui.label(RichText::new(text).size(theme::SMALL));
    }
    let note = RichText::new("メモは書き出しません")
        .size(theme::SMALL)
        .color(theme::palette(ui).weak);
    ui.label(note);
    let choices = [
        ("場所を選ぶ…", Answer::Export(dialog.order(plan))),
        ("キャンセル", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

/// Which part of the plan.
pub fn scope_choice(ui: &mut Ui, plan: &Plan, dialog: &mut ExportDialog) {
    for scope in dialog.scopes(plan) {
        let name = scope_name(plan, scope);
        let button = egui::RadioButton::new(dialog.scope == scope, name);
        if ui.add(button).clicked() {
            dialog.scope = scope;
        }
    }
    if dialog.others.is_empty() {
        return;
    }
    let other = ComboBox::from_id_salt("other_scope")
        .selected_text("ほかの範囲を選ぶ")
        .width(ui.available_width().min(280.0));
    let other = other.show_ui(ui, |ui| {
        let mut chosen = None;
        for id in &dialog.others {
            let scope = Scope::Node(*id);
            let name = scope_name(plan, scope);
            if ui.selectable_label(dialog.scope == scope, name).clicked() {
                chosen = Some(*id);
            }
        }
        if let Some(id) = chosen {
            dialog.choose(id);
        }
    });
    let name = || WidgetInfo::labeled(accesskit::Role::ComboBox, true, "ほかの範囲を選ぶ");
    other.response.widget_info(name);
}

/// How it is put on paper.
pub fn paper_choice(ui: &mut Ui, form: &Form, options: &mut Options) {
    ui.checkbox(&mut options.cover, "表紙に全体の状況を付ける");
    if has_states(form) {
        let text = format!("要対応の{}だけにする", form.assessed_short());
        ui.checkbox(&mut options.only_attention, text);
    }
    ui.checkbox(&mut options.grey, "白黒にする（形と言葉は残ります）");
    if form.levels.iter().any(Level::can_repeat) {
        ui.checkbox(&mut options.full_reposts, "再掲に再掲元の内容も載せる");
    }
    let mut is_portrait = options.orientation == Orientation::Portrait;
    ui.checkbox(&mut is_portrait, "縦置きにする");
    options.orientation = if is_portrait {
        Orientation::Portrait
    } else {
        Orientation::Landscape
    };
}

/// Says what the typeface cannot show before it is exported.
fn warn(session: &Session, ui: &mut Ui, section: Option<&Section>, wishes: &mut Vec<Wish>) {
    if !session.is_missing_known(section) {
        wishes.push(Action::LookForMissing(section.cloned()).into());
    }
    if let Some(missing) = session.missing(section) {
        let ink = theme::palette(ui).danger;
        ui.label(RichText::new(missing).size(theme::SMALL).color(ink));
    }
}

fn scope_name(plan: &Plan, scope: Scope) -> String {
    match scope {
        Scope::Whole => "計画全体".to_owned(),
        Scope::Node(id) => plan.entry(id).map_or_else(String::new, |entry| {
            entry.number().heading(plan.form(), &entry.node.title)
        }),
    }
}
