//! What she has to know about the file before she goes on: somebody else has saved it, moved it,
//! or has it open. One line above the status line, so that nothing moves that she is writing in; of
//! several things the most urgent. She can put it aside until there is other news.

use egui::{Align, Frame, Layout, Link, Margin, Panel, RichText, Ui};
use jiff::Timestamp;

use crate::{
    session::{Action, Session, watching::Outside, words},
    storage::lock::Holder,
};

use super::{
    View, Wish,
    command::Command,
    theme::{self, space},
};

/// What a banner is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    Outside(Outside),
    /// Somebody else has it open since then.
    Held(Timestamp),
}

/// Draws the banner, where there is anything to say that is not put aside.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let holder = session.other_holder();
    let held = holder.map(|holder| News::Held(holder.since));
    let news = session.outside().map(News::Outside).or(held);
    // What comes again is news again.
    view.put_aside = view.put_aside.filter(|aside| Some(*aside) == news);
    let Some(news) = news.filter(|_| view.put_aside.is_none()) else {
        return;
    };
    let (text, offer) = match (news, holder) {
        (News::Outside(Outside::Saved), _) => (
            "ほかの人がこのファイルを保存しました。".to_owned(),
            Some(("取り込む", Action::TakeIn.into())),
        ),
        (News::Outside(Outside::Gone), _) => (
            "ファイルが元の場所にありません。移動か名前の変更がなかったか確かめてください。"
                .to_owned(),
            Some(("名前を付けて保存…", Wish::Run(Command::SaveAs))),
        ),
        (News::Held(_), holder) => (holder.map(held_by).unwrap_or_default(), None),
    };
    let palette = theme::palette(ui);
    let frame = Frame::new()
        .fill(palette.marked)
        .inner_margin(Margin::symmetric(space::M as i8, space::XS as i8));
    let panel = Panel::bottom("banner").resizable(false).frame(frame);
    panel.show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ui.add(Link::new(RichText::new("閉じる").size(theme::SMALL)));
            if close.on_hover_text("この知らせを片付けます").clicked() {
                view.put_aside = Some(news);
            }
            ui.with_layout(
                Layout::left_to_right(Align::Center).with_main_wrap(true),
                |ui| {
                    ui.label(RichText::new(text).size(theme::SMALL));
                    if let Some((name, wish)) = offer
                        && ui
                            .add(Link::new(RichText::new(name).size(theme::SMALL)))
                            .clicked()
                    {
                        wishes.push(wish);
                    }
                },
            );
        });
    });
}

/// Who has it open and since when, and that nothing is lost by it.
fn held_by(holder: &Holder) -> String {
    let since = words::moment(holder.since);
    let who = match (holder.user.as_str(), holder.pc.as_str()) {
        ("", "") => format!("ほかの人が {since} から開いています"),
        (user, "") => format!("{user} さんが {since} から開いています"),
        ("", pc) => format!("別の PC（{pc}）で {since} から開いています"),
        (user, pc) => format!("{user} さん（PC：{pc}）が {since} から開いています"),
    };
    format!("{who}。編集して保存しても、互いの変更は失われません（保存のときに取り込みます）。")
}
