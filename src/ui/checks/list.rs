//! The findings as rows, made anew only when they are others.

use egui::{
    Align, Button, Label, Layout, RichText, Sense, Shape, Stroke, Ui, WidgetInfo, accesskit, pos2,
    vec2,
};

use crate::{
    plan::checks::{Counts, Finding, Rule, Severity, fix_all},
    session::{Action, Prompt, Revision, Session, words},
    ui::{View, Wish, memo::Memo},
};

use super::super::{
    changes::{compare, struck_out},
    theme::{self, size, space},
};

/// The height of a row: one line of words and one of what is found.
pub const ROW: f32 = 70.0;

/// What the tab shows.
#[derive(Debug, Default)]
pub struct ChecksState {
    /// Only this rule.
    pub rule: Option<Rule>,
    pub shows_ignored: bool,
    /// The finding that was gone to last, among all of them.
    pub at: Option<usize>,
    listing: Memo<(Revision, Option<Rule>, bool), Listing>,
}

/// The findings that are asked for.
#[derive(Debug, Default)]
pub struct Listing {
    pub rows: Vec<Row>,
    /// The rules of which something was found, with how often.
    pub rules: Vec<(Rule, usize)>,
}

/// A finding in the list.
#[derive(Debug)]
pub struct Row {
    pub finding: Finding,
    /// Why it is left as it is; `None` where it is not.
    pub ignored: Option<String>,
}

impl ChecksState {
    pub fn listing(&self) -> &Listing {
        self.listing.get()
    }

    /// Those in the list that have a fix.
    pub fn fixable(&self) -> Vec<Finding> {
        let rows = self.listing().rows.iter();
        let findings = rows
            .filter(|row| row.ignored.is_none())
            .map(|row| &row.finding);
        findings.filter(|it| it.fix.is_some()).cloned().collect()
    }
}

/// Makes the rows anew where the findings or what is asked for are others.
pub fn refresh(session: &Session, view: &mut View) {
    let Some(checks) = session.checking().checks() else {
        return;
    };
    let state = &mut view.checks;
    let (rule, shows_ignored) = (state.rule, state.shows_ignored);
    let key = (session.revision(), rule, shows_ignored);
    state.listing.refresh(key, |_| {
        let mut rules: Vec<(Rule, usize)> = Vec::new();
        for finding in checks.findings() {
            match rules.iter_mut().find(|(rule, _)| *rule == finding.rule) {
                Some((_, count)) => *count += 1,
                None => rules.push((finding.rule, 1)),
            }
        }
        rules.sort();
        let is_asked_for = |finding: &Finding| rule.is_none_or(|rule| rule == finding.rule);
        let row = |finding: &Finding, ignored| Row {
            finding: finding.clone(),
            ignored,
        };
        let found = checks.findings().filter(|it| is_asked_for(it));
        let mut rows: Vec<Row> = found.map(|finding| row(finding, None)).collect();
        if shows_ignored {
            let left = checks.ignored().filter(|(it, _)| is_asked_for(it));
            rows.extend(left.map(|(finding, why)| row(finding, Some(why.to_owned()))));
        }
        Listing { rows, rules }
    });
}

pub fn by_severity(counts: Counts) -> [(usize, Severity); 3] {
    [
        (counts.errors, Severity::Error),
        (counts.warnings, Severity::Warning),
        (counts.notices, Severity::Notice),
    ]
}

/// A severity as a shape; its name stands beside it.
pub fn mark(ui: &mut Ui, severity: Severity) {
    let palette = theme::palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(12.0, 12.0), Sense::hover());
    let centre = rect.center();
    let painter = ui.painter();
    match severity {
        Severity::Error => {
            let corners = [
                vec2(0.0, -6.0),
                vec2(6.0, 0.0),
                vec2(0.0, 6.0),
                vec2(-6.0, 0.0),
            ];
            let corners = corners.map(|corner| centre + corner).to_vec();
            painter.add(Shape::convex_polygon(corners, palette.danger, Stroke::NONE));
        }
        Severity::Warning => {
            let corners = [vec2(0.0, -6.0), vec2(6.0, 5.0), vec2(-6.0, 5.0)];
            let corners = corners.map(|corner| centre + corner).to_vec();
            painter.add(Shape::convex_polygon(corners, palette.text, Stroke::NONE));
        }
        Severity::Notice => {
            painter.circle_stroke(centre, 4.5, Stroke::new(1.5, palette.weak));
        }
    }
}

