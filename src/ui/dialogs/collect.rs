//! Handing out and collecting: who gets a workbook, what one does not tell for certain, what became
//! of the files, who fills in what, what goes back.

use std::{collections::BTreeSet, sync::Arc};

use egui::{RichText, ScrollArea, TextEdit, Ui};
use jiff::civil::Date;

use crate::{
    plan::{Id, Initiative, Plan, half_width, handout},
    session::{
        Answer, Session,
        action::{HandOutOrder, SendBackOrder},
        words,
    },
    ui::theme::{self, space},
};

use super::{buttons, focus_when_opened, title};

/// Which sections get their workbooks, and by when they want them back.
#[derive(Debug)]
pub struct HandOutDialog {
    owners: Vec<(String, bool)>,
    /// The day as it is typed.
    due: String,
    /// A file for furikaeri beside each workbook.
    extracts: bool,
}

impl HandOutDialog {
    /// Every section that has something to fill in.
    pub fn new(plan: &Plan) -> Self {
        let owners = handout::owners(plan).into_iter();
        let named = owners.filter(|it| !it.owner.is_empty() && it.tally.total() > 0);
        let due = plan.round().due;
        Self {
            owners: named.map(|it| (it.owner, true)).collect(),
            due: due.map_or_else(String::new, |due| due.to_string()),
            extracts: false,
        }
    }

    fn chosen(&self) -> Vec<String> {
        let chosen = self.owners.iter().filter(|(_, is_chosen)| *is_chosen);
        chosen.map(|(owner, _)| owner.clone()).collect()
    }

    /// The day as it was typed; nothing typed is no day.
    ///
    /// # Errors
    /// A sentence where it is no day.
    fn due(&self) -> Result<Option<Date>, &'static str> {
        let typed = half_width(self.due.trim()).replace('/', "-");
        if typed.is_empty() {
            return Ok(None);
        }
        let day = typed.parse();
        day.map(Some)
            .map_err(|_| "提出期限は 2021-11-19 のように書いてください（空欄でも構いません）")
    }
}

/// Who fills in what: a line for each strategy, and for each issue that holds initiatives itself.
#[derive(Debug)]
pub struct AssignDialog {
    lines: Vec<AssignLine>,
}

/// A node and the section that has all of it.
#[derive(Debug)]
struct AssignLine {
    id: Id,
    owner: String,
    /// Whether its initiatives have several sections; an empty field leaves them so.
    is_mixed: bool,
    before: String,
}

impl AssignDialog {
    pub fn new(plan: &Plan) -> Self {
        let mut lines = Vec::new();
        for issue in plan.issues() {
            for strategy in &issue.strategies {
                lines.push(AssignLine::new(strategy.id, &strategy.initiatives));
            }
            if !issue.initiatives.is_empty() {
                lines.push(AssignLine::new(issue.id, &issue.initiatives));
            }
        }
        Self { lines }
    }

    /// What was typed anew.
    fn changed(&self) -> Vec<(Id, String)> {
        let changed = self.lines.iter().filter(|line| line.owner != line.before);
        changed
            .map(|line| (line.id, line.owner.trim().to_owned()))
            .collect()
    }
}

impl AssignLine {
    fn new(id: Id, initiatives: &[Arc<Initiative>]) -> Self {
        let mut owners = initiatives
            .iter()
            .filter(|it| it.repost_of.is_none())
            .map(|it| it.owner.trim());
        let first = owners.next().unwrap_or_default();
        let is_mixed = owners.any(|owner| owner != first);
        let owner = if is_mixed { "" } else { first };
        Self {
            id,
            owner: owner.to_owned(),
            is_mixed,
            before: owner.to_owned(),
        }
    }
}

/// What a section should change in its workbook: a line for each of its initiatives.
#[derive(Debug)]
pub struct SendBackDialog {
    /// The initiative, its name, and the words on it.
    lines: Vec<(Id, String, String)>,
}

