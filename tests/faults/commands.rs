//! Whatever goes wrong while a command writes, each file is the old or the new one, whole, and the
//! exit status and the sentence say which.

use std::{
    collections::{HashMap, HashSet},
    ffi::OsString,
    fs,
    path::Path,
    process::{ExitStatus, Stdio},
    sync::Mutex,
};

use furikaeri::storage::Fingerprint;

use super::{
    inject::CALLS,
    orders::{Desk, Now, ORDERS, Order, Template},
};
use crate::support::need::{Need, left_out};

/// How a command under strace ended.
pub struct End {
    pub status: ExitStatus,
    pub errors: String,
    pub record: String,
}

/// A system call of a command.
#[derive(Debug, Clone)]
pub struct Call {
    pub name: String,
    /// What it is about: the call and the file, without what is different each time.
    pub matter: String,
    /// The how many-th of that name it is in its thread; strace counts so too.
    ordinal: usize,
}

/// Which of the calls of an order go wrong.
#[derive(Clone, Copy, PartialEq)]
enum Extent {
    /// One of every kind.
    Each,
    /// What changes the disk; the same code is under test elsewhere.
    Changes,
}

const EXTENTS: [Extent; ORDERS.len()] = {
    let mut extents = [Extent::Changes; ORDERS.len()];
    let mut n = 0;
    // What saves a plan, the forms, and one of the exports.
    while n < 5 {
        extents[n] = Extent::Each;
        n += 1;
    }
    extents
};

impl Call {
    pub fn changes_the_disk(&self) -> bool {
        ["write", "fsync", "mkdir", "unlink"].contains(&&*self.name)
            || self.name.starts_with("rename")
            || self.matter.contains("O_CREAT")
    }

    pub fn fault(&self, what: &str) -> String {
        format!("--inject={}:{what}:when={}", self.name, self.ordinal)
    }
}

/// Strace as it is called, with one of its options more, or none.
pub fn strace(fault: &str, record: &Path) -> Vec<OsString> {
    let mut words = ["strace", "-f", "-y", "-o"].map(OsString::from).to_vec();
    words.push(record.into());
    words.push(format!("--trace={CALLS}").into());
    words.extend(Some(fault.into()).filter(|_| !fault.is_empty()));
    words
}

/// Runs a command under strace.
fn trace(desk: &Desk, order: Order, fault: &str, record: &Path) -> End {
    let mut command = desk.command(order, &strace(fault, record));
    let output = command.stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    End {
        status: output.status,
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
        record: fs::read_to_string(record).unwrap_or_default(),
    }
}

/// A command under strace in which nothing goes wrong. `None` where no process may be traced, which
/// is said.
pub fn traced(desk: &Desk, order: Order, record: &Path) -> Option<End> {
    if !Need::Strace.is_met() {
        return None;
    }
    let end = trace(desk, order, "", record);
    if end.record.is_empty() {
        left_out("the right to trace", &end.errors);
        return None;
    }
    Some(end)
}

/// The calls of a command in which nothing goes wrong, one of each matter. They begin with the
/// first file that it was told of: until then nothing of ours has run.
pub fn calls_of(record: &str) -> Vec<Call> {
    let thread = record.split(' ').next().unwrap_or_default();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut matters = HashSet::new();
    let mut calls = Vec::new();
    let mut has_begun = false;
    let lines = record.lines().filter_map(|line| line.strip_prefix(thread));
    for (name, rest) in lines.filter_map(|line| line.trim_start().split_once('(')) {
        let ordinal = counts.entry(name).or_insert(0);
        *ordinal += 1;
        // Whatever the system loads has an absolute path.
        let path = rest
            .split_once(">, \"")
            .filter(|_| rest.starts_with("AT_FDCWD"));
        has_begun |= path.is_some_and(|(_, path)| !path.starts_with('/'));
        let matter = format!("{name} {}", without_chance(rest));
        if has_begun && matters.insert(matter.clone()) {
            calls.push(Call {
                name: name.to_owned(),
                matter,
                ordinal: *ordinal,
            });
        }
    }
    calls
}

