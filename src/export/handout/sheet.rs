//! A handout's sheets: the one that its owner fills in, and the hidden one.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Formula, ProtectionOptions, Worksheet, XlsxError,
    utility::column_number_to_name,
};

use crate::{
    export::{
        outline::words::OWNER,
        text::printable,
        xlsx::{
            measure,
            sheet::{self, CELL_LIMIT, Looks},
        },
    },
    form::{Field, Key, Level},
    plan::{Entry, Id, Node, Plan, handout::is_filled_in_by, title_or_none},
};

use super::{
    layout::{self, Column, Content, Layout, is_asked},
    origin,
};

/// The name of the sheet that is filled in.
pub const SHEET: &str = "記入";

/// Of the full-width characters that the columns have room for, those of a line over all of them.
const ROOM_OF_ALL: f64 = 0.9;

/// Points.
const LINE: f64 = 13.5;
const PADDING: f64 = 6.0;
/// Excel's limit is 409: nobody can make a row higher to write more.
const HIGHEST: f64 = 405.0;
/// Empty lines in which to write more.
const ROOM_TO_WRITE: usize = 3;
/// The first column of the hidden sheet with a list to choose from.
const FIRST_LIST: u16 = 3;

/// Stands in a cell whose text Excel cannot hold.
const TOO_LONG: &str = "（長いため Excel では表示も編集もできません）";

const TO_FILL_IN: &str = "色の付いた欄に記入してください。ほかの欄は編集できません。行の追加、削除、並べ替えはしないでください。";
const TO_CHOOSE: &str = "は、欄を選ぶと右に出る▼から選びます。消すには Delete キーを押します。";
const TO_WRITE: &str =
    "欄の中の改行は Alt＋Enter です。高さが足りないときは、行の境目を引いて広げられます。";
const TO_RETURN: &str = "記入したら、ファイルの形式（.xlsx）を変えずに保存して返送してください。ファイル名は変えても構いません。";

const TITLE_END: &str = "　記入様式";

/// What stands above the tables, a line each.
fn instructions(layout: &Layout) -> Vec<String> {
    let mut lines = vec![TO_FILL_IN.to_owned()];
    lines.extend(choices(layout).map(|names| format!("{names}{TO_CHOOSE}")));
    lines.extend([TO_WRITE, TO_RETURN].map(str::to_owned));
    lines
}

