//! The RON format, versions 1 to 3: a plan as bytes and back.
//!
//! Header first, one field a line, texts with real line breaks, so that a one-word edit changes
//! one line of the file. The README describes it for people with a text editor. Files themselves
//! are in `files.rs`.

use std::{fmt, io, sync::Arc};

use jiff::civil::Date;
use ron::{
    Options,
    error::{Error as RonError, SpannedError},
    extensions::Extensions,
    ser::PrettyConfig,
};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::plan::{About, Issue, Plan, PlanError, Review, Style, handout::Round, with_lf};

/// The newest version that is read.
///
/// Version 2 adds the rules of writing (`style`) and what was measured (`measures`), version 3 what
/// was handed out and came back (`round`). A plan without them is written as version 1, which older
/// programs can open; a plan with them says so, so that those tell their users that the file is of
/// a newer program instead of that it is broken.
pub const VERSION: u32 = 3;

/// The version of a plan that has nothing of version 3.
const SECOND: u32 = 2;

/// The version of a plan that has nothing of either.
const FIRST: u32 = 1;

/// A plan nests 8 levels deep. Anything deeper is refused as soon as it stands where a plan has
/// nothing to nest; this is the second line, in front of the stack.
const DEPTH: usize = 32;

/// A plan of 10,000 initiatives is 8 MB. What is far beyond that is refused before it is read.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// A line and a column, both counted from 1, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 行 {} 文字目", self.line, self.column)
    }
}

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
        "ファイルが途中で切れています（{0}）。保存や複写が途中で止まったようです。元のファイルか控えを確かめてください。"
    )]
    CutOff(Place),
    #[error("{place}：{what}{field}。テキストエディターで直してから開いてください。")]
    Syntax {
        place: Place,
        what: String,
        /// `、場所は issues[0].title` or nothing.
        field: String,
    },
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
    review: Review,
    #[serde(default, deserialize_with = "date")]
    as_of: Option<Date>,
    #[serde(default)]
    style: Style,
    #[serde(default)]
    round: Round,
    issues: Vec<Arc<Issue>>,
}

/// The same file as it is written, without copying the plan.
#[derive(Serialize)]
struct FileOut<'a> {
    format: u32,
    organisation: &'a str,
    fiscal_year: u16,
    review: Review,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Date>,
    #[serde(skip_serializing_if = "Style::is_default")]
    style: &'a Style,
    #[serde(skip_serializing_if = "Round::is_default")]
    round: &'a Round,
    issues: &'a [Arc<Issue>],
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

fn options() -> Options {
    Options::default().with_recursion_limit(DEPTH)
}

