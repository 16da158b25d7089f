//! How long a large plan takes. The targets, for two cores: opening 10,000 initiatives 150 ms and
//! saving them 100 ms without the sync, searching them 16 ms; a snapshot 1 µs, an edit with its undo
//! 1 ms, the counts of the overview 5 ms, all three in a plan of 100,000.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot run has nothing to measure"
)]

mod support {
    pub mod generate;
}

use std::path::Path;

use divan::{Bencher, black_box, counter::BytesCount};
use furikaeri::{
    form::Slot,
    plan::{Edit, Filter, Id, Overview, Plan, SearchIndex, Tally},
    storage::{files, format},
};

use support::generate;

const LARGE: usize = 10_000;
const HUGE: usize = 100_000;

fn main() {
    divan::main();
}

fn written(plan: &Plan) -> Vec<u8> {
    format::write(plan).expect("a plan can be written")
}

#[divan::bench]
fn read_10_000(bencher: Bencher) {
    let bytes = written(&generate::plan(LARGE));
    bencher
        .counter(BytesCount::of_slice(&*bytes))
        .bench(|| format::read(black_box(&bytes)));
}

#[divan::bench]
fn write_10_000(bencher: Bencher) {
    let plan = generate::plan(LARGE);
    bencher
        .counter(BytesCount::of_slice(&*written(&plan)))
        .bench(|| format::write(black_box(&plan)));
}

/// What saving does beside writing: reading back and comparing.
#[divan::bench]
fn verify_10_000(bencher: Bencher) {
    let plan = generate::plan(LARGE);
    let bytes = written(&plan);
    bencher.bench(|| format::verify(black_box(&bytes), &plan));
}

/// In memory a sync costs nothing; everything else is as on a disk.
#[cfg(target_os = "linux")]
#[divan::bench]
fn save_10_000_without_the_sync(bencher: Bencher) {
    save_in(bencher, Path::new("/dev/shm"));
}

#[divan::bench]
fn save_10_000_to_disk(bencher: Bencher) {
    save_in(bencher, Path::new(env!("CARGO_TARGET_TMPDIR")));
}

fn save_in(bencher: Bencher, place: &Path) {
    let folder = tempfile::tempdir_in(place).expect("a folder");
    let path = folder.path().join("計画.ron");
    let plan = generate::plan(LARGE);
    let mut expected = None;
    // As in an office: the file is there, and must be the one that was saved last.
    bencher.bench_local(|| {
        let saved = files::save(&path, &plan, expected).expect("there is room");
        expected = Some(saved);
    });
}

#[divan::bench]
fn open_10_000(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("計画.ron");
    files::save(&path, &generate::plan(LARGE), None).expect("there is room");
    bencher.bench(|| files::open(black_box(&path)));
}

#[divan::bench]
fn snapshot_of_100_000(bencher: Bencher) {
    let plan = generate::plan(HUGE);
    bencher.bench(|| black_box(&plan).clone());
}

#[divan::bench]
fn tally_of_100_000(bencher: Bencher) {
    let plan = generate::plan(HUGE);
    bencher.bench(|| {
        let mut whole = Tally::default();
        for issue in black_box(&plan).top() {
            whole += plan.tally(issue);
        }
        whole
    });
}

/// An edit while nobody else looks at the plan, and while an autosave holds a snapshot of it.
const SNAPSHOT_HELD: [bool; 2] = [false, true];

#[divan::bench(args = SNAPSHOT_HELD)]
fn text_and_undo_in_100_000(bencher: Bencher, snapshot_held: bool) {
    let (plan, last) = huge();
    let edit = said(&plan, last, "results", "・訓練：３回\n・会議：２回");
    edit_and_undo(bencher, plan, &edit, snapshot_held);
}

#[divan::bench(args = SNAPSHOT_HELD)]
fn move_and_undo_in_100_000(bencher: Bencher, snapshot_held: bool) {
    let (plan, last) = huge();
    let edit = Edit::Move {
        id: last,
        parent: plan.top()[0].children.first().map(|first| first.id),
        position: 0,
    };
    edit_and_undo(bencher, plan, &edit, snapshot_held);
}

#[divan::bench(args = SNAPSHOT_HELD)]
fn remove_and_undo_in_100_000(bencher: Bencher, snapshot_held: bool) {
    let (plan, last) = huge();
    edit_and_undo(bencher, plan, &Edit::Remove { id: last }, snapshot_held);
}

/// All that the overview counts, when a plan is opened.
#[divan::bench]
fn overview_of_100_000(bencher: Bencher) {
    let plan = generate::plan(HUGE);
    bencher.bench(|| Overview::of(black_box(&plan)));
}

/// The same after an edit: only the issue in which it happened is looked at again.
#[divan::bench]
fn overview_after_an_edit_in_100_000(bencher: Bencher) {
    let (mut plan, last) = huge();
    let before = Overview::of(&plan);
    let edit = said(&plan, last, "notes", "延期した。");
    plan.apply(&edit).expect("the edit fits");
    bencher.bench(|| before.after_changes(black_box(&plan)));
}

/// What one more letter in a text costs the search, while somebody searches.
#[divan::bench]
fn index_after_an_edit_in_100_000(bencher: Bencher) {
    let (before, last) = huge();
    let mut after = before.clone();
    let edit = said(&after, last, "notes", "延期した。");
    after.apply(&edit).expect("the edit fits");
    let mut index = SearchIndex::default();
    let mut turn = [&before, &after].into_iter().cycle();
    bencher.bench_local(|| index.update(turn.next().unwrap_or(&before)));
}

/// What one more key in the search field costs.
#[divan::bench]
fn filter_10_000_by_a_word(bencher: Bencher) {
    let plan = generate::plan(LARGE);
    let mut index = SearchIndex::default();
    index.update(&plan);
    let filter = Filter {
        text: "訓練".to_owned(),
        ..Filter::default()
    };
    bencher.bench(|| filter.visible(black_box(&plan), &index, &Default::default()));
}

/// The plan, and its last initiative: the one that takes longest to find.
fn huge() -> (Plan, Id) {
    let plan = generate::plan(HUGE);
    let last = plan.rows().last().map(|entry| entry.node.id);
    (plan, last.expect("it holds something"))
}

/// Somebody types a text of an initiative.
fn said(plan: &Plan, id: Id, field: &str, text: &str) -> Edit {
    Edit::Text {
        id: Some(id),
        at: Slot::at(plan.review(), generate::key(field)),
        text: text.to_owned(),
    }
}

fn edit_and_undo(bencher: Bencher, plan: Plan, edit: &Edit, snapshot_held: bool) {
    let mut plan = plan;
    bencher.bench_local(|| {
        let snapshot = snapshot_held.then(|| plan.clone());
        let inverse = plan.apply(black_box(edit)).expect("the edit fits");
        plan.apply(&inverse).expect("its inverse fits");
        snapshot
    });
}