/// The file that a call is about, with the random part of a name, numbers and contents left out.
fn without_chance(arguments: &str) -> String {
    let mut matter = String::new();
    let arguments = match arguments.strip_prefix("AT_FDCWD<") {
        Some(rest) => rest.split_once('>').unwrap_or_default().1,
        None => arguments,
    };
    let file = match arguments.split_once(['<', '"']) {
        Some((_, rest)) => rest.split(['>', '"']).next().unwrap_or_default(),
        None => "",
    };
    let mut file = file.to_owned();
    if let Some((before, after)) = file.split_once(".furikaeri-") {
        let kind = if is_turn(after) { "turn" } else { "temp" };
        file = format!("{before}{kind}");
    }
    if let Some((before, _)) = file.split_once("/backups/") {
        file = format!("{before}/backups");
    }
    matter.push_str(&file);
    if arguments.contains("O_CREAT") {
        matter.push_str(" O_CREAT");
    }
    matter
}

/// Whether it is the name of a file that says whose turn it is: a fingerprint and nothing else.
pub fn is_turn(name: &str) -> bool {
    let name = name.strip_prefix(".furikaeri-").unwrap_or(name);
    let key = name.strip_suffix(".tmp").unwrap_or_default();
    key.parse::<Fingerprint>().is_ok()
}

/// Exit status and sentence fit what became of the file.
pub fn assert_said(now: Now, end: &End, has_backup: bool, context: &str) {
    let said = &end.errors;
    match (end.status.code(), now) {
        (Some(0), Now::New) => {
            let is_said = said.contains("控えを残せませんでした");
            assert!(has_backup || is_said, "no backup: {said}: {context}");
        }
        (Some(1), now) => {
            assert_eq!(said.lines().count(), 1, "{said}: {context}");
            let is_new = said.contains("新しい内容は書きました") || said.contains("保存しました");
            let is_old = [
                "手を加えていません",
                "元のファイルはそのままです",
                "計画はそのままです",
            ]
            .iter()
            .any(|it| said.contains(it));
            // The command broke in a part that is not ours: it does not know, and says so.
            let is_broken = said.contains("どちらかです");
            let is_unclear = is_broken || said.contains("確かめられませんでした") && !is_new;
            let is_true = match now {
                Now::New => is_new || is_unclear,
                Now::Old => is_old || is_unclear,
            };
            assert!(is_true, "{now:?}, but: {said}: {context}");
            assert!(!(is_new && is_old), "{said}: {context}");
        }
        (status, now) => panic!("{status:?}, {now:?}: {said}: {context}"),
    }
}

