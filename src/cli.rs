//! The command line: what was asked, and the commands that need no window.
//!
//! Errors are one sentence on standard error; exit status 2 for a command line that cannot be
//! understood, 1 for a command that failed.

use std::{
    ffi::{OsStr, OsString},
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{
    export::{self, Exported, Format},
    plan::Section,
    storage::{atomic, builtin, files},
};

/// What `--help` prints.
pub const HELP: &str = "\
furikaeri（振り返り）：運営方針と振り返りを編集します

使い方：
  furikaeri [計画.ron]                   画面を開く（指定がなければ組み込みの計画）
  furikaeri export 計画.ron --to 出力.xlsx [--section 範囲]
                                         画面なしで書き出す
  furikaeri export 計画.ron --to 出力.pdf [--section 範囲] [--grey]
                                         PDF に書き出す（--grey は白黒）
  furikaeri export 計画.ron --to - --format 形式 [--section 範囲]
                                         標準出力に書き出す
  furikaeri --help                       この説明
  furikaeri --version                    版

形式（書き出し先の名前の終わりで決まります）：
  csv      一覧表（Excel で開けます）
  xlsx     Excel：経営課題ごとの様式と、機械で読める「データ」シート
  html     ウェブページ（そのまま公開でき、読み上げソフトでも読めます）
  md       Markdown

範囲：
  2        経営課題２
  2-1      戦略２－１
  2-1-3    具体的取組２－１－３（全角の数字も使えます）
  改革     番号のない部分（「市政改革プラン３．０」に基づく取組等）

画面の描画方法：
  --renderer glow | wgpu                 通常は指定不要（うまく表示されないとき）

終了コード：0 成功、1 失敗、2 指定の誤り
";

/// Which drawing library to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renderer {
    Glow,
    Wgpu,
}

/// What was asked on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    Window {
        plan: Option<PathBuf>,
        renderer: Option<Renderer>,
    },
    Export {
        plan: PathBuf,
        to: Destination,
        format: Format,
        section: Option<Section>,
        grey: bool,
    },
    Help,
    Version,
}

/// Where an export goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    File(PathBuf),
    StandardOutput,
}

/// The command line cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}（使い方：furikaeri --help）")]
pub struct UsageError(String);

