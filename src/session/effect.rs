//! What the world has to do after something happened in a session. Whoever owns the session carries
//! these out: the window, or a test.

use std::{path::PathBuf, time::Duration};

use crate::plan::Id;

use super::{files::Purpose, history::Target, id::DocumentId};

/// Something to be done outside of the session.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Call [`super::Session::tick`] again after this time, if not before.
    WakeAfter(Duration),
    CopyText(String),
    /// Show the system's file dialog; its answer comes back as [`super::Action::Picked`].
    AskForFile(FileWish),
    /// Nothing is in the way of the end any more.
    Close,
    /// The window must not close yet; what is in the way must be seen.
    StayOpen,
    /// A node was added; she goes on in it.
    Added(Id),
    /// A node was copied; this is the copy.
    Copied(Id),
    /// A node was moved; it stays in sight.
    Moved(Id),
    /// A node was removed; this one is next.
    Removed(Option<Id>),
    /// A step was undone or done again: where the change is.
    Undone(Target),
    /// Work that was recovered is on the screen; what it changes should be looked at.
    Recovered,
}

/// A file name that is wanted from the user.
#[derive(Debug, Clone, PartialEq)]
pub struct FileWish {
    pub purpose: Purpose,
    /// For which plan.
    pub of: DocumentId,
    /// What is proposed; empty where there is nothing to propose.
    pub name: String,
    /// Where the dialog begins.
    pub folder: Option<PathBuf>,
}
