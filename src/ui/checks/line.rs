//! A line of the list: a kind with what can be done with all of it, or a finding.

use egui::{
    Align, Button, Checkbox, CornerRadius, FontId, Label, Layout, Rect, RichText, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, WidgetInfo, accesskit::Role, pos2, text::LayoutJob, vec2,
};

use crate::{
    plan::checks::{Severity, fix_all},
    session::{Action, Prompt, Session, words},
    ui::{
        Wish,
        changes::{compare, struck_out, widths_in_words, widths_note},
        theme::{self, size, space},
    },
};

use super::{
    ChecksState,
    list::{Kind, Row},
};

/// The height of a line: fifteen and their headings stand on a low screen.
pub const HEIGHT: f32 = 28.0;
/// Where ticks are.
const TICK: f32 = 28.0;
/// Room for what a finding is about.
const NAME: f32 = 148.0;
/// Room for the buttons of a row, and of a heading.
const ROW_BUTTONS: f32 = 176.0;
const HEADING_BUTTONS: f32 = 272.0;

/// A severity as a small stamp with its name: no shape that judges a state.
pub fn stamp(ui: &mut Ui, severity: Severity) {
    let palette = theme::palette(ui);
    let (ink, fill, line) = match severity {
        Severity::Error => (palette.field, palette.text, palette.text),
        Severity::Warning => (palette.text, palette.field, palette.text),
        Severity::Notice => (palette.weak, palette.field, palette.border),
    };
    let font = FontId::proportional(theme::SMALL);
    let galley = ui
        .painter()
        .layout_no_wrap(severity.name().to_owned(), font, ink);
    let wide = vec2(46.0, 18.0);
    let (rect, response) = ui.allocate_exact_size(wide, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, severity.name()));
    let painter = ui.painter();
    painter.rect(
        rect,
        CornerRadius::same(2),
        fill,
        Stroke::new(1.0, line),
        StrokeKind::Inside,
    );
    painter.galley(rect.center() - galley.size() / 2.0, galley, ink);
}

/// Draws the heading of a kind; what its tick was just changed to.
pub fn heading(
    ui: &mut Ui,
    state: &ChecksState,
    kind: &Kind,
    wishes: &mut Vec<Wish>,
) -> Option<bool> {
    let palette = theme::palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let name = kind.rule.name();
    let how_many = match state.ticks.of(kind.rule) {
        0 => Ticked::None,
        all if all == kind.open => Ticked::All,
        _ => Ticked::Some,
    };
    let spoken = format!("{name}をすべて選ぶ");
    let ticking = (kind.open > 0).then(|| tick(ui, rect, how_many, &spoken));
    let (text, buttons) = columns(rect, HEADING_BUTTONS);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(text).id_salt(name));
    ui.horizontal_centered(|ui| {
        stamp(ui, kind.rule.severity());
        ui.add(Label::new(RichText::new(name).family(theme::bold())).truncate());
        let count = RichText::new(format!("{} 件", kind.rows.len())).size(theme::SMALL);
        ui.label(count.color(palette.weak));
    });
    at_right(&mut ui, buttons, |ui| {
        let spoken = format!("{name}をすべてそのままにする");
        if kind.open > 0 && button(ui, "すべてそのままにする…", &spoken) {
            wishes.push(Action::Ask(Prompt::Ignore(kind.open().cloned().collect())).into());
        }
        let spoken = format!("{name}をすべて直す");
        if kind.fixable > 0 && button(ui, "すべて直す…", &spoken) {
            wishes.push(Action::AskToFix(kind.open().cloned().collect()).into());
        }
    });
    ticking.flatten()
}

/// Draws a finding; what its tick was just changed to. A click anywhere else on it, or Enter, goes
/// to its words.
pub fn row(
    session: &Session,
    ui: &mut Ui,
    state: &ChecksState,
    row: &Row,
    wishes: &mut Vec<Wish>,
) -> Option<bool> {
    let palette = theme::palette(ui);
    let finding = &row.finding;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click());
    let name = words::place_name(session.document().plan(), finding.node);
    let found = found(session, ui, row);
    let severity = finding.rule.severity().name();
    let spoken = format!(
        "{severity}：{name}　{}　{}",
        finding.explanation, found.note
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, spoken.trim_end()));
    let is_last = state.is_at(finding);
    let ground = match (response.hovered(), is_last) {
        (true, _) => palette.hovered,
        (false, true) => palette.selected,
        (false, false) => palette.field,
    };
    ui.painter().rect_filled(rect, 0.0, ground);
    let edge = Stroke::new(1.0, palette.hairline);
    ui.painter().hline(rect.x_range(), rect.bottom(), edge);
    if response.has_focus() {
        let line = Stroke::new(size::FOCUS, palette.accent);
        ui.painter()
            .rect_stroke(rect, 2.0, line, StrokeKind::Inside);
    }
    if response.clicked() {
        wishes.push(Wish::ShowFinding(finding.clone()));
    }
    let response = response.on_hover_ui(|ui| {
        ui.label(RichText::new(&finding.explanation).family(theme::widths()));
        if !found.note.is_empty() {
            ui.label(RichText::new(&found.note).family(theme::widths()));
        }
    });
    let how_many = match state.ticks.contains(finding) {
        true => Ticked::All,
        false => Ticked::None,
    };
    let spoken = format!("選ぶ：{name} {}", finding.quote);
    let ticking = row.ignored.is_none();
    let ticking = ticking.then(|| tick(ui, rect, how_many, &spoken));
    let (text, buttons) = columns(rect, ROW_BUTTONS);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(text).id_salt(response.id));
    let place = Rect::from_min_max(text.min, pos2(text.left() + NAME, text.bottom()));
    cell(&mut ui, place, |ui| {
        ui.add(Label::new(RichText::new(&name).family(theme::bold())).truncate());
    });
    let rest = Rect::from_min_max(pos2(place.right() + space::S, text.top()), text.max);
    cell(&mut ui, rest, |ui| {
        ui.add(Label::new(found.words).truncate());
        if !found.note.is_empty() {
            ui.add(Label::new(widths_note(ui, found.note)).truncate());
        }
    });
    at_right(&mut ui, buttons, |ui| row_buttons(ui, row, &name, wishes));
    ticking.flatten()
}

