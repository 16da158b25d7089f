//! How the plan is to be written, and which findings of the checks it leaves as they are.
//!
//! The rules themselves are in `checks`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::form::Width;

use super::{
    id::Id,
    model::Plan,
    text::{self, with_lf},
};

/// The plan's own rules of writing. The default is a plan for which nothing was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// The width of digits. If none is chosen, only numbers that mix both are found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digits: Option<Digits>,
    /// The width of the percent sign.
    #[serde(default, skip_serializing_if = "Width::is_default")]
    pub percent: Width,
    /// Words in addition to those that every plan is checked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Word>,
    /// Findings that she decided to leave as they are. They are kept here and not in the nodes because
    /// the plan as a whole has findings too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<Ignored>,
}

/// Which digits are half and which are full width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Digits {
    /// `1件`, `12件`.
    Half,
    /// `１件`, `12件`: a single digit full, several of them half.
    SingleFull,
    /// `１件`, `１２件`.
    Full,
}

/// A way of writing a word that the plan does not want, and the one it wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    #[serde(with = "text")]
    pub not: String,
    #[serde(with = "text")]
    pub but: String,
}

/// A finding that is left as it is. It holds for as long as just these words are said there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ignored {
    /// The node that it is about; `None` for the plan as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<Id>,
    /// The code of the rule, e.g. `mixed-digits`.
    #[serde(with = "text")]
    pub code: String,
    /// The words that were found, verbatim; empty for a finding that is not about words.
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub quote: String,
    #[serde(default, with = "text", skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Style {
    /// Whether nothing was chosen, so that the file need not mention it.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn with_lf(self) -> Self {
        let word = |word: Word| Word {
            not: with_lf(word.not),
            but: with_lf(word.but),
        };
        let ignored = |ignored: Ignored| Ignored {
            node: ignored.node,
            code: with_lf(ignored.code),
            quote: with_lf(ignored.quote),
            reason: with_lf(ignored.reason),
        };
        Self {
            words: self.words.into_iter().map(word).collect(),
            ignored: self.ignored.into_iter().map(ignored).collect(),
            ..self
        }
    }
}

impl Plan {
    /// The same plan with these rules of writing.
    pub fn with_style(mut self, style: Style) -> Self {
        self.style = Arc::new(style.with_lf());
        self
    }

    pub fn style(&self) -> &Style {
        &self.style
    }
}
