//! The short message in the status line: what is going on, and what was just done.

/// A message in the status line. It stays until something else happens, so it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub text: String,
    /// Whether it is about something that still goes on.
    pub is_busy: bool,
}

impl Notice {
    /// Something goes on.
    pub fn busy(text: String) -> Self {
        Self {
            text,
            is_busy: true,
        }
    }

    /// Something was done.
    pub fn done(text: String) -> Self {
        Self {
            text,
            is_busy: false,
        }
    }
}
