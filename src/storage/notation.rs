//! RON as files of this program have it: one field a line, texts with real line breaks, and what is
//! said of a text that somebody broke.

use std::fmt;

use ron::{
    Options,
    error::{Error as RonError, SpannedError},
    extensions::Extensions,
    ser::PrettyConfig,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::form::with_lf;

/// A node at the deepest level that a form may have nests 17 deep, one of what was handed out 21.
/// Anything deeper is refused as soon as it stands where a plan has nothing to nest; this is the
/// second line, in front of the stack.
const DEPTH: usize = 40;

/// The longest path that is of use to anybody.
const LONGEST_PATH: usize = 120;

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

/// Why a text is not the value that it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}：{what}{field}")]
pub struct Broken {
    pub place: Place,
    pub what: String,
    /// `、場所は nodes[0].title` or nothing.
    pub field: String,
    /// Whether it ends before the value does.
    pub is_cut_off: bool,
}

fn options() -> Options {
    Options::default().with_recursion_limit(DEPTH)
}

/// The first line, `#![enable(implicit_some)]`, says nothing to people, so it may be missing.
fn reading_options() -> Options {
    options().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// A value as text.
///
/// # Errors
/// When the serializer refuses, which no value of this program is known to cause.
pub(super) fn write(value: &impl Serialize) -> ron::Result<Vec<u8>> {
    let layout = PrettyConfig::new()
        .new_line("\n")
        .escape_strings(false)
        .extensions(Extensions::IMPLICIT_SOME);
    let mut text = options().to_string_pretty(value, layout)?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// The value of a text.
///
/// # Errors
/// With the place in the text as an editor shows it.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Broken> {
    // The lines are those that an editor shows.
    let normalised;
    let text = if text.contains('\r') {
        normalised = with_lf(text.to_owned());
        &normalised
    } else {
        text
    };
    reading_options().from_str(text).map_err(|error| Broken {
        place: Place {
            line: error.span.start.line,
            column: error.span.start.col,
        },
        is_cut_off: is_cut_off(text, &error),
        what: in_words(&error.code),
        field: field_path::<T>(text),
    })
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

/// Where in the value the text stumbles: `、場所は nodes[0].title` or nothing. Parses again, which only a broken file has to pay for.
fn field_path<T: DeserializeOwned>(text: &str) -> String {
    let Ok(mut deserializer) = ron::Deserializer::from_str_with_options(text, &reading_options())
    else {
        return String::new();
    };
    let Err(error) = serde_path_to_error::deserialize::<_, T>(&mut deserializer) else {
        return String::new();
    };
    // It ends with what somebody wrote, which may be anything.
    let path = error.path().to_string();
    let path = path.split(char::is_control).next().unwrap_or_default();
    let path: String = path.chars().take(LONGEST_PATH).collect();
    // A question mark stands where no field has been read yet.
    match path.trim_end_matches(['?', '.']) {
        "" => String::new(),
        path => format!("、場所は {path}"),
    }
}

fn in_words(code: &RonError) -> String {
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
        RonError::TrailingCharacters => "終わりの後に余分な文字があります".to_owned(),
        other => format!("書き方が正しくありません（{other}）"),
    }
}
