//! Dialogs that only ask or tell.

use std::{collections::HashSet, path::Path};

use egui::{RichText, ScrollArea, Ui};

use crate::{
    form::Level,
    plan::{Id, Node, Plan, title_or_none},
    session::{
        Answer, Session,
        files::{FORMAT, Purpose},
        structure, words,
    },
    storage::backups::Backup,
    ui::theme::{self, space},
};

use super::{buttons, title};

pub fn unsaved(session: &Session, ui: &mut Ui) -> Option<Answer> {
    title(ui, "変更を保存しますか");
    let name = words::document_name(session.document());
    ui.label(format!("「{name}」に、まだ保存していない変更があります。"));
    ui.label("破棄すると元に戻せません。");
    let choices = [
        ("保存", Answer::Save),
        ("破棄", Answer::Discard),
        ("キャンセル", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

pub fn still_saving(session: &Session, ui: &mut Ui) -> Option<Answer> {
    if !session.is_saving() {
        // It ended while she was asked.
        title(ui, "保存が終わりました");
        ui.label("このまま進みますか。");
        let choices = [("進む", Answer::Wait), ("キャンセル", Answer::Cancel)];
        return buttons(ui, &choices);
    }
    title(ui, "保存がまだ終わっていません");
    ui.label("ファイルの置き場所（共有フォルダーなど）が応答していません。");
    ui.label(
        "待たずに進んでも、編集した内容の控えはこの PC に残り、次に起動したときに復元できます。",
    );
    let choices = [
        ("待つ", Answer::Wait),
        ("別の場所に保存…", Answer::ChooseFile),
        ("待たずに進む", Answer::Discard),
        ("キャンセル", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

pub fn still_busy(session: &Session, ui: &mut Ui) -> Option<Answer> {
    title(ui, "まだ終わっていない処理があります");
    if let Some(busy) = session.busy() {
        ui.label(busy.text);
    }
    ui.label("今終了すると、作りかけのファイルは残りません。");
    let choices = [
        ("終わるまで待つ", Answer::Wait),
        ("中止して終了", Answer::Discard),
        ("キャンセル", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

pub fn remove(session: &Session, ui: &mut Ui, id: Id) -> Option<Answer> {
    let plan = session.document().plan();
    let Some(node) = plan.node(id) else {
        return Some(Answer::Cancel);
    };
    let name = words::node_name(plan, id);
    title(ui, &format!("{name} を削除しますか"));
    ui.label(format!("「{}」", title_or_none(&node.title)));
    let level = plan.level(node);
    if !level.fields.is_empty() {
        let said = said_in(level).join("、");
        ui.label(format!("書かれている{said}も一緒に削除します。"));
    }
    let below = counted_below(plan, node);
    if !below.is_empty() {
        ui.label(format!("中にある{}も一緒に削除します。", below.join("、")));
    }
    let gone: HashSet<Id> = node.with_below().map(|node| node.id).collect();
    let reposts = plan.nodes().map(|entry| entry.node).filter(|node| {
        let source = node.repost_of;
        source.is_some_and(|source| gone.contains(&source)) && !gone.contains(&node.id)
    });
    let reposts: Vec<&Level> = reposts.map(|node| plan.level(node)).collect();
    if let Some(first) = reposts.first() {
        ui.label(format!(
            "これを再掲している{}が {} 件あり、再掲元がなくなります。",
            first.short(),
            reposts.len()
        ));
    }
    ui.label("削除した後でも「元に戻す」（Ctrl+Z）で戻せます。");
    let choices = [("削除", Answer::Confirm), ("キャンセル", Answer::Cancel)];
    buttons(ui, &choices)
}

/// What is said in the fields of a level, in short words; all from which a state comes is one thing.
fn said_in(level: &Level) -> Vec<&str> {
    let mut said: Vec<&str> = Vec::new();
    for field in &level.fields {
        let name = if field.is_axis() {
            level.status_name()
        } else {
            field.short()
        };
        if !said.contains(&name) {
            said.push(name);
        }
    }
    said
}

/// How many of each level stand in a node, of those that say something: `具体的取組 6 件`.
fn counted_below(plan: &Plan, node: &Node) -> Vec<String> {
    let filled_in = |name: &str| {
        let levels = node.below().map(|node| plan.level(node));
        levels
            .filter(|level| level.is_filled_in() && level.name == name)
            .count()
    };
    let names = plan.form().names();
    let counted = names.map(|level| (&level.name, filled_in(&level.name)));
    let counted = counted.filter(|(_, count)| *count > 0);
    counted
        .map(|(name, count)| format!("{name} {count} 件"))
        .collect()
}

pub fn renumber(session: &Session, ui: &mut Ui, id: Id) -> Option<Answer> {
    let plan = session.document().plan();
    let siblings = structure::renumbering(plan, id);
    let branch = structure::renumbering_branch(plan, id);
    let top = plan
        .ancestors(id)
        .last()
        .filter(|_| branch.len() > siblings.len());
    let top = top.and_then(|top| Some((plan.node(top)?, plan.number(top)?)));
    if siblings.is_empty() && top.is_none() {
        title(ui, "番号はそろっています");
        ui.label("この並びの番号は、もう上から順に１、２、３…になっています。");
        return buttons(ui, &[("閉じる", Answer::Cancel)]);
    }
    title(ui, "番号を振り直しますか");
    ui.label("上から順に次のように変えます。再掲の表示も一緒に変わります。");
    ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
        if !siblings.is_empty() {
            ui.label(RichText::new("同じ並び").family(theme::bold()));
            renumbered(plan, ui, &siblings);
        }
        if let Some((node, number)) = &top {
            let name = number.heading(plan.form(), &node.title);
            ui.label(RichText::new(format!("{name} の中すべて")).family(theme::bold()));
            renumbered(plan, ui, &branch);
        }
    });
    let mut choices = Vec::new();
    if !siblings.is_empty() {
        choices.push(("この並びを振り直す", Answer::Confirm));
    }
    if top.is_some() {
        choices.push(("中をすべて振り直す", Answer::ConfirmBranch));
    }
    choices.push(("キャンセル", Answer::Cancel));
    buttons(ui, &choices)
}

/// One line for each new number.
fn renumbered(plan: &Plan, ui: &mut Ui, changes: &[(Id, u32, u32)]) {
    for (id, old, new) in changes {
        let (Some(node), Some(number)) = (plan.node(*id), plan.number(*id)) else {
            continue;
        };
        let width = plan.level(node).number.width;
        let (old, new) = (width.of(&old.to_string()), width.of(&new.to_string()));
        let name = number.heading(plan.form(), title_or_none(&node.title));
        ui.label(format!("{old} → {new}　{name}"));
    }
}

pub fn changed_on_disk(ui: &mut Ui, path: &Path) -> Option<Answer> {
    title(ui, "ほかの人がこのファイルを保存しています");
    ui.label(
        "開いた後に、ファイルの内容が変わりました。「取り込んで保存」を選ぶと、両方の変更を合わせます。同じところを変えていれば、どちらにするかを尋ねます。",
    );
    path_line(ui, path);
    let choices = [
        ("取り込んで保存", Answer::TakeIn),
        ("別名で保存…", Answer::ChooseFile),
        ("上書きする", Answer::Overwrite),
        ("キャンセル", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

pub fn not_saved(ui: &mut Ui, message: &str) -> Option<Answer> {
    told(ui, message);
    let choices = [
        ("別の場所に保存…", Answer::ChooseFile),
        ("閉じる", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

/// A plan cannot be read: what it held before is one click away.
pub fn not_opened(ui: &mut Ui, message: &str, kept: &[Backup]) -> Option<Answer> {
    told(ui, message);
    ui.add_space(space::S);
    ui.label("保存のたびに、この PC に以前の版を残しています。どれかを開きますか。");
    let mut answer = None;
    for version in kept {
        let name = format!("{}を開く", words::backup_name(version));
        if ui.button(name).clicked() {
            answer = Some(Answer::OpenVersion(version.clone()));
        }
    }
    answer.or_else(|| buttons(ui, &[("閉じる", Answer::Cancel)]))
}

pub fn is_workbook(ui: &mut Ui, path: &Path) -> Option<Answer> {
    title(ui, "Excel のファイルです");
    ui.label("計画のファイルではありません。どのように使いますか。");
    path_line(ui, path);
    let choices = [
        ("回収した様式として取り込む", Answer::Collect),
        ("表から新しい計画を作る…", Answer::TakeTable),
        ("キャンセル", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

pub fn replace(session: &Session, ui: &mut Ui, purpose: &Purpose, path: &Path) -> Option<Answer> {
    title(ui, "同じ名前のファイルがあります");
    let is_kept = *purpose == Purpose::SavePlan && session.world().local.is_some();
    ui.label(if is_kept {
        "置き換えると、今あるファイルの内容は、この PC の「以前の版」にだけ残ります。"
    } else {
        "置き換えると、今あるファイルの内容は失われます。"
    });
    path_line(ui, path);
    let choices = [
        ("キャンセル", Answer::Cancel),
        ("置き換える", Answer::Confirm),
    ];
    buttons(ui, &choices)
}

pub fn failure(ui: &mut Ui, message: &str) -> Option<Answer> {
    told(ui, message);
    buttons(ui, &[("閉じる", Answer::Cancel)])
}

/// The first sentence says what failed; the rest says why and what to do.
fn told(ui: &mut Ui, message: &str) {
    let (first, rest) = message.split_once('。').unwrap_or((message, ""));
    title(ui, first);
    for line in rest.lines() {
        ui.label(line);
    }
}

pub fn about_program(ui: &mut Ui) -> Option<Answer> {
    title(
        ui,
        concat!("furikaeri（振り返り） ", env!("CARGO_PKG_VERSION")),
    );
    ui.label("運営方針と、その振り返りを書くための道具です。");
    ui.label(format!("読めるファイルの形式：{FORMAT} まで"));
    ui.label("ライセンス：MIT または Apache-2.0");
    ui.label("書体：BIZ UDPゴシック（SIL Open Font License 1.1）");
    buttons(ui, &[("閉じる", Answer::Cancel)])
}

fn path_line(ui: &mut Ui, path: &Path) {
    let text = RichText::new(path.display().to_string())
        .size(theme::SMALL)
        .color(theme::palette(ui).weak);
    ui.label(text);
}
