//! How the program reads a target, under its text, and what the measured values say about it. It
//! suggests; she decides.

use egui::{Frame, Link, Margin, RichText, Ui};

use crate::{
    plan::{
        Contradiction, Initiative, Judged, Outlook, Verdict, WhyUnknown, target::Understanding,
    },
    session::{Action, Prompt, Session},
    ui::Wish,
    ui::theme::{self, space},
};

/// An indicator is cut after so many characters; the text above has all of it.
const INDICATOR: usize = 16;

/// Draws the readings, a line each.
pub fn show(session: &Session, ui: &mut Ui, initiative: &Initiative, wishes: &mut Vec<Wish>) {
    let judged = initiative.judged();
    if judged.is_empty() {
        return;
    }
    let palette = theme::palette(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    for one in &judged {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            chip(ui, one);
            if let Some((text, is_bad)) = verdict(one) {
                let ink = if is_bad { palette.danger } else { palette.text };
                ui.label(RichText::new(text).size(theme::SMALL).color(ink));
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        let name = if initiative.measures.is_empty() {
            "実績値を書く…"
        } else {
            "実績値を直す…"
        };
        let link = ui.add(Link::new(RichText::new(name).size(theme::SMALL)));
        if link.clicked() {
            wishes.push(Action::Ask(Prompt::Measures(initiative.id)).into());
        }
        if let Some((text, is_bad)) = advice(session, initiative) {
            let ink = if is_bad { palette.danger } else { palette.weak };
            ui.label(RichText::new(text).size(theme::SMALL).color(ink));
        }
    });
}

fn chip(ui: &mut Ui, judged: &Judged<'_>) {
    let palette = theme::palette(ui);
    let frame = Frame::new()
        .fill(palette.panel)
        .corner_radius(4.0)
        .inner_margin(Margin::symmetric(space::S as i8, 2));
    let text = match (&judged.goal, &judged.criterion.understanding) {
        (Some(goal), _) => {
            let by_hand = if judged.is_by_hand {
                "（手で指定）"
            } else {
                ""
            };
            format!("{} {goal}{by_hand}", cut(&goal.indicator))
        }
        (None, Understanding::Qualitative) => "数値のない目標".to_owned(),
        (None, _) => format!("読み取れません：{}", cut(judged.criterion.text)),
    };
    let weak = palette.weak;
    frame.show(ui, |ui| {
        let text = RichText::new(text.trim()).size(theme::SMALL).color(weak);
        ui.label(text).on_hover_text(judged.criterion.text);
    });
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

/// What the values say about the outlook, and whether she has chosen another.
fn advice(session: &Session, initiative: &Initiative) -> Option<(String, bool)> {
    let review = session.document().plan().about().review;
    match initiative.contradiction(review) {
        Some(Contradiction::NotMet { short, .. }) => {
            let text = format!("「目標達成見込」ですが、実績は目標に {short} 足りません");
            return Some((text, true));
        }
        Some(Contradiction::AllMet) => {
            let text = "「目標未達成見込」ですが、実績はすべて目標に達しています";
            return Some((text.to_owned(), true));
        }
        None => {}
    }
    if initiative.status.outlook.is_some() {
        return None;
    }
    let outlook = match initiative.suggested_outlook(review)? {
        Outlook::OnTarget => "目標達成見込",
        Outlook::OffTarget => "目標未達成見込",
    };
    Some((format!("実績値からは「{outlook}」です"), false))
}
