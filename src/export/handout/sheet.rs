//! A handout's sheets: the one that its owner fills in, and the hidden one.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Formula, ProtectionOptions, Worksheet, XlsxError,
};

use crate::{
    export::{
        outline::{Chapter, Outline, Row, words::OWNER},
        text::printable,
        xlsx::{
            measure,
            sheet::{self, CELL_LIMIT, Looks},
        },
    },
    plan::{Form, Id, Wording},
};

use super::origin;

/// The name of the sheet that is filled in.
pub const SHEET: &str = "記入";

/// The columns, from the left.
pub mod column {
    pub const NUMBER: u16 = 0;
    pub const TITLE: u16 = 1;
    pub const TARGET: u16 = 2;
    pub const PREVIOUS: u16 = 3;
    pub const RESULTS: u16 = 4;
    pub const OUTLOOK: u16 = 5;
    pub const PROGRESS: u16 = 6;
    pub const NOTES: u16 = 7;
    pub const COMMENT: u16 = 8;
    /// Hidden.
    pub const ID: u16 = 9;
}

/// The headings of columns that the printed form does not have.
pub const NUMBER: &str = "番号";
const PREVIOUS: &str = "これまでの内容（参考）";
pub const OUTLOOK: &str = "達成状況（目標の見込）";
pub const PROGRESS: &str = "達成状況（取組の進捗）";
pub const NOTES: &str = "課題・改善策";
const COMMENT: &str = "確認のお願い";
pub const ID: &str = "id";

/// In half-width characters, and the full-width characters that stand in a line of each.
const WIDTHS: [f64; 10] = [8.0, 22.0, 30.0, 34.0, 48.0, 20.0, 20.0, 42.0, 30.0, 18.0];
const ROOM: [usize; 9] = [3, 9, 13, 15, 22, 8, 8, 19, 13];
const ROOM_OF_ALL: usize = 100;

/// Points.
const LINE: f64 = 13.5;
const PADDING: f64 = 6.0;
/// Excel's limit is 409: nobody can make a row higher to write more.
const HIGHEST: f64 = 405.0;
/// Empty lines in which to write more.
const ROOM_TO_WRITE: usize = 3;

/// Stands in a cell whose text Excel cannot hold.
const TOO_LONG: &str = "（長いため Excel では表示も編集もできません）";

const INSTRUCTIONS: [&str; 4] = [
    "色の付いた欄に記入してください。ほかの欄は編集できません。行の追加、削除、並べ替えはしないでください。",
    "達成状況は、欄を選ぶと右に出る▼から選びます。消すには Delete キーを押します。",
    "欄の中の改行は Alt＋Enter です。高さが足りないときは、行の境目を引いて広げられます。",
    "記入したら、ファイルの形式（.xlsx）を変えずに保存して返送してください。ファイル名は変えても構いません。",
];

const TITLE_END: &str = "　記入様式";

/// Whether a text is one of those above the tables.
pub fn is_above(text: &str) -> bool {
    let line = text.strip_prefix('・');
    text.ends_with(TITLE_END)
        || text.starts_with(OWNER)
        || line.is_some_and(|line| INSTRUCTIONS.contains(&line))
}

/// What stands above the tables.
pub struct Head<'a> {
    pub title: String,
    pub owner: String,
    pub due: Option<String>,
    /// What is asked about an initiative, beside it.
    pub comments: &'a [(Id, String)],
}

/// How a text is written into a cell; `None` where Excel could not hold it. A cell that still says
/// this when it comes back has not been changed.
pub fn shown(text: &str) -> Option<String> {
    let text = printable(text).into_owned();
    // Such a text is written as markup, which counts against the limit too.
    let limit = if text.starts_with("<r>") {
        CELL_LIMIT / 8
    } else {
        CELL_LIMIT
    };
    (text.encode_utf16().count() <= limit).then_some(text)
}

/// How a heading is written.
pub fn line(text: &str) -> String {
    shown(&text.replace('\n', " ")).unwrap_or_else(|| TOO_LONG.to_owned())
}

