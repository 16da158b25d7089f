//! What to export, and as what; where to is asked next.

use egui::{RichText, Ui};

use crate::{
    app::{
        App,
        action::Answer,
        dialog::{ExportForm, Scope},
    },
    export::{Format, Orientation},
    plan::{Kind, Plan},
    ui::{theme, words},
};

use super::{buttons, title};

pub fn show(app: &App, ui: &mut Ui, form: &mut ExportForm) -> Option<Answer> {
    title(ui, "書き出す");
    ui.spacing_mut().interact_size.y = 24.0;
    ui.spacing_mut().item_spacing.y = theme::space::XS;
    ui.label("範囲");
    for scope in form.scopes(app.document.plan()) {
        let name = scope_name(app.document.plan(), scope);
        ui.radio_value(&mut form.scope, scope, name);
    }
    ui.add_space(theme::space::S);
    ui.label("形式");
    for format in Format::ALL {
        ui.radio_value(&mut form.format, format, words::format(format));
    }
    if form.format == Format::Pdf {
        let options = &mut form.options;
        ui.checkbox(&mut options.cover, "表紙に全体の状況を付ける");
        ui.checkbox(&mut options.only_attention, "要対応の取組だけにする");
        ui.checkbox(&mut options.grey, "白黒にする（形と言葉は残ります）");
        let mut is_portrait = options.orientation == Orientation::Portrait;
        ui.checkbox(&mut is_portrait, "縦置きにする");
        options.orientation = if is_portrait {
            Orientation::Portrait
        } else {
            Orientation::Landscape
        };
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