/// The first line, `#![enable(implicit_some)]`, says nothing to people, so it may be missing.
fn reading_options() -> Options {
    options().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// A plan as the bytes of its file.
///
/// # Errors
/// When the serializer refuses, which no plan is known to cause.
pub fn write(plan: &Plan) -> Result<Vec<u8>, WriteError> {
    let about = plan.about();
    let file = FileOut {
        format: version_of(plan),
        organisation: &about.organisation,
        fiscal_year: about.fiscal_year,
        review: about.review,
        as_of: about.as_of,
        style: plan.style(),
        round: plan.round(),
        issues: plan.issues(),
    };
    let layout = PrettyConfig::new()
        .new_line("\n")
        .escape_strings(false)
        .extensions(Extensions::IMPLICIT_SOME);
    let mut text = options().to_string_pretty(&file, layout)?;
    text.push('\n');
    Ok(text.into_bytes())
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
    // A place in the file is a line and a column: the lines are those that an editor shows.
    let normalised;
    let text = if text.contains('\r') {
        normalised = with_lf(text.to_owned());
        &normalised
    } else {
        text
    };
    let file: FileIn = reading_options()
        .from_str(text)
        .map_err(|error| explain(text, error))?;
    if file.format > VERSION {
        return Err(ReadError::NewerFormat { found: file.format });
    }
    let about = About {
        organisation: with_lf(file.organisation),
        fiscal_year: file.fiscal_year,
        review: file.review,
        as_of: file.as_of,
    };
    Ok(Plan::new(about, file.issues)?
        .with_style(file.style)
        .with_round(file.round))
}

/// The oldest version that can hold the plan.
fn version_of(plan: &Plan) -> u32 {
    let has_measures = || {
        plan.entries()
            .any(|entry| !entry.initiative.measures.is_empty())
    };
    if !plan.round().is_default() {
        VERSION
    } else if plan.style().is_default() && !has_measures() {
        FIRST
    } else {
        SECOND
    }
}

fn not_utf8(bytes: &[u8]) -> ReadError {
    let (_, had_errors) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes);
    if had_errors || bytes.contains(&0) {
        ReadError::NotText
    } else {
        ReadError::ShiftJis
    }
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

fn explain(text: &str, error: SpannedError) -> ReadError {
    let place = Place {
        line: error.span.start.line,
        column: error.span.start.col,
    };
    match format_number(text) {
        None => return ReadError::NotAPlan,
        Some(found) if found > VERSION => return ReadError::NewerFormat { found },
        Some(_) => {}
    }
    if is_cut_off(text, &error) {
        return ReadError::CutOff(place);
    }
    ReadError::Syntax {
        place,
        what: in_words(&error.code),
        field: field_path(text),
    }
}

/// Whether the parser stumbled over the end of the text. Where a word or a list was being read, it
/// complains about that instead of the end.
fn is_cut_off(text: &str, error: &SpannedError) -> bool {
    match error.code {
        RonError::Eof | RonError::ExpectedStringEnd | RonError::UnclosedBlockComment => true,
        _ => {
            let last_line = text.rsplit('\n').next().unwrap_or_default();
            let end = (
                text.matches('\n').count() + 1,
                last_line.chars().count() + 1,
            );
            (error.span.end.line, error.span.end.col) == end
        }
    }
}

/// Where in the plan the file stumbles. Parses again, which only a broken file has to pay for.
fn field_path(text: &str) -> String {
    let Ok(mut deserializer) = ron::Deserializer::from_str_with_options(text, &reading_options())
    else {
        return String::new();
    };
    let Err(error) = serde_path_to_error::deserialize::<_, FileIn>(&mut deserializer) else {
        return String::new();
    };
    let path = error.path().to_string();
    // A question mark stands where no field has been read yet.
    match path.trim_end_matches(['?', '.']) {
        "" => String::new(),
        path => format!("、場所は {path}"),
    }
}

pub(super) fn in_words(code: &RonError) -> String {
    match code {
        RonError::MissingStructField { field, .. } => format!("「{field}」がありません"),
        RonError::NoSuchStructField { found, .. } => {
            format!("「{found}」という項目はありません")
        }
        RonError::DuplicateStructField { field, .. } => format!("「{field}」が二つあります"),
        RonError::NoSuchEnumVariant {
            found, expected, ..
        } => format!(
            "「{found}」は使えません（{} のどれかです）",
            expected.join("、")
        ),
        RonError::InvalidValueForType { found, .. } => {
            format!("値の種類が違います（{found}）")
        }
        RonError::ExpectedString => "文字は \" で囲んで書きます".to_owned(),
        RonError::ExpectedInteger => "ここには数を半角で書きます".to_owned(),
        RonError::IntegerOutOfBounds => "数が大きすぎるか、0 より小さい数です".to_owned(),
        RonError::ExpectedComma => "ここに , が要ります（または余分な文字があります）".to_owned(),
        RonError::ExpectedMapColon => "項目の名前の後に : が要ります".to_owned(),
        RonError::ExpectedArray => "ここに [ が要ります".to_owned(),
        RonError::ExpectedStructLike | RonError::ExpectedNamedStructLike(_) => {
            "ここに ( が要ります".to_owned()
        }
        RonError::ExpectedIdentifier => "ここに項目の名前が要ります".to_owned(),
        RonError::InvalidEscape(_) => "\\ の後の文字が正しくありません".to_owned(),
        RonError::Message(message) => message.clone(),
        RonError::ExceededRecursionLimit => "入れ子が深すぎます".to_owned(),
        RonError::TrailingCharacters => "計画の終わりの後に余分な文字があります".to_owned(),
        other => format!("書き方が正しくありません（{other}）"),
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
