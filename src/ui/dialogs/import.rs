//! A table becomes a plan: what each column means, and what comes of it, before it is taken over.

use egui::{ComboBox, Grid, Label, RichText, ScrollArea, TextEdit, Ui, WidgetInfo, accesskit};

use crate::{
    form::Form,
    import::table::{self, Mapping, Meaning, Offer, Table, Taken, Unclear},
    plan::{About, read_year},
    session::{Answer, Session},
    ui::{
        memo::Memo,
        theme::{self, space},
    },
};

use super::{
    buttons,
    plan_info::{YEAR_UNREAD, typed_year},
    title,
};

/// What the columns of a table mean, and what comes of it: working that out takes a look at all of
/// the table.
#[derive(Debug)]
pub struct ImportDialog {
    mapping: Mapping,
    organisation: String,
    /// The year as it is typed.
    year: String,
    /// What a column may mean.
    offers: Vec<Offer>,
    outcome: Memo<Mapping, Option<Result<Outcome, String>>>,
}

/// What comes of a table.
#[derive(Debug)]
struct Outcome {
    /// `経営課題 7、戦略 19、具体的取組 49 の計画になります。`
    text: String,
    unclear: Vec<Unclear>,
}

impl ImportDialog {
    /// The columns as their headings say, so far as they do.
    pub fn new(table: &Table, session: &Session) -> Self {
        let mut mapping = Mapping::guess(table, session.form());
        mapping.columns.resize(table.width(), None);
        let about = session.about_of_import();
        Self {
            mapping,
            year: typed_year(about.fiscal_year),
            organisation: about.organisation,
            offers: table::offers(session.form()),
            outcome: Memo::default(),
        }
    }
}

impl Outcome {
    fn new(form: &Form, taken: Taken) -> Self {
        let counted = form.names().map(|level| {
            let levels = taken.plan.nodes().map(|entry| taken.plan.level(entry.node));
            let count = levels.filter(|it| it.name == level.name).count();
            format!("{} {count}", level.name)
        });
        let counted: Vec<String> = counted.collect();
        Self {
            text: format!("{} の計画になります。", counted.join("、")),
            unclear: taken.unclear,
        }
    }
}

/// Wide enough for the columns of a table.
pub const WIDTH: f32 = 960.0;
/// So many rows show what a column holds.
const SAMPLES: usize = 4;
/// So much of a cell is shown.
const CELL: usize = 24;
/// What was not understood is listed so far, the rest counted.
const UNCLEAR: usize = 5;

pub fn show(
    session: &Session,
    ui: &mut Ui,
    table: &Table,
    dialog: &mut ImportDialog,
) -> Option<Answer> {
    title(ui, "表から新しい計画を作る");
    ui.label("だれの、何年度の計画かと、それぞれの列が何を表すかを確かめてください。");
    let form = session.form();
    let fiscal_year = whose(ui, dialog);
    ui.add_space(space::S);
    let mapping = &mut dialog.mapping;
    columns(ui, table, &dialog.offers, mapping);
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        let label = ui.label("見出しの行数");
        let rows = 0..=table.rows.len().saturating_sub(1);
        let head = egui::DragValue::new(&mut mapping.head).range(rows);
        ui.add(head).labelled_by(label.id);
        if let Some(holders) = holders(form) {
            let text = format!("空欄の{holders}は、上の行と同じとみなす");
            ui.checkbox(&mut mapping.fills_down, text);
        }
    });
    dialog.outcome.refresh(mapping.clone(), |_| {
        let taken = table::plan(table, mapping, session.about_of_import(), form);
        let outcome = taken.map(|taken| Outcome::new(form, taken));
        Some(outcome.map_err(|error| error.to_string()))
    });
    let cancel = ("キャンセル", Answer::Cancel);
    match dialog.outcome.get() {
        Some(Ok(outcome)) => {
            tell(ui, outcome, &dialog.offers);
            let Some(fiscal_year) = fiscal_year else {
                return buttons(ui, &[cancel]);
            };
            let about = About {
                organisation: dialog.organisation.trim().to_owned(),
                fiscal_year,
                ..session.about_of_import()
            };
            let take = Answer::Import(mapping.clone(), about);
            buttons(ui, &[("新しい計画にする", take), cancel])
        }
        Some(Err(message)) => {
            let danger = theme::palette(ui).danger;
            ui.label(RichText::new(message).color(danger));
            buttons(ui, &[cancel])
        }
        None => buttons(ui, &[cancel]),
    }
}

