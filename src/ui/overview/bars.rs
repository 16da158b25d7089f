//! One bar for each node at the top and each right below that holds others, split by state: as long as
//! what is counted in it, so that a large one is seen to be large.

use egui::{
    Align2, FontId, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role, pos2, vec2,
};

use crate::{
    form::Form,
    plan::{Id, Overview, Pick, Tally, figure, title_or_none},
    session::Session,
    ui::{View, Wish},
    ui::{
        theme::{self, size, space},
        widgets::status_mark,
    },
};

use super::counted::{self, Count};

/// One line of the chart.
struct Bar<'a> {
    id: Id,
    number: String,
    title: &'a str,
    tally: Tally,
    is_top: bool,
}

/// The heights of lines, and of the gap after one at the top.
const TOP: f32 = 24.0;
const BELOW: f32 = 19.0;
const GAP: f32 = 3.0;

/// The width of the numbers beside the bars.
const NUMBERS: f32 = 108.0;

pub fn show(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let overview = super::shown_overview(view);
    let longest = super::shown(view).longest;
    let form = session.document().plan().form();
    super::card(ui, &super::shown(view).bars, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut out_of_sight = 0.0;
        for group in &overview.groups {
            // What is out of sight costs its height and nothing more.
            let height = TOP + BELOW * group.below.len() as f32 + GAP;
            let top = ui.cursor().min + vec2(0.0, out_of_sight);
            let place = Rect::from_min_size(top, vec2(ui.available_width(), height));
            if !ui.is_rect_visible(place) {
                out_of_sight += height;
                continue;
            }
            ui.add_space(std::mem::take(&mut out_of_sight));
            let number = match group.number.is_unnumbered(form) {
                true => String::new(),
                false => group.number.printed(form),
            };
            let top = Bar {
                id: group.node.id,
                number,
                title: &group.node.title,
                tally: group.total(),
                is_top: true,
            };
            bar(session, view, ui, &top, longest, wishes);
            for below in &group.below {
                let below = Bar {
                    id: below.node.id,
                    number: below.number.printed(form),
                    title: &below.node.title,
                    tally: below.total(),
                    is_top: false,
                };
                bar(session, view, ui, &below, longest, wishes);
            }
            ui.add_space(GAP);
        }
        ui.add_space(out_of_sight);
    });
}

/// What is shown: `経営課題と戦略`.
pub fn title(form: &Form, overview: &Overview) -> String {
    let tops = overview.groups.iter().map(|group| group.node.level);
    let below = overview.groups.iter().flat_map(|group| &group.below);
    let mut names: Vec<&str> = Vec::new();
    for level in tops.chain(below.map(|below| below.node.level)) {
        let name = form.level(level).name.as_str();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("と")
}

fn bar(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    bar: &Bar<'_>,
    longest: usize,
    wishes: &mut Vec<Wish>,
) {
    let palette = theme::palette(ui);
    let height = if bar.is_top { TOP } else { BELOW };
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let name = format!("{}　{}", bar.number, title_or_none(bar.title));
    let name = name.trim_start().to_owned();
    let form = session.document().plan().form();
    let spoken = super::spoken(form, &format!("{} {}", bar.number, bar.title), &bar.tally);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, spoken.trim()));
    if response.has_focus() {
        let ring = Stroke::new(size::FOCUS, palette.accent);
        ui.painter()
            .rect_stroke(rect, 4.0, ring, StrokeKind::Inside);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, palette.hovered);
    }
    let names = (rect.width() * 0.48).min(300.0);
    paint_name(ui, rect, names, bar);
    let all = Count {
        picks: vec![Pick::Counted, Pick::In(bar.id)],
        label: name.clone(),
        count: bar.tally.total(),
    };
    if counted::with_working(session, view, response, &all).clicked() {
        wishes.push(all.wish());
    }
    let left = rect.left() + names + space::S;
    let room = (rect.right() - NUMBERS - left).max(24.0);
    let unit = room / longest.max(1) as f32;
    let thick = if bar.is_top { 14.0 } else { 8.0 };
    let mut x = left;
    for (standing, count) in super::states(&bar.tally) {
        let width = unit * count as f32;
        let top = rect.center().y - thick / 2.0;
        let segment = Rect::from_min_size(pos2(x, top), vec2((width - 1.0).max(1.0), thick));
        x += width;
        ui.painter()
            .rect_filled(segment, 1.0, palette.standing(standing).mark);
        // The bar itself can be reached by Tab; its segments are for the pointer.
        let target = segment.with_min_y(rect.top()).with_max_y(rect.bottom());
        let id = ui.scope_id().with(("segment", bar.id, standing));
        let response = ui.interact(target, id, Sense::CLICK);
        let count = Count {
            picks: vec![Pick::Standing(standing), Pick::In(bar.id)],
            label: counted::within(form, &name, standing),
            count,
        };
        if counted::with_working(session, view, response, &count).clicked() {
            wishes.push(count.wish());
        }
    }
    paint_numbers(ui, rect, bar);
}

fn paint_name(ui: &Ui, rect: Rect, width: f32, bar: &Bar<'_>) {
    let palette = theme::palette(ui);
    let small = FontId::proportional(theme::SMALL);
    let middle = rect.center().y;
    let indent = if bar.is_top { 0.0 } else { space::L };
    let number_at = pos2(rect.left() + space::XS + indent, middle);
    let number = ui.painter().text(
        number_at,
        Align2::LEFT_CENTER,
        &bar.number,
        small.clone(),
        palette.weak,
    );
    let left = if bar.number.is_empty() {
        number_at.x
    } else {
        number
            .right()
            .max(number_at.x + if bar.is_top { 10.0 } else { 32.0 })
            + space::S
    };
    let font = if bar.is_top {
        FontId::new(theme::BODY, theme::bold())
    } else {
        small
    };
    let format = egui::text::TextFormat::simple(font, palette.text);
    let title = title_or_none(bar.title).to_owned();
    let mut job = egui::text::LayoutJob::single_section(title, format);
    let room = (rect.left() + width - left).max(20.0);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let galley = ui.painter().layout_job(job);
    let at = pos2(left, middle - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.text);
}

/// The states that need attention, with their shapes, and the total at the right.
fn paint_numbers(ui: &Ui, rect: Rect, bar: &Bar<'_>) {
    let palette = theme::palette(ui);
    let font = FontId::proportional(theme::SMALL);
    let middle = rect.center().y;
    let total = figure(bar.tally.total());
    let right = rect.right() - space::XS;
    ui.painter().text(
        pos2(right, middle),
        Align2::RIGHT_CENTER,
        total,
        font,
        palette.weak,
    );
    status_mark::paint_counts(ui.painter(), palette, right - 22.0, middle, &bar.tally);
}
