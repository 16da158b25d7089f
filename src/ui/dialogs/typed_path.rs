//! A path typed in the window, where the system has no file dialog.

use egui::{TextEdit, Ui};

use crate::{
    session::{Answer, files::Purpose, words},
    ui::View,
};

use super::{buttons, enter_pressed, title};

pub fn show(view: &View, ui: &mut Ui, purpose: &Purpose, text: &mut String) -> Option<Answer> {
    title(ui, words::purpose_title(purpose));
    let label = ui.label("ファイルの場所");
    let field = TextEdit::singleline(text).desired_width(f32::INFINITY);
    let response = ui.add(field).labelled_by(label.id);
    // A line field gives the focus up on Enter; that is the moment to go.
    let is_done = response.lost_focus() && enter_pressed(view, ui.ctx());
    if !is_done && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let verb = match purpose {
        Purpose::OpenPlan | Purpose::Table | Purpose::Form(_) => "開く",
        Purpose::Collect => "取り込む",
        Purpose::HandOut(_) => "作る",
        Purpose::SavePlan | Purpose::SendBack(_) => "保存",
        Purpose::Export { .. } | Purpose::Changes => "書き出す",
    };
    let go = Answer::Path(text.clone());
    if is_done {
        return Some(go);
    }
    buttons(ui, &[(verb, go), ("キャンセル", Answer::Cancel)])
}
