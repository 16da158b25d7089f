//! What she has to know about the file before she goes on: somebody else has saved it, moved it,
//! or has it open.

use egui::{Frame, Link, Margin, Ui};

use crate::session::{Action, Session, watching::Outside};

use super::{
    Wish,
    command::Command,
    theme::{self, space},
};

/// Draws the banner, where there is anything to say.
pub fn show(session: &Session, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    match session.outside() {
        Some(Outside::Saved) => {
            let text = "ほかの人がこのファイルを保存しました。";
            line(ui, text, Some(("取り込む", Action::TakeIn.into())), wishes);
        }
        Some(Outside::Gone) => {
            let text =
                "ファイルが元の場所にありません。移動か名前の変更がなかったか確かめてください。";
            let save = ("名前を付けて保存…", Wish::Run(Command::SaveAs));
            line(ui, text, Some(save), wishes);
        }
        None => {}
    }
    if let Some(holder) = session.other_holder() {
        let since = holder.since.to_zoned(jiff::tz::TimeZone::system());
        let since = since.strftime("%-m月%-d日 %H:%M");
        let who = match (holder.user.as_str(), holder.pc.as_str()) {
            ("", "") => "ほかの人".to_owned(),
            (user, "") => format!("{user} さん"),
            ("", pc) => format!("{pc} の人"),
            (user, pc) => format!("{user} さん（{pc}）"),
        };
        let text = format!(
            "{who}が {since} から開いています。編集して保存しても、互いの変更は失われません（保存のときに取り込みます）。"
        );
        line(ui, &text, None, wishes);
    }
}

fn line(ui: &mut Ui, text: &str, offer: Option<(&str, Wish)>, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let frame = Frame::new()
        .fill(palette.marked)
        .inner_margin(Margin::symmetric(space::L as i8, space::S as i8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(text);
            if let Some((name, wish)) = offer
                && ui.add(Link::new(name)).clicked()
            {
                wishes.push(wish);
            }
        });
    });
}
