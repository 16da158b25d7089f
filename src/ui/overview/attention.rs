//! 要対応: of what something is not good, the worst first, with the first line of what is said of
//! it. A row opens it.

use egui::{
    Align2, FontId, Label, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role,
    pos2, vec2,
};

use crate::{
    form::{Field, Needed, Slot},
    plan::{Attention, Plan, figure, title_or_none},
    session::Session,
    ui::{View, Wish},
    ui::{
        theme::{self, size, space},
        widgets::status_mark,
    },
};

const ROW: f32 = 42.0;

/// More would hide the rest of the overview; the headline leads to all of them.
const AT_ONCE: usize = 40;

pub fn show(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let attention = &super::shown_overview(view).attention;
    super::card(
        ui,
        &format!("要対応　{} 件", figure(attention.len())),
        |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for item in attention.iter().take(AT_ONCE) {
                row(session.document().plan(), ui, item, wishes);
            }
            let weak = theme::palette(ui).weak;
            if attention.is_empty() {
                let text = "良くないと評価されたものはありません";
                ui.add(Label::new(RichText::new(text).color(weak)));
            } else if let Some(more) = attention.len().checked_sub(AT_ONCE).filter(|n| *n > 0) {
                ui.add(Label::new(
                    RichText::new(format!("ほか {} 件", figure(more))).color(weak),
                ));
            }
        },
    );
}

fn row(plan: &Plan, ui: &mut Ui, item: &Attention, wishes: &mut Vec<Wish>) {
    let palette = theme::palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let title = || title_or_none(plan.text(Some(item.id), Slot::TITLE));
    let number = || {
        let number = plan.number(item.id).map(|it| it.printed(plan.form()));
        number.unwrap_or_default()
    };
    let standing = || plan.form().standing_word(item.standing);
    let name = || {
        format!(
            "{} {}、{}、{}",
            number(),
            title(),
            standing(),
            item.note(plan)
        )
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name()));
    if response.clicked() {
        wishes.push(Wish::Show(Some(item.id)));
    }
    // Looking a node up costs more than a row that nobody sees is worth.
    if !ui.is_rect_visible(rect) {
        return;
    }
    let title = title();
    let painter = ui.painter();
    if response.has_focus() {
        let ring = Stroke::new(size::FOCUS, palette.accent);
        painter.rect_stroke(rect, 4.0, ring, StrokeKind::Inside);
    } else if response.hovered() {
        painter.rect_filled(rect, 4.0, palette.hovered);
    }
    let first = rect.top() + 12.0;
    let mark = pos2(rect.left() + space::S + size::MARK / 2.0, first);
    let colours = palette.standing(item.standing);
    status_mark::paint_shape(painter, mark, size::MARK, item.standing, colours.mark);
    let left = mark.x + size::MARK / 2.0 + space::S;
    let small = FontId::proportional(theme::SMALL);
    let drawn = painter.text(
        pos2(left, first),
        Align2::LEFT_CENTER,
        number(),
        small.clone(),
        palette.weak,
    );
    let line = |text: &str, font: FontId, ink, left: f32, middle: f32| {
        let format = egui::text::TextFormat::simple(font, ink);
        let mut job = egui::text::LayoutJob::single_section(text.to_owned(), format);
        let room = (rect.right() - space::S - left).max(20.0);
        job.wrap = egui::text::TextWrapping::truncate_at_width(room);
        let galley = painter.layout_job(job);
        painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, ink);
    };
    let title_left = drawn.right().max(left + 52.0) + space::S;
    let font = FontId::proportional(theme::BODY);
    line(title, font, palette.text, title_left, first);
    let lacking = note_name(plan, item)
        .map_or_else(String::new, |name| format!("{name}がまだ書かれていません"));
    let note = if item.note(plan).is_empty() {
        lacking.as_str()
    } else {
        item.note(plan)
    };
    line(note, small, palette.weak, title_left, first + 18.0);
}

/// What the field is called in which it is to be said what will be done; `None` where the form has
/// none.
fn note_name<'a>(plan: &'a Plan, item: &Attention) -> Option<&'a str> {
    let fields = &plan.level_of(item.id)?.fields;
    let mut asked = fields
        .iter()
        .filter(|field| field.needed == Needed::WhenBad);
    asked.next().map(Field::short)
}
