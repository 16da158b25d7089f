//! Handing out and collecting: who gets a workbook, what one does not tell for certain, what became
//! of the files, who fills in what, what goes back.

use std::collections::BTreeSet;

use egui::{RichText, ScrollArea, TextEdit, Ui};
use jiff::civil::Date;

use crate::{
    form::{Form, Level},
    plan::{Entry, Id, Node, Plan, handout, read_date},
    session::{
        Answer, Session,
        action::{HandOutOrder, SendBackOrder},
        words,
    },
    ui::theme::{self, space},
};

use super::{buttons, focus_when_opened, plan_info::typed_date, title};

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
        let named = owners.filter(|it| !it.owner.is_empty() && it.gaps.counted > 0);
        let due = plan.round().due;
        Self {
            owners: named.map(|it| (it.owner, true)).collect(),
            due: due.map(typed_date).unwrap_or_default(),
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
        match self.due.trim() {
            "" => Ok(None),
            typed => read_date(typed).map(Some).ok_or(
                "提出期限は「令和3年11月19日」か「2021-11-19」のように書いてください（空欄でも構いません）",
            ),
        }
    }
}

/// Who fills in what: a line for each node that holds what sections fill in, and for each of these that
/// stands in no other one.
#[derive(Debug)]
pub struct AssignDialog {
    lines: Vec<AssignLine>,
    /// What the lowest of them are called.
    name: String,
    /// Whether there is more in them than themselves.
    hold_others: bool,
}

/// A node and the section that has all of it.
#[derive(Debug)]
struct AssignLine {
    id: Id,
    name: String,
    owner: String,
    /// Whether what is in it has several sections; an empty field leaves it so.
    is_mixed: bool,
    before: String,
}

impl AssignDialog {
    pub fn new(plan: &Plan) -> Self {
        let lines = plan
            .nodes()
            .filter_map(|entry| AssignLine::new(plan, &entry));
        let lines: Vec<AssignLine> = lines.collect();
        let levels = || lines.iter().filter_map(|line| plan.level_of(line.id));
        let is_there = |name: &&Level| levels().any(|level| level.name == name.name);
        let lowest = plan.form().names().rfind(is_there);
        let hold_others = levels().any(|level| !level.has_owner());
        Self {
            name: lowest.map_or_else(String::new, |level| level.name.clone()),
            hold_others,
            lines,
        }
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
    /// The line of a node, where it has one.
    fn new(plan: &Plan, entry: &Entry<'_>) -> Option<Self> {
        let is_filled_in = |node: &Node| plan.level(node).has_owner();
        let own = is_filled_in(entry.node).then_some(&**entry.node);
        if own.is_some() && entry.parent().is_some() {
            return None;
        }
        let children = entry.node.children.iter().map(|child| &**child);
        let held: Vec<&Node> = own
            .into_iter()
            .chain(children.filter(|child| is_filled_in(child)))
            .collect();
        if held.is_empty() {
            return None;
        }
        let sources = held.into_iter().filter(|node| !node.is_repost());
        let mut owners = sources.map(|node| node.owner.trim());
        let first = owners.next().unwrap_or_default();
        let is_mixed = owners.any(|owner| owner != first);
        let owner = if is_mixed { "" } else { first };
        Some(Self {
            id: entry.node.id,
            name: entry.number().heading(plan.form(), &entry.node.title),
            owner: owner.to_owned(),
            is_mixed,
            before: owner.to_owned(),
        })
    }
}

/// By which parts of a plan work is given to sections, before there are any: by what these fill in where
/// it stands in nothing else, or else by the lowest in which it stands.
pub fn assigned_name(form: &Form) -> &str {
    let owned = || form.levels.iter().filter(|level| level.has_owner());
    let holds =
        |level: &&Level| !level.has_owner() && owned().any(|it| it.under.contains(&level.key));
    let holders: Vec<&str> = form
        .levels
        .iter()
        .filter(holds)
        .map(|it| it.name.as_str())
        .collect();
    let mut names = form.names().map(|level| level.name.as_str());
    let at_top = owned()
        .find(|level| level.at_top)
        .map(|level| level.name.as_str());
    at_top
        .or_else(|| names.rfind(|name| holders.contains(name)))
        .unwrap_or_default()
}

/// What a section should change in its workbook: a line for each node that it fills in.
#[derive(Debug)]
pub struct SendBackDialog {
    /// The node, its name, and the words on it.
    lines: Vec<(Id, String, String)>,
}

impl SendBackDialog {
    pub fn new(plan: &Plan, owner: &str) -> Self {
        let own = plan.nodes();
        let own = own.filter(|entry| handout::is_filled_in_by(plan, entry.node, owner));
        let line = |entry: Entry<'_>| {
            let name = entry.number().heading(plan.form(), &entry.node.title);
            (entry.node.id, name, String::new())
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
    let label = ui.label("提出期限（例：令和3年11月19日。空欄でも構いません）");
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
    let owned = session.form().owned_name();
    let mut text = format!("{}ごとに、記入する担当の名前を書きます。", dialog.name);
    if dialog.hold_others {
        text.push_str(&format!("中の{owned}すべてに入ります。"));
    }
    ui.label(text);
    if dialog.hold_others {
        let text = format!("{owned}ごとに違う担当にするときは、「編集」の担当の欄に書きます。");
        note(ui, &text);
    }
    let mut is_first = true;
    let mixed = format!("（{owned}ごとに違う）");
    list(ui, |ui| {
        for line in &mut dialog.lines {
            ui.horizontal(|ui| {
                let hint = if line.is_mixed {
                    &mixed
                } else {
                    "担当課など"
                };
                let field = TextEdit::singleline(&mut line.owner).align(egui::Align2::LEFT_CENTER);
                let field = ui.add(field.hint_text(hint).desired_width(190.0));
                let label = ui.add(egui::Label::new(&line.name).truncate());
                let field = field.labelled_by(label.id);
                if std::mem::take(&mut is_first) {
                    focus_when_opened(ui, &field);
                }
            });
        }
    });
    let decide = Answer::Assign(dialog.changed());
    let choices = [("この担当にする", decide), ("キャンセル", Answer::Cancel)];
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