impl SendBackDialog {
    pub fn new(plan: &Plan, owner: &str) -> Self {
        let own = plan.entries().map(|entry| entry.initiative);
        let own = own.filter(|it| it.repost_of.is_none() && it.owner.trim() == owner);
        let line = |it: &Arc<Initiative>| {
            let name = words::node_name(plan, it.id);
            (it.id, format!("{name}　{}", it.title), String::new())
        };
        Self {
            lines: own.map(line).collect(),
        }
    }

    /// What was written, where anything was.
    fn comments(&self) -> Vec<(Id, String)> {
        let lines = self.lines.iter();
        let said = lines.filter(|(_, _, text)| !text.trim().is_empty());
        said.map(|(id, _, text)| (*id, text.trim().to_owned()))
            .collect()
    }
}

fn note(ui: &mut Ui, text: &str) {
    let weak = theme::palette(ui).weak;
    ui.label(RichText::new(text).size(theme::SMALL).color(weak));
}

/// A list that scrolls when it would not fit.
fn list(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let height = (ui.ctx().content_rect().height() - 300.0).max(160.0);
    let area = ScrollArea::vertical().max_height(height);
    area.min_scrolled_height(height.min(360.0)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        contents(ui);
    });
}

pub fn hand_out(ui: &mut Ui, dialog: &mut HandOutDialog) -> Option<Answer> {
    title(ui, "様式を配布する");
    ui.label("担当ごとに記入様式（Excel）を作ります。");
    list(ui, |ui| {
        for (owner, is_chosen) in &mut dialog.owners {
            ui.checkbox(is_chosen, owner.as_str());
        }
    });
    ui.add_space(space::S);
    let label = ui.label("提出期限（例：2021-11-19。空欄でも構いません）");
    ui.add(
        TextEdit::singleline(&mut dialog.due)
            .align(egui::Align2::LEFT_CENTER)
            .desired_width(160.0),
    )
    .labelled_by(label.id);
    ui.checkbox(&mut dialog.extracts, "furikaeri 用のファイル（.ron）も作る");
    let (due, owners) = (dialog.due(), dialog.chosen());
    let mut problem = due.err();
    if owners.is_empty() {
        problem = Some("配布する担当を選んでください");
    }
    if let Some(problem) = problem {
        let danger = theme::palette(ui).danger;
        ui.label(RichText::new(problem).color(danger));
    }
    let order = HandOutOrder {
        owners,
        due: due.unwrap_or_default(),
        extracts: dialog.extracts,
    };
    let choices = [
        ("フォルダーを選ぶ…", Answer::HandOut(order)),
        ("キャンセル", Answer::Cancel),
    ];
    // What was typed stays until it can be used.
    let answer = buttons(ui, &choices);
    answer.filter(|answer| *answer == Answer::Cancel || problem.is_none())
}

pub fn doubts(session: &Session, ui: &mut Ui, yes: &mut BTreeSet<usize>) -> Option<Answer> {
    let incoming = session.collecting().asking()?;
    let owner = &incoming.returned.owner;
    title(ui, &format!("{owner}の様式に、確かめたいところがあります"));
    note(ui, &words::file_name(&incoming.path));
    ui.label(
        "「はい」にするものに印を付けてください。印のないところは、配布したときのままにします。",
    );
    list(ui, |ui| {
        for (n, question) in incoming.returned.questions.iter().enumerate() {
            let mut is_yes = yes.contains(&n);
            let sentence = question.doubt.in_words(&incoming.returned.base);
            if ui.checkbox(&mut is_yes, sentence).changed() {
                if is_yes {
                    yes.insert(n);
                } else {
                    yes.remove(&n);
                }
            }
        }
    });
    let choices = [
        ("取り込む", Answer::Doubts(yes.clone())),
        ("このファイルは後で", Answer::Cancel),
    ];
    buttons(ui, &choices)
}

