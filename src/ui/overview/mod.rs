//! The whole plan at a glance: how many are off track, and where it is worst. Every number is a
//! link that filters the tree to what it counts, and tells its working when it is pointed at.

mod attention;
mod bars;
mod counted;
mod gaps;
mod legend;
mod matrix;
mod sums;

use egui::{Frame, Margin, Rect, RichText, ScrollArea, Stroke, Ui};

use crate::{
    form::Form,
    plan::{Overview, Pick, Plan, Standing, Tally},
    session::{Revision, Session},
};

use super::{
    View, Wish,
    memo::Memo,
    theme::{self, size, space},
};

use counted::Count;

/// The overview of a plan: counting takes a look at all of it.
#[derive(Debug, Default)]
pub struct OverviewState {
    counted: Memo<Revision, Counted>,
    /// Where it was drawn, for the picture of it.
    pub drawn_at: Option<Rect>,
    show_legend: bool,
}

/// What was counted.
#[derive(Debug, Default)]
struct Counted {
    overview: Overview,
    /// How many the largest issue has: the length of the longest bar.
    longest: usize,
    /// What the bars are of.
    bars: String,
    /// Where it is worst, in a sentence.
    worst: Option<String>,
    /// How much there is, of a form that judges nothing: `経営課題 4 件`.
    rows: Option<String>,
}

impl OverviewState {
    /// Looks at the plan again if it has changed.
    pub fn refresh(&mut self, session: &Session) {
        let plan = session.document().plan();
        self.counted.refresh(session.revision(), |before| {
            let overview = before.overview.after_changes(plan);
            let totals = overview.groups.iter().map(|group| group.total().total());
            Counted {
                longest: totals.max().unwrap_or(1),
                bars: bars::title(plan.form(), &overview),
                worst: worst(plan, &overview),
                rows: overview.counted.is_empty().then(|| rows(plan)),
                overview,
            }
        });
    }

    pub fn overview(&self) -> &Overview {
        &self.counted.get().overview
    }
}

/// From this width on, the bars stand beside the matrix.
const SIDE_BY_SIDE: f32 = 820.0;

/// Draws the overview.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    view.overview.refresh(session);
    if session.document().plan().top().is_empty() {
        return super::editor::empty(session, view, ui, wishes);
    }
    let shown = ScrollArea::vertical()
        .id_salt("overview")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.scroll_with_delta(egui::vec2(0.0, -view.scroll_by));
            let margin = Margin::symmetric(space::XL as i8, space::L as i8);
            Frame::new().inner_margin(margin).show(ui, |ui| {
                contents(session, view, ui, wishes);
            })
        });
    let drawn = shown.inner.response.rect.intersect(shown.inner_rect);
    view.overview.drawn_at = Some(drawn);
}

fn contents(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let rows = view.overview.counted.get().rows.clone();
    let is_assessed = rows.is_none();
    match rows {
        None => headline(session, view, ui, wishes),
        Some(rows) => {
            let rows = RichText::new(rows).size(theme::HEADING);
            ui.label(rows.family(theme::bold()));
        }
    }
    ui.add_space(space::M);
    if view.overview.show_legend {
        legend::show(session.document().plan().form(), ui);
        ui.add_space(space::M);
    }
    if ui.available_width() < SIDE_BY_SIDE {
        matrix::show(session, view, ui, wishes);
        sums::show(session, view, ui);
        if is_assessed {
            bars::show(session, view, ui, wishes);
            ui.add_space(space::M);
            attention::show(session, view, ui, wishes);
            ui.add_space(space::M);
        }
        gaps::show(session, view, ui, wishes);
        return;
    }
    let left = (ui.available_width() * 0.46).min(560.0);
    let right = (ui.available_width() - left - space::L).min(size::TABLE_WIDTH);
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(left);
            matrix::show(session, view, ui, wishes);
            sums::show(session, view, ui);
            if is_assessed {
                attention::show(session, view, ui, wishes);
                ui.add_space(space::M);
            }
            gaps::show(session, view, ui, wishes);
        });
        ui.add_space(space::S);
        ui.vertical(|ui| {
            ui.set_width(right);
            if is_assessed {
                bars::show(session, view, ui, wishes);
            }
        });
    });
}