/// Draws a finding. A click anywhere on it, or Enter, goes to its words.
pub fn row(session: &Session, ui: &mut Ui, n: usize, row: &Row, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let plan = session.document().plan();
    let finding = &row.finding;
    let wide = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(wide, Sense::click());
    let name = words::place_name(plan, finding.node);
    let severity = finding.rule.severity();
    let spoken = format!("{}：{name}　{}", severity.name(), finding.explanation);
    response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Link, true, &spoken));
    let body = rect.shrink2(vec2(0.0, 2.0));
    let ground = if response.hovered() {
        palette.hovered
    } else {
        palette.field
    };
    ui.painter().rect_filled(body, 4.0, ground);
    let line = if response.has_focus() {
        Stroke::new(size::FOCUS, palette.accent)
    } else {
        Stroke::new(1.0, palette.hairline)
    };
    ui.painter()
        .rect_stroke(body, 4.0, line, egui::StrokeKind::Inside);
    if response.clicked() {
        wishes.push(Wish::ShowFinding(finding.clone()));
    }
    let inner = body.shrink2(vec2(space::M, space::S));
    let builder = egui::UiBuilder::new()
        .max_rect(inner)
        .id_salt(("finding", n));
    let mut ui = ui.new_child(builder);
    let buttons_at = pos2(inner.right() - BUTTONS, inner.top());
    let text = egui::Rect::from_min_max(inner.min, pos2(buttons_at.x - space::S, inner.bottom()));
    ui.scope_builder(egui::UiBuilder::new().max_rect(text), |ui| {
        ui.horizontal(|ui| {
            mark(ui, severity);
            ui.label(
                RichText::new(severity.name())
                    .size(theme::SMALL)
                    .color(palette.weak),
            );
            ui.label(RichText::new(name).family(theme::bold()));
            ui.add(Label::new(&finding.explanation).truncate());
        });
        ui.add_space(space::XS);
        let found = found(session, ui, row);
        ui.add(Label::new(found).truncate());
    });
    let place = egui::Rect::from_min_max(buttons_at, inner.max);
    ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            buttons(ui, row, wishes);
        });
    });
}

/// Room for the buttons of a row.
const BUTTONS: f32 = 230.0;

/// The words that were found, with what would be struck out and what would stand there instead.
fn found(session: &Session, ui: &Ui, row: &Row) -> egui::WidgetText {
    let finding = &row.finding;
    let fixing = finding.fix.as_ref();
    let fixing = fixing.and_then(|_| fix_all(session.document().plan(), [finding]));
    let change = fixing.and_then(|fixing| fixing.changes.into_iter().next());
    let text = match (change, &row.ignored) {
        (_, Some(why)) if why.is_empty() => "そのままにしました".to_owned(),
        (_, Some(why)) => format!("そのままにしました：{why}"),
        (Some(change), None) => {
            let before = change.before.replace('\n', " ");
            let after = change.after.replace('\n', " ");
            return struck_out(ui, &compare(&before, &after)).into();
        }
        (None, None) if finding.quote.is_empty() => String::new(),
        (None, None) => format!("「{}」", finding.quote.replace('\n', " ")),
    };
    let weak = theme::palette(ui).weak;
    RichText::new(text).size(theme::SMALL).color(weak).into()
}

fn buttons(ui: &mut Ui, row: &Row, wishes: &mut Vec<Wish>) {
    let small = |text: &str| Button::new(RichText::new(text).size(theme::SMALL));
    let finding = &row.finding;
    if row.ignored.is_some() {
        if ui.add(small("もう一度見る")).clicked() {
            wishes.push(Action::Unignore(finding.clone()).into());
        }
        return;
    }
    if ui.add(small("そのままにする…")).clicked() {
        let prompt = Prompt::Ignore(finding.clone());
        wishes.push(Action::Ask(prompt).into());
    }
    if finding.fix.is_some() && ui.add(small("直す")).clicked() {
        wishes.push(Action::Fix(finding.clone()).into());
    }
}
