//! The tabs of the work area: the whole at a glance, one node to write in, the printed form.

use egui::{Rect, Response, Sense, Stroke, Ui, WidgetInfo, accesskit, pos2, vec2};

use crate::session::Session;

use super::{
    View, Wish,
    command::Command,
    theme::{self, size, space},
    view::Tab,
};

/// The tabs with the commands that show them.
const TABS: [(Tab, Command); 6] = [
    (Tab::Overview, Command::ShowOverview),
    (Tab::Editor, Command::ShowEditor),
    (Tab::Form, Command::ShowForm),
    (Tab::Checks, Command::ShowChecks),
    (Tab::Changes, Command::ShowChanges),
    (Tab::Sections, Command::ShowSections),
];

/// Draws the tabs.
pub fn show(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.add_space(space::L);
        for (tab, command) in TABS {
            let is_shown = view.tab == tab;
            if !is_shown && !command.is_offered(session) {
                continue;
            }
            let response = one(session, ui, command, is_shown);
            if response.clicked() {
                wishes.push(Wish::Run(command));
            }
        }
    });
    let bottom = ui.min_rect().bottom();
    let line = ui.max_rect().x_range();
    let stroke = Stroke::new(1.0, theme::palette(ui).hairline);
    ui.painter().hline(line, bottom, stroke);
}

fn one(session: &Session, ui: &mut Ui, command: Command, is_shown: bool) -> Response {
    let palette = theme::palette(ui);
    let family = if is_shown {
        theme::bold()
    } else {
        egui::FontFamily::Proportional
    };
    let ink = if is_shown { palette.text } else { palette.weak };
    let font = egui::FontId::new(theme::BODY, family);
    let name = command.short_name(session.form());
    let galley = ui.painter().layout_no_wrap(name.to_string(), font, ink);
    let wide = vec2(galley.size().x + space::L * 2.0, size::TABS);
    let (rect, response) = ui.allocate_exact_size(wide, Sense::click());
    response.widget_info(|| WidgetInfo::selected(accesskit::Role::Tab, true, is_shown, &*name));
    let painter = ui.painter();
    if response.has_focus() {
        let ring = Stroke::new(size::FOCUS, palette.accent);
        painter.rect_stroke(rect.shrink(2.0), 4.0, ring, egui::StrokeKind::Inside);
    } else if response.hovered() && !is_shown {
        painter.rect_filled(rect, 0.0, palette.hovered);
    }
    if is_shown {
        let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.max);
        painter.rect_filled(line, 0.0, palette.accent);
    }
    painter.galley(rect.center() - galley.size() / 2.0, galley, ink);
    let keys = command.keys().unwrap_or_default();
    response.on_hover_text(format!("{}（{keys}）", command.tooltip(session.form())))
}
