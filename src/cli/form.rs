//! `furikaeri form`: whether a form's file, or the form in a plan's file, can be used.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use lexopt::{Arg::Value, Parser};

use crate::{
    form::{Fault, Form},
    storage::forms::{self, FormError, FormReason},
};

use super::{Common, UsageError, at_most_one, common, complain, next};

/// Which form is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub form: PathBuf,
}

/// Nothing can be said of the form.
#[derive(Debug, thiserror::Error)]
enum NotChecked {
    #[error(transparent)]
    Open(#[from] FormError),
    #[error("標準出力に書き出せませんでした（{0}）。")]
    Output(#[from] io::Error),
}

/// Reads the arguments after `form`.
///
/// # Errors
/// A sentence that says which argument is wrong.
pub fn parse(parser: &mut Parser) -> Result<super::Request, UsageError> {
    let mut values = Vec::new();
    while let Some(argument) = next(parser)? {
        match argument {
            Value(value) => values.push(value),
            other => match common(&other)? {
                Common::Help => return Ok(super::Request::Help),
                Common::Version => return Ok(super::Request::Version),
            },
        }
    }
    let form = at_most_one(values)?
        .ok_or_else(|| UsageError("確かめる様式のファイルを指定してください".to_owned()))?;
    Ok(super::Request::Form(Request { form }))
}

impl Request {
    /// Carries it out and returns the exit status: 1 where the form is not sound.
    pub fn run(&self) -> ExitCode {
        match self.check() {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(error) => {
                complain(&error);
                ExitCode::FAILURE
            }
        }
    }

    /// Says what is wrong with the form, and whether that is nothing.
    fn check(&self) -> Result<bool, NotChecked> {
        let (text, is_sound) = match forms::open(&self.form) {
            Ok(form) => (what_it_has(&form), true),
            Err(FormError {
                reason: FormReason::Unsound(faults),
                ..
            }) => (as_list(&faults), false),
            Err(error) => return Err(error.into()),
        };
        let mut output = io::stdout().lock();
        output.write_all(text.as_bytes())?;
        output.flush()?;
        Ok(is_sound)
    }
}

fn what_it_has(form: &Form) -> String {
    let mut text = format!("様式「{}」は使えます。\n", form.name);
    let names = |names: Vec<&str>| names.join("、");
    let levels = names(form.levels.iter().map(|it| it.name.as_str()).collect());
    let reviews = names(form.reviews.iter().map(|it| it.name.as_str()).collect());
    let _ = writeln!(text, "階層：{levels}\n振り返り：{reviews}");
    text
}

fn as_list(faults: &[Fault]) -> String {
    let mut text: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    let _ = writeln!(text, "直すところ：{} 件", faults.len());
    text
}
