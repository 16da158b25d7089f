//! A change by somebody else is seen, and the content is read only when there may be one.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use furikaeri::storage::{
    Fingerprint,
    watch::{Look, Watch},
};

use crate::support::disk;

const HOUR: Duration = Duration::from_secs(60 * 60);

fn set_modified(path: &Path, time: SystemTime) {
    let file = fs::File::options().write(true).open(path).expect("ours");
    file.set_modified(time).expect("ours");
}

#[test]
fn a_change_is_seen_until_it_is_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = disk::write(folder.path().join("計画.ron"), b"one");
    let now = SystemTime::now() + HOUR;
    let mut watch = Watch::new(path.clone(), Fingerprint::of(b"one"));
    for _ in 0..2 {
        assert!(matches!(watch.look(now), Look::Same));
    }
    disk::write(path.clone(), b"three");
    for _ in 0..2 {
        let Look::Changed(now_is) = watch.look(now) else {
            panic!("it has changed");
        };
        assert_eq!(now_is, Fingerprint::of(b"three"));
    }
    disk::write(path.clone(), b"one");
    assert!(matches!(watch.look(now), Look::Same));
    // Another file with the same content under the same name is no change.
    let other = disk::write(folder.path().join("写し"), b"one");
    fs::rename(other, &path).expect("ours");
    assert!(matches!(watch.look(now), Look::Same));

    fs::remove_file(&path).expect("ours");
    assert!(matches!(watch.look(now), Look::Gone));
    fs::create_dir(&path).expect("a new folder");
    assert!(matches!(watch.look(now), Look::Gone));
}

#[test]
fn the_content_is_read_only_when_the_metadata_has_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = disk::write(folder.path().join("計画.ron"), b"one");
    let then = SystemTime::now();
    set_modified(&path, then);
    // The length and the time stay as they are: what is not read again is not seen.
    let change = |content: &[u8]| {
        disk::write(path.clone(), content);
        set_modified(&path, then);
    };
    let mut watch = Watch::new(path.clone(), Fingerprint::of(b"one"));
    assert!(matches!(watch.look(then + HOUR), Look::Same));
    change(b"two");
    assert!(matches!(watch.look(then + HOUR), Look::Same), "not read");

    // Within the clock's grain it could change unseen, so it is read each time.
    change(b"one");
    let mut watch = Watch::new(path.clone(), Fingerprint::of(b"one"));
    assert!(matches!(watch.look(then), Look::Same));
    change(b"two");
    assert!(matches!(watch.look(then), Look::Changed(_)), "read");
}
