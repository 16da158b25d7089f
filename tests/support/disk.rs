//! Real files and folders to save in, and the faults of a disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The names in a folder, sorted. After any save, failed or not, they are what a person put there.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("a folder's entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

pub fn write(path: PathBuf, bytes: &[u8]) -> PathBuf {
    fs::write(&path, bytes).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    path
}

pub fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

#[cfg(unix)]
pub use unix::*;

#[cfg(unix)]
mod unix {
    use std::{
        fs,
        os::unix::fs::PermissionsExt,
        path::{Path, PathBuf},
        process::{Command, Output},
    };

    use crate::support::need::{Need, left_out};

    pub fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
            .unwrap_or_else(|error| panic!("{path:?}: {error}"));
    }

    /// A pipe, a socket and, for root, a device, which are no files.
    pub fn specials(folder: &Path) -> Vec<PathBuf> {
        let [pipe, socket, device] = ["管", "口", "装置"].map(|name| folder.join(name));
        let made = Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|status| status.success()));
        let listener = std::os::unix::net::UnixListener::bind(&socket);
        assert!(listener.is_ok(), "{listener:?}");
        let made = Command::new("mknod")
            .arg(&device)
            .args(["c", "1", "3"])
            .output();
        let is_root = made.is_ok_and(|output| output.status.success());
        [pipe, socket]
            .into_iter()
            .chain(is_root.then_some(device))
            .collect()
    }

    pub fn mode(path: &Path) -> u32 {
        let metadata = fs::metadata(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        metadata.permissions().mode() & 0o7777
    }

    /// A disk of 32 KiB, less than the ward's plan needs. It goes with the value.
    pub struct TinyDisk {
        folder: tempfile::TempDir,
    }

    impl TinyDisk {
        /// `None` where this user may not mount a disk, which is said.
        pub fn mount() -> Option<Self> {
            if !Need::Disks.is_met() {
                return None;
            }
            let folder = tempfile::tempdir().expect("a folder for the disk");
            let disk = Self { folder };
            let mounted = disk.command("mount", &["-t", "tmpfs", "-o", "size=32k", "tmpfs"]);
            let mounted = mounted.expect("mount is there");
            if mounted.status.success() {
                return Some(disk);
            }
            let reason = String::from_utf8_lossy(&mounted.stderr);
            left_out("the right to mount", &reason);
            None
        }

        pub fn path(&self) -> PathBuf {
            self.folder.path().to_owned()
        }

        pub fn write_protect(&self) {
            let output = self.command("mount", &["-o", "remount,ro"]);
            assert!(output.is_ok_and(|output| output.status.success()));
        }

        fn command(&self, program: &str, arguments: &[&str]) -> std::io::Result<Output> {
            let mut command = Command::new(program);
            command.args(arguments).arg(self.folder.path()).output()
        }
    }

    impl Drop for TinyDisk {
        fn drop(&mut self) {
            // Nothing can be done about a disk that stays; the next restart takes it away.
            let _ = self.command("umount", &[]);
        }
    }
}
