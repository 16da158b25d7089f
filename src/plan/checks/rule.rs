//! The rules by name.

use strum::VariantArray;

/// A rule; each has a module that says what it looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, VariantArray)]
pub enum Rule {
    MixedDigits,
    DigitWidth,
    PercentWidth,
    Thousands,
    BracketPair,
    BracketWidth,
    Word,
    Font,
    ShiftJis,
    TooLong,
    Empty,
    MissingNotes,
    NotesContradict,
    AsOf,
    Sum,
    NumberTwice,
    NumberGap,
    RepostLost,
    RepostOfRepost,
    RepostInWords,
    AnswerContradicts,
    StrayMeasure,
    UnknownField,
    UnknownChoice,
    NotANumber,
    UnknownMark,
    UnsoundForm,
}

/// How bad a finding is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// It must not be printed like this.
    Error,
    /// It is probably wrong.
    Warning,
    /// It differs from what the plan usually writes.
    Notice,
}

impl Severity {
    /// Its name in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "誤り",
            Self::Warning => "要確認",
            Self::Notice => "表記",
        }
    }
}

impl Rule {
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.as_array().expect("all of them");

    /// Its name in files and JSON. It never changes, because ignored findings are kept under it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::MixedDigits => "mixed-digits",
            Self::DigitWidth => "digit-width",
            Self::PercentWidth => "percent-width",
            Self::Thousands => "thousands",
            Self::BracketPair => "bracket-pair",
            Self::BracketWidth => "bracket-width",
            Self::Word => "word",
            Self::Font => "font",
            Self::ShiftJis => "shift-jis",
            Self::TooLong => "too-long",
            Self::Empty => "empty",
            Self::MissingNotes => "missing-notes",
            Self::NotesContradict => "notes-contradict",
            Self::AsOf => "as-of",
            Self::Sum => "sum",
            Self::NumberTwice => "number-twice",
            Self::NumberGap => "number-gap",
            Self::RepostLost => "repost-lost",
            Self::RepostOfRepost => "repost-of-repost",
            Self::RepostInWords => "repost-in-words",
            Self::AnswerContradicts => "answer-contradicts",
            Self::StrayMeasure => "stray-measure",
            Self::UnknownField => "unknown-field",
            Self::UnknownChoice => "unknown-choice",
            Self::NotANumber => "not-a-number",
            Self::UnknownMark => "unknown-mark",
            Self::UnsoundForm => "unsound-form",
        }
    }

    pub const fn severity(self) -> Severity {
        match self {
            Self::MixedDigits
            | Self::BracketPair
            | Self::Sum
            | Self::NumberTwice
            | Self::RepostLost
            | Self::UnsoundForm => Severity::Error,
            Self::Thousands
            | Self::BracketWidth
            | Self::Font
            | Self::TooLong
            | Self::Empty
            | Self::MissingNotes
            | Self::NotesContradict
            | Self::AsOf
            | Self::NumberGap
            | Self::RepostOfRepost
            | Self::RepostInWords
            | Self::AnswerContradicts
            | Self::StrayMeasure
            | Self::UnknownField
            | Self::UnknownChoice
            | Self::NotANumber
            | Self::UnknownMark => Severity::Warning,
            Self::DigitWidth | Self::PercentWidth | Self::Word | Self::ShiftJis => Severity::Notice,
        }
    }

    /// The heading under which its findings are listed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MixedDigits => "数字の全角・半角の混在",
            Self::DigitWidth => "数字の幅",
            Self::PercentWidth => "％の幅",
            Self::Thousands => "桁区切り",
            Self::BracketPair => "括弧の対応",
            Self::BracketWidth => "括弧の幅",
            Self::Word => "用語の表記",
            Self::Font => "書体にない文字",
            Self::ShiftJis => "Shift_JIS にない文字",
            Self::TooLong => "長すぎる文",
            Self::Empty => "未記入",
            Self::MissingNotes => "理由・対策の未記入",
            Self::NotesContradict => "評価と説明の食い違い",
            Self::AsOf => "基準日",
            Self::Sum => "内訳と合計",
            Self::NumberTwice => "番号の重複",
            Self::NumberGap => "番号の欠け",
            Self::RepostLost => "再掲元がない",
            Self::RepostOfRepost => "再掲の再掲",
            Self::RepostInWords => "文字で書かれた再掲",
            Self::AnswerContradicts => "評価と実績値の食い違い",
            Self::StrayMeasure => "目標のない実績値",
            Self::UnknownField => "欄のない内容",
            Self::UnknownChoice => "選択肢にない値",
            Self::NotANumber => "数でない金額",
            Self::UnknownMark => "様式にない評価",
            Self::UnsoundForm => "様式の矛盾",
        }
    }
}
