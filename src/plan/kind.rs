//! The three kinds of nodes.

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Issue,
    Strategy,
    Initiative,
}

impl Kind {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Issue => "経営課題",
            Self::Strategy => "戦略",
            Self::Initiative => "具体的取組",
        }
    }
}
