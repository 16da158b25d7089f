//! What can be done with keys: those of the commands, from their table, and those of texts, choices,
//! the form and the list, which no command has.

use egui::{Grid, RichText, ScrollArea, Ui};

use crate::{
    session::{Answer, Session},
    ui::{
        command::Command,
        theme::{self, space},
    },
};

use super::{buttons, title};

/// Wide enough for a sentence beside the keys.
pub const WIDTH: f32 = 720.0;

/// Keys that mean something in a place.
const PLACES: [(&str, &[(&str, &str)]); 4] = [
    (
        "欄",
        &[
            ("Tab、Shift+Tab", "次の欄へ、前の欄へ"),
            ("末尾で Ctrl+↓", "次の項目の同じ欄へ"),
            ("先頭で Ctrl+↑", "前の項目の同じ欄へ"),
            ("Ctrl+PageDown、Ctrl+PageUp", "次の項目、前の項目の同じ欄へ"),
        ],
    ),
    (
        "選択肢",
        &[
            ("←、→", "隣の選択肢を選ぶ"),
            ("1、2 …", "番号で選ぶ（並んだ問いは通し番号）"),
            ("Delete", "選ぶ前に戻す"),
        ],
    ),
    (
        "様式",
        &[
            ("矢印、Tab", "隣の欄を選ぶ"),
            ("Ctrl+矢印", "表の端の欄を選ぶ"),
            ("Shift+矢印、ドラッグ", "範囲を選ぶ"),
            ("文字", "選んだ欄を書き換える"),
            ("Enter、F2、ダブルクリック", "選んだ欄の続きを書く"),
            ("書きながら Enter", "決めて下の欄へ（Tab の後は次の行へ）"),
            ("書きながら Alt+Enter", "改行する"),
            ("書きながら Esc", "書く前に戻す"),
            ("Delete", "選んだ範囲を空にする"),
            (
                "Ctrl+C、Ctrl+X、Ctrl+V",
                "コピー、切り取り、貼り付け（Excel の範囲も）",
            ),
            ("選択肢の欄で 1、2 …", "番号で選ぶ（選んだ範囲のすべてに）"),
            ("選択肢の欄で Enter", "選択肢を開く（矢印と Enter で選ぶ）"),
        ],
    ),
    (
        "左の一覧",
        &[
            (
                "矢印、Home、End、PageUp、PageDown",
                "移動、展開、折りたたみ",
            ),
            ("Enter", "編集欄へ"),
            ("番号や名称の先頭の文字", "その項目へ"),
        ],
    ),
];

pub fn show(session: &Session, ui: &mut Ui) -> Option<Answer> {
    title(ui, "キーの一覧");
    let height = (ui.ctx().content_rect().height() - space::XL * 9.0).max(200.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().interact_size.y = theme::BODY + space::S;
        for (place, keys) in PLACES {
            let lines = keys.iter().map(|(keys, does)| (*keys, *does));
            list(ui, place, lines);
        }
        let form = session.form();
        let commands = Command::ALL.iter().filter(|it| it.is_offered(session));
        let commands = commands.filter_map(|it| Some((it.keys()?, it.name(form))));
        let commands: Vec<_> = commands.collect();
        let lines = commands
            .iter()
            .map(|(keys, name)| (keys.as_str(), name.trim_end_matches('…')));
        list(ui, "どこでも", lines);
    });
    buttons(ui, &[("閉じる", Answer::Cancel)])
}

fn list<'a>(ui: &mut Ui, name: &str, lines: impl Iterator<Item = (&'a str, &'a str)>) {
    ui.label(RichText::new(name).family(theme::bold()));
    Grid::new(name)
        .spacing([space::L, space::XS])
        .min_col_width(260.0)
        .show(ui, |ui| {
            for (keys, does) in lines {
                let weak = theme::palette(ui).weak;
                ui.label(RichText::new(keys).color(weak));
                ui.label(does);
                ui.end_row();
            }
        });
    ui.add_space(space::S);
}
