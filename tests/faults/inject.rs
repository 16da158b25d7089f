//! A save in a process of its own, in which strace lets one system call go wrong.
//!
//! The process is this binary once more, running one test; that test's thread has strace attached
//! to itself and saves. Nothing else is traced, so the calls are those of the save.

use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use furikaeri::{
    plan::Plan,
    storage::{
        Fingerprint, atomic,
        backups::{BUDGET, Backups},
        files,
    },
};
use jiff::Zoned;

use crate::support::{
    disk,
    files::{small_file, written},
    need::{Need, left_out},
    plans::{after, numbered, results, set, small},
};

/// Tells the process where to save; without it, it is an ordinary run of the tests.
const PLACE: &str = "FURIKAERI_FAULT_PLACE";
/// Where it has strace write down the calls.
const RECORD: &str = "FURIKAERI_FAULT_RECORD";
/// What strace is to let go wrong, e.g. `--inject=write:error=EIO:when=3`; or nothing.
const FAULT: &str = "FURIKAERI_FAULT";
/// Files that are asked for, but that nobody has: the save is between them in strace's record.
const BEGIN: &str = "/furikaeri-the-save-begins";
const END: &str = "/furikaeri-the-save-ends";

const TRACING: &str = "the right to trace";

/// What a save may ask of the system; without memory, which has no faults to offer. A machine that
/// does not know one of them does without it.
pub const CALLS: &str = "?open,?openat,?creat,?read,?pread64,?write,?pwrite64,?close,?fsync,?fdatasync,\
    ?rename,?renameat,?renameat2,?unlink,?unlinkat,?stat,?lstat,?fstat,?newfstatat,?statx,?lseek,\
    ?chmod,?fchmod,?fchmodat,?chown,?fchown,?fchownat,?flock,?mkdir,?mkdirat,?rmdir,?readlink,\
    ?readlinkat,?getdents64,?link,?linkat,?ftruncate,?fallocate,?fgetxattr,?getxattr,?fsetxattr,\
    ?fremovexattr,?listxattr,?copy_file_range,?sendfile";

/// A system call of a save.
#[derive(Debug, Clone)]
pub struct Call {
    pub name: String,
    /// As strace writes it, for messages.
    pub line: String,
    /// The how many-th of that name it is in its thread; strace counts so too.
    pub ordinal: usize,
}

/// How a save in a process of its own ended.
#[derive(Debug, PartialEq)]
pub enum End {
    Killed,
    /// What it said, a line for each pause and remark.
    Saved(String),
    Failed(String),
    /// Strace does not work here.
    Untraced(String),
}

/// A folder with a plan in it, and a local data folder.
pub struct Desk {
    pub folder: PathBuf,
}

/// The plan that is saved over the old one.
pub fn new() -> Plan {
    let plan = small();
    let edit = set(numbered(&plan, "1-1-1"), results(), "・訓練：２回");
    after(&plan, &[edit])
}

pub fn now() -> Zoned {
    "2021-10-31T14:32:00+09:00[Asia/Tokyo]"
        .parse()
        .expect("a time")
}

impl Desk {
    /// In an empty folder.
    pub fn in_folder(folder: PathBuf) -> Self {
        fs::create_dir_all(folder.join("共有")).expect("room");
        Self { folder }
    }

    pub fn share(&self) -> PathBuf {
        self.folder.join("共有")
    }

    pub fn plan(&self) -> PathBuf {
        self.share().join("計画.ron")
    }

    pub fn backups(&self) -> Backups {
        Backups::below(&self.folder.join("手元"), BUDGET)
    }

    /// The old plan and nothing else, as before the save.
    pub fn lay(&self) {
        let _none_yet = fs::remove_dir_all(self.folder.join("手元"));
        for name in disk::names(&self.share()) {
            fs::remove_file(self.share().join(name)).expect("ours");
        }
        disk::write(self.plan(), small_file().as_bytes());
    }

    /// The file is the old or the new one, whole; `true` if it is the new one.
    pub fn is_new(&self, context: &str) -> bool {
        let found = disk::read(&self.plan());
        if found == written(&new()).as_bytes() {
            return true;
        }
        assert_eq!(
            String::from_utf8_lossy(&found),
            small_file(),
            "neither the old file nor the new one: {context}"
        );
        false
    }