pub fn outcomes(session: &Session, ui: &mut Ui) -> Option<Answer> {
    let outcomes = session.collecting().outcomes();
    let taken = outcomes.iter().filter(|it| it.is_taken).count();
    let left = outcomes.len() - taken;
    let text = match left {
        0 => format!("{taken} 件の様式を取り込みました"),
        left if taken == 0 => format!("取り込めなかったファイルが {left} 件あります"),
        left => format!("{taken} 件を取り込みました。{left} 件はまだです"),
    };
    title(ui, &text);
    let palette = theme::palette(ui);
    list(ui, |ui| {
        for outcome in outcomes {
            ui.label(RichText::new(&outcome.file).family(theme::bold()));
            let ink = if outcome.is_taken {
                palette.text
            } else {
                palette.danger
            };
            ui.label(RichText::new(&outcome.said).color(ink));
            for remark in &outcome.remarks {
                note(ui, &format!("・{remark}"));
            }
            ui.add_space(space::S);
        }
    });
    if taken > 0 {
        let text = "様式ごとに元に戻せます（Ctrl+Z）。保存するまでファイルは変わりません。";
        note(ui, text);
    }
    buttons(ui, &[("閉じる", Answer::Cancel)])
}

pub fn assign(
    session: &Session,
    ui: &mut Ui,
    dialog: &mut AssignDialog,
    is_for_handing_out: bool,
) -> Option<Answer> {
    title(ui, "担当を割り当てる");
    if is_for_handing_out {
        ui.label("配布するには、まず、どこが記入するかを決めます。");
    }
    ui.label("戦略ごとに、記入する担当の名前を書きます。中の取組すべてに入ります。");
    let mut is_first = true;
    note(
        ui,
        "取組ごとに違う担当にするときは、「編集」の担当の欄に書きます。",
    );
    list(ui, |ui| {
        for line in &mut dialog.lines {
            ui.horizontal(|ui| {
                let plan = session.document().plan();
                let name = plan.node(line.id).map_or("", |node| node.title());
                let name = format!("{}　{name}", words::node_name(plan, line.id));
                let hint = if line.is_mixed {
                    "（取組ごとに違う）"
                } else {
                    "担当課など"
                };
                let field = TextEdit::singleline(&mut line.owner).align(egui::Align2::LEFT_CENTER);
                let field = ui.add(field.hint_text(hint).desired_width(190.0));
                let label = ui.add(egui::Label::new(name).truncate());
                let field = field.labelled_by(label.id);
                if std::mem::take(&mut is_first) {
                    focus_when_opened(ui, &field);
                }
            });
        }
    });
    let decide = Answer::Assign(dialog.changed());
    let choices = [("決める", decide), ("キャンセル", Answer::Cancel)];
    buttons(ui, &choices)
}

pub fn send_back(ui: &mut Ui, owner: &str, dialog: &mut SendBackDialog) -> Option<Answer> {
    title(ui, &format!("{owner}に差し戻す"));
    ui.label("今の内容で様式を作り直し、直してほしいことを添えます。");
    list(ui, |ui| {
        for (n, (_, name, text)) in dialog.lines.iter_mut().enumerate() {
            ui.push_id(n, |ui| {
                let label = ui.label(name.as_str());
                let field = TextEdit::singleline(text)
                    .align(egui::Align2::LEFT_CENTER)
                    .desired_width(f32::INFINITY);
                let field = field.hint_text("空欄なら何も添えません");
                let field = ui.add(field).labelled_by(label.id);
                if n == 0 {
                    focus_when_opened(ui, &field);
                }
                ui.add_space(space::XS);
            });
        }
    });
    let order = SendBackOrder {
        owner: owner.to_owned(),
        comments: dialog.comments(),
    };
    let choices = [
        ("場所を選ぶ…", Answer::SendBack(order)),
        ("キャンセル", Answer::Cancel),
    ];
    buttons(ui, &choices)
}
