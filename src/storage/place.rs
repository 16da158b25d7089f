//! Where the program keeps what belongs to one user on one PC: unsaved work and backups. Never on
//! a share, never in a folder that is copied to other PCs.

use std::path::PathBuf;

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};

/// The user's local data folder for this program: below `XDG_DATA_HOME` or `~/.local/share` on
/// Linux, `LOCALAPPDATA` on Windows, `~/Library/Application Support` on macOS. It need not exist
/// yet. `None` for a user without a home.
pub fn local_folder() -> Option<PathBuf> {
    let system = choose_native_strategy().ok()?;
    // What Windows calls the data folder roams to other PCs; its cache folder is the local one.
    let base = if cfg!(windows) {
        system.cache_dir()
    } else {
        system.data_dir()
    };
    Some(base.join("furikaeri"))
}