    pub fn has_backup(&self) -> bool {
        let fingerprint = Fingerprint::of(small_file().as_bytes());
        let found = self.backups().list(&self.plan());
        found.iter().any(|backup| {
            backup.fingerprint == fingerprint && disk::read(&backup.path) == small_file().as_bytes()
        })
    }

    /// The next time that the folders are used, nothing of a dead save is left in them.
    pub fn assert_swept(&self, context: &str) {
        let later = &now().saturating_add(jiff::Span::new().years(20));
        atomic::sweep(&self.share(), later.timestamp().into());
        assert_eq!(disk::names(&self.share()), ["計画.ron"], "{context}");
        self.backups()
            .keep(&self.plan(), b"another", later)
            .unwrap_or_else(|error| panic!("{error}: {context}"));
        for backup in self.backups().list(&self.plan()) {
            for name in disk::names(backup.path.parent().expect("a folder")) {
                let is_kept = name.ends_with(".ron") || name == "file.txt";
                assert!(is_kept, "{name}: {context}");
            }
        }
    }

    /// Saves in a process of its own; returns what strace wrote down as well.
    fn save_apart_with(&self, fault: &str) -> (End, String) {
        self.lay();
        self.save_over_with(fault)
    }

    fn save_over_with(&self, fault: &str) -> (End, String) {
        let record = tempfile::NamedTempFile::new().expect("room");
        let mut saver = Command::new(std::env::current_exe().expect("this program"));
        saver.args(["--exact", "faults::saving::a_save_in_a_process_of_its_own"]);
        saver.arg("--nocapture");
        saver.env(PLACE, &self.folder).env(FAULT, fault);
        // Strace writes to the same pipe, so that this waits for it as well.
        let output = saver.env(RECORD, record.path()).output();
        let output = output.expect("this program runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let said = |what: &str| {
            let (_, rest) = text.split_once(what)?;
            Some(rest.split("\nEND").next().unwrap_or(rest).to_owned())
        };
        let record = fs::read_to_string(record.path()).expect("a record");
        let end = said("SAVED ").map(End::Saved);
        let end = end.or_else(|| said("FAILED ").map(End::Failed));
        let end = end.or_else(|| said("UNTRACED ").map(End::Untraced));
        let was_killed = record.contains("killed by SIGKILL");
        let end = end.or_else(|| was_killed.then_some(End::Killed));
        let complaint = String::from_utf8_lossy(&output.stderr);
        let end = end.unwrap_or_else(|| panic!("it ended by itself: {text}{complaint}{record}"));
        (end, record)
    }

    /// The calls of a save in which nothing goes wrong. `None` where no process may be traced,
    /// which is said.
    pub fn calls(&self) -> Option<Vec<Call>> {
        if !Need::Strace.is_met() {
            return None;
        }
        let (end, record) = self.save_apart_with("");
        if let End::Untraced(reason) = end {
            left_out(TRACING, &reason);
            return None;
        }
        assert_eq!(end, End::Saved(String::new()));
        assert!(self.is_new("nothing went wrong"));
        let mut calls = Vec::new();
        let mut counts = HashMap::new();
        let mut is_saving = false;
        for (name, rest) in record.lines().filter_map(|line| line.split_once('(')) {
            let ordinal = counts.entry(name).or_insert(0);
            *ordinal += 1;
            if rest.contains(END) {
                break;
            }
            if is_saving {
                calls.push(Call {
                    name: name.to_owned(),
                    line: format!("{name}({rest}"),
                    ordinal: *ordinal,
                });
            }
            is_saving |= rest.contains(BEGIN);
        }
        for needed in ["openat", "write", "fsync", "read"] {
            assert!(calls.iter().any(|call| call.name == needed), "{calls:#?}");
        }
        Some(calls)
    }

    /// A save that is killed when it asks for this call; `sync` is called before it begins.
    pub fn killed_at(&self, call: &Call, sync: impl FnOnce()) {
        self.lay();
        sync();
        let fault = format!("--inject={}:signal=KILL:when={}", call.name, call.ordinal);
        let (end, record) = self.save_over_with(&fault);
        assert_eq!(end, End::Killed, "killed nothing at {}", call.line);
        let is_in_the_save = record.contains(BEGIN) && !record.contains(END);
        assert!(is_in_the_save, "killed elsewhere than at {}", call.line);
    }

    /// A save in which nothing goes wrong; `sync` is called before it begins.
    pub fn saved(&self, sync: impl FnOnce()) {
        self.lay();
        sync();
        assert_eq!(self.save_over_with("").0, End::Saved(String::new()));
    }

