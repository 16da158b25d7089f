//! The RON format, version 1: a plan with its form as bytes and back.
//!
//! Header first, then what the plan says, and last what a reader of the file wants to see last: the
//! rules of writing, what was handed out, and the form. One field a line, texts with real line
//! breaks, so that a one-word edit changes one line of the file. The README describes it for people
//! with a text editor. The notation itself is in `notation.rs`, files are in `files.rs`, forms without
//! a plan in `forms.rs`.

use std::{io, sync::Arc};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{
    form::{Form, Key},
    plan::{About, Node, Plan, PlanError, Style, Values, handout::Round, with_lf},
};

use super::notation::{self, Broken};

pub use super::notation::Place;

/// The version that is written, and the newest that is read.
pub const VERSION: u32 = 1;

/// How files began before they had a form, up to format 3 of that time.
const WITHOUT_FORM: &str = "\n    issues: [";

/// A plan of 10,000 initiatives is 8 MB. What is far beyond that is refused before it is read.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Why bytes are not a plan that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error(
        "ファイルが空です（0 バイト）。保存や複写が途中で止まったようです。元のファイルか控えを確かめてください。"
    )]
    Empty,
    #[error("ファイルが大きすぎます（{0} MB まで）。計画のファイルかどうか確かめてください。", MAX_BYTES / 1024 / 1024)]
    TooLarge,
    #[error(
        "文字コードが Shift_JIS です。計画のファイルは UTF-8 で書かれます。テキストエディターで UTF-8 に変えて保存し直してください。"
    )]
    ShiftJis,
    #[error("文字として読めません。計画のファイル（.ron）かどうか確かめてください。")]
    NotText,
    #[error("計画のファイルではありません。furikaeri で保存したファイル（.ron）を選んでください。")]
    NotAPlan,
    #[error(
        "新しい版の furikaeri で保存されたファイルです（形式 {found}、この版で読めるのは {VERSION} まで）。新しい版で開いてください。"
    )]
    NewerFormat { found: u32 },
    #[error(
        "公開前の furikaeri で保存されたファイルで、様式が入っていません。この版では開けません。その furikaeri で CSV に書き出し、この版で取り込んでください。"
    )]
    WithoutForm,
    #[error(
        "ファイルが途中で切れています（{0}）。保存や複写が途中で止まったようです。元のファイルか控えを確かめてください。"
    )]
    CutOff(Place),
    #[error("{0}。テキストエディターで直してから開いてください。")]
    Syntax(Broken),
    #[error("{0}。テキストエディターで直してから開いてください。")]
    Plan(#[from] PlanError),
}

/// The plan cannot be written as RON. Nothing known leads here; the plan on screen is unharmed.
#[derive(Debug, thiserror::Error)]
#[error("計画をファイルの形にできませんでした（{0}）。")]
pub struct WriteError(#[from] ron::Error);

/// The file as it is read. Unknown fields are refused: dropping them would lose them on saving.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileIn {
    format: u32,
    organisation: String,
    fiscal_year: u16,
    #[serde(default)]
    review: Option<Key>,
    #[serde(default, deserialize_with = "date")]
    as_of: Option<Date>,
    #[serde(default)]
    values: Values,
    nodes: Vec<Arc<Node>>,
    #[serde(default)]
    style: Style,
    #[serde(default)]
    round: Round,
    form: Arc<Form>,
}

/// The same file as it is written, without copying the plan.
#[derive(Serialize)]
struct FileOut<'a> {
    format: u32,
    organisation: &'a str,
    fiscal_year: u16,
    /// A form has reviews; where one has none, so has the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<Key>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Date>,
    #[serde(skip_serializing_if = "Values::is_empty")]
    values: &'a Values,
    nodes: &'a [Arc<Node>],
    #[serde(skip_serializing_if = "Style::is_default")]
    style: &'a Style,
    #[serde(skip_serializing_if = "Round::is_default")]
    round: &'a Round,
    form: &'a Form,
}

/// A calendar's own complaint would be in English.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text: Option<String> = Deserialize::deserialize(deserializer)?;
    text.map(|text| {
        text.parse().map_err(|_| {
            D::Error::custom(format!(
                "日付は 2021-10-31 のように書きます（{text:?} は使えません）"
            ))
        })
    })
    .transpose()
}

/// A plan as the bytes of its file.
///
/// # Errors
/// When the serializer refuses, which no plan is known to cause.
pub fn write(plan: &Plan) -> Result<Vec<u8>, WriteError> {
    let about = plan.about();
    let file = FileOut {
        format: VERSION,
        organisation: &about.organisation,
        fiscal_year: about.fiscal_year,
        review: Some(about.review).filter(|&review| review != Key::NONE),
        as_of: about.as_of,
        values: plan.values(),
        nodes: plan.top(),
        style: plan.style(),
        round: plan.round(),
        form: plan.form(),
    };
    Ok(notation::write(&file)?)
}

/// A plan from the bytes of its file. A byte order mark and CR LF are accepted.
///
/// # Errors
/// See [`ReadError`]; a place in the file is given where there is one.
pub fn read(bytes: &[u8]) -> Result<Plan, ReadError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| not_utf8(bytes))?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let file: FileIn = notation::read(text).map_err(|broken| explain(text, broken))?;
    if file.format > VERSION {
        return Err(ReadError::NewerFormat { found: file.format });
    }
    let about = About {
        organisation: with_lf(file.organisation),
        fiscal_year: file.fiscal_year,
        review: file.review.unwrap_or(file.form.first_review()),
        as_of: file.as_of,
    };
    Ok(Plan::new(about, file.form, file.nodes)?
        .with_values(file.values)
        .with_style(file.style)
        .with_round(file.round))
}

fn not_utf8(bytes: &[u8]) -> ReadError {
    let (_, had_errors) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes);
    if had_errors || bytes.contains(&0) {
        ReadError::NotText
    } else {
        ReadError::ShiftJis
    }
}

/// Whether a text is a plan's file, broken or not.
pub(super) fn is_plan(text: &str) -> bool {
    format_number(text).is_some()
}

/// The number after the first line that begins with `format:`. Works on files that do not parse.
fn format_number(text: &str) -> Option<u32> {
    let (_, rest) = text
        .lines()
        .take(50)
        .find_map(|line| {
            line.trim_start_matches([' ', '\t', '('])
                .split_once("format:")
        })
        .filter(|(before, _)| before.is_empty())?;
    let digits: String = rest
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

fn explain(text: &str, broken: Broken) -> ReadError {
    match format_number(text) {
        None => ReadError::NotAPlan,
        Some(_) if text.contains(WITHOUT_FORM) => ReadError::WithoutForm,
        Some(found) if found > VERSION => ReadError::NewerFormat { found },
        Some(_) if broken.is_cut_off => ReadError::CutOff(broken.place),
        Some(_) => ReadError::Syntax(broken),
    }
}

/// How a plan is read back after it was written: only whether it is the same matters.
///
/// # Errors
/// `InvalidData` when the bytes are not those of this plan.
pub fn verify(bytes: &[u8], plan: &Plan) -> io::Result<()> {
    match read(bytes) {
        Ok(back) if back == *plan => Ok(()),
        Ok(_) => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "書いた内容と読み返した内容が違います",
        )),
        Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error)),
    }
}
