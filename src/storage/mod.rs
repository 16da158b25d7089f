//! Plans on disk: the RON format, opening, saving without ever leaving half a file, what is kept
//! so that no work is lost, and what is built into the program. Nothing here knows of a window.

pub mod atomic;
#[cfg(target_os = "linux")]
mod attributes;
pub mod awaited;
pub mod backups;
pub mod builtin;
pub mod copies;
mod fault;
pub mod files;
mod fingerprint;
mod folder;
pub mod format;
pub mod forms;
mod identity;
mod inherit;
pub mod journal;
pub mod kept;
pub mod lock;
mod notation;
pub mod place;
mod reading;
mod reasons;
mod saving;
mod stamp;
mod sweep;
mod turn;
pub mod watch;

pub use fingerprint::{Fingerprint, ParseFingerprintError};
pub use identity::new_id;
pub use notation::Broken;