fn rows(plan: &Plan) -> String {
    let count = plan.rows().filter(|entry| !entry.node.is_repost()).count();
    format!("{} {count} 件", plan.form().row_name())
}

/// The answer to "How do we stand?" in one sentence.
fn headline(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let overview = view.overview.overview();
    let total = overview.total().total();
    let bad = overview.attention.len();
    let palette = theme::palette(ui);
    let large = |text: String| {
        RichText::new(text)
            .size(theme::HEADING)
            .family(theme::bold())
    };
    let mut toggled = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        if bad == 0 {
            ui.label(large(format!(
                "{total} 件のうち、対応が要るものはありません"
            )));
        } else {
            ui.label(large(format!("{total} 件のうち")));
            ui.add_space(space::XS);
            let count = Count {
                picks: vec![Pick::Attention],
                label: "要対応".to_owned(),
                count: bad,
            };
            let ink = palette.standing(Standing::Bad).ink;
            counted::link(
                session,
                view,
                ui,
                &count,
                large(format!("{bad} 件")).color(ink),
                wishes,
            );
            ui.add_space(space::XS);
            ui.label(large("が要対応です".to_owned()));
        }
    });
    ui.horizontal_wrapped(|ui| {
        if let Some(text) = &view.overview.counted.get().worst {
            ui.label(RichText::new(text).color(palette.text));
            ui.add_space(space::M);
        }
        let text = RichText::new("色と形の見方")
            .size(theme::SMALL)
            .color(palette.accent);
        toggled = ui.add(egui::Link::new(text)).clicked();
    });
    if toggled {
        view.overview.show_legend ^= true;
    }
}

/// The node at the top with the most that needs attention; of several, the one with the larger part.
fn worst(plan: &Plan, overview: &Overview) -> Option<String> {
    let groups = overview.groups.iter().map(|group| (group, group.total()));
    let (group, tally) = groups
        .filter(|(_, tally)| tally.bad() > 0)
        .max_by(|(_, a), (_, b)| {
            let part = |tally: &Tally| tally.bad() as f64 / tally.total().max(1) as f64;
            let more = a.bad().cmp(&b.bad());
            more.then(part(a).total_cmp(&part(b)))
        })?;
    let name = group.number.heading(plan.form(), &group.node.title);
    let (bad, total) = (tally.bad(), tally.total());
    Some(format!("最も多いのは {name}（{total} 件中 {bad} 件）"))
}

/// A part of the overview on a ground of its own.
fn card<R>(ui: &mut Ui, title: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let palette = theme::palette(ui);
    Frame::new()
        .fill(palette.field)
        .stroke(Stroke::new(1.0, palette.hairline))
        .corner_radius(6)
        .inner_margin(Margin::same(space::L as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::XS;
            let title = RichText::new(title)
                .size(theme::SUBHEADING)
                .family(theme::bold());
            ui.label(title);
            ui.add_space(space::XS);
            contents(ui)
        })
        .inner
}

/// States with a count, in the order of bars and legends.
fn states(tally: &Tally) -> impl Iterator<Item = (Standing, usize)> {
    Standing::ALL
        .into_iter()
        .map(|standing| (standing, tally.count(standing)))
        .filter(|(_, count)| *count > 0)
}

/// `予定通りでない 4 件、9 件中`.
fn spoken(form: &Form, name: &str, tally: &Tally) -> String {
    let mut text = name.to_owned();
    for (standing, count) in states(tally) {
        text.push_str(&format!("、{} {count} 件", form.standing_word(standing)));
    }
    text.push_str(&format!("、{} 件中", tally.total()));
    text
}
