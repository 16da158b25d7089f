//! An Excel workbook as others made it: texts, what they look like, comments.
//!
//! What is too large is refused before it is unpacked, formulas are not computed, links are not
//! followed, and a sheet of two cells in far corners costs two cells. Its own reader, since the
//! one there is (calamine) gives neither comments nor colours nor what is struck through.

mod container;
mod sheet;
mod styles;
mod text;
mod xml;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use container::Container;
use xml::{Elements, Piece, attribute, name};

pub use sheet::reference;
pub use styles::{Ink, Look, NumberKind};
pub use text::{Note, Run, Text};

/// Of all sheets together. A plan of 10,000 initiatives has 130,000.
const MOST_CELLS: usize = 200_000;
/// What all cells together may say, in bytes, a text that several share counted for each of them:
/// whoever reads the cells may have to keep each by itself.
const MOST_TEXT: usize = 64 * 1024 * 1024;

/// What is still read of a workbook's cells.
struct Left {
    cells: usize,
    text: usize,
}

/// A workbook.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pub sheets: Vec<Sheet>,
    /// Whether cells refer to other files, of which nothing is read.
    pub has_links: bool,
    /// Whether there are pictures or shapes, of which nothing is read.
    pub has_drawings: bool,
}

/// A sheet.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub name: String,
    pub is_hidden: bool,
    /// What is not empty, by row and column from 0.
    pub cells: BTreeMap<(u32, u16), Cell>,
    pub notes: Vec<Note>,
}

/// A cell in which something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub text: Arc<Text>,
    pub look: Look,
    /// The text is what the formula came to when somebody saved the file.
    pub is_formula: bool,
    /// The text is a day of the calendar that stood there as a number.
    pub is_date: bool,
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    #[error("ファイルが空です（0 バイト）。送り直してもらってください。")]
    Empty,
    #[error(
        "Excel のファイル（.xlsx）ではありません。名前の終わりだけが .xlsx になっていないか確かめてください。"
    )]
    NotExcel,
    #[error("パスワードで保護されたファイルです。パスワードを外して保存し直してもらってください。")]
    Encrypted,
    #[error(
        "古い形式の Excel ファイル（.xls）です。Excel で「Excel ブック（.xlsx）」として保存し直してください。"
    )]
    OldExcel,
    #[error(
        "マクロを含むファイル（.xlsm）は、安全のため取り込みません。マクロのない「Excel ブック（.xlsx）」として保存し直してもらってください。"
    )]
    Macros,
    #[error(
        "バイナリ形式の Excel ファイル（.xlsb）です。「Excel ブック（.xlsx）」として保存し直してください。"
    )]
    Binary,
    #[error(
        "LibreOffice の形式（.ods）です。「Excel 2007-365（.xlsx）」として保存し直してください。"
    )]
    OpenDocument,
    #[error(
        "ファイルが大きすぎるか、セルが多すぎるため読み込みません。余分なシートや行を消して保存し直してください。"
    )]
    TooLarge,
    #[error(
        "Excel のファイルとして読めません（{0}）。送信や保存が途中で止まったようです。送り直してもらってください。"
    )]
    Broken(String),
}

impl Sheet {
    /// The text of a cell; an empty one where nothing stands.
    pub fn text(&self, at: (u32, u16)) -> &str {
        self.cells.get(&at).map_or("", |cell| &cell.text.text)
    }

    /// The cells of a row.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u16, &Cell)> {
        let cells = self.cells.range((row, 0)..=(row, u16::MAX));
        cells.map(|(at, cell)| (at.1, cell))
    }

    /// The rows in which something stands.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|at| at.0).collect();
        rows.dedup();
        rows
    }
}

impl Book {
    /// # Errors
    /// See [`BookError`].
    pub fn read(bytes: &[u8]) -> Result<Self, BookError> {
        let mut container = Container::open(bytes)?;
        let shared = container.part("xl/sharedStrings.xml")?;
        let shared = shared.map_or(Ok(Vec::new()), |part| text::shared(&part))?;
        let looks = container.part("xl/styles.xml")?;
        let looks = looks.map_or(Ok(Vec::new()), |part| styles::looks(&part))?;
        let workbook = container.part("xl/workbook.xml")?;
        let workbook = workbook.ok_or(BookError::NotExcel)?;
        let targets = relations(&mut container, "xl/workbook.xml")?;
        let (list, since_1904) = sheets(&workbook)?;
        let context = sheet::Context {
            shared: &shared,
            looks: &looks,
            since_1904,
        };
        let mut left = Left {
            cells: MOST_CELLS,
            text: MOST_TEXT,
        };
        let mut book = Self {
            sheets: Vec::new(),
            has_links: container.has_below("xl/externalLinks/"),
            has_drawings: container.has_below("xl/drawings/drawing"),
        };
        for Listed {
            name,
            id,
            is_hidden,
        } in list
        {
            let Some((_, path)) = targets.get(&id) else {
                continue;
            };
            let Some(part) = container.part(path)? else {
                continue;
            };
            let cells = sheet::cells(&part, &context, &mut left)?;
            let mut notes = Vec::new();
            for (kind, path) in relations(&mut container, path)?.values() {
                if kind.ends_with("/comments")
                    && let Some(part) = container.part(path)?
                {
                    notes.extend(text::notes(&part)?);
                }
            }
            book.sheets.push(Sheet {
                name,
                is_hidden,
                cells,
                notes,
            });
        }
        Ok(book)
    }
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    /// Of the relation that leads to it.
    id: String,
    is_hidden: bool,
}

/// The sheets of a workbook, and whether days are counted from 1904.
fn sheets(part: &str) -> Result<(Vec<Listed>, bool), BookError> {
    let mut elements = Elements::of(part);
    let mut list = Vec::new();
    let mut since_1904 = false;
    while let Some(piece) = elements.next()? {
        let Piece::Start(element, _) = piece else {
            continue;
        };
        match name(&element) {
            "workbookPr" => {
                let said = attribute(&element, "date1904");
                since_1904 = matches!(said.as_deref(), Some("1" | "true"));
            }
            "sheet" => {
                let state = attribute(&element, "state");
                list.push(Listed {
                    name: attribute(&element, "name").unwrap_or_default(),
                    id: attribute(&element, "id").unwrap_or_default(),
                    is_hidden: state.is_some_and(|state| state != "visible"),
                });
            }
            _ => {}
        }
    }
    Ok((list, since_1904))
}

/// What a part refers to, by id: its kind and its place in the archive.
fn relations(
    container: &mut Container<'_>,
    path: &str,
) -> Result<HashMap<String, (String, String)>, BookError> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let mut found = HashMap::new();
    let Some(part) = container.part(&format!("{folder}/_rels/{file}.rels"))? else {
        return Ok(found);
    };
    let mut elements = Elements::of(&part);
    while let Some(piece) = elements.next()? {
        let Piece::Start(element, _) = piece else {
            continue;
        };
        let (Some(id), Some(target)) = (attribute(&element, "Id"), attribute(&element, "Target"))
        else {
            continue;
        };
        if attribute(&element, "TargetMode").as_deref() == Some("External") {
            continue;
        }
        let kind = attribute(&element, "Type").unwrap_or_default();
        found.insert(id, (kind, absolute(folder, &target)));
    }
    Ok(found)
}

/// A path as seen from a folder of the archive.
fn absolute(folder: &str, target: &str) -> String {
    if let Some(target) = target.strip_prefix('/') {
        return target.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').collect();
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.join("/")
}
