//! Copies that stand for a conflict are told by their names.

use furikaeri::storage::copies::{conflict_copies, is_conflict_copy};

use crate::support::disk;

#[test]
fn conflicting_copies_are_told_by_their_names() {
    let copies = [
        "計画 (佐藤 の競合コピー 2021-10-31).ron",
        "計画 (佐藤's conflicted copy 2021-10-31).ron",
        "計画 (Conflicted copy 2021-10-31 143200).ron",
        "計画（競合コピー）.ron",
        "計画-DESKTOP-4F2K9QX.ron",
        "計画-DESKTOP-4F2K9QX-2.ron",
        "計画-MNT0123.ron",
        "計画 (1).ron",
        "計画(12).ron",
        "計画.sync-conflict-20211031-143200-ABCDEFG.ron",
        "計画_conflict-20211031-143200.ron",
    ];
    for name in copies {
        assert!(is_conflict_copy("計画.ron", name), "{name}");
    }
    let others = [
        "計画.ron",
        "計画（案）.ron",
        "計画 (2021).ron",
        "計画 ().ron",
        "計画-FINAL.ron",
        "計画-R3.ron",
        "計画-2021.ron",
        "計画 - コピー.ron",
        "計画２.ron",
        "計画 (1).pdf",
        "別の計画 (1).ron",
        "~$計画.ron.lock",
        "",
    ];
    for name in others {
        assert!(!is_conflict_copy("計画.ron", name), "{name}");
    }
    assert!(is_conflict_copy("計画", "計画 (1)"), "no extension");
    assert!(!is_conflict_copy("計画.ron", "計画ron"));
}

#[test]
fn the_copies_beside_a_file_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["計画 (2).ron", "計画.ron", "計画 (1).ron", "計画（案）.ron"] {
        disk::write(folder.path().join(name), b"");
    }
    std::fs::create_dir(folder.path().join("計画 (3).ron")).expect("a new folder");
    let found = conflict_copies(&folder.path().join("計画.ron")).expect("a folder");
    let expected = ["計画 (1).ron", "計画 (2).ron"].map(|name| folder.path().join(name));
    assert_eq!(found, expected);
    assert!(conflict_copies(&folder.path().join("ない/計画.ron")).is_err());
}
