//! 欄: what is asked at a level, and in which way it is answered.
//!
//! To add a kind of field, add it to [`Kind`]; the compiler then asks for it wherever kinds differ.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{key::Key, slot::Slot, text};

/// 欄.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub key: Key,
    /// As it is printed: 現状の主な取組実績.
    #[serde(with = "text")]
    pub heading: String,
    /// Where there is little room, and as the head of a column of data: 実績. Empty where the
    /// heading does.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub short: String,
    /// What the editor asks, where the heading alone does not say it; in an empty text it stands as
    /// a hint.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub question: String,
    pub kind: Kind,
    /// Filled in anew at each review; otherwise planned once.
    #[serde(default, skip_serializing_if = "is_false")]
    pub each_review: bool,
    #[serde(default, skip_serializing_if = "Filler::is_default")]
    pub filled_by: Filler,
    #[serde(default, skip_serializing_if = "Needed::is_default")]
    pub needed: Needed,
}

/// How a field is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Kind {
    /// Anything that can be written.
    Text,
    /// A text whose criteria are read, each with what was measured for it.
    Targets {
        /// What each criterion may be marked with; none where the form marks no criterion.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Choice>,
    },
    /// One of these.
    Choice {
        choices: Vec<Choice>,
        /// The targets on whose being met this is the judgement: measured values then suggest an
        /// answer, and one that they contradict is a finding.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        judges: Option<Key>,
    },
    /// A number, summed up the tree.
    Amount {
        /// 千円.
        #[serde(with = "text")]
        unit: String,
    },
}

/// One of several answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub key: Key,
    /// As it is printed: 目標達成見込.
    #[serde(with = "text")]
    pub words: String,
    /// Where there is little room. Empty where the words do.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub short: String,
    /// `None` where it says that nothing can be said (評価できない), or where it is no judgement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
}

/// How good an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    Good,
    /// Not as it should be, and not yet missed.
    Concern,
    Bad,
}

/// Who fills a field in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Filler {
    /// The section (担当), in what is handed out to it.
    #[default]
    Section,
    /// The office that keeps the plan.
    Office,
}

/// When a field must not be empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Needed {
    #[default]
    Never,
    Always,
    /// Where something of the same node is judged not to be good.
    WhenBad,
}

impl Field {
    /// Where its text is while this review is open.
    pub fn slot(&self, review: Key) -> Slot {
        Slot {
            review: self.each_review.then_some(review),
            field: self.key,
        }
    }

    /// What it is called where there is little room.
    pub fn short(&self) -> &str {
        if self.short.is_empty() {
            &self.heading
        } else {
            &self.short
        }
    }

    /// What the editor asks.
    pub fn question(&self) -> &str {
        if self.question.is_empty() {
            &self.heading
        } else {
            &self.question
        }
    }

    /// Its answers, where it is one of several.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::Choice { choices, .. } => choices,
            Kind::Text | Kind::Targets { .. } | Kind::Amount { .. } => &[],
        }
    }

    /// What its criteria may be marked with.
    pub fn marks(&self) -> &[Choice] {
        if self.is_targets() {
            self.choices_or_marks()
        } else {
            &[]
        }
    }

    /// What its amounts are counted in.
    pub fn unit(&self) -> Option<&str> {
        match &self.kind {
            Kind::Amount { unit } => Some(unit),
            Kind::Text | Kind::Targets { .. } | Kind::Choice { .. } => None,
        }
    }

    /// An answer as it is read: an amount with its unit, a choice in its words.
    pub fn in_words<'a>(&'a self, text: &'a str) -> Cow<'a, str> {
        match self.unit() {
            Some(unit) if !text.trim().is_empty() => Cow::Owned(format!("{text}{unit}")),
            _ => Cow::Borrowed(self.choice(text).map_or(text, |choice| &choice.words)),
        }
    }

    /// The same field without any wording: what is left says where answers go.
    pub fn without_words(&self) -> Self {
        let mut bare = Self {
            heading: String::new(),
            short: String::new(),
            question: String::new(),
            ..self.clone()
        };
        match &mut bare.kind {
            Kind::Text | Kind::Targets { .. } => {}
            Kind::Choice { judges, .. } => *judges = None,
            Kind::Amount { unit } => unit.clear(),
        }
        for choice in bare.choices_or_marks_mut().into_iter().flatten() {
            choice.words.clear();
            choice.short.clear();
            choice.grade = None;
        }
        bare
    }

    /// The list of its answers, or of what its criteria may be marked with; `None` where it has no
    /// such list.
    pub fn choices_or_marks_mut(&mut self) -> Option<&mut Vec<Choice>> {
        match &mut self.kind {
            Kind::Choice { choices, .. } | Kind::Targets { marks: choices } => Some(choices),
            Kind::Text | Kind::Amount { .. } => None,
        }
    }

    /// Its answers, or what its criteria may be marked with.
    pub fn choices_or_marks(&self) -> &[Choice] {
        match &self.kind {
            Kind::Choice { choices, .. } => choices,
            Kind::Targets { marks } => marks,
            Kind::Text | Kind::Amount { .. } => &[],
        }
    }

    pub fn choice(&self, key: &str) -> Option<&Choice> {
        let key = Key::read(key)?;
        self.choices().iter().find(|choice| choice.key == key)
    }

    pub fn is_choice(&self) -> bool {
        matches!(self.kind, Kind::Choice { .. })
    }

    pub fn is_targets(&self) -> bool {
        matches!(self.kind, Kind::Targets { .. })
    }

    pub fn is_amount(&self) -> bool {
        matches!(self.kind, Kind::Amount { .. })
    }

    /// Whether its text is written freely.
    pub fn is_written(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Targets { .. })
    }

    /// Whether its answers are judgements, so that a state comes from them.
    pub fn is_axis(&self) -> bool {
        self.choices().iter().any(|choice| choice.grade.is_some())
    }
}

impl Choice {
    /// What it is called where there is little room.
    pub fn short(&self) -> &str {
        if self.short.is_empty() {
            &self.words
        } else {
            &self.short
        }
    }
}

impl Filler {
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Needed {
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

pub(super) fn is_false(is: &bool) -> bool {
    !is
}
