//! What a section did to its handout that no field of the plan can hold: said, so that nothing is
//! dropped unseen.

use std::fmt;

/// Something that she should know of a return. Places are those of the spreadsheet; texts are as they
/// begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A text where the handout has nothing to fill in, or another one than it had.
    Text {
        place: String,
        text: String,
    },
    /// A comment on a cell.
    Note {
        place: String,
        text: String,
    },
    /// What is struck through is in the text all the same.
    Struck {
        place: String,
        text: String,
    },
    /// What is written in another colour.
    Coloured {
        place: String,
        text: String,
    },
    /// A cell with another ground.
    Ground {
        place: String,
    },
    /// A formula; what it came to was taken.
    Formula {
        place: String,
        text: String,
    },
    /// A day that stood there as a number, and how it was taken.
    Day {
        place: String,
        text: String,
    },
    /// Words that are none of those to choose from. The answer is as it was handed out.
    Choice {
        place: String,
        name: String,
        text: String,
    },
    /// A heading is gone; its column is as it was handed out.
    Heading(String),
    /// The row of something is gone, and those of what is in it are not.
    Row(String),
    /// A field that the plan's form had when the handout was made, and has no more.
    Gone {
        name: String,
        text: String,
    },
    /// An answer that could be chosen when the handout was made, and cannot any more.
    GoneChoice {
        name: String,
        text: String,
    },
    /// An answer to a field that has become one of numbers.
    NoNumber {
        name: String,
        text: String,
    },
    /// A formula of which nobody has kept what it came to.
    NoResult {
        place: String,
    },
    /// A sheet that was added.
    Sheet {
        name: String,
        text: String,
    },
    Links,
    Drawings,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { place, text } => {
                write!(
                    f,
                    "{place}：記入欄ではない所に文字があります「{}」",
                    short(text)
                )
            }
            Self::Note { place, text } => write!(f, "{place}：コメント「{}」", short(text)),
            Self::Struck { place, text } => {
                write!(
                    f,
                    "{place}：取り消し線「{}」（文字は取り込みます）",
                    short(text)
                )
            }
            Self::Coloured { place, text } => {
                write!(
                    f,
                    "{place}：色の付いた文字「{}」（文字は取り込みます）",
                    short(text)
                )
            }
            Self::Ground { place } => write!(f, "{place}：セルに色が付けられています"),
            Self::Formula { place, text } => {
                write!(
                    f,
                    "{place}：数式です。結果を取り込みます「{}」",
                    short(text)
                )
            }
            Self::Day { place, text } => {
                write!(f, "{place}：Excel の日付です。{text} として取り込みます")
            }
            Self::Choice { place, name, text } => write!(
                f,
                "{place}：{name}の選択肢にない言葉です「{}」（配布時のままにします）",
                short(text)
            ),
            Self::Row(name) => {
                write!(f, "{name}の行がありません。その内容は配布時のままにします")
            }
            Self::Gone { name, text } => write!(
                f,
                "今の様式にない欄「{}」に記入があります「{}」（計画に残します）",
                short(name),
                short(text)
            ),
            Self::GoneChoice { name, text } => write!(
                f,
                "「{}」の今の選択肢にない答えです「{}」（計画に残します）",
                short(name),
                short(text)
            ),
            Self::NoNumber { name, text } => write!(
                f,
                "「{}」は今は数を書く欄ですが、数として読めません「{}」（計画に残します）",
                short(name),
                short(text)
            ),
            Self::NoResult { place } => write!(
                f,
                "{place}：数式ですが、結果がファイルにありません（配布時のままにします）"
            ),
            Self::Heading(name) => {
                write!(
                    f,
                    "見出し「{name}」がありません。この欄は配布時のままにします"
                )
            }
            Self::Sheet { name, text } => {
                write!(f, "シート「{name}」が加えられています「{}」", short(text))
            }
            Self::Links => f.write_str("ほかのファイルへのリンクがあります（開きません）"),
            Self::Drawings => f.write_str("図形か画像があります（取り込みません）"),
        }
    }
}

/// So many characters of a text are shown.
const SHOWN: usize = 60;

/// As much of a text as is kept to be shown, and a little more, so that it is seen to go on. There
/// may be a remark on each cell of a sheet, and each cell may be as long as it likes.
pub(super) fn beginning(text: &str) -> String {
    text.chars().take(2 * SHOWN).collect()
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    let text = text.replace('\n', " ");
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}
