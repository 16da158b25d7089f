//! Every command that writes, as the executable, with all that it takes at hand; and what may have
//! become of the files when it has ended, however that was.
//!
//! The names are of ASCII: the file system that stands in for a stick knows no other.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use furikaeri::{
    import::returned,
    storage::{
        Fingerprint, atomic,
        backups::{BUDGET, Backups},
        files, format,
    },
};

use crate::support::{
    disk,
    files::written,
    plans::{after, notes, numbered, results, set, small},
    program::{EXECUTABLE, LOCAL, Run, finish},
    sections::{Parts, row_of},
};

/// A command that writes.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    pub words: &'static [&'static str],
    /// The files that are there before and that it replaces.
    pub replaces: &'static [&'static str],
}

const FIX: Order = order(&["check", "plan.ron", "--fix"], &["plan.ron"]);
const COLLECT: Order = order(&["collect", "plan.ron", "returned.xlsx"], &["plan.ron"]);
const MERGE: Order = order(
    &[
        "merge",
        "base.ron",
        "plan.ron",
        "theirs.ron",
        "--to",
        "plan.ron",
    ],
    &["plan.ron"],
);
const HANDOUT: Order = order(
    &["handout", "plan.ron", "--to", FORMS, "--ron"],
    &["plan.ron"],
);

pub const ORDERS: [Order; 11] = [
    FIX,
    COLLECT,
    MERGE,
    HANDOUT,
    order(&["export", "plan.ron", "--to", "table.csv"], &["table.csv"]),
    order(
        &["export", "plan.ron", "--to", "table.xlsx"],
        &["table.xlsx"],
    ),
    order(
        &["export", "plan.ron", "--to", "table.html"],
        &["table.html"],
    ),
    order(&["export", "plan.ron", "--to", "table.md"], &["table.md"]),
    order(&["export", "plan.ron", "--to", "table.pdf"], &["table.pdf"]),
    order(
        &["changes", "base.ron", "theirs.ron", "--to", "table.html"],
        &["table.html"],
    ),
    order(
        &["changes", "base.ron", "theirs.ron", "--to", "table.pdf"],
        &["table.pdf"],
    ),
];

pub const fn order(words: &'static [&'static str], replaces: &'static [&'static str]) -> Order {
    Order { words, replaces }
}

/// The folder for forms, which nobody has made yet.
pub const FORMS: &str = "forms";
/// What is replaced by an export.
const EARLIER: &[u8] = "前の内容".as_bytes();

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Now {
    Old,
    New,
}

/// A folder in which the commands run, and a local data folder elsewhere.
pub struct Desk {
    pub folder: PathBuf,
    /// The same folder where it is looked at afterwards.
    pub seen: PathBuf,
    pub local: PathBuf,
}

/// What is on the desk before, by name, and what the exports of it are.
pub struct Template {
    files: BTreeMap<&'static str, Vec<u8>>,
    exports: BTreeMap<String, Vec<u8>>,
}

impl Template {
    /// The forms that come back are of the executable's own making.
    pub fn make() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Desk::at(folder.path());
        let results = set(numbered(&small(), "1-1-1"), results(), "・訓練：2１回");
        let plan = written(&after(&small(), &[results]));
        disk::write(desk.folder.join("plan.ron"), plan.as_bytes());
        desk.assert_done(HANDOUT);
        let forms = desk.folder.join(FORMS);
        let form = disk::names(&forms)
            .into_iter()
            .find(|it| it.ends_with("xlsx"));
        let form = disk::read(&forms.join(form.expect("a form")));
        let ours = disk::read(&desk.folder.join("plan.ron"));
        let ours_as_plan = format::read(&ours).expect("a plan");
        let at = numbered(&ours_as_plan, "1-1-1");
        let mut parts = Parts::of(&form);
        parts.type_in(&format!("H{}", row_of(&form, at)), "春に実施");
        let notes = set(numbered(&ours_as_plan, "改革-1"), notes(), "冬に実施");
        let theirs = written(&after(&ours_as_plan, &[notes])).into_bytes();
        let mut files: BTreeMap<&str, Vec<u8>> = ORDERS
            .iter()
            .flat_map(|order| order.replaces)
            .map(|name| (*name, EARLIER.to_vec()))
            .collect();
        files.extend([
            ("plan.ron", ours.clone()),
            ("base.ron", ours),
            ("theirs.ron", theirs),
            ("returned.xlsx", parts.bytes()),
        ]);
        let mut template = Self {
            files,
            exports: BTreeMap::new(),
        };
        for order in ORDERS {
            desk.lay(&template);
            desk.assert_done(order);
            for name in order.replaces.iter().filter(|name| !name.ends_with("ron")) {
                let made = disk::read(&desk.folder.join(name));
                template.exports.insert(order.words.concat(), made);
            }
        }
        template
    }
}

