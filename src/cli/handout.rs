//! `furikaeri handout`: a workbook for each section, as a folder of files.

use std::{fs, io, path::PathBuf, process::ExitCode};

use jiff::{Zoned, civil::Date};
use lexopt::{
    Arg::{Long, Value},
    Parser,
};

use crate::{
    export::handout::{self as workbook, HandoutError, Options},
    plan::{Plan, handout, read_date},
    storage::{
        files::{self, Expected, Outcome, SaveReason},
        new_id,
    },
};

use super::{
    Common, UsageError, at_most_one, common, finish, next, say, value_of,
    writing::{self, NotWritten},
};

/// What is handed out, to whom, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub plan: PathBuf,
    pub to: PathBuf,
    /// Without one, every section that something was assigned to.
    pub owners: Vec<String>,
    pub due: Option<Date>,
    /// Plans' files for sections that use this program, beside the workbooks.
    pub extracts: bool,
}

/// Not everything was handed out.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("{0}")]
    Open(#[from] files::OpenError),
    #[error("配布できませんでした。担当に記入してもらうものがありません。担当が割り当ててあるか、様式に担当が書く欄があるかを確かめてください。{}", .0.display())]
    NoOwners(PathBuf),
    #[error("配布できませんでした。{0}何も書き出していません。")]
    Handout(#[from] HandoutError),
    #[error(
        "配布できませんでした。同じ名前のファイルがあります。記入済みかもしれないので上書きしません。別のフォルダーを指定してください。{}",
        .0.display()
    )]
    Exists(PathBuf),
    #[error(
        "配布できませんでした。{reason}計画のファイルには手を加えていません。{}{}",
        left_in_words(*left), path.display()
    )]
    Write {
        path: PathBuf,
        reason: SaveReason,
        left: usize,
    },
    #[error(
        "配布したことを計画に記録できないので、配布できませんでした。{reason}{}{}{}",
        writing::tail(reason), left_in_words(*left), path.display()
    )]
    Record {
        path: PathBuf,
        reason: SaveReason,
        left: usize,
    },
    #[error("様式を書き出し、配布したことを計画に記録しました。ただし、{reason}{}", path.display())]
    NotSynced { path: PathBuf, reason: SaveReason },
    #[error(
        "様式は書き出しました。{reason}配布したことが記録されていなければ、様式を使わずに消して、配布し直してください。{}",
        path.display()
    )]
    Unsure { path: PathBuf, reason: SaveReason },
}

/// How many workbooks of a handing out that failed are still there.
fn left_in_words(left: usize) -> String {
    match left {
        0 => String::new(),
        left => format!("書き出した様式が {left} 個残っています。使わずに消してください。"),
    }
}

/// Reads the arguments after `handout`.
///
/// # Errors
/// A sentence that says which argument is wrong.
pub fn parse(parser: &mut Parser) -> Result<super::Request, UsageError> {
    let (mut to, mut due, mut extracts) = (None, None, false);
    let (mut owners, mut values) = (Vec::new(), Vec::new());
    while let Some(argument) = next(parser)? {
        match argument {
            Long("to") => to = Some(PathBuf::from(value_of(parser, "--to")?)),
            Long("owner") => {
                let owner = value_of(parser, "--owner")?;
                owners.push(owner.to_string_lossy().trim().to_owned());
            }
            Long("due") => {
                let day = value_of(parser, "--due")?;
                let day = day.to_string_lossy();
                let read = read_date(&day).ok_or_else(|| {
                    UsageError(format!("--due は 2021-11-19 のように書きます：{day}"))
                })?;
                due = Some(read);
            }
            Long("ron") => extracts = true,
            Value(value) => values.push(value),
            other => match common(&other)? {
                Common::Help => return Ok(super::Request::Help),
                Common::Version => return Ok(super::Request::Version),
            },
        }
    }
    let plan = at_most_one(values)?
        .ok_or_else(|| UsageError("配布する計画のファイルを指定してください".to_owned()))?;
    let to =
        to.ok_or_else(|| UsageError("書き出すフォルダーを --to で指定してください".to_owned()))?;
    Ok(super::Request::Handout(Request {
        plan,
        to,
        owners,
        due,
        extracts,
    }))
}

