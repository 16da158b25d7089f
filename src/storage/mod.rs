//! Plans on disk: the RON format, opening, saving without ever leaving half a file, and what is
//! built into the program. Nothing here knows of a window.

pub mod atomic;
pub mod builtin;
pub mod files;
pub mod format;
pub mod forms;
mod identity;

pub use identity::new_id;