/// Writes the sheet that is to be filled in.
///
/// # Errors
/// When a cell cannot be written.
pub fn fill(
    sheet: &mut Worksheet,
    outline: &Outline<'_>,
    head: &Head<'_>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_name(SHEET)?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_column_hidden(column::ID)?;
    if head.comments.is_empty() {
        sheet.set_column_hidden(column::COMMENT)?;
    }
    let mut filling = Filling {
        sheet,
        looks,
        head,
        row: 0,
    };
    filling.heading(&format!("{}{TITLE_END}", head.title), &looks.title, 1.4)?;
    let due = head
        .due
        .as_deref()
        .map(|due| format!("　　提出期限：{due}"));
    let owner = format!("{OWNER}{}{}", head.owner, due.unwrap_or_default());
    filling.heading(&owner, &looks.title, 1.4)?;
    for line in INSTRUCTIONS {
        filling.heading(&format!("・{line}"), &looks.subtitle, 1.0)?;
    }
    let mut first_head = None;
    for chapter in &outline.chapters {
        filling.heading(&chapter.heading, &looks.title, 1.4)?;
        first_head.get_or_insert(filling.row);
        filling.names(chapter.wording)?;
        for table in &chapter.tables {
            if let Some(heading) = &table.strategy {
                filling.heading(&heading.text, &looks.strategy, 1.1)?;
            }
            for row in &table.rows {
                filling.initiative(row, chapter)?;
            }
        }
    }
    sheet::set_up_print(sheet, first_head.unwrap_or_default())?;
    sheet.protect_with_options(&ProtectionOptions {
        format_rows: true,
        format_columns: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

struct Filling<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    head: &'a Head<'a>,
    row: u32,
}

impl Filling<'_> {
    /// A line over all columns.
    fn heading(
        &mut self,
        text: &str,
        format: &rust_xlsxwriter::Format,
        size: f64,
    ) -> Result<(), XlsxError> {
        let text = line(text);
        let room = (ROOM_OF_ALL as f64 / size) as usize;
        let lines = measure::line_starts(&text, room).len();
        let height = lines as f64 * LINE * size + PADDING;
        self.sheet.set_row_height(self.row, height.min(HIGHEST))?;
        let (row, last) = (self.row, column::COMMENT);
        self.sheet.merge_range(row, 0, row, last, "", format)?;
        sheet::write_text(self.sheet, (row, 0), &text, format)?;
        self.row += 1;
        Ok(())
    }

    fn names(&mut self, wording: &Wording) -> Result<(), XlsxError> {
        let names = names(wording);
        let mut lines = 1;
        for (name, column) in &names {
            let name = printable(name);
            let room = ROOM.get(usize::from(*column)).copied();
            let needed = room.map(|room| measure::line_starts(&name, room).len());
            lines = lines.max(needed.unwrap_or(1));
            sheet::write_text(self.sheet, (self.row, *column), &name, &self.looks.head)?;
        }
        self.sheet
            .set_row_height(self.row, lines as f64 * LINE + PADDING)?;
        self.row += 1;
        Ok(())
    }

    fn initiative(&mut self, row: &Row<'_>, chapter: &Chapter<'_>) -> Result<(), XlsxError> {
        let own = row.initiative;
        let (outlook, progress) = (own.status.outlook, own.status.progress);
        let outlook = outlook.map_or("", |it| chapter.wording.outlook(it));
        let progress = progress.map_or("", |it| chapter.wording.progress(it));
        let looks = self.looks;
        let comments = self.head.comments.iter();
        let comment = comments
            .filter(|(id, _)| *id == own.id)
            .map(|(_, text)| text);
        let comment = comment.cloned().collect::<String>();
        let cells = [
            (column::NUMBER, &*row.number.full_width(), &looks.cell, 0),
            (column::TITLE, &*own.title, &looks.cell, 0),
            (column::TARGET, &*own.target, &looks.cell, 0),
            (column::PREVIOUS, &*previous(row), &looks.reference, 0),
            (column::RESULTS, &*own.results, &looks.input, ROOM_TO_WRITE),
            (column::OUTLOOK, outlook, &looks.input, 0),
            (column::PROGRESS, progress, &looks.input, 0),
            (column::NOTES, &*own.notes, &looks.input, ROOM_TO_WRITE),
            (column::COMMENT, &*comment, &looks.cell, 0),
            (column::ID, &*own.id.to_string(), &looks.cell, 0),
        ];
        let mut lines = 1;
        for (column, text, format, more) in cells {
            let fits = shown(text);
            let text = fits.as_deref().unwrap_or(TOO_LONG);
            // What cannot be shown must not be written over.
            let format = if fits.is_some() { format } else { &looks.cell };
            let room = ROOM.get(usize::from(column)).copied();
            let needed = room.map(|room| measure::line_starts(text, room).len() + more);
            lines = lines.max(needed.unwrap_or(1));
            sheet::write_text(self.sheet, (self.row, column), text, format.of(text))?;
        }
        let height = (lines as f64 * LINE + PADDING).min(HIGHEST);
        self.sheet.set_row_height(self.row, height)?;
        let is_reform = chapter.number.issue.is_none();
        for (column, list) in [(column::OUTLOOK, 0), (column::PROGRESS, 1)] {
            let choice = choice(list + if is_reform { 2 } else { 0 })?;
            self.sheet
                .add_data_validation(self.row, column, self.row, column, &choice)?;
        }
        self.row += 1;
        Ok(())
    }
}

/// The headings of a table, each with its column.
pub fn names(wording: &Wording) -> [(&str, u16); 10] {
    [
        (NUMBER, column::NUMBER),
        (&wording.initiative, column::TITLE),
        (&wording.target, column::TARGET),
        (PREVIOUS, column::PREVIOUS),
        (&wording.results, column::RESULTS),
        (OUTLOOK, column::OUTLOOK),
        (PROGRESS, column::PROGRESS),
        (NOTES, column::NOTES),
        (COMMENT, column::COMMENT),
        (ID, column::ID),
    ]
}

/// The review as it stood when the handout was made.
pub fn previous(row: &Row<'_>) -> String {
    let own = row.initiative;
    let status = match (own.status.is_unset(), &row.status) {
        (false, Some(status)) => &*status.words,
        _ => "",
    };
    let parts = [own.results.as_str(), status, own.notes.as_str()];
    let parts: Vec<&str> = parts
        .into_iter()
        .filter(|it| !it.trim().is_empty())
        .collect();
    parts.join("\n")
}

/// A list to choose from; the lists stand in the hidden sheet, one in a column, since a list
/// within a cell can hold neither a comma nor long words.
fn choice(list: u16) -> Result<DataValidation, XlsxError> {
    let column = char::from(b'D'.saturating_add(u8::try_from(list).unwrap_or_default()));
    let range = format!("={}!${column}$1:${column}$2", origin::SHEET);
    DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .ignore_blank(true)
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("達成状況")?
        .set_error_message("▼から選んでください。")
}

/// Writes the hidden sheet.
///
/// # Errors
/// When a cell cannot be written.
pub fn fill_origin(
    sheet: &mut Worksheet,
    rows: &[(&str, String)],
    form: &Form,
) -> Result<(), XlsxError> {
    sheet.set_name(origin::SHEET)?;
    sheet.set_very_hidden(true);
    for (row, (what, text)) in (0..).zip(rows) {
        sheet.write_string(row, 0, *what)?;
        sheet.write_string(row, 1, text)?;
    }
    let lists = [&form.numbered, &form.unnumbered]
        .into_iter()
        .flat_map(|it| {
            [
                [&it.on_target, &it.off_target],
                [&it.on_schedule, &it.behind],
            ]
        });
    for (column, words) in (3..).zip(lists) {
        for (row, word) in (0..).zip(words) {
            sheet.write_string(row, column, printable(word))?;
        }
    }
    sheet.protect();
    Ok(())
}
