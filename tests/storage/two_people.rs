//! Two people who edit the same file and save as fast as they can: nothing of either is lost.
//!
//! Each is this binary once more, running one test. They save as the window does: when somebody
//! else has saved, they take that in, decide what clashes and save again. There is no pause in it
//! and no end to wait for: whoever is refused has been overtaken by a save of the other.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use furikaeri::{
    form::Slot,
    plan::{Clash, Decision, Dispute, Edit, Id, Node, Plan, Value, Version, Versions, merge},
    storage::{
        backups::{BUDGET, Backups},
        files::{self, Opened, SaveReason},
        format,
    },
};

use crate::support::{
    disk,
    need::left_out,
    plans::{Building, after, initiative, notes, numbered, results, set, small, target},
};

/// Tells the process of one person where the file is; without it, it is an ordinary run.
const PLACE: &str = "FURIKAERI_TWO_PEOPLE_PLACE";
/// Who that is.
const NAME: &str = "FURIKAERI_TWO_PEOPLE_NAME";
const PEOPLE: [&str; 2] = ["佐藤", "鈴木"];
const SAVES: u64 = 200;
/// Far more than it takes. Each time that one is overtaken the other has saved, and each time that
/// one has to wait the other is about to.
const ATTEMPTS: usize = 20_000;

fn file(place: &Path) -> PathBuf {
    place.join("共有/計画.ron")
}

/// What one person writes the n-th time, found nowhere else.
fn mark(name: &str, n: u64) -> String {
    format!("［{name}{n:03}］")
}

/// One person's work: a line in a text that both write in, and something that nobody else touches.
fn work(plan: &Plan, name: &str, n: u64) -> Vec<Edit> {
    let is_first = name == PEOPLE[0];
    let line = |number: &str, slot: Slot| {
        let id = numbered(plan, number);
        let text = format!("{}\n{}", plan.text(Some(id), slot), mark(name, n));
        set(id, slot, &text)
    };
    let own = match (n % 3, is_first) {
        (0, true) => line("1-1-1", target()),
        (0, false) => line("1-1-1", notes()),
        (1, true) => line("1-1-2", Slot::OWNER),
        (1, false) => line("改革-1", Slot::OWNER),
        _ => {
            let strategy = numbered(plan, "1-2");
            let new = Id::from_bits(1000 + 2 * n + u64::from(is_first));
            Edit::Insert {
                parent: Some(strategy),
                position: 0,
                branch: initiative(new, 1).titled(&mark(name, n)).into(),
            }
        }
    };
    vec![own, line("1-1-1", results())]
}

/// Both texts: theirs, and the lines of ours that it has not.
fn both(clash: &Clash) -> Decision {
    match &clash.dispute {
        Dispute::Value(Versions {
            ours: Some(Value::Text(_, ours)),
            theirs: Some(Value::Text(_, theirs)),
            ..
        }) => {
            let missing = ours.lines().filter(|line| !theirs.contains(line));
            let lines: Vec<&str> = theirs.lines().chain(missing).collect();
            Decision::Text(lines.join("\n"))
        }
        _ => Decision::Take(Version::Ours),
    }
}

/// Works and saves until all is in the file; returns how many clashes there were.
fn save_all(place: &Path, name: &str) -> usize {
    let path = file(place);
    let backups = Backups::below(&place.join(name), BUDGET);
    let now = "2021-10-31T14:32:00+09:00[Asia/Tokyo]"
        .parse()
        .expect("a time");
    let open = || files::open(&path).unwrap_or_else(|error| panic!("{error}"));
    let Opened {
        plan: mut base,
        fingerprint: mut expected,
    } = open();
    let (mut clashes, mut attempts) = (0, 0);
    for n in 0..SAVES {
        let mut mine = after(&base, &work(&base, name, n));
        loop {
            attempts += 1;
            assert!(attempts < ATTEMPTS, "{name} never gets to save");
            let kept = Some((&backups, &now));
            let mut wait = |_| {
                std::thread::yield_now();
                true
            };
            let error = match files::save_with(&path, &mine, Some(expected), kept, &mut wait) {
                Ok(saved) => {
                    assert!(saved.remarks.is_empty(), "{:?}", saved.remarks);
                    (base, expected) = (mine, saved.fingerprint);
                    break;
                }
                Err(error) => error,
            };
            match error.reason {
                SaveReason::ChangedOnDisk => {
                    let theirs = open();
                    let mut merged = merge(&base, &mine, &theirs.plan).expect("one plan");
                    clashes += merged.clashes().len();
                    let decisions = merged.clashes().iter();
                    let decisions = decisions.map(|clash| (clash.question(), both(clash)));
                    let decisions: Vec<_> = decisions.collect();
                    merged.decide(decisions).expect("an answer to each");
                    mine = merged.plan().clone();
                    (base, expected) = (theirs.plan, theirs.fingerprint);
                }
                SaveReason::InUse => {}
                _ => panic!("{error}"),
            }
        }
    }
    clashes
}