/// Whose plan it becomes, and of which year; the year, where it can be read.
fn whose(ui: &mut Ui, dialog: &mut ImportDialog) -> Option<u16> {
    let read = read_year(&dialog.year);
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("団体");
        let field = TextEdit::singleline(&mut dialog.organisation).desired_width(240.0);
        ui.add(field).labelled_by(label.id);
        ui.add_space(space::M);
        let label = ui.label("年度");
        let field = TextEdit::singleline(&mut dialog.year).desired_width(120.0);
        ui.add(field).labelled_by(label.id);
        if read.is_none() {
            let danger = theme::palette(ui).danger;
            ui.label(RichText::new(YEAR_UNREAD).color(danger));
        }
    });
    read
}

/// Cells are pasted, or a file is chosen.
pub fn paste(ui: &mut Ui, cells: &mut String) -> Option<Answer> {
    title(ui, "表から新しい計画を作る");
    let label = ui.label("Excel で範囲をコピーして、ここに貼り付けます（Ctrl+V）。");
    let field = TextEdit::multiline(&mut *cells).desired_rows(8);
    let field = ui
        .add(field.desired_width(f32::INFINITY))
        .labelled_by(label.id);
    if cells.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    let file = ("ファイルを選ぶ…", Answer::ChooseFile);
    let cancel = ("キャンセル", Answer::Cancel);
    if cells.trim().is_empty() {
        buttons(ui, &[file, cancel])
    } else {
        buttons(ui, &[("次へ", Answer::Pasted(cells.clone())), file, cancel])
    }
}

/// What rows of the table stand in, by name: `経営課題と戦略`. Nothing where they stand in nothing.
fn holders(form: &Form) -> Option<String> {
    let holds = |name: &str| {
        let mut levels = form.levels.iter().filter(|level| level.name == name);
        levels.any(|level| form.levels_in(Some(level.key)).next().is_some())
    };
    let names = form.names().map(|level| level.name.as_str());
    let holders: Vec<&str> = names.filter(|name| holds(name)).collect();
    (!holders.is_empty()).then(|| holders.join("と"))
}

fn name_of(offers: &[Offer], meaning: Meaning) -> &str {
    let offer = offers.iter().find(|offer| offer.meaning == meaning);
    offer.map_or("", |offer| offer.name.as_str())
}

fn columns(ui: &mut Ui, table: &Table, offers: &[Offer], mapping: &mut Mapping) {
    let weak = theme::palette(ui).weak;
    ScrollArea::horizontal().show(ui, |ui| {
        Grid::new("columns")
            .spacing([space::M, space::XS])
            .show(ui, |ui| {
                for (n, meaning) in mapping.columns.iter_mut().enumerate() {
                    let name = |it: Option<Meaning>| {
                        it.map_or("（使わない）", |it| name_of(offers, it))
                    };
                    let list = ComboBox::from_id_salt(n).height(420.0).width(130.0);
                    let list = list.selected_text(name(*meaning)).show_ui(ui, |ui| {
                        ui.selectable_value(meaning, None, name(None));
                        for one in offers {
                            ui.selectable_value(meaning, Some(one.meaning), one.name.as_str());
                        }
                    });
                    let spoken = format!("{} 列目", n + 1);
                    list.response.widget_info(|| {
                        WidgetInfo::labeled(accesskit::Role::ComboBox, true, &spoken)
                    });
                }
                ui.end_row();
                for row in table.rows.iter().skip(mapping.head).take(SAMPLES) {
                    for n in 0..mapping.columns.len() {
                        let cell = row.get(n).map_or("", String::as_str);
                        let cell: String = cell.replace('\n', " ").chars().take(CELL).collect();
                        let cell = RichText::new(cell).size(theme::SMALL).color(weak);
                        ui.add(Label::new(cell).truncate());
                    }
                    ui.end_row();
                }
            });
    });
}

fn tell(ui: &mut Ui, outcome: &Outcome, offers: &[Offer]) {
    ui.add_space(space::S);
    ui.label(RichText::new(&outcome.text).family(theme::bold()));
    for unclear in outcome.unclear.iter().take(UNCLEAR) {
        let text: String = unclear.text.replace('\n', " ").chars().take(CELL).collect();
        let text = format!(
            "{} 行目：{}「{text}」が分かりません",
            unclear.row,
            name_of(offers, unclear.meaning)
        );
        ui.label(RichText::new(text).size(theme::SMALL));
    }
    if outcome.unclear.len() > UNCLEAR {
        let rest = outcome.unclear.len() - UNCLEAR;
        ui.label(RichText::new(format!("ほか {rest} か所")).size(theme::SMALL));
    }
}