impl Request {
    /// Carries it out and returns the exit status.
    pub fn run(&self) -> ExitCode {
        finish(self.hand_out())
    }

    fn hand_out(&self) -> Result<(), CommandError> {
        let opened = files::open(&self.plan)?;
        let owners = self.owners_in(&opened.plan);
        if owners.is_empty() {
            return Err(CommandError::NoOwners(self.plan.clone()));
        }
        let today = Zoned::now().date();
        let round = opened.plan.round().clone();
        let round = round.handed_out(&owners, today, self.due, new_id());
        let plan = opened.plan.with_round(round);
        // All are made before the first is written, so that one that cannot be made stops them all.
        let mut made = Vec::new();
        for owner in &owners {
            made.extend(self.files(&plan, owner)?);
        }
        let is_new = !self.to.exists();
        fs::create_dir_all(&self.to).map_err(|error| CommandError::Write {
            path: self.to.clone(),
            reason: files::save_reason(error),
            left: 0,
        })?;
        for (path, _) in &made {
            if path.symlink_metadata().is_ok() {
                return Err(CommandError::Exists(path.clone()));
            }
        }
        for (n, (path, bytes)) in made.iter().enumerate() {
            writing::put(path, bytes, Expected::Nothing).map_err(|failed| {
                // This one too, if it is there and ours.
                let written = n + usize::from(failed.reason.outcome() == Outcome::New);
                CommandError::Write {
                    reason: unfinished(failed.reason),
                    path: failed.path,
                    left: self.take_back(made.iter().take(written), is_new),
                }
            })?;
        }
        let expected = Expected::Content(opened.fingerprint);
        writing::save(&self.plan, &plan, expected).map_err(
            |NotWritten { path, reason, .. }| match reason.outcome() {
                Outcome::Old => CommandError::Record {
                    path,
                    reason,
                    left: self.take_back(made.iter(), is_new),
                },
                Outcome::New => CommandError::NotSynced { path, reason },
                Outcome::Unsure => CommandError::Unsure { path, reason },
            },
        )?;
        for (path, _) in &made {
            say(&path.display().to_string());
        }
        Ok(())
    }

    fn owners_in(&self, plan: &Plan) -> Vec<String> {
        if !self.owners.is_empty() {
            return self.owners.clone();
        }
        let owners = handout::owners(plan).into_iter();
        let named = owners.filter(|it| !it.owner.is_empty() && it.tally.total() > 0);
        named.map(|it| it.owner).collect()
    }

    fn files(&self, plan: &Plan, owner: &str) -> Result<Vec<(PathBuf, Vec<u8>)>, HandoutError> {
        let path = |extension| self.to.join(workbook::file_name(plan, owner, extension));
        let options = Options::default();
        let mut made = vec![(path("xlsx"), workbook::write(plan, owner, &options)?)];
        if self.extracts {
            made.push((path("ron"), workbook::write_extract(plan, owner)?));
        }
        Ok(made)
    }

    /// Removes the workbooks that nobody is to use, and tells how many stay.
    fn take_back<'a>(
        &self,
        made: impl Iterator<Item = &'a (PathBuf, Vec<u8>)>,
        is_new: bool,
    ) -> usize {
        let stays = |path: &PathBuf| {
            let gone = fs::remove_file(path);
            gone.is_err_and(|error| error.kind() != io::ErrorKind::NotFound)
        };
        let left = made.filter(|(path, _)| stays(path)).count();
        if is_new {
            // What others put there meanwhile keeps it.
            let _stays = fs::remove_dir(&self.to);
        }
        left
    }
}

/// A workbook that is in its place, but may not stay there, is taken back as well.
fn unfinished(reason: SaveReason) -> SaveReason {
    match reason {
        SaveReason::NotSynced { error, .. } => SaveReason::Io(error),
        other => other,
    }
}
