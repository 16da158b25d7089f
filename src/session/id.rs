//! Which of the plans that were open in this run is meant. What a job reports, what a dialog
//! answers and what was derived all say of which plan, and in which state, they speak.

/// A plan that is or was open in this run. The same file opened twice is two of these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(u64);

impl DocumentId {
    /// The one that is opened after this one.
    pub(super) const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// A state of the open plan: what was derived from one is fresh while it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Revision {
    pub document: DocumentId,
    /// Grows with every change of the plan.
    pub change: u64,
    /// Grows with every change of what is known to be in its file.
    pub save: u64,
}
