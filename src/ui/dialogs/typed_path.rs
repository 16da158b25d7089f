//! A path typed in the window, where the system has no file dialog.

use egui::{TextEdit, Ui};

use crate::{
    app::{App, action::Answer, files::FileRequest},
    ui::words,
};

use super::{buttons, enter_pressed, title};

pub fn show(app: &App, ui: &mut Ui, request: &FileRequest, text: &mut String) -> Option<Answer> {
    title(ui, words::file_request_title(request));
    let label = ui.label("ファイルの場所");
    let field = TextEdit::singleline(text).desired_width(f32::INFINITY);
    let response = ui.add(field).labelled_by(label.id);
    // A line field gives the focus up on Enter; that is the moment to go.
    let is_done = response.lost_focus() && enter_pressed(app, ui);
    if !is_done && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let verb = match request {
        FileRequest::OpenPlan | FileRequest::Table => "開く",
        FileRequest::Collect => "取り込む",
        FileRequest::HandOut(_) => "作る",
        FileRequest::SavePlan | FileRequest::SendBack(_) => "保存",
        FileRequest::Export { .. } | FileRequest::Changes => "書き出す",
    };
    let go = Answer::Path(text.clone());
    if is_done {
        return Some(go);
    }
    buttons(ui, &[(verb, go), ("キャンセル", Answer::Cancel)])
}