    /// A save in which this call fails; with `many`, `+` or `..N`, the later ones of its name too.
    pub fn failing_at(&self, call: &Call, error: &str, many: &str) -> End {
        let (name, ordinal) = (&call.name, call.ordinal);
        let fault = format!("--inject={name}:error={error}:when={ordinal}{many}");
        let (end, record) = self.save_apart_with(&fault);
        let save = record.split(BEGIN).nth(1).unwrap_or_default();
        let save = save.split(END).next().unwrap_or_default();
        assert!(
            save.contains("(INJECTED)"),
            "nothing failed at {}",
            call.line
        );
        end
    }
}

/// The process of its own: saves, and says how it went. `false` in an ordinary run of the tests.
pub fn is_the_saver() -> bool {
    let Some(folder) = std::env::var_os(PLACE) else {
        return false;
    };
    let desk = Desk {
        folder: folder.into(),
    };
    let expected = Some(Fingerprint::of(small_file().as_bytes()));
    let (backups, now, plan) = (desk.backups(), now(), new());
    let mut said = String::new();
    let mut wait = |attempt: files::Attempt| {
        said += &format!(
            "{} 回目は {} 秒後\n",
            attempt.number,
            attempt.pause.as_secs()
        );
        true
    };
    let fault = std::env::var(FAULT).unwrap_or_default();
    let record = std::env::var_os(RECORD).unwrap_or_default();
    if let Err(reason) = attach_strace(&fault, Path::new(&record)) {
        println!("UNTRACED {reason}\nEND");
        return true;
    }
    let _ = fs::metadata(BEGIN);
    let saved = files::save_with(
        &desk.plan(),
        &plan,
        expected,
        Some((&backups, &now)),
        &mut wait,
    );
    let _ = fs::metadata(END);
    match saved {
        Ok(saved) => {
            for remark in saved.remarks {
                said += &format!("{remark}\n");
            }
            println!("SAVED {said}\nEND");
        }
        Err(error) => println!("FAILED {said}{error}\nEND"),
    }
    true
}

/// Has strace attached to this thread, until it ends; `fault` are options of it. `false` where
/// no process may be traced, which is said.
pub fn is_traced(fault: &str, record: &Path) -> bool {
    if !Need::Strace.is_met() {
        return false;
    }
    let attached = attach_strace(fault, record);
    if let Err(reason) = &attached {
        left_out(TRACING, reason);
    }
    attached.is_ok()
}

/// Has strace attached to this thread, until it ends; `fault` are options of it, or nothing.
fn attach_strace(fault: &str, record: &Path) -> Result<(), String> {
    let thread = fs::read_link("/proc/thread-self").map_err(|error| error.to_string())?;
    let mut strace = Command::new("strace");
    strace.arg("-p").arg(thread.file_name().unwrap_or_default());
    strace.arg("-o").arg(record).arg(format!("--trace={CALLS}"));
    strace.args(fault.split_whitespace());
    // Another thread starts it and reads what it says: a call of this one would be counted, or not.
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let spawned = strace.stderr(Stdio::piped()).spawn();
        let complaints = spawned.map(|mut spawned| spawned.stderr.take());
        let lines: Box<dyn Iterator<Item = String>> = match complaints {
            Ok(complaints) => {
                let lines = complaints
                    .into_iter()
                    .flat_map(|pipe| BufReader::new(pipe).lines());
                Box::new(lines.map_while(Result::ok))
            }
            Err(error) => Box::new(std::iter::once(error.to_string())),
        };
        for line in lines {
            let _nobody_listens = sender.send(line);
        }
    });
    let mut said = String::new();
    for line in receiver {
        if line.contains(" attached") {
            return Ok(());
        }
        said += &line;
    }
    Err(said)
}

/// Runs `check` for each of `cases`, each thread in a desk of its own below `folder`.
pub fn for_each<T: Sync>(folder: &Path, cases: &[T], check: impl Fn(&Desk, &T) + Sync) {
    const THREADS: usize = 4;
    std::thread::scope(|scope| {
        for n in 0..THREADS {
            let check = &check;
            let desk = Desk::in_folder(folder.join(n.to_string()));
            scope.spawn(move || {
                for case in cases.iter().skip(n).step_by(THREADS) {
                    check(&desk, case);
                }
            });
        }
    });
}