impl Desk {
    /// In a folder of this disk.
    pub fn at(folder: &Path) -> Self {
        Self::on(
            &folder.join("share"),
            &folder.join("share"),
            &folder.join("local"),
        )
    }

    pub fn on(folder: &Path, seen: &Path, local: &Path) -> Self {
        fs::create_dir_all(folder).expect("room");
        Self {
            folder: folder.to_owned(),
            seen: seen.to_owned(),
            local: local.to_owned(),
        }
    }

    /// As it is before any command.
    pub fn lay(&self, template: &Template) {
        let _none_yet = fs::remove_dir_all(&self.local);
        let _none_yet = fs::remove_dir_all(self.folder.join(FORMS));
        for name in disk::names(&self.folder) {
            fs::remove_file(self.folder.join(name)).expect("ours");
        }
        for (name, content) in &template.files {
            disk::write(self.folder.join(name), content);
        }
    }

    /// The command, to be run by itself or below another program. It is that program that goes to
    /// the folder: on a share that hangs, this one would wait there.
    pub fn command(&self, order: Order, below: &[OsString]) -> Command {
        let mut command = Command::new("env");
        command.arg("-C").arg(&self.folder).args(below);
        command.arg(EXECUTABLE).args(order.words);
        command.env(LOCAL, &self.local);
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        command
    }

    pub fn run(&self, order: Order) -> Run {
        finish(&mut self.command(order, &[]))
    }

    fn assert_done(&self, order: Order) {
        let run = self.run(order);
        assert_eq!(
            (run.status, &*run.errors),
            (Some(0), ""),
            "{order:?}: {run:?}"
        );
    }

    /// What became of the files that the command replaces: each is the old one or the new one,
    /// whole, and all have come to the same. The forms are whole, or not there.
    pub fn outcome(&self, template: &Template, order: Order, context: &str) -> Now {
        let names = order.replaces.iter();
        let found: Vec<Now> = names
            .map(|name| {
                let content = disk::read(&self.seen.join(name));
                if content == template.files[name] {
                    return Now::Old;
                }
                let is_new = match template.exports.get(&order.words.concat()) {
                    Some(export) => content == *export,
                    None => format::read(&content).is_ok(),
                };
                assert!(
                    is_new,
                    "{name} is neither the old nor the new one: {context}"
                );
                Now::New
            })
            .collect();
        for form in &self.forms() {
            let is_whole = match form.extension().and_then(OsStr::to_str) {
                Some("xlsx") => returned::read(&disk::read(form)).is_ok(),
                _ => files::open(form).is_ok(),
            };
            assert!(is_whole, "{form:?} is torn: {context}");
        }
        let [now] = found[..] else {
            panic!("one file each: {order:?}");
        };
        now
    }

    /// Whether what a plan held before is kept.
    pub fn has_backup(&self, template: &Template) -> bool {
        let old = Fingerprint::of(&template.files["plan.ron"]);
        let backups = Backups::below(&self.local.join("furikaeri"), BUDGET);
        let kept = backups.list(&self.folder.join("plan.ron"));
        kept.iter().any(|backup| backup.fingerprint == old)
    }

    /// The next time that somebody works there, nothing of a command that died is left.
    pub fn assert_swept(&self, template: &Template, order: Order, context: &str) {
        let later = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24);
        let forms = self.folder.join(FORMS);
        for folder in [&self.folder, &forms] {
            atomic::sweep(folder, later.into());
        }
        let mut expected: Vec<String> = template.files.keys().map(|it| (*it).to_owned()).collect();
        expected.extend(forms.exists().then(|| FORMS.to_owned()));
        expected.sort();
        assert_eq!(disk::names(&self.folder), expected, "{context}: {order:?}");
        if forms.exists() {
            for name in disk::names(&forms) {
                assert!(!name.starts_with('.'), "{name} is left: {context}");
            }
        }
    }

    /// The forms that were handed out, without what a sweep takes away.
    pub fn forms(&self) -> Vec<PathBuf> {
        let folder = self.seen.join(FORMS);
        if !folder.exists() {
            return Vec::new();
        }
        let names = disk::names(&folder).into_iter();
        let made = names.filter(|name| !name.starts_with('.'));
        made.map(|name| folder.join(name)).collect()
    }
}
