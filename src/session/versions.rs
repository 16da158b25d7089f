//! Other versions of the open plan: as it was opened, as it is saved, and earlier ones that were
//! kept at each save. They are compared with, and what was lost is taken back from them.

use std::path::PathBuf;

use crate::{
    export::{
        Format,
        changes::{self, Names},
    },
    plan::{Difference, Plan, date_name, differences},
    storage::{
        backups::{self, Backup, Backups},
        files::OpenError,
    },
};

use super::{
    Session,
    exporting::{Exported, put},
    history::{Spot, Target},
    jobs::Kind,
    reports::Report,
    words,
};

/// What the plan on the screen is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    Saved,
    Opened,
    /// An earlier content of the file.
    Backup(Backup),
}

/// What can be compared with, and what is.
#[derive(Debug, Default)]
pub struct Versions {
    /// What she has chosen.
    chosen: Option<Against>,
    /// The newest first.
    pub backups: Vec<Backup>,
    /// The plan of the backup that is compared with.
    loaded: Option<Plan>,
}

impl Session {
    pub fn versions(&self) -> &Versions {
        &self.versions
    }

    /// What is compared with: where she has chosen nothing, what there is to be saved, and once all
    /// is saved, what was done since the plan was opened.
    pub fn against(&self) -> Against {
        let by_itself = || match self.document.is_unsaved() {
            true => Against::Saved,
            false => Against::Opened,
        };
        self.versions.chosen.clone().unwrap_or_else(by_itself)
    }

    /// The version that is compared with; `None` until it is read.
    pub fn compared(&self) -> Option<&Plan> {
        match self.against() {
            Against::Saved => Some(self.document.saved_plan()),
            Against::Opened => Some(self.document.opened_plan()),
            Against::Backup(_) => self.versions.loaded.as_ref(),
        }
    }

    /// What is different from the version that is compared with. Takes a look at every node.
    pub fn changes(&self) -> Vec<Difference> {
        let old = self.compared();
        old.map(|old| differences(old, self.document.plan()))
            .unwrap_or_default()
    }

    /// Looks for the earlier versions of the file.
    pub(super) fn list_backups(&mut self) {
        let (Some(local), Some(path)) = (&self.world.local, self.document.path()) else {
            return;
        };
        let backups = Backups::below(local, backups::BUDGET);
        let path = path.to_owned();
        self.start(self.begin(Kind::Backups), move || {
            Report::Backups(backups.list(&path))
        });
    }

    pub(super) fn compare(&mut self, against: Against) {
        self.versions.loaded = None;
        self.versions.chosen = Some(against.clone());
        if let Against::Backup(backup) = against {
            self.start(self.begin(Kind::OpenBackup), move || {
                let plan = backup.open().map(|opened| Box::new(opened.plan));
                Report::OpenedBackup(backup, plan)
            });
        }
    }

    pub(super) fn on_opened_backup(&mut self, backup: Backup, plan: Result<Box<Plan>, OpenError>) {
        if self.versions.chosen != Some(Against::Backup(backup)) {
            return;
        }
        match plan {
            Ok(plan) => self.versions.loaded = Some(*plan),
            Err(error) => {
                self.versions.chosen = None;
                self.fail(error.to_string());
            }
        }
    }

    /// Writes 新旧対照表: as a page where the name asks for one, else as PDF.
    pub(super) fn export_changes(&mut self, path: PathBuf) {
        let Some(old) = self.compared().cloned() else {
            return;
        };
        let new = self.document.plan().clone();
        let against = self.against();
        let begin = self.begin(Kind::Export).saying(words::EXPORTING);
        self.start(begin, move || {
            let then = words::version(&against);
            let names = Names {
                old: &then,
                new: words::NOW,
            };
            let is_page = path.extension().and_then(Format::from_extension) == Some(Format::Html);
            let bytes = if is_page {
                Ok(changes::html::write(&old, &new, names))
            } else {
                let pdf = changes::pdf::write(&old, &new, names, false);
                pdf.map(|pdf| pdf.bytes)
            };
            let result = bytes.map_err(|error| words::not_exported(&error));
            let result = result.and_then(|bytes| put(&path, &bytes));
            Report::Exported(path, result.map(|()| Exported::Written { missing: None }))
        });
    }

    /// Takes one difference back.
    pub(super) fn restore(&mut self, difference: &Difference) {
        let Some(old) = self.compared() else {
            return;
        };
        let back = difference.clone().reversed();
        match back.edit(self.document.plan(), old) {
            Some(edit) => {
                let target = Target {
                    id: difference.at,
                    spot: Spot::Node,
                };
                self.edit_at(edit, target);
            }
            None => self.fail(words::NOT_ALONE),
        }
    }

    /// Makes the plan as it was in the version that is compared with, as one step.
    pub(super) fn restore_all(&mut self) {
        let Some(old) = self.compared().cloned() else {
            return;
        };
        let replaced = self.document.replace(&old, words::RESTORE);
        if self.check_edit(replaced) {
            self.say(words::RESTORED);
        }
    }
}

/// A version by when it was replaced by the next: `令和３年１０月３１日 14:32 までの版`.
pub fn backup_name(backup: &Backup) -> String {
    let when = backup.when.to_zoned(jiff::tz::TimeZone::system());
    format!(
        "{} {} までの版",
        date_name(when.date()),
        when.strftime("%H:%M")
    )
}

pub fn version_opened(version: &Backup) -> String {
    format!(
        "{}を開きました。保存するときに場所を選んでください",
        backup_name(version)
    )
}

/// What the plan is compared with, as the heading of a column.
pub fn version(against: &Against) -> String {
    match against {
        Against::Saved => "最後に保存した内容".to_owned(),
        Against::Opened => "開いたときの内容".to_owned(),
        Against::Backup(backup) => backup_name(backup),
    }
}
