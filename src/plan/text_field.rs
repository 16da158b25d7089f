//! Names the texts of a node.

use serde::{Deserialize, Serialize};

use super::model::Initiative;

/// A text of a node. Issues and strategies have only a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TextField {
    Title,
    Owner,
    Results,
    Target,
    Notes,
    Memo,
}

impl Initiative {
    /// One of its texts.
    pub fn text(&self, field: TextField) -> &str {
        match field {
            TextField::Title => &self.title,
            TextField::Owner => &self.owner,
            TextField::Results => &self.results,
            TextField::Target => &self.target,
            TextField::Notes => &self.notes,
            TextField::Memo => &self.memo,
        }
    }

    pub(super) fn text_mut(&mut self, field: TextField) -> &mut String {
        match field {
            TextField::Title => &mut self.title,
            TextField::Owner => &mut self.owner,
            TextField::Results => &mut self.results,
            TextField::Target => &mut self.target,
            TextField::Notes => &mut self.notes,
            TextField::Memo => &mut self.memo,
        }
    }
}
