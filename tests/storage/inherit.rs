//! What a file has besides its content stays with it when it is saved, or it is said; whoever could
//! not read it before cannot read it after.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
};

use furikaeri::storage::{
    atomic::Loss,
    files::{self, Remark},
};
use rustix::{
    fs::{XattrFlags, getxattr, setxattr},
    io::Errno,
};

use crate::{
    faults::inject::is_traced,
    support::{
        disk,
        files::small_file,
        need::{Need, left_out},
        plans::real,
    },
};

const ACCESS: &str = "system.posix_acl_access";
const DEFAULT: &str = "system.posix_acl_default";

/// Owner, a person, the file's group, what the mask lets through, everybody else; as `setfacl` would
/// write it.
fn list(person: u16, group: u16, mask: u16, others: u16) -> Vec<u8> {
    const NOBODY: u32 = u32::MAX;
    let entries = [
        (0x01, 0o6, NOBODY),
        (0x02, person, 1234),
        (0x04, group, NOBODY),
        (0x10, mask, NOBODY),
        (0x20, others, NOBODY),
    ];
    let entries = entries
        .iter()
        .flat_map(|(tag, may, whom): &(u16, u16, u32)| {
            let parts = [
                &tag.to_le_bytes()[..],
                &may.to_le_bytes(),
                &whom.to_le_bytes(),
            ];
            parts.concat()
        });
    2_u32.to_le_bytes().into_iter().chain(entries).collect()
}

fn attribute(path: &Path, name: &str) -> Option<Vec<u8>> {
    let mut value = vec![0; 4096];
    match getxattr(path, name, &mut value[..]) {
        Ok(length) => Some(value[..length].to_vec()),
        Err(Errno::NODATA) => None,
        Err(error) => panic!("{name} of {path:?}: {error}"),
    }
}

/// A folder with a plan in it. `None` where the disk knows no lists, which is said.
fn desk() -> Option<(tempfile::TempDir, PathBuf)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = disk::write(folder.path().join("計画.ron"), small_file().as_bytes());
    disk::set_mode(&path, 0o640);
    let probe = disk::write(folder.path().join("試し"), b"");
    if let Err(error) = setxattr(&probe, ACCESS, &list(6, 0, 6, 0), XattrFlags::empty()) {
        left_out("access lists", &error.to_string());
        return None;
    }
    Some((folder, path))
}

fn set(path: &Path, name: &str, value: &[u8]) {
    setxattr(path, name, value, XattrFlags::empty()).unwrap_or_else(|e| panic!("{name}: {e}"));
}

/// Saves, and tells what was lost.
fn save(path: &Path) -> Vec<Loss> {
    let saved = files::save_with(path, &real(), None, None, &mut |_| false);
    let remarks = saved.unwrap_or_else(|error| panic!("{error}")).remarks;
    let lost = remarks.into_iter().map(|remark| match remark {
        Remark::Lost(loss) => loss,
        other => panic!("{other}"),
    });
    lost.collect()
}

#[test]
fn an_access_list_and_what_people_attached_to_a_file_are_kept() {
    let Some((_folder, path)) = desk() else {
        return;
    };
    let list = list(6, 0, 6, 0);
    set(&path, ACCESS, &list);
    set(&path, "user.xdg.comment", "区長に確認".as_bytes());
    set(&path, "user.empty", b"");
    assert_eq!(
        disk::mode(&path),
        0o660,
        "the mask stands in the place of the group"
    );
    assert_eq!(save(&path), []);
    assert_eq!(attribute(&path, ACCESS), Some(list));
    assert_eq!(disk::mode(&path), 0o660);
    let comment = attribute(&path, "user.xdg.comment");
    assert_eq!(comment.as_deref(), Some("区長に確認".as_bytes()));
    assert_eq!(attribute(&path, "user.empty").as_deref(), Some(&b""[..]));
}

/// The folder would give every new file a list that lets somebody in.
#[test]
fn nobody_is_let_in_by_the_folder_who_was_not_let_in_before() {
    let Some((folder, path)) = desk() else {
        return;
    };
    set(folder.path(), DEFAULT, &list(6, 6, 6, 0));
    assert_eq!(save(&path), []);
    assert_eq!(attribute(&path, ACCESS), None);
    assert_eq!(disk::mode(&path), 0o640);
    // A new file is as the folder wants new files.
    let new = folder.path().join("新しい計画.ron");
    assert_eq!(save(&new), []);
    assert!(attribute(&new, ACCESS).is_some());
}

/// What goes wrong, the list before, and the mode after.
#[test]
fn where_access_cannot_be_kept_it_is_narrowed_and_that_is_said() {
    let cases = [
        // Without the list, the mask in the mode would be the group's.
        (
            "--inject=fsetxattr:error=EOPNOTSUPP",
            Some(list(6, 0, 6, 0)),
            0o600,
        ),
        (
            "--inject=fsetxattr:error=EPERM",
            Some(list(6, 4, 6, 0)),
            0o640,
        ),
        (
            "--inject=fsetxattr:error=EIO",
            Some(list(6, 7, 4, 4)),
            0o644,
        ),
        // There may be a list: nobody can tell what the mode says of the group.
        ("--inject=getxattr:error=EIO", Some(list(6, 0, 6, 4)), 0o644),
        ("--inject=getxattr:error=EACCES", None, 0o600),
        // The folder's list stays on the new file; its mask is the mode's group.
        ("--inject=fremovexattr:error=EIO", None, 0o600),
    ];
    for (fault, list, mode) in cases {
        let Some((_folder, path)) = desk() else {
            return;
        };
        if let Some(list) = &list {
            set(&path, ACCESS, list);
        }
        let traced = std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let record = tempfile::NamedTempFile::new().expect("room");
                is_traced(fault, record.path()).then(|| save(&path))
            });
            thread.join().expect("no panic")
        });
        let Some(lost) = traced else {
            return;
        };
        assert!(lost.contains(&Loss::Access), "{fault}: {lost:?}");
        assert_eq!(disk::mode(&path), mode, "{fault}, {list:?}: {lost:?}");
    }
}

#[test]
fn another_group_may_do_no_more_than_anybody_and_that_is_said() {
    if !Need::Root.is_met() {
        return;
    }
    for (mode, narrowed) in [
        (0o660, 0o600),
        (0o664, 0o644),
        (0o640, 0o600),
        (0o666, 0o666),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = disk::write(folder.path().join("計画.ron"), small_file().as_bytes());
        chown(&path, Some(4711), Some(4712)).expect("root may");
        disk::set_mode(&path, mode);
        let lost = std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let fault = "--inject=fchown:error=EPERM";
                let record = tempfile::NamedTempFile::new().expect("room");
                is_traced(fault, record.path()).then(|| save(&path))
            });
            thread.join().expect("no panic")
        });
        let Some(lost) = lost else {
            return;
        };
        assert_eq!(lost, [Loss::Owner, Loss::Group], "{mode:o}");
        assert_eq!(disk::mode(&path), narrowed, "{mode:o}");
        assert_ne!(fs::metadata(&path).expect("the file").gid(), 4712);
    }
}

#[test]
fn attributes_that_cannot_be_kept_are_said() {
    let Some((_folder, path)) = desk() else {
        return;
    };
    set(&path, "user.xdg.comment", b"x");
    let record = tempfile::NamedTempFile::new().expect("room");
    if is_traced("--inject=fsetxattr:error=ENOSPC", record.path()) {
        assert_eq!(save(&path), [Loss::Attributes]);
    }
}
