//! Tables of another origin: a CSV, a sheet of Excel, cells that were pasted.
//!
//! What a column means is said once ([`Mapping`], in `mapping.rs`), and can be looked at before
//! anything is taken over; rows become a plan in `tree.rs`, each in its place (`place.rs`) on one
//! of the ways that the form has (`way.rs`). The CSV and the data sheet that this
//! program exports are such tables too, and come back to the letter.

mod mapping;
mod pasted;
mod place;
mod reposts;
mod tree;
mod way;

use std::{io, path::Path};

use crate::plan::{PlanError, with_lf};

use super::{
    book::{Book, BookError},
    file::{self, FileError},
};

pub use mapping::{Mapping, Meaning, Offer, name, offers};
pub use tree::{Taken, Unclear, choice_in, plan};

/// More than any plan has; a sheet of a million rows is a mistake.
const MOST_ROWS: usize = 20_000;
/// More columns than any table that somebody reads.
const MOST_COLUMNS: usize = 100;
/// Of a file. A CSV of so many rows has a few kilobytes in each.
const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// Of all cells together, once they are read: the cells of a workbook may share one long text.
const MOST_TEXT: usize = 64 * 1024 * 1024;

/// Rows of cells. Rows need not have the same length.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<Vec<String>>,
}

/// Why there is no table, or no plan in it.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error("{0}")]
    Book(#[from] BookError),
    #[error("表として読めません（{0}）。CSV か Excel（.xlsx）のファイルを選んでください。")]
    Csv(#[from] csv::Error),
    #[error("文字コードを判別できません。Excel で「CSV UTF-8」として保存し直してください。")]
    Encoding,
    #[error("表が空です。")]
    Empty,
    #[error("ファイルではありません（フォルダーや装置など）。表のファイルを選んでください。")]
    NoFile,
    #[error("ファイルを読めません（{0}）。")]
    Io(io::Error),
    #[error("大きすぎて読み込めません（{} MB まで）。余分な行や列を消してください。", MOST_BYTES / 1024 / 1024)]
    TooLong,
    #[error(
        "行か列が多すぎます（{MOST_ROWS}行、{MOST_COLUMNS}列まで）。余分な行や列を消してください。"
    )]
    TooLarge,
    /// No column holds the titles of what people call so.
    #[error("どの列が「{0}」かを指定してください。")]
    NoTitle(String),
    #[error("{0}")]
    Plan(#[from] PlanError),
}

impl Table {
    /// Opens a file and reads it, as `read` does. What is too large is refused before it is read.
    ///
    /// # Errors
    /// See [`TableError`].
    pub fn open(path: &Path, sheet: Option<&str>) -> Result<Self, TableError> {
        let bytes = file::read(path, MOST_BYTES).map_err(|error| match error {
            FileError::NoFile => TableError::NoFile,
            FileError::TooLarge => TableError::TooLong,
            FileError::Io(error) => TableError::Io(error),
        })?;
        Self::read(&bytes, sheet)
    }

    /// Reads a file: a workbook by its contents, anything else as CSV, in UTF-8 or Shift_JIS. Of a
    /// workbook, the sheet with this name, or else the first one that is not hidden and not empty.
    ///
    /// # Errors
    /// See [`TableError`].
    pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Self, TableError> {
        if bytes.len() as u64 > MOST_BYTES {
            return Err(TableError::TooLong);
        }
        if bytes.starts_with(b"PK") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Self::of_book(&Book::read(bytes)?, sheet);
        }
        Self::of_csv(&decoded(bytes)?)
    }

    /// Cells as they come from the clipboard of a spreadsheet, each where it stood there.
    ///
    /// # Errors
    /// When there are none, or too many.
    pub fn copied(text: &str) -> Result<Self, TableError> {
        if text.len() as u64 > MOST_BYTES {
            return Err(TableError::TooLong);
        }
        let rows = pasted::rows(text);
        match rows.len() > MOST_ROWS || rows.iter().any(|row| row.len() > MOST_COLUMNS) {
            true => Err(TableError::TooLarge),
            false => Self::new(rows),
        }
    }

    /// The same as a list, in which a line without anything in it is no row.
    ///
    /// # Errors
    /// When there are none, or too many.
    pub fn pasted(text: &str) -> Result<Self, TableError> {
        let mut rows = Self::copied(text)?.rows;
        rows.retain(|row| !matches!(row.as_slice(), [only] if only.is_empty()));
        Self::new(rows)
    }

    fn of_csv(text: &str) -> Result<Self, TableError> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record?;
            if rows.len() >= MOST_ROWS || record.len() > MOST_COLUMNS {
                return Err(TableError::TooLarge);
            }
            rows.push(record.iter().map(|cell| with_lf(cell.to_owned())).collect());
        }
        Self::new(rows)
    }

    fn of_book(book: &Book, sheet: Option<&str>) -> Result<Self, TableError> {
        let mut sheets = book.sheets.iter();
        let sheet = match sheet {
            Some(name) => sheets.find(|it| it.name == name),
            None => sheets.find(|it| !it.is_hidden && !it.cells.is_empty()),
        };
        let mut rows: Vec<Vec<String>> = Vec::new();
        let sheet = sheet.ok_or(TableError::Empty)?;
        let mut text_left = MOST_TEXT;
        for row in sheet.rows() {
            if rows.len() >= MOST_ROWS {
                return Err(TableError::TooLarge);
            }
            let mut cells = Vec::new();
            for (column, cell) in sheet.row(row) {
                if usize::from(column) >= MOST_COLUMNS {
                    return Err(TableError::TooLarge);
                }
                cells.resize(usize::from(column), String::new());
                let text = &cell.text.text;
                let left = text_left.checked_sub(text.len());
                text_left = left.ok_or(TableError::TooLong)?;
                cells.push(text.clone());
            }
            rows.push(cells);
        }
        Self::new(rows)
    }

    fn new(rows: Vec<Vec<String>>) -> Result<Self, TableError> {
        match rows.is_empty() {
            true => Err(TableError::Empty),
            false => Ok(Self { rows }),
        }
    }

    /// How many columns the longest row has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }
}

fn decoded(bytes: &[u8]) -> Result<String, TableError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    match encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes) {
        (text, false) => Ok(text.into_owned()),
        (_, true) => Err(TableError::Encoding),
    }
}