/// All that a node says, one text after another.
fn texts(node: &Node) -> impl Iterator<Item = &str> {
    let values = node.values.iter().map(|(_, text)| text);
    [node.title.as_str(), &node.owner].into_iter().chain(values)
}

fn assert_nothing_is_lost(folder: &Path) {
    let share = folder.join("共有");
    std::fs::create_dir(&share).expect("room");
    let path = file(folder);
    files::save(&path, &small(), None).unwrap_or_else(|error| panic!("{error}"));

    let start = |name: &str| {
        let mut person = Command::new(std::env::current_exe().expect("this program"));
        person.args(["--exact", "storage::two_people::two_people_lose_nothing"]);
        person
            .args(["--nocapture"])
            .env(PLACE, folder)
            .env(NAME, name);
        person.stdin(Stdio::piped()).stdout(Stdio::piped());
        person.stderr(Stdio::piped()).spawn().expect("this program")
    };
    let mut people = PEOPLE.map(start);
    for person in &mut people {
        // Both begin when the last of them is there.
        drop(person.stdin.take());
    }
    let mut clashes = 0;
    for person in people {
        let output = person.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stdout);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}{complaint}");
        let count = said
            .split("CLASHES ")
            .nth(1)
            .and_then(|it| it.lines().next());
        clashes += count.and_then(|it| it.parse::<usize>().ok()).expect("said");
    }
    assert!(clashes > 0, "they were not at it at the same time");

    let bytes = disk::read(&path);
    let plan = format::read(&bytes).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(format::write(&plan).expect("a plan"), bytes);
    let mut found: HashMap<String, usize> = HashMap::new();
    for text in plan.nodes().flat_map(|entry| texts(entry.node)) {
        for piece in text.split_inclusive('］').filter(|it| it.contains('［')) {
            let mark = piece.trim_start_matches(|c| c != '［');
            *found.entry(mark.to_owned()).or_default() += 1;
        }
    }
    let written = PEOPLE.map(|name| (0..SAVES).map(move |n| mark(name, n)));
    // Each is written twice: where both write, and where only one does.
    let expected: HashMap<String, usize> =
        written.into_iter().flatten().map(|it| (it, 2)).collect();
    let lost = expected.keys().filter(|mark| found.get(*mark) != Some(&2));
    let mut lost: Vec<_> = lost.map(|mark| (mark, found.get(mark))).collect();
    lost.sort();
    assert!(lost.is_empty(), "{} lost: {lost:?}", lost.len());
    assert_eq!(found, expected);
    assert_eq!(disk::names(&share), ["計画.ron"]);
}

#[test]
fn two_people_lose_nothing() {
    if let Some(place) = std::env::var_os(PLACE) {
        let name = std::env::var(NAME).expect("who it is");
        std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).expect("the start");
        println!("\nCLASHES {}", save_all(Path::new(&place), &name));
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    assert_nothing_is_lost(folder.path());
}

/// Where a save takes no time, they get in each other's way far more often.
#[cfg(target_os = "linux")]
#[test]
fn two_people_lose_nothing_in_memory() {
    match tempfile::tempdir_in("/dev/shm") {
        Ok(folder) => assert_nothing_is_lost(folder.path()),
        Err(error) => left_out("/dev/shm", &error.to_string()),
    }
}