#[test]
fn whatever_call_of_a_command_fails_or_is_its_last_the_files_are_whole_and_it_is_said_which() {
    let folder = tempfile::tempdir().expect("a folder");
    let template = Template::make();
    let mut cases = Vec::new();
    for (order, extent) in ORDERS.into_iter().zip(EXTENTS) {
        let desk = Desk::at(folder.path());
        desk.lay(&template);
        let Some(end) = traced(&desk, order, &folder.path().join("record")) else {
            return;
        };
        assert_eq!(
            (end.status.code(), &*end.errors),
            (Some(0), ""),
            "{order:?}"
        );
        let calls = calls_of(&end.record);
        for needed in ["openat", "write", "fsync", "rename"] {
            let mut names = calls.iter().map(|call| &call.name);
            assert!(
                names.any(|name| name.starts_with(needed)),
                "{order:?}: {calls:#?}"
            );
        }
        let matter = |call: &Call| extent == Extent::Each || call.changes_the_disk();
        for (n, call) in calls.into_iter().filter(matter).enumerate() {
            let errors = ["ENOSPC", "EIO", "EACCES"];
            // What changes the disk fails in every way, the rest in one each.
            let all = call.changes_the_disk() && extent == Extent::Each;
            let some = if all {
                &errors[..]
            } else {
                &errors[n % 3..=n % 3]
            };
            for error in some {
                cases.push((order, call.clone(), format!("error={error}")));
            }
            if call.changes_the_disk() {
                cases.push((order, call, "signal=KILL".to_owned()));
            }
        }
    }
    let outcomes = Mutex::new(HashMap::new());
    on_desks(folder.path(), &cases, |desk, (order, call, fault)| {
        let context = format!("{fault} at {} of {:?}", call.matter, order.words);
        desk.lay(&template);
        let record = desk.local.with_extension("record");
        let end = trace(desk, *order, &call.fault(fault), &record);
        let now = desk.outcome(&template, *order, &context);
        let is_plan = order.replaces == ["plan.ron"];
        let has_backup = !is_plan || desk.has_backup(&template);
        let was_killed = fault == "signal=KILL";
        if was_killed {
            assert!(end.record.contains("killed by SIGKILL"), "{context}");
            assert!(has_backup || now == Now::Old, "no backup: {context}");
        } else {
            assert!(
                end.record.contains("(INJECTED)"),
                "nothing failed: {context}"
            );
            assert_said(now, &end, has_backup, &context);
        }
        if end.status.code() == Some(1) && now == Now::Old && !desk.forms().is_empty() {
            assert!(
                end.errors.contains("個残っています"),
                "{}: {context}",
                end.errors
            );
        }
        desk.assert_swept(&template, *order, &context);
        let status = end.status.code().filter(|_| !was_killed);
        let outcome = (was_killed, status, now);
        *outcomes.lock().expect("whole").entry(outcome).or_insert(0) += 1;
    });
    let outcomes = outcomes.into_inner().expect("whole");
    assert_eq!(outcomes.values().sum::<usize>(), cases.len());
    // Each way to end is among them.
    for outcome in [
        (true, None, Now::Old),
        (true, None, Now::New),
        (false, Some(0), Now::New),
        (false, Some(1), Now::Old),
        (false, Some(1), Now::New),
    ] {
        assert!(outcomes.contains_key(&outcome), "{outcome:?}: {outcomes:?}");
    }
}

/// Runs `check` for each of `cases`, each thread at a desk of its own.
fn on_desks<T: Sync>(folder: &Path, cases: &[T], check: impl Fn(&Desk, &T) + Sync) {
    const THREADS: usize = 4;
    std::thread::scope(|scope| {
        for n in 0..THREADS {
            let check = &check;
            let desk = Desk::at(&folder.join(n.to_string()));
            scope.spawn(move || {
                for case in cases.iter().skip(n).step_by(THREADS) {
                    check(&desk, case);
                }
            });
        }
    });
}

#[test]
fn without_randomness_a_command_does_nothing_and_says_so() {
    if !Need::Strace.is_met() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let template = Template::make();
    let desk = Desk::at(folder.path());
    for order in ORDERS {
        desk.lay(&template);
        // The loader of the system asks first.
        let fault = "--trace=getrandom --inject=getrandom:error=EIO:when=2+";
        let words = ["strace", "-f", "-o", "/dev/null"].into_iter();
        let strace: Vec<OsString> = words.chain(fault.split(' ')).map(OsString::from).collect();
        let output = desk
            .command(order, &strace)
            .output()
            .expect("strace is there");
        let said = String::from_utf8_lossy(&output.stderr);
        let now = desk.outcome(&template, order, &said);
        assert_eq!(
            (output.status.code(), now),
            (Some(1), Now::Old),
            "{said}: {order:?}"
        );
        assert!(said.contains("乱数を使えないので"), "{said}: {order:?}");
        assert_eq!(said.lines().count(), 1, "{said}: {order:?}");
    }
}
