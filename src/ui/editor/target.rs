//! How the program reads a target, under its text, and what the measured values say about it. It
//! suggests; she decides.

use egui::{RichText, Ui, accesskit};

use crate::{
    form::{Choice, Field, Kind},
    plan::{
        Contradiction, Edit, Judged, Measure, Node, Plan, Verdict, WhyUnknown,
        target::Understanding,
    },
    session::{Action, Session},
    ui::Wish,
    ui::{
        command::Command,
        theme::{self, space},
        widgets::choice::{choice, mark},
    },
};

use super::field;

/// An indicator is cut after so many characters; the text above has all of it.
const INDICATOR: usize = 16;

/// Draws the readings, a line each, with the marks that the form has for them.
pub fn show(
    session: &Session,
    ui: &mut Ui,
    node: &Node,
    (field, marks): (&Field, &[Choice]),
    wishes: &mut Vec<Wish>,
) {
    let plan = session.document().plan();
    let judged = plan.judged(node, field);
    if judged.is_empty() {
        return;
    }
    let palette = theme::palette(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    for one in &judged {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            reading(ui, one);
            if !marks.is_empty() {
                self::marks(plan, ui, node, field, (one, marks), wishes);
            }
            if let Some((text, is_bad)) = verdict(one) {
                let ink = if is_bad { palette.danger } else { palette.text };
                ui.label(RichText::new(text).size(theme::SMALL).color(ink));
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        let slot = plan.slot(field);
        let name = if node.measures.iter().any(|measure| measure.target == slot) {
            "実績値を直す…"
        } else {
            "実績値を書く…"
        };
        let keys = Command::Measures.keys().unwrap_or_default();
        if field::link(ui, name).on_hover_text(keys).clicked() {
            wishes.push(Wish::Run(Command::Measures));
        }
        if let Some((text, is_bad)) = advice(plan, node, field) {
            let ink = if is_bad { palette.danger } else { palette.weak };
            ui.label(RichText::new(text).size(theme::SMALL).color(ink));
        }
    });
}

/// What a criterion is marked with; the mark that is chosen is taken away by choosing it again.
fn marks(
    plan: &Plan,
    ui: &mut Ui,
    node: &Node,
    field: &Field,
    (judged, marks): (&Judged<'_>, &[Choice]),
    wishes: &mut Vec<Wish>,
) {
    let given = judged.measure.map_or("", |measure| &measure.mark);
    ui.push_id(judged.criterion.text, |ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(accesskit::Role::RadioGroup);
            node.set_label(judged.criterion.text);
        });
        for one in marks {
            let is_given = given == one.key.text().as_str();
            let response = choice(ui, one.short(), is_given, mark(one.grade));
            if response.on_hover_text(&one.words).clicked() {
                let mark = if is_given { "" } else { &one.key.text() };
                wishes.push(set_mark(plan, node, field, judged, mark));
            }
        }
    });
}

/// The edit that marks a criterion, in the open review.
fn set_mark(plan: &Plan, node: &Node, field: &Field, judged: &Judged<'_>, mark: &str) -> Wish {
    let mut measures = node.measures.clone();
    let place = judged
        .measure
        .and_then(|known| measures.iter().position(|it| it == known));
    match place.and_then(|place| measures.get_mut(place)) {
        Some(measure) => mark.clone_into(&mut measure.mark),
        None => measures.push(Measure {
            mark: mark.to_owned(),
            ..Measure::new(plan.slot(field), plan.review(), judged.criterion.text)
        }),
    }
    let id = node.id;
    Action::Edit(Edit::Measures { id, measures }).into()
}

fn reading(ui: &mut Ui, judged: &Judged<'_>) {
    let palette = theme::palette(ui);
    let text = match (&judged.goal, &judged.criterion.understanding) {
        (Some(goal), _) => {
            let by_hand = if judged.is_by_hand {
                "（手で指定）"
            } else {
                ""
            };
            format!("読み：{} {goal}{by_hand}", cut(&goal.indicator))
        }
        (None, Understanding::Qualitative) => "数値のない目標".to_owned(),
        (None, _) => format!("読み取れません：{}", cut(judged.criterion.text)),
    };
    let text = RichText::new(text.trim()).size(theme::SMALL);
    let label = ui.label(text.color(palette.weak));
    label.on_hover_text(judged.criterion.text);
}

fn cut(text: &str) -> String {
    let text = text.replace('\n', "");
    if text.chars().count() <= INDICATOR {
        return text;
    }
    let start: String = text.chars().take(INDICATOR - 1).collect();
    format!("{start}…")
}

/// What the measured value says, and whether that is bad.
fn verdict(judged: &Judged<'_>) -> Option<(String, bool)> {
    let measured = judged
        .measure
        .map_or("", |measure| measure.measured.as_str());
    let as_of = judged.measure.map_or("", |measure| measure.as_of.as_str());
    let when = if as_of.is_empty() {
        String::new()
    } else {
        format!("（{as_of}）")
    };
    let said = match &judged.verdict {
        Verdict::NotMeasured => return None,
        Verdict::Met(None) => ("達成".to_owned(), false),
        Verdict::Met(Some(more)) => (format!("達成（{more} 上回る）"), false),
        Verdict::NotMet(short) => (format!("未達成（あと {short}）"), true),
        Verdict::Unknown(why) => (why_not(*why).to_owned(), false),
    };
    Some((format!("実績 {measured}{when}：{}", said.0), said.1))
}

const fn why_not(why: WhyUnknown) -> &'static str {
    match why {
        WhyUnknown::NoGoal => "目標の数値が読み取れないため比べられません",
        WhyUnknown::NoNumber => "実績が数値として読み取れません",
        WhyUnknown::OtherUnit => "目標と単位が違います",
        WhyUnknown::NoPrevious => "前年の値があれば比べられます",
        WhyUnknown::NoTotal => "全体の数が分からないため比べられません",
        WhyUnknown::PointOrPercent => "１%増がポイントか割合かで結果が変わります",
    }
}

/// What the values say about the answer that judges these targets, and whether she has given
/// another.
fn advice(plan: &Plan, node: &Node, targets: &Field) -> Option<(String, bool)> {
    let judges = |field: &&Field| matches!(field.kind, Kind::Choice { judges, .. } if judges == Some(targets.key));
    let field = plan.level(node).fields.iter().find(judges)?;
    let Some(answer) = field.choice(plan.answer(node, field)) else {
        let suggested = &plan.suggested_choice(node, field)?.words;
        return Some((format!("実績値からは「{suggested}」です"), false));
    };
    let words = &answer.words;
    let text = match plan.contradiction(node, field)? {
        Contradiction::NotMet { short, .. } => {
            format!("「{words}」ですが、実績は目標に {short} 足りません")
        }
        Contradiction::AllMet => format!("「{words}」ですが、実績はすべて目標に達しています"),
    };
    Some((text, true))
}
