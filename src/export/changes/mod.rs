//! What changed from one plan to another, for people: its words, and 新旧対照表.

pub mod html;
pub mod pdf;
pub mod table;
pub mod words;

/// What the two plans are called, e.g. by the days on which they were saved. An empty name is not
/// shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Names<'a> {
    pub old: &'a str,
    pub new: &'a str,
}

impl Names<'_> {
    /// What stands over the two sides: `旧（４月１日）`.
    pub(super) fn headings(self) -> [String; 2] {
        [("旧", self.old), ("新", self.new)].map(|(side, name)| match name {
            "" => side.to_owned(),
            name => format!("{side}（{name}）"),
        })
    }
}