/// How many of the findings behind a tick are ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ticked {
    None,
    Some,
    All,
}

/// A tick at the left of a line; what it was just changed to.
fn tick(ui: &mut Ui, line: Rect, ticked: Ticked, name: &str) -> Option<bool> {
    let mut is_on = ticked == Ticked::All;
    let tick = Checkbox::without_text(&mut is_on).indeterminate(ticked == Ticked::Some);
    let size = vec2(TICK, line.height());
    let place = Rect::from_min_size(line.min + vec2(space::XS, 0.0), size);
    let response = ui.place(place, tick);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, name));
    response.changed().then_some(is_on)
}

/// The place of the words of a line, and that of its buttons.
fn columns(line: Rect, buttons: f32) -> (Rect, Rect) {
    let middle = line.right() - buttons;
    let left = line.left() + TICK + space::S;
    let text = Rect::from_min_max(
        pos2(left, line.top()),
        pos2(middle - space::S, line.bottom()),
    );
    (text, Rect::from_min_max(pos2(middle, line.top()), line.max))
}

fn cell(ui: &mut Ui, place: Rect, contents: impl FnOnce(&mut Ui)) {
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), contents);
}

fn at_right(ui: &mut Ui, place: Rect, contents: impl FnOnce(&mut Ui)) {
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new().max_rect(place).layout(layout);
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().button_padding = vec2(space::S, 2.0);
        ui.spacing_mut().interact_size.y = HEIGHT - space::XS;
        ui.spacing_mut().item_spacing.x = space::XS;
        contents(ui);
    });
}

fn button(ui: &mut Ui, text: &str, spoken: &str) -> bool {
    let response = ui.add(Button::new(RichText::new(text).size(theme::SMALL)));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spoken));
    response.clicked()
}

fn row_buttons(ui: &mut Ui, row: &Row, name: &str, wishes: &mut Vec<Wish>) {
    let finding = &row.finding;
    let named = |text: &str| format!("{text}：{name} {}", finding.quote);
    if row.ignored.is_some() {
        if button(ui, "もう一度見る", &named("もう一度見る")) {
            wishes.push(Action::Unignore(finding.clone()).into());
        }
        return;
    }
    if button(ui, "そのままにする…", &named("そのままにする")) {
        wishes.push(Action::Ask(Prompt::Ignore(vec![finding.clone()])).into());
    }
    if finding.fix.is_some() && button(ui, "直す", &named("直す")) {
        wishes.push(Action::Fix(finding.clone()).into());
    }
}

/// What is shown of a finding: its words, with what would stand there instead.
struct Found {
    words: LayoutJob,
    /// What only a width changes, in words.
    note: String,
}

fn found(session: &Session, ui: &Ui, row: &Row) -> Found {
    let finding = &row.finding;
    let fixing = finding.fix.as_ref();
    let fixing = fixing.and_then(|_| fix_all(session.document().plan(), [finding]));
    let change = fixing.and_then(|fixing| fixing.changes.into_iter().next());
    let text = match (change, &row.ignored) {
        (Some(change), None) => {
            let before = change.before.replace('\n', " ");
            let after = change.after.replace('\n', " ");
            let pieces = compare(&before, &after);
            return Found {
                words: struck_out(ui, &pieces),
                note: widths_in_words(&pieces),
            };
        }
        (_, Some(why)) if why.is_empty() => "そのままにしました".to_owned(),
        (_, Some(why)) => format!("そのままにしました：{why}"),
        (None, None) => finding.explanation.clone(),
    };
    let ink = theme::palette(ui).text;
    let font = FontId::new(theme::BODY, theme::widths());
    Found {
        words: LayoutJob::simple_singleline(text, font, ink),
        note: String::new(),
    }
}
