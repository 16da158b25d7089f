//! The power goes: what was synced is on the disk, and of the rest nobody knows.
//!
//! A disk in a file (ext4 on a loop device) is shut down by the system call that was made for such
//! tests; that needs root.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use rustix::ioctl::{Setter, ioctl, opcode};

use super::inject::{Desk, new};
use crate::support::{
    disk,
    files::written,
    need::{Need, left_out},
};

/// What else reaches the disk before it is gone.
#[derive(Debug, Clone, Copy)]
enum Shutdown {
    /// The journal of names and sizes, but no data that was not asked to be written.
    JournalOnly = 1,
    Nothing = 2,
}

const SHUTDOWNS: [Shutdown; 2] = [Shutdown::JournalOnly, Shutdown::Nothing];

/// A disk in a file. It goes with the value.
struct LoopDisk {
    image: PathBuf,
    mount: PathBuf,
    _folder: tempfile::TempDir,
}

fn command(program: &str, arguments: &[&str], paths: &[&Path]) -> Result<(), String> {
    let output = Command::new(program).args(arguments).args(paths).output();
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => Err(format!("{program}: {error}")),
    }
}

impl LoopDisk {
    /// `None` where this user may not mount a disk, which is said.
    fn mount() -> Option<Self> {
        if !Need::Disks.is_met() {
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let image = folder.path().join("disk");
        let mount = folder.path().join("mount");
        fs::create_dir(&mount).expect("room");
        let file = File::create(&image).expect("room");
        file.set_len(8 << 20).expect("room");
        let disk = Self {
            image,
            mount,
            _folder: folder,
        };
        let made = command("mkfs.ext4", &["-q", "-F"], &[&disk.image]);
        if let Err(reason) = made.and_then(|()| disk.turn_on()) {
            left_out("the right to mount", &reason);
            return None;
        }
        Some(disk)
    }

    fn turn_on(&self) -> Result<(), String> {
        // Without ext4's own guess at what a program would have synced, and without a commit now
        // and then: only what the save itself asks for counts.
        let options = ["-o", "loop,noauto_da_alloc,commit=300"];
        command("mount", &options, &[&self.image, &self.mount])
    }

    /// A process that another test is just starting holds this one's files for a moment: it is
    /// asked again as long as that is all that is wrong.
    fn turn_off(&self) -> Result<(), String> {
        let mut tries = (0..200).map(|_| command("umount", &[], &[&self.mount]));
        let settled = |result: &Result<(), String>| match result {
            Ok(()) => true,
            Err(reason) => !reason.contains("busy"),
        };
        tries
            .find(settled)
            .unwrap_or(Err("it stays busy".to_owned()))
    }

    /// The power goes and comes back.
    fn power_cut(&self, shutdown: Shutdown) {
        let root = File::open(&self.mount).expect("the disk is on");
        const EXT4_IOC_SHUTDOWN: rustix::ioctl::Opcode = opcode::read::<u32>(b'X', 125);
        // SAFETY: the call takes a pointer to 32 bits, which is what it is given.
        let cut = unsafe {
            ioctl(
                &root,
                Setter::<EXT4_IOC_SHUTDOWN, u32>::new(shutdown as u32),
            )
        };
        cut.expect("the disk is shut down");
        drop(root);
        assert!(
            fs::write(self.mount.join("after"), "").is_err(),
            "it is still on"
        );
        self.turn_off().unwrap_or_else(|reason| panic!("{reason}"));
        self.turn_on().unwrap_or_else(|reason| panic!("{reason}"));
    }

    fn sync(&self) {
        let root = File::open(&self.mount).expect("the disk is on");
        rustix::fs::syncfs(&root).expect("the disk is synced");
    }
}

impl Drop for LoopDisk {
    fn drop(&mut self) {
        // Nothing can be done about a disk that stays; the next restart takes it away.
        let _ = self.turn_off();
    }
}

#[test]
fn a_power_cut_leaves_the_old_or_the_new_file_and_what_was_saved_stays_saved() {
    let Some(disk) = LoopDisk::mount() else {
        return;
    };
    let desk = Desk::in_folder(disk.mount.join("desk"));
    // What changes the disk; between two of these nothing does.
    let changes =
        |name: &str| ["write", "fsync", "mkdir"].contains(&name) || name.starts_with("rename");
    let Some(calls) = desk.calls() else {
        return;
    };
    for call in calls.iter().filter(|call| changes(&call.name)) {
        for shutdown in SHUTDOWNS {
            let context = format!("{shutdown:?} at {}", call.line);
            desk.killed_at(call, || disk.sync());
            disk.power_cut(shutdown);
            let is_new = desk.is_new(&context);
            assert!(desk.has_backup() || !is_new, "no backup: {context}");
            desk.assert_swept(&context);
        }
    }
    for shutdown in SHUTDOWNS {
        desk.saved(|| disk.sync());
        disk.power_cut(shutdown);
        assert!(
            desk.is_new(&format!("{shutdown:?}")),
            "what was saved is gone"
        );
        assert!(desk.has_backup());
    }
}

/// Without syncing, the same power cut takes the file away: the test above would notice.
#[test]
fn a_power_cut_takes_what_was_not_synced() {
    let Some(disk) = LoopDisk::mount() else {
        return;
    };
    let desk = Desk::in_folder(disk.mount.join("desk"));
    for shutdown in SHUTDOWNS {
        desk.lay();
        disk.sync();
        let content = written(&new());
        let temp = disk::write(desk.share().join("temp"), content.as_bytes());
        fs::rename(temp, desk.plan()).expect("ours");
        disk.power_cut(shutdown);
        let found = disk::read(&desk.plan());
        assert_ne!(found, content.as_bytes(), "{shutdown:?} took nothing");
    }
}
