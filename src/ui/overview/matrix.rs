//! The answers on the axes of what is assessed: two axes as a table, one as a row, with what is outside
//! of it: unassessed and reposts.

use egui::{
    Align2, FontId, Rect, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role,
    pos2, vec2,
};

use crate::{
    form::{Choice, Field, Form, Grade, Key, Level},
    plan::{Counted, Matrix, Overview, Pick, Standing, Tally, figure},
    session::Session,
    ui::{
        View, Wish,
        theme::{self, size, space},
        widgets::{choice, status_mark},
    },
};

use super::counted::{self, Count};

const CELL_HEIGHT: f32 = 76.0;
const ROW_HEAD: f32 = 88.0;
/// The width of a column at least.
const NARROWEST: f32 = 72.0;

/// A cell: what was answered on the axis of the rows, if there is one, and on that of the columns.
#[derive(Debug, Clone, Copy)]
struct Cell<'a> {
    matrix: &'a Matrix,
    /// Of all that the table is about.
    tally: &'a Tally,
    row: Option<&'a Choice>,
    column: &'a Choice,
}

/// The width that the widest table needs, its card included.
pub fn least_width(form: &Form, overview: &Overview) -> f32 {
    let matrices = overview.counted.iter().flat_map(|counted| {
        let level = form.level(counted.level);
        counted.matrices.iter().map(move |matrix| {
            let columns = level
                .field(matrix.columns())
                .map_or(0, |it| it.choices().len());
            let head = matrix.rows().map_or(0.0, |_| ROW_HEAD);
            head + NARROWEST * columns as f32 + space::L * 2.0 + space::S
        })
    });
    matrices.fold(0.0, f32::max)
}

/// One card for each table.
pub fn show(session: &Session, view: &View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let overview = super::shown_overview(view);
    let form = session.document().plan().form();
    for counted in &overview.counted {
        let level = form.level(counted.level);
        for matrix in &counted.matrices {
            let title = title(form, level, matrix, overview.counted.len() > 1);
            super::card(ui, &title, |ui| {
                grid(session, view, ui, (level, counted, matrix), wishes);
                ui.add_space(space::S);
                apart(session, view, ui, (counted, matrix), wishes);
            });
            ui.add_space(space::M);
        }
    }
}

/// `見込と進捗`, with the name of the level where more than one is counted.
fn title(form: &Form, level: &Level, matrix: &Matrix, is_one_of_many: bool) -> String {
    let axes = matrix.rows().into_iter().chain([matrix.columns()]);
    let names = axes.filter_map(|key| level.field(key)).map(Field::short);
    let names = names.collect::<Vec<_>>().join("と");
    if is_one_of_many {
        format!("{}の{names}", form.first_of_name(level).name)
    } else {
        names
    }
}

fn grid(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    (level, counted, matrix): (&Level, &Counted, &Matrix),
    wishes: &mut Vec<Wish>,
) {
    let palette = theme::palette(ui);
    let choices = |key: Key| level.field(key).map_or(&[][..], Field::choices);
    let (rows, columns) = (matrix.rows().map(choices), choices(matrix.columns()));
    let head_width = if rows.is_some() { ROW_HEAD } else { 0.0 };
    let count = columns.len().max(1) as f32;
    let room = (ui.available_width() - head_width - space::XS).max(NARROWEST * count);
    let width = room / count - space::XS;
    let head = |ui: &Ui, rect: Rect, text: &str, align: Align2| {
        let format =
            egui::text::TextFormat::simple(FontId::proportional(theme::SMALL), palette.weak);
        let mut job = egui::text::LayoutJob::single_section(text.to_owned(), format);
        job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width());
        let galley = ui.painter().layout_job(job);
        let at = align.align_size_within_rect(galley.size(), rect).min;
        ui.painter().galley(at, galley, palette.weak);
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        if rows.is_some() {
            ui.allocate_exact_size(vec2(ROW_HEAD, 18.0), Sense::hover());
        }
        for column in columns {
            let (rect, _) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
            head(ui, rect, column.short(), Align2::CENTER_CENTER);
        }
    });
    let rows: Vec<Option<&Choice>> = match rows {
        Some(rows) => rows.iter().map(Some).collect(),
        None => vec![None],
    };
    for row in rows {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            if let Some(row) = row {
                let wide = vec2(ROW_HEAD, CELL_HEIGHT);
                let (rect, _) = ui.allocate_exact_size(wide, Sense::hover());
                head(ui, rect, row.short(), Align2::LEFT_CENTER);
            }
            for column in columns {
                let of = Cell {
                    matrix,
                    tally: &counted.tally,
                    row,
                    column,
                };
                cell(session, view, ui, of, width, wishes);
            }
        });
    }
}

impl Cell<'_> {
    fn label(&self) -> String {
        match self.row {
            Some(row) => format!("{}・{}", row.short(), self.column.short()),
            None => self.column.short().to_owned(),
        }
    }

    /// The state that these answers alone make.
    fn standing(&self) -> Standing {
        let row = self.row.map(|row| row.grade);
        let bad = |grade: Option<Grade>| matches!(grade, Some(Grade::Concern | Grade::Bad));
        let grades = [row.unwrap_or_default(), self.column.grade];
        match grades {
            [one, other] if bad(one) && bad(other) && grades.contains(&Some(Grade::Bad)) => {
                Standing::Worst
            }
            grades => choice::mark(grades.into_iter().flatten().max()),
        }
    }
}

fn cell(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    of: Cell<'_>,
    width: f32,
    wishes: &mut Vec<Wish>,
) {
    let palette = theme::palette(ui);
    let (row, column) = (of.row.map(|row| row.key), Some(of.column.key));
    let standing = of.standing();
    let colours = palette.standing(standing);
    let in_cell = of.matrix.count(row, column);
    let count = Count {
        // Where both are the same set, the chip of the state says so too.
        picks: match of.tally.count(standing) == in_cell {
            true => vec![Pick::Standing(standing)],
            false => vec![of.matrix.pick(row, column)],
        },
        label: of.label(),
        count: in_cell,
    };
    let share = of.matrix.share(row, column).unwrap_or_default() * 100.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, CELL_HEIGHT), Sense::click());
    let name = format!("{}、{} 件、{share:.0} %", count.label, figure(count.count));
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
        figure(count.count),
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

/// What is in none of the cells.
fn apart(
    session: &Session,
    view: &View,
    ui: &mut Ui,
    (counted, matrix): (&Counted, &Matrix),
    wishes: &mut Vec<Wish>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        for (name, pick, count) in [
            ("未評価", matrix.unset_pick(), matrix.unset()),
            ("再掲（数えない）", Pick::Repost, counted.tally.reposts),
        ] {
            let count = Count {
                picks: vec![pick],
                label: name.to_owned(),
                count,
            };
            let text = RichText::new(format!("{name} {} 件", figure(count.count)));
            let text = text.size(theme::SMALL).color(theme::palette(ui).weak);
            counted::link(session, view, ui, &count, text, wishes);
        }
    });
}
