//! The 2×2 of the two axes, with what is outside of it: unassessed and reposts.

use egui::{
    Align2, FontId, Rect, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role,
    pos2, vec2,
};

use crate::{
    plan::{Outlook, Pick, Progress, Status},
    session::Session,
    ui::{View, Wish},
    ui::{
        theme::{self, size, space},
        widgets::status_mark,
    },
};

use super::counted::{self, Count};

const CELL_HEIGHT: f32 = 76.0;
const ROW_HEAD: f32 = 88.0;

pub fn show(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    super::card(ui, "見込と進捗", |ui| {
        grid(session, view, ui, wishes);
        ui.add_space(space::S);
        apart(session, view, ui, wishes);
    });
}

fn grid(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let width = (ui.available_width() - ROW_HEAD - space::XS).max(160.0) / 2.0 - space::XS;
    let head = |ui: &Ui, rect: Rect, text: &str, align: Align2| {
        let font = FontId::proportional(theme::SMALL);
        let at = align.pos_in_rect(&rect);
        ui.painter().text(at, align, text, font, palette.weak);
    };
    let columns = [
        (Progress::OnSchedule, "予定通り"),
        (Progress::Behind, "予定通りでない"),
    ];
    let rows = [
        (Outlook::OnTarget, "達成見込"),
        (Outlook::OffTarget, "未達成見込"),
    ];
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.allocate_exact_size(vec2(ROW_HEAD, 18.0), Sense::hover());
        for (_, name) in columns {
            let (rect, _) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
            head(ui, rect, name, Align2::CENTER_CENTER);
        }
    });
    for (outlook, row) in rows {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let wide = vec2(ROW_HEAD, CELL_HEIGHT);
            let (rect, _) = ui.allocate_exact_size(wide, Sense::hover());
            head(ui, rect, row, Align2::LEFT_CENTER);
            for (progress, column) in columns {
                let label = format!("{row}・{column}");
                cell(session, view, ui, (outlook, progress), label, width, wishes);
            }
        });
    }
}

fn cell(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    (outlook, progress): (Outlook, Progress),
    label: String,
    width: f32,
    wishes: &mut Vec<Wish>,
) {
    let palette = theme::palette(ui);
    let matrix = &view.overview.overview().matrix;
    let (outlook, progress) = (Some(outlook), Some(progress));
    let standing = Status { outlook, progress }.standing();
    let colours = palette.standing(standing);
    let count = Count {
        picks: vec![Pick::Axes { outlook, progress }],
        label,
        count: matrix.count(outlook, progress),
    };
    let share = matrix.share(outlook, progress).unwrap_or_default() * 100.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, CELL_HEIGHT), Sense::click());
    let name = format!("{}、{} 件、{share:.0} %", count.label, count.count);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
    let painter = ui.painter();
    let is_empty = count.count == 0;
    let fill = if is_empty {
        palette.ground
    } else {
        colours.tint
    };
    let stroke = if response.has_focus() {
        Stroke::new(size::FOCUS, palette.accent)
    } else if response.hovered() {
        Stroke::new(1.0, colours.mark)
    } else {
        Stroke::new(1.0, palette.hairline)
    };
    painter.rect(rect, 6.0, fill, stroke, StrokeKind::Inside);
    let ink = if is_empty { palette.weak } else { colours.ink };
    let middle = rect.center();
    let drawn = painter.text(
        middle - vec2(0.0, 8.0),
        Align2::CENTER_CENTER,
        count.count.to_string(),
        FontId::new(theme::DISPLAY, theme::bold()),
        ink,
    );
    if !is_empty {
        let mark = pos2(drawn.left() - size::MARK, drawn.center().y);
        status_mark::paint_shape(painter, mark, size::MARK + 2.0, standing, colours.mark);
    }
    painter.text(
        middle + vec2(0.0, 22.0),
        Align2::CENTER_CENTER,
        format!("{share:.0} %"),
        FontId::proportional(theme::SMALL),
        ink,
    );
    if counted::with_working(session, view, response, &count).clicked() {
        wishes.push(count.wish());
    }
}

/// What is in none of the four cells.
fn apart(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let overview = view.overview.overview();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        for (name, picks, count) in [
            (
                "未評価",
                vec![Pick::Gap(crate::plan::Gap::Status)],
                overview.matrix.unset(),
            ),
            (
                "再掲（数えない）",
                vec![Pick::Repost],
                overview.total.reposts,
            ),
        ] {
            let count = Count {
                picks,
                label: name.to_owned(),
                count,
            };
            let text = RichText::new(format!("{name} {} 件", count.count));
            let text = text.size(theme::SMALL).color(theme::palette(ui).weak);
            counted::link(session, view, ui, &count, text, wishes);
        }
    });
}
