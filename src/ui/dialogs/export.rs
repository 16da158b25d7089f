//! What to export, and as what; where to is asked next.

use egui::{ComboBox, RichText, Ui, WidgetInfo, accesskit};

use crate::{
    export::{Format, Options, Orientation},
    plan::{Id, Kind, Plan, Section},
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
}

impl ExportDialog {
    /// The dialog as it opens: the format of the last time, and what she is looking at.
    pub fn new(session: &Session, selected: Option<Id>, tab: Tab) -> Self {
        let (format, options) = session.last_export();
        let scope = match (tab, selected) {
            (Tab::Overview, _) | (_, None) => Scope::Whole,
            (_, Some(id)) => Scope::Node(id),
        };
        Self {
            scope,
            format,
            options,
            selected,
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
            options: self.options,
        }
    }

    /// The part as exports name it; `None` is all of it.
    fn section(&self, plan: &Plan) -> Option<Section> {
        match self.scope {
            Scope::Whole => None,
            Scope::Node(id) => plan.number(id)?.half_width().parse().ok(),
        }
    }

    /// What can be chosen: the whole, and all that the selected node stands in.
    pub fn scopes(&self, plan: &Plan) -> Vec<Scope> {
        let above = self.selected.into_iter().flat_map(|id| plan.ancestors(id));
        let mut scopes: Vec<Scope> = self
            .selected
            .into_iter()
            .chain(above)
            .map(Scope::Node)
            .collect();
        scopes.push(Scope::Whole);
        scopes.reverse();
        scopes
    }
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
    if dialog.format == Format::Pdf {
        ui.add_space(theme::space::S);
        ui.label("紙面");
        paper_choice(ui, &mut dialog.options);
        warn(session, ui, dialog.section(plan), wishes);
    }
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
    let other = ComboBox::from_id_salt("other_scope")
        .selected_text("ほかの範囲を選ぶ")
        .width(ui.available_width().min(280.0));
    let other = other.show_ui(ui, |ui| {
        for issue in plan.issues() {
            for id in std::iter::once(issue.id).chain(issue.strategies.iter().map(|s| s.id)) {
                let scope = Scope::Node(id);
                let name = scope_name(plan, scope);
                if ui.selectable_label(dialog.scope == scope, name).clicked() {
                    dialog.choose(id);
                }
            }
        }
    });
    let name = || WidgetInfo::labeled(accesskit::Role::ComboBox, true, "ほかの範囲を選ぶ");
    other.response.widget_info(name);
}

/// How it is put on paper.
pub fn paper_choice(ui: &mut Ui, options: &mut Options) {
    ui.checkbox(&mut options.cover, "表紙に全体の状況を付ける");
    ui.checkbox(&mut options.only_attention, "要対応の取組だけにする");
    ui.checkbox(&mut options.grey, "白黒にする（形と言葉は残ります）");
    ui.checkbox(&mut options.full_reposts, "再掲に再掲元の内容も載せる");
    let mut is_portrait = options.orientation == Orientation::Portrait;
    ui.checkbox(&mut is_portrait, "縦置きにする");
    options.orientation = if is_portrait {
        Orientation::Portrait
    } else {
        Orientation::Landscape
    };
}

/// Says what the typeface cannot show before it is exported.
fn warn(session: &Session, ui: &mut Ui, section: Option<Section>, wishes: &mut Vec<Wish>) {
    if !session.is_missing_known(section) {
        wishes.push(Action::LookForMissing(section).into());
    }
    if let Some(missing) = session.missing(section) {
        let ink = theme::palette(ui).danger;
        ui.label(RichText::new(missing).size(theme::SMALL).color(ink));
    }
}

fn scope_name(plan: &Plan, scope: Scope) -> String {
    match scope {
        Scope::Whole => "計画全体".to_owned(),
        Scope::Node(id) => {
            let name = words::node_name(plan, id);
            match plan.node(id) {
                Some(node) if node.kind() == Kind::Issue && node.own_number().is_none() => name,
                Some(node) => format!("{name}　{}", words::title_or_none(node.title())),
                None => name,
            }
        }
    }
}