/// A headless command failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("{0}")]
    Open(#[from] files::OpenError),
    #[error("{0}")]
    Form(#[from] builtin::FormError),
    #[error("{0}")]
    Export(#[from] export::ExportError),
    #[error("書き出せませんでした。{reason} {}", path.display())]
    Write {
        path: PathBuf,
        reason: files::SaveReason,
    },
    #[error("標準出力に書き出せませんでした（{0}）。")]
    Output(std::io::Error),
}

/// Reads the arguments after the program's name.
///
/// # Errors
/// A sentence that says which argument is wrong.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Request, UsageError> {
    use lexopt::prelude::{Long, Short, Value};
    let mut parser = lexopt::Parser::from_args(args);
    let mut values: Vec<OsString> = Vec::new();
    let (mut to, mut format, mut section, mut renderer) = (None, None, None, None);
    let mut grey = false;
    while let Some(argument) = parser.next().map_err(|error| in_words(&error))? {
        match argument {
            Long("help") | Short('h') => return Ok(Request::Help),
            Long("version") | Short('V') => return Ok(Request::Version),
            Long("to") => to = Some(value_of(&mut parser, "--to")?),
            Long("format") => format = Some(value_of(&mut parser, "--format")?),
            Long("section") => section = Some(value_of(&mut parser, "--section")?),
            Long("grey") => grey = true,
            Long("renderer") => renderer = Some(value_of(&mut parser, "--renderer")?),
            Value(value) => values.push(value),
            Long(_) | Short(_) => return Err(in_words(&argument.unexpected())),
        }
    }
    let is_export = values.first().is_some_and(|first| first == "export");
    if !is_export {
        if to.is_some() || format.is_some() || section.is_some() || grey {
            return Err(UsageError(
                "--to、--format、--section、--grey は export と一緒に使います".to_owned(),
            ));
        }
        let renderer = renderer.as_deref().map(parse_renderer).transpose()?;
        let plan = at_most_one(values)?;
        return Ok(Request::Window { plan, renderer });
    }
    if renderer.is_some() {
        return Err(UsageError(
            "--renderer は画面を開くときに使います".to_owned(),
        ));
    }
    let plan = at_most_one(values.split_off(1))?
        .ok_or_else(|| UsageError("書き出す計画のファイルを指定してください".to_owned()))?;
    let to = to.ok_or_else(|| UsageError("書き出し先を --to で指定してください".to_owned()))?;
    let (to, format) = parse_destination(to, format.as_deref())?;
    if grey && format != Format::Pdf {
        return Err(UsageError(
            "--grey は .pdf に書き出すときに使います".to_owned(),
        ));
    }
    let section = section.as_deref().map(parse_section).transpose()?;
    Ok(Request::Export {
        plan,
        to,
        format,
        section,
        grey,
    })
}

/// The name of a file says its format; standard output has no name.
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

fn at_most_one(values: Vec<OsString>) -> Result<Option<PathBuf>, UsageError> {
    let mut values = values.into_iter();
    let first = values.next().map(PathBuf::from);
    match values.next() {
        Some(extra) => Err(UsageError(format!(
            "余分な指定があります：{}",
            extra.to_string_lossy()
        ))),
        None => Ok(first),
    }
}

fn value_of(parser: &mut lexopt::Parser, option: &str) -> Result<OsString, UsageError> {
    parser
        .value()
        .map_err(|_| UsageError(format!("{option} の後に値を指定してください")))
}

fn parse_renderer(name: &OsStr) -> Result<Renderer, UsageError> {
    match name.to_str() {
        Some("glow") => Ok(Renderer::Glow),
        Some("wgpu") => Ok(Renderer::Wgpu),
        _ => Err(UsageError(format!(
            "--renderer は glow か wgpu です：{}",
            name.to_string_lossy()
        ))),
    }
}

fn parse_section(text: &OsStr) -> Result<Section, UsageError> {
    text.to_string_lossy()
        .parse()
        .map_err(|error: crate::plan::ParseSectionError| UsageError(error.to_string()))
}

fn in_words(error: &lexopt::Error) -> UsageError {
    UsageError(match error {
        lexopt::Error::UnexpectedOption(option) => format!("知らない指定です：{option}"),
        lexopt::Error::MissingValue {
            option: Some(option),
        } => format!("{option} の後に値を指定してください"),
        other => format!("指定を読めません：{other}"),
    })
}

/// Runs a command that needs no window, and tells its exit status.
pub fn run_headless(
    plan: &Path,
    to: &Destination,
    format: Format,
    section: Option<Section>,
    grey: bool,
) -> ExitCode {
    match run_export(plan, to, format, section, grey) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn run_export(
    plan: &Path,
    to: &Destination,
    format: Format,
    section: Option<Section>,
    grey: bool,
) -> Result<(), CommandError> {
    let opened = files::open(plan)?;
    let form = builtin::form()?;
    let options = export::Options {
        grey,
        ..Default::default()
    };
    let Exported { bytes, missing } =
        export::write(format, &opened.plan, section, &form, &options)?;
    warn_of_missing(&missing);
    match to {
        Destination::File(path) => {
            atomic::replace(path, &bytes, |_| Ok(())).map_err(|error| CommandError::Write {
                path: path.clone(),
                reason: files::save_reason(error),
            })
        }
        Destination::StandardOutput => {
            let mut output = std::io::stdout().lock();
            let written = output.write_all(&bytes).and_then(|()| output.flush());
            written.map_err(CommandError::Output)
        }
    }
}

/// Names the characters that are shown by a sign; the export is none the less done.
fn warn_of_missing(missing: &[char]) {
    if let Some(sentence) = export::missing_in_words(missing) {
        // Nobody may be listening (a closed pipe); there is nobody left to tell that.
        let _ = writeln!(std::io::stderr(), "furikaeri: {sentence}");
    }
}

/// Puts an error on standard error, on one line.
pub fn complain(error: &dyn std::error::Error) {
    let sentence = error.to_string().replace('\n', " ");
    // Nobody may be listening (a closed pipe); there is nobody left to tell that.
    let _ = writeln!(std::io::stderr(), "furikaeri: {sentence}");
}

/// Puts a text on standard output.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
