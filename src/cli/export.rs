//! `furikaeri export`: a plan, or a section of it, as a file in another format.

use std::{
    ffi::{OsStr, OsString},
    io::Write,
    path::PathBuf,
    process::ExitCode,
};

use lexopt::{
    Arg::{Long, Value},
    Parser,
};

use crate::{
    export::{self, Exported, Format, Options, Orientation},
    plan::{ParseSectionError, Section},
    storage::files::{self, Expected},
};

use super::{
    Common, UsageError, at_most_one, common, finish, next,
    other_form::{NotInForm, in_form},
    value_of,
    writing::{self, NotWritten, SameFile},
};

/// The options of this command, without their hyphens.
pub const OPTIONS: &[&str] = &[
    "to",
    "format",
    "section",
    "form",
    "grey",
    "portrait",
    "cover",
    "only-attention",
    "full-reposts",
];

/// What is exported, how, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub plan: PathBuf,
    pub to: Destination,
    pub format: Format,
    pub section: Option<Section>,
    /// A form's file; without one, the plan has its own.
    pub form: Option<PathBuf>,
    pub options: Options,
}

/// Where an export goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    File(PathBuf),
    StandardOutput,
}

/// Nothing was exported.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    #[error("{0}")]
    Open(#[from] files::OpenError),
    #[error(transparent)]
    Form(#[from] NotInForm),
    #[error("{0}")]
    Export(#[from] export::ExportError),
    #[error(transparent)]
    SameFile(#[from] SameFile),
    #[error(transparent)]
    Write(#[from] NotWritten),
    #[error("標準出力に書き出せませんでした（{0}）。")]
    Output(std::io::Error),
}

/// Reads the arguments after `export`.
///
/// # Errors
/// A sentence that says which argument is wrong.
pub fn parse(parser: &mut Parser) -> Result<super::Request, UsageError> {
    let (mut to, mut format, mut section, mut form) = (None, None, None, None);
    let mut options = Options::default();
    // The last option that only makes sense on paper.
    let mut printed = None;
    let mut values = Vec::new();
    while let Some(argument) = next(parser)? {
        match argument {
            Long("to") => to = Some(value_of(parser, "--to")?),
            Long("format") => format = Some(value_of(parser, "--format")?),
            Long("section") => section = Some(parse_section(&value_of(parser, "--section")?)?),
            Long("form") => form = Some(PathBuf::from(value_of(parser, "--form")?)),
            Long("grey") => {
                options.grey = true;
                printed = Some("--grey");
            }
            Long("portrait") => {
                options.orientation = Orientation::Portrait;
                printed = Some("--portrait");
            }
            Long("cover") => {
                options.cover = true;
                printed = Some("--cover");
            }
            Long("only-attention") => {
                options.only_attention = true;
                printed = Some("--only-attention");
            }
            Long("full-reposts") => {
                options.full_reposts = true;
                printed = Some("--full-reposts");
            }
            Value(value) => values.push(value),
            other => match common(&other)? {
                Common::Help => return Ok(super::Request::Help),
                Common::Version => return Ok(super::Request::Version),
            },
        }
    }
    let plan = at_most_one(values)?
        .ok_or_else(|| UsageError("書き出す計画のファイルを指定してください".to_owned()))?;
    let to = to.ok_or_else(|| UsageError("書き出し先を --to で指定してください".to_owned()))?;
    let (to, format) = parse_destination(to, format.as_deref())?;
    if let Some(option) = printed
        && format != Format::Pdf
    {
        return Err(UsageError(format!(
            "{option} は .pdf に書き出すときに使います"
        )));
    }
    Ok(super::Request::Export(Request {
        plan,
        to,
        format,
        section,
        form,
        options,
    }))
}

/// A file's name says its format; standard output has no name.
fn parse_destination(
    to: OsString,
    format: Option<&OsStr>,
) -> Result<(Destination, Format), UsageError> {
    let list = |before: &str| {
        let names = Format::ALL.map(|format| format!("{before}{}", format.extension()));
        names.join("、")
    };
    if to == "-" {
        let name = format.ok_or_else(|| {
            let names = list("");
            UsageError(format!(
                "標準出力への書き出しには --format を指定してください（{names}）"
            ))
        })?;
        let format = Format::from_extension(name).ok_or_else(|| {
            let (names, name) = (list(""), name.to_string_lossy());
            UsageError(format!("--format は {names} のどれかです：{name}"))
        })?;
        return Ok((Destination::StandardOutput, format));
    }
    if format.is_some() {
        return Err(UsageError(
            "--format は --to - と一緒に使います（ファイルの形式は名前の終わりで決まります）"
                .to_owned(),
        ));
    }
    let to = PathBuf::from(to);
    match to.extension().and_then(Format::from_extension) {
        Some(format) => Ok((Destination::File(to), format)),
        None => Err(UsageError(format!(
            "書き出し先の名前は {} のどれかで終わるようにしてください",
            list(".")
        ))),
    }
}

fn parse_section(text: &OsStr) -> Result<Section, UsageError> {
    let Some(text) = text.to_str() else {
        return Err(UsageError(
            "--section の値を文字として読めません".to_owned(),
        ));
    };
    let section: Result<Section, ParseSectionError> = text.parse();
    section.map_err(|error| UsageError(error.to_string()))
}

impl Request {
    /// Carries it out and returns the exit status.
    pub fn run(&self) -> ExitCode {
        finish(self.export())
    }

    fn export(&self) -> Result<(), ExportError> {
        if let Destination::File(to) = &self.to {
            writing::refuse_same(to, &[&self.plan])?;
        }
        let plan = in_form(files::open(&self.plan)?.plan, self.form.as_deref())?;
        let exported = export::write(
            self.format,
            &plan,
            self.section.clone(),
            &self.options,
            &mut export::go_on,
        );
        let Exported { bytes, missing } = exported?;
        warn_of_missing(&missing);
        match &self.to {
            Destination::File(path) => Ok(writing::put(path, &bytes, Expected::Anything)?),
            Destination::StandardOutput => {
                let mut output = std::io::stdout().lock();
                let written = output.write_all(&bytes).and_then(|()| output.flush());
                written.map_err(ExportError::Output)
            }
        }
    }
}

/// Names the characters that are replaced by a sign; the export is made all the same.
pub(super) fn warn_of_missing(missing: &[char]) {
    if let Some(sentence) = export::missing_in_words(missing) {
        // Nobody may be listening (a closed pipe), and then there is nobody to tell.
        let _ = writeln!(std::io::stderr(), "furikaeri: {sentence}");
    }
}
