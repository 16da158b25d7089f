//! What a command writes: as safely as the window does, with copies kept of the plans that it
//! replaces, and with what is to be known of it on standard error.

use std::{
    hash::RandomState,
    io,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
};

use jiff::Zoned;

use crate::{
    plan::Plan,
    storage::{
        backups::{BUDGET, Backups},
        files::{self, Attempt, Expected, Outcome, Remark, SaveError, SaveReason},
        place,
    },
};

use super::complain;

/// A file was not written, or not surely. What became of it is said.
#[derive(Debug, thiserror::Error)]
#[error("{}{reason}{} {}", self.head(), tail(reason), path.display())]
pub(super) struct NotWritten {
    what: What,
    pub path: PathBuf,
    pub reason: SaveReason,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Plan,
    Export,
}

impl NotWritten {
    const fn head(&self) -> &'static str {
        match (self.what, self.reason.outcome()) {
            (What::Plan, Outcome::New) => "保存を終えられませんでした。",
            (What::Plan, Outcome::Old | Outcome::Unsure) => "保存できませんでした。",
            (What::Export, Outcome::New) => "書き出しを終えられませんでした。",
            (What::Export, Outcome::Old | Outcome::Unsure) => "書き出せませんでした。",
        }
    }
}

/// What is safe, where the reason does not say it.
pub(super) const fn tail(reason: &SaveReason) -> &'static str {
    match (reason, reason.outcome()) {
        (SaveReason::DiskFull, _) | (_, Outcome::New | Outcome::Unsure) => "",
        (_, Outcome::Old) => "ファイルには手を加えていません。",
    }
}

impl From<SaveError> for NotWritten {
    fn from(SaveError { path, reason }: SaveError) -> Self {
        Self {
            what: What::Plan,
            path,
            reason,
        }
    }
}

/// A file that was read may not be replaced by what is made of it.
#[derive(Debug, thiserror::Error)]
#[error(
    "書き出し先が、読み込むファイルと同じです。何も書き出していません。別の名前を指定してください。{}",
    .0.display()
)]
pub(super) struct SameFile(PathBuf);

/// Refuses a target that is one of the files that are read, under whatever name.
pub(super) fn refuse_same(to: &Path, read: &[&Path]) -> Result<(), SameFile> {
    match read.iter().any(|read| files::is_same(to, read)) {
        true => Err(SameFile(to.to_owned())),
        false => Ok(()),
    }
}

/// That a file stay what it is now, until it is replaced. To be asked before anything is read: what
/// somebody saves while the command is at it is then never overwritten, whatever the file is called
/// elsewhere on the command line.
pub(super) fn as_it_is(to: &Path) -> Result<Expected, NotWritten> {
    Expected::as_it_is(to).map_err(|error| NotWritten {
        what: What::Plan,
        path: to.to_owned(),
        reason: files::save_reason(error),
    })
}

/// Saves a plan.
pub(super) fn save(path: &Path, plan: &Plan, expected: Expected) -> Result<(), NotWritten> {
    let now = Zoned::now();
    let local = place::local_folder();
    let backups = local.map(|local| Backups::below(&local, BUDGET));
    let replaces = matches!(expected, Expected::Content(_)) && !is_gits(path);
    let kept = backups.as_ref().filter(|_| replaces);
    let kept = kept.map(|backups| (backups, &now));
    let saved = files::save_over(path, plan, expected, kept, &mut wait)?;
    if replaces && kept.is_none() {
        let why = io::Error::other("ホームフォルダーがありません");
        complain(&Remark::NoBackup(why));
    }
    tell(&saved.remarks);
    Ok(())
}

/// Writes a file that is no plan.
pub(super) fn put(path: &Path, bytes: &[u8], expected: Expected) -> Result<(), NotWritten> {
    let put = files::put(path, bytes, expected, &mut wait);
    let remarks = put.map_err(|reason| NotWritten {
        what: What::Export,
        path: path.to_owned(),
        reason,
    })?;
    tell(&remarks);
    Ok(())
}

fn tell(remarks: &[Remark]) {
    for remark in remarks {
        complain(remark);
    }
}

/// The file that Git has a merge written to exists for that moment only, and Git keeps what was in
/// it.
fn is_gits(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with(".merge_file_"))
}

#[derive(Debug, thiserror::Error)]
#[error("ほかのプログラムがファイルを使っています。{0} 秒後にもう一度書き込みます。")]
struct Waiting(u64);

fn wait(attempt: Attempt) -> bool {
    complain(&Waiting(attempt.pause.as_secs()));
    thread::sleep(attempt.pause);
    true
}

#[derive(Debug, thiserror::Error)]
#[error("システムの乱数を使えないので、始められませんでした。何も書き出していません。")]
struct NoRandomness;

/// The command broke. What it writes is whole whenever that happens.
#[derive(Debug, thiserror::Error)]
#[error(
    "予期しない不具合で止まりました（{0}）。書き込むファイルは、元のままか、新しい内容かのどちらかです。"
)]
struct Broken(String);

/// Runs a command. Should it break, that is one sentence as well.
pub fn guard(command: impl FnOnce() -> ExitCode) -> ExitCode {
    panic::set_hook(Box::new(|_| {}));
    // The maps of the standard library are seeded by the system, and panic where it refuses.
    if panic::catch_unwind(RandomState::new).is_err() {
        complain(&NoRandomness);
        return ExitCode::FAILURE;
    }
    panic::catch_unwind(AssertUnwindSafe(command)).unwrap_or_else(|cause| {
        let text = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| cause.downcast_ref::<String>().cloned());
        complain(&Broken(text.unwrap_or_default()));
        ExitCode::FAILURE
    })
}