/// What is to be chosen.
fn choices(layout: &Layout) -> Option<String> {
    let form = layout.form();
    let levels = layout.levels().map(|(level, _)| form.level(level));
    let mut names: Vec<&str> = Vec::new();
    for level in levels {
        for field in level
            .fields
            .iter()
            .filter(|field| field.is_choice() && is_asked(field))
        {
            let name = choice_name(level, field);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    (!names.is_empty()).then(|| names.join("、"))
}

/// What an answer to choose is about: the state that comes of it, or what is asked.
pub fn choice_name<'a>(level: &'a Level, field: &'a Field) -> &'a str {
    if field.is_axis() {
        level.status_name()
    } else {
        field.short()
    }
}

/// Whether a text is one of those above the tables.
pub fn is_above(layout: &Layout, text: &str) -> bool {
    let line = text.strip_prefix('・');
    text.ends_with(TITLE_END)
        || text.starts_with(OWNER)
        || line.is_some_and(|line| instructions(layout).iter().any(|it| it == line))
}

/// What stands above the tables.
pub struct Head<'a> {
    pub title: String,
    pub owner: String,
    pub due: Option<String>,
    /// What is asked about a node, beside it.
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
fn line(text: &str) -> String {
    shown(&text.replace('\n', " ")).unwrap_or_else(|| TOO_LONG.to_owned())
}

/// The heading of something in which rows stand.
pub fn heading(base: &Plan, entry: &Entry<'_>) -> String {
    let number = entry.number().printed(base.form());
    let title = title_or_none(&entry.node.title);
    line(&base.level(entry.node).heading(&number, title))
}

/// Writes the sheet that is to be filled in.
///
/// # Errors
/// When a cell cannot be written.
pub fn fill(
    sheet: &mut Worksheet,
    base: &Plan,
    layout: &Layout,
    head: &Head<'_>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_name(SHEET)?;
    for (column, width) in (0..).zip(&layout.widths) {
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_column_hidden(layout.ids())?;
    if head.comments.is_empty() {
        sheet.set_column_hidden(layout.comments())?;
    }
    let mut filling = Filling {
        sheet,
        looks,
        base,
        layout,
        head,
        row: 0,
        names: None,
        first_names: None,
    };
    filling.heading(&format!("{}{TITLE_END}", head.title), &looks.title, 1.4)?;
    let due = head
        .due
        .as_deref()
        .map(|due| format!("　　提出期限：{due}"));
    let owner = format!("{OWNER}{}{}", head.owner, due.unwrap_or_default());
    filling.heading(&owner, &looks.title, 1.4)?;
    for line in instructions(layout) {
        filling.heading(&format!("・{line}"), &looks.subtitle, 1.0)?;
    }
    for entry in base.nodes() {
        filling.node(&entry)?;
    }
    let first_names = filling.first_names.unwrap_or_default();
    sheet::set_up_print(sheet, first_names)?;
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
    base: &'a Plan,
    layout: &'a Layout,
    head: &'a Head<'a>,
    row: u32,
    /// The level for which the last headings of columns stand.
    names: Option<Key>,
    /// The row of the first ones.
    first_names: Option<u32>,
}

impl Filling<'_> {
    /// A row to fill in, or the heading of something in which such rows stand.
    fn node(&mut self, entry: &Entry<'_>) -> Result<(), XlsxError> {
        let is_row = |node: &Node| is_filled_in_by(self.base, node, &self.head.owner);
        let node = entry.node;
        if is_row(node) {
            if self.names != Some(node.level) {
                self.names(node.level)?;
            }
            return self.row(entry);
        }
        let text = heading(self.base, entry);
        let looks = self.looks;
        if entry.depth() > 0 {
            return self.heading(&text, &looks.strategy, 1.1);
        }
        let first = node
            .below()
            .find(|node| is_row(node))
            .map(|node| node.level);
        self.heading(&text, &looks.title, 1.4)?;
        first.map_or(Ok(()), |level| self.names(level))
    }

    /// A line over all columns.
    fn heading(
        &mut self,
        text: &str,
        format: &rust_xlsxwriter::Format,
        size: f64,
    ) -> Result<(), XlsxError> {
        let text = line(text);
        let last = self.layout.comments();
        let widths = self.layout.widths.iter().take(usize::from(last));
        let room = (widths.sum::<f64>() / 2.0 * ROOM_OF_ALL).floor();
        let room = (room / size) as usize;
        let lines = measure::line_starts(&text, room).len();
        let height = lines as f64 * LINE * size + PADDING;
        self.sheet.set_row_height(self.row, height.min(HIGHEST))?;
        let row = self.row;
        self.sheet.merge_range(row, 0, row, last, "", format)?;
        sheet::write_text(self.sheet, (row, 0), &text, format)?;
        self.row += 1;
        Ok(())
    }

    /// The headings of the columns for a level.
    fn names(&mut self, level: Key) -> Result<(), XlsxError> {
        self.names = Some(level);
        self.first_names.get_or_insert(self.row);
        let mut lines = 1;
        for column in self.layout.columns(level) {
            let name = printable(&column.heading);
            lines = lines.max(self.lines(column, &name));
            sheet::write_text(
                self.sheet,
                (self.row, column.place),
                &name,
                &self.looks.head,
            )?;
        }
        self.sheet
            .set_row_height(self.row, lines as f64 * LINE + PADDING)?;
        self.row += 1;
        Ok(())
    }

    /// The lines that a text takes in a column.
    fn lines(&self, column: &Column, text: &str) -> usize {
        if column.content == Content::Id {
            return 1;
        }
        let width = self.layout.widths.get(usize::from(column.place));
        let room = width.copied().unwrap_or(column.width) / 2.0 - 2.0;
        measure::line_starts(text, (room as usize).max(3)).len()
    }

    fn row(&mut self, entry: &Entry<'_>) -> Result<(), XlsxError> {
        let (base, layout, looks) = (self.base, self.layout, self.looks);
        let level = base.level(entry.node);
        let mut most = 1;
        for column in layout.columns(level.key) {
            let field = |key| level.field(key);
            let text = said(base, entry, column.content, self.head.comments);
            let (format, more) = match column.content {
                Content::Previous => (&looks.reference, 0),
                Content::Asked(key) if field(key).is_some_and(Field::is_written) => {
                    (&looks.input, ROOM_TO_WRITE)
                }
                Content::Asked(_) => (&looks.input, 0),
                Content::Number
                | Content::Title
                | Content::Shown(_)
                | Content::Comment
                | Content::Id => (&looks.cell, 0),
            };
            let fits = shown(&text);
            let text = fits.as_deref().unwrap_or(TOO_LONG);
            // What cannot be shown must not be written over.
            let format = if fits.is_some() { format } else { &looks.cell };
            most = most.max(self.lines(column, text) + more);
            let place = (self.row, column.place);
            sheet::write_text(self.sheet, place, text, format.of(text))?;
        }
        let height = (most as f64 * LINE + PADDING).min(HIGHEST);
        self.sheet.set_row_height(self.row, height)?;
        for column in layout.columns(level.key) {
            if let Content::Asked(key) = column.content
                && let Some(field) = level.field(key)
                && let Some(choice) = choice(layout, level, field)?
            {
                let (row, place) = (self.row, column.place);
                self.sheet
                    .add_data_validation(row, place, row, place, &choice)?;
            }
        }
        self.row += 1;
        Ok(())
    }
}

/// What stands in a cell of a row when it goes out.
pub fn said(base: &Plan, entry: &Entry<'_>, content: Content, comments: &[(Id, String)]) -> String {
    let (node, level) = (entry.node, base.level(entry.node));
    match content {
        Content::Number => entry.number().printed(base.form()),
        Content::Title => node.title.clone(),
        Content::Shown(key) | Content::Asked(key) => level
            .field(key)
            .map_or("", |field| layout::text(node, field, base.review()))
            .to_owned(),
        Content::Previous => previous(base, node),
        Content::Comment => {
            let own = comments.iter().filter(|(it, _)| *it == node.id);
            own.map(|(_, text)| text.as_str()).collect()
        }
        Content::Id => node.id.to_string(),
    }
}

/// What the section said at this review when the handout was made: texts, and between them choices
/// as they are printed.
fn previous(base: &Plan, node: &Node) -> String {
    let (level, review) = (base.level(node), base.review());
    let asked: Vec<&Field> = level
        .fields
        .iter()
        .filter(|field| is_asked(field))
        .collect();
    let mut parts: Vec<String> = Vec::new();
    for fields in asked.chunk_by(|one, other| one.is_choice() && other.is_choice()) {
        let Some(first) = fields.first() else {
            continue;
        };
        let text = node.text(first.slot(review));
        if first.is_choice() {
            let keys: Vec<Key> = fields.iter().map(|field| field.key).collect();
            parts.extend(level.choice_line(node, review, &keys));
        } else if first.is_amount() && !text.trim().is_empty() {
            parts.push(format!("{}：{}", first.short(), first.in_words(text)));
        } else {
            parts.push(text.to_owned());
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n")
}

/// A list to choose from; the lists stand in the hidden sheet, one in a column, since a list
/// within a cell can hold neither a comma nor long words.
fn choice(
    layout: &Layout,
    level: &Level,
    field: &Field,
) -> Result<Option<DataValidation>, XlsxError> {
    /// More would be refused.
    const LONGEST_TITLE: usize = 32;
    let Some((n, list)) = layout.list(level.key, field.key) else {
        return Ok(None);
    };
    let column = FIRST_LIST.saturating_add(u16::try_from(n).unwrap_or(u16::MAX));
    let column = column_number_to_name(column);
    let last = list.words.len();
    let range = format!("={}!${column}$1:${column}${last}", origin::SHEET);
    let title: String = choice_name(level, field)
        .chars()
        .take(LONGEST_TITLE)
        .collect();
    let choice = DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .ignore_blank(true)
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(title)?
        .set_error_message("▼から選んでください。")?;
    Ok(Some(choice))
}

/// Writes the hidden sheet.
///
/// # Errors
/// When a cell cannot be written.
pub fn fill_origin(
    sheet: &mut Worksheet,
    rows: &[(&str, String)],
    layout: &Layout,
) -> Result<(), XlsxError> {
    sheet.set_name(origin::SHEET)?;
    sheet.set_very_hidden(true);
    for (row, (what, text)) in (0..).zip(rows) {
        sheet.write_string(row, 0, *what)?;
        sheet.write_string(row, 1, text)?;
    }
    for (column, list) in (FIRST_LIST..).zip(&layout.lists) {
        for (row, word) in (0..).zip(&list.words) {
            sheet.write_string(row, column, printable(word))?;
        }
    }
    sheet.protect();
    Ok(())
}
