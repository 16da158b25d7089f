//! A process that panics writes its unsaved work from the panic hook, and the next one finds it.

use std::{
    path::PathBuf,
    process::Command,
    sync::{Arc, Mutex},
};

use furikaeri::{
    plan::{Edit, Plan},
    storage::journal::{self, Identity, Journal},
};

use super::inject::{new, now};
use crate::support::plans::small;

/// Tells the process that is to die where its work goes.
const PLACE: &str = "FURIKAERI_DYING_PLACE";

fn open(local: PathBuf) -> Journal {
    let identity = Identity::File("/共有/計画.ron".into());
    Journal::open(&local, identity, &small(), None).expect("a session begins")
}

/// Panics on a thread that holds a lock, as a window might; the hook needs none.
fn die(local: PathBuf) {
    let journal = Arc::new(open(local));
    let on_screen: Arc<Mutex<Plan>> = Arc::new(Mutex::new(small()));
    let hooks = Arc::clone(&journal);
    std::panic::set_hook(Box::new(move |_| {
        let written = hooks.write::<Edit>(&new(), &[], now().timestamp());
        println!("{written:?}");
    }));
    let panicked = std::thread::spawn(move || {
        let _held = on_screen.lock();
        panic!("the window is gone");
    });
    assert!(panicked.join().is_err());
    // Dies without tidying up.
    std::process::abort();
}

#[test]
fn unsaved_work_outlives_a_panic() {
    if let Some(place) = std::env::var_os(PLACE) {
        return die(place.into());
    }
    let local = tempfile::tempdir().expect("a folder");
    let mut dying = Command::new(std::env::current_exe().expect("this program"));
    dying.args(["--exact", "faults::dying::unsaved_work_outlives_a_panic"]);
    dying.arg("--nocapture").env(PLACE, local.path());
    let output = dying.output().expect("this program runs");
    assert!(!output.status.success(), "it did not die: {output:?}");

    let [leftover] = &journal::leftovers(local.path())[..] else {
        panic!("not one leftover: {output:?}");
    };
    let found = leftover.read::<Edit>().unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((found.plan, found.base), (new(), Some(small())));
}
