//! Where unsaved work and backups go.

use furikaeri::storage::place::local_folder;

#[test]
fn the_local_folder_is_the_programs_own() {
    let folder = local_folder().expect("whoever runs the tests has a home");
    assert!(folder.is_absolute(), "{folder:?}");
    assert!(folder.ends_with("furikaeri"), "{folder:?}");
}
