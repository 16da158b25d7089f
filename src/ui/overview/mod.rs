//! The whole plan at a glance: how many are off track, and where it is worst. Every number is a
//! link that filters the tree to what it counts, and tells its working when it is pointed at.

mod attention;
mod bars;
mod counted;
mod gaps;
mod legend;
mod matrix;
mod sums;

use std::sync::Arc;

use egui::{Frame, Margin, Rect, RichText, ScrollArea, Stroke, Ui};

use crate::{
    form::Form,
    plan::{Group, Id, Overview, Pick, Plan, Standing, Tally, figure},
    session::{Revision, Session},
};

use super::{
    View, Wish,
    command::Command,
    memo::Memo,
    theme::{self, size, space},
};

use counted::Count;

/// The overview of a plan: counting takes a look at all of it.
#[derive(Debug, Default)]
pub struct OverviewState {
    counted: Memo<Revision, Counted>,
    /// The part that the filter leaves, while one is on.
    narrowed: Memo<(Revision, u64), Counted>,
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
    /// Where it is worst, in a sentence; `None` where that is not one place.
    worst: Option<String>,
    /// How much there is, of a form that judges nothing: `経営課題 4 件`.
    rows: Option<String>,
}

impl OverviewState {
    /// Looks at the plan again if it has changed.
    pub fn refresh(&mut self, session: &Session) {
        let plan = session.document().plan();
        self.counted.refresh(session.revision(), |before| {
            Counted::of(plan, before.overview.after_changes(plan), &|_| true)
        });
    }

    /// How the whole plan stands, whatever is filtered.
    pub fn overview(&self) -> &Overview {
        &self.counted.get().overview
    }
}

impl Counted {
    fn of(plan: &Plan, overview: Overview, keeps: &dyn Fn(Id) -> bool) -> Self {
        let totals = overview.groups.iter().map(|group| group.total().total());
        Self {
            longest: totals.max().unwrap_or(1),
            bars: bars::title(plan.form(), &overview),
            worst: worst(plan, &overview),
            rows: overview.counted.is_empty().then(|| rows(plan, keeps)),
            overview,
        }
    }
}

/// Whether only what the filter leaves is counted. On a projector the filter is not seen.
pub fn is_narrowed(view: &View) -> bool {
    view.filter.is_on() && !view.presenting
}

/// Counts what the filter leaves, if that or the plan is another.
fn refresh_narrowed(session: &Session, view: &mut View) {
    let plan = session.document().plan();
    let (overview, filter) = (&mut view.overview, &view.filter);
    let keeps = |id| filter.leaves(id);
    let key = (session.revision(), filter.version);
    overview.narrowed.refresh(key, |_| {
        Counted::of(plan, Overview::of_part(plan, &keeps), &keeps)
    });
}

/// How that stands which is counted now.
pub fn shown_overview(view: &View) -> &Overview {
    &shown(view).overview
}

/// What is shown: the whole, or what the filter leaves of it.
fn shown(view: &View) -> &Counted {
    if is_narrowed(view) {
        view.overview.narrowed.get()
    } else {
        view.overview.counted.get()
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
    if is_narrowed(view) {
        refresh_narrowed(session, view);
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
    if is_narrowed(view) {
        narrowing(session, view, ui, wishes);
        if !view.filter.has_found() {
            return;
        }
    }
    let rows = shown(view).rows.clone();
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
    let left = (ui.available_width() * 0.46).min(560.0);
    let needed = matrix::least_width(session.form(), shown_overview(view));
    if ui.available_width() < SIDE_BY_SIDE || needed > left {
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

/// Says that not everything is counted, and leads back to everything.
fn narrowing(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let text = match (view.filter.has_found(), view.filter.words(session.form())) {
        (false, _) => "絞り込みに合うものはありません".to_owned(),
        (true, words) if words.is_empty() => "絞り込んだものだけを数えています".to_owned(),
        (true, words) => format!("「{words}」だけを数えています"),
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.label(RichText::new(text).color(palette.text));
        let link = egui::Link::new(RichText::new("全体を数える（Esc）").color(palette.accent));
        if ui.add(link).clicked() {
            wishes.push(Wish::Run(Command::ClearFilter));
        }
    });
    ui.add_space(space::S);
}

fn rows(plan: &Plan, keeps: &dyn Fn(Id) -> bool) -> String {
    let rows = plan.rows().map(|entry| entry.node);
    let count = rows
        .filter(|node| !node.is_repost() && keeps(node.id))
        .count();
    format!("{} {} 件", plan.form().row_name(), figure(count))
}

/// The answer to "How do we stand?" in one sentence.
fn headline(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let overview = &shown(view).overview;
    let tally = overview.total();
    let total = figure(tally.total());
    let bad = overview.attention.len();
    let unassessed = tally.count(Standing::Unassessed);
    let palette = theme::palette(ui);
    let large = |text: String| {
        RichText::new(text)
            .size(theme::HEADING)
            .family(theme::bold())
    };
    let mut toggled = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        if bad == 0 && unassessed == 0 {
            ui.label(large(format!(
                "{total} 件のうち、対応が要るものはありません"
            )));
        } else if bad == 0 {
            ui.label(large(format!("{total} 件のうち")));
            ui.add_space(space::XS);
            let count = Count {
                picks: vec![Pick::Standing(Standing::Unassessed)],
                label: session.form().standing_word(Standing::Unassessed),
                count: unassessed,
            };
            let text = large(format!("{} 件", figure(unassessed))).color(palette.accent);
            counted::link(session, view, ui, &count, text, wishes);
            ui.add_space(space::XS);
            ui.label(large("がまだ評価されていません".to_owned()));
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
                large(format!("{} 件", figure(bad))).color(ink),
                wishes,
            );
            ui.add_space(space::XS);
            ui.label(large("が要対応です".to_owned()));
        }
    });
    ui.horizontal_wrapped(|ui| {
        if let Some(text) = &shown(view).worst {
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

/// The node at the top with the most that needs attention; nothing where several have as many, or
/// where there is only one.
fn worst(plan: &Plan, overview: &Overview) -> Option<String> {
    let of_group = |group: &Arc<Group>| group.total().bad();
    let most = overview.groups.iter().map(of_group).max()?;
    let mut those = overview.groups.iter().filter(|it| of_group(it) == most);
    let group = those
        .next()
        .filter(|_| most > 0 && overview.groups.len() > 1)?;
    if those.next().is_some() {
        return None;
    }
    let name = group.number.heading(plan.form(), &group.node.title);
    let (bad, total) = (figure(most), figure(group.total().total()));
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
        let word = form.standing_word(standing);
        text.push_str(&format!("、{word} {} 件", figure(count)));
    }
    text.push_str(&format!("、{} 件中", figure(tally.total())));
    text
}
