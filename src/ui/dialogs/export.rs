//! What to export, and as what; where to is asked next.

use egui::{ComboBox, RichText, Ui, WidgetInfo, accesskit};

use crate::{
    app::{
        App,
        action::Answer,
        dialog::{ExportForm, Scope},
    },
    export::{Format, Options, Orientation},
    plan::{Kind, Plan},
    ui::{theme, words},
};

use super::{buttons, title};

pub fn show(app: &App, ui: &mut Ui, form: &mut ExportForm) -> Option<Answer> {
    title(ui, "書き出す");
    ui.spacing_mut().interact_size.y = 24.0;
    ui.spacing_mut().item_spacing.y = theme::space::XS;
    ui.label("範囲");
    scope_choice(ui, app.document.plan(), form);
    ui.add_space(theme::space::S);
    ui.label("形式");
    for format in Format::ALL {
        ui.radio_value(&mut form.format, format, words::format(format));
    }
    if form.format == Format::Pdf {
        ui.add_space(theme::space::S);
        ui.label("紙面");
        paper_choice(ui, &mut form.options);
        warn(ui, form);
    }
    if let Some(counts) = app.checking.counts()
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
        ("場所を選ぶ…", Answer::Confirm),
        ("キャンセル", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

/// Which part of the plan.
pub fn scope_choice(ui: &mut Ui, plan: &Plan, form: &mut ExportForm) {
    for scope in form.scopes(plan) {
        let name = scope_name(plan, scope);
        let button = egui::RadioButton::new(form.scope == scope, name);
        if ui.add(button).clicked() {
            form.scope = scope;
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
                if ui.selectable_label(form.scope == scope, name).clicked() {
                    form.choose(id);
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
fn warn(ui: &mut Ui, form: &ExportForm) {
    if let Some((scope, Some(missing))) = &form.missing
        && *scope == form.scope
    {
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
