//! Plans on disk: the RON format, opening, saving without ever leaving half a file, what is kept
//! so that no work is lost, and what is built into the program. Nothing here knows of a window.

pub mod atomic;
pub mod awaited;
pub mod backups;
pub mod builtin;
pub mod copies;
pub mod files;
mod fingerprint;
pub mod format;
pub mod forms;
mod identity;
pub mod journal;
pub mod lock;
pub mod place;
mod turn;
pub mod watch;

pub use fingerprint::{Fingerprint, ParseFingerprintError};
pub use identity::new_id;
