//! The command line: what was asked, and the commands that need no window.
//!
//! A command is a file here with its request, how that is read, and how it is carried out. Errors
//! are one sentence on standard error; exit status 2 for a command line that cannot be
//! understood, 1 for a command that failed or that left people something to decide.

pub mod changes;
pub mod check;
pub mod collect;
pub mod export;
pub mod form;
pub mod handout;
pub mod merge;
mod other_form;
mod writing;

use std::{
    ffi::{OsStr, OsString},
    io::Write,
    path::PathBuf,
    process::ExitCode,
};

use lexopt::{
    Arg,
    Arg::{Long, Short, Value},
    Parser,
};

pub use writing::guard;

/// What `--help` prints.
pub const HELP: &str = "\
furikaeri（振り返り）：運営方針と振り返りを編集します

使い方：
  furikaeri [計画.ron]                   画面を開く（指定がなければ組み込みの計画）
  furikaeri export 計画.ron --to 出力.pdf [指定]
                                         画面なしで書き出す
  furikaeri export 計画.ron --to - --format 形式 [指定]
                                         標準出力に書き出す
  furikaeri merge 元.ron 自分.ron 相手.ron --to 出力.ron
                                         二人の変更を合わせる（食い違いがあれば書かずに一覧を出す）
  furikaeri changes 旧.ron 新.ron --to 出力.pdf [--form 様式.ron] [--grey]
                                         新旧対照表を書き出す（pdf か html）
  furikaeri handout 計画.ron --to フォルダー [指定]
                                         担当ごとの記入様式（Excel）を作り、配布したことを計画に記録する
  furikaeri collect 計画.ron 返送.xlsx... [--to 出力.ron]
                                         返送された様式を計画に取り込む（決めることがあれば書かずに一覧を出す）
  furikaeri check 計画.ron [--format text | json] [--fix]
                                         表記の揺れや書き漏れを点検する
  furikaeri form 様式.ron                様式に矛盾がないか確かめる（計画.ron ならその様式）
  furikaeri --help                       この説明
  furikaeri --version                    版

形式（書き出し先の名前の終わりで決まります）：
  pdf      印刷される様式（読み上げソフトでも読めます）
  csv      一覧表（Excel で開けます）
  xlsx     Excel：印刷される様式と、機械で読める「データ」シート
  html     ウェブページ（そのまま公開でき、読み上げソフトでも読めます）
  md       Markdown

書き出しの指定：
  --section 範囲                         計画の一部だけ
  --form 様式.ron                        別の様式で書き出す（キーの合うものだけ）
  --grey                                 白黒（pdf）
  --portrait                             縦置き（pdf）
  --cover                                表紙に全体の状況を付ける（pdf）
  --only-attention                       要対応のものだけ（pdf）
  --full-reposts                         再掲に再掲元の内容も載せる（pdf）

配布の指定：
  --owner 担当                           その担当だけ（何度でも指定できます）
  --due 2021-11-19                       提出期限
  --ron                                  furikaeri を使う担当のための計画のファイルも作る

点検の指定：
  --format text | json                   人が読む一覧（通常）か、機械で読める JSON
  --fix                                  機械的に直せるものを直して上書き保存する

範囲：
  2        番号が２のものと、その中（全角の数字も使えます）
  2-1      ２－１とその中
  2-1-3    ２－１－３だけ
  数字でない番号も、印刷される通りに書けます

画面の描画方法：
  --renderer glow | wgpu                 通常は指定不要（うまく表示されないとき）

終了コード：
  0        成功
  1        失敗、または人が決めることがあるとき（点検の「誤り」、merge と collect の食い違い）
  2        指定の誤り
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
    Export(export::Request),
    Handout(handout::Request),
    Collect(collect::Request),
    Merge(merge::Request),
    Changes(changes::Request),
    Check(check::Request),
    Form(form::Request),
    Help,
    Version,
}

/// The command line cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}（使い方：furikaeri --help）")]
pub struct UsageError(String);

/// What an argument that every command understands asks for.
enum Common {
    Help,
    Version,
}

/// Reads the arguments after the program's name.
///
/// # Errors
/// A sentence that says which argument is wrong.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Request, UsageError> {
    let mut args = args.into_iter().peekable();
    let command = args
        .peek()
        .and_then(|first| first.to_str())
        .and_then(of_name);
    let Some(command) = command else {
        return parse_window(&mut Parser::from_args(args));
    };
    args.next();
    command(&mut Parser::from_args(args))
}

/// How the arguments of a command are read.
type Parse = fn(&mut Parser) -> Result<Request, UsageError>;

fn of_name(name: &str) -> Option<Parse> {
    match name {
        "changes" => Some(changes::parse),
        "check" => Some(check::parse),
        "collect" => Some(collect::parse),
        "export" => Some(export::parse),
        "form" => Some(form::parse),
        "handout" => Some(handout::parse),
        "merge" => Some(merge::parse),
        _ => None,
    }
}

fn parse_window(parser: &mut Parser) -> Result<Request, UsageError> {
    let (mut renderer, mut values) = (None, Vec::new());
    while let Some(argument) = next(parser)? {
        match argument {
            Long("renderer") => renderer = Some(parse_renderer(&value_of(parser, "--renderer")?)?),
            Long(name) if export::OPTIONS.contains(&name) => {
                return Err(UsageError(format!(
                    "--{name} は export と一緒に使います（furikaeri export 計画.ron --to 出力.pdf）"
                )));
            }
            Long("fix") => {
                return Err(UsageError(
                    "--fix は check と一緒に使います（furikaeri check 計画.ron --fix）".to_owned(),
                ));
            }
            Value(value) => values.push(value),
            other => match common(&other)? {
                Common::Help => return Ok(Request::Help),
                Common::Version => return Ok(Request::Version),
            },
        }
    }
    let plan = at_most_one(values)?;
    Ok(Request::Window { plan, renderer })
}

fn next(parser: &mut Parser) -> Result<Option<Arg<'_>>, UsageError> {
    parser.next().map_err(|error| in_words(&error))
}

/// An argument that does not belong to one command alone.
fn common(argument: &Arg<'_>) -> Result<Common, UsageError> {
    match argument {
        Long("help") | Short('h') => Ok(Common::Help),
        Long("version") | Short('V') => Ok(Common::Version),
        Long("renderer") => Err(UsageError(
            "--renderer は画面を開くときに使います".to_owned(),
        )),
        Long(name) => Err(UsageError(format!("知らない指定です：--{name}"))),
        Short(name) => Err(UsageError(format!("知らない指定です：-{name}"))),
        Value(value) => Err(extra(value)),
    }
}

fn at_most_one(values: Vec<OsString>) -> Result<Option<PathBuf>, UsageError> {
    let mut values = values.into_iter();
    let first = values.next().map(PathBuf::from);
    match values.next() {
        Some(value) => Err(extra(&value)),
        None => Ok(first),
    }
}

fn extra(value: &OsStr) -> UsageError {
    UsageError(format!("余分な指定があります：{}", value.to_string_lossy()))
}

fn value_of(parser: &mut Parser, option: &str) -> Result<OsString, UsageError> {
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

fn in_words(error: &lexopt::Error) -> UsageError {
    UsageError(match error {
        lexopt::Error::UnexpectedOption(option) => format!("知らない指定です：{option}"),
        lexopt::Error::MissingValue {
            option: Some(option),
        } => format!("{option} の後に値を指定してください"),
        other => format!("指定を読めません：{other}"),
    })
}

/// The exit status of a command, once what went wrong has been reported.
fn finish(result: Result<(), impl std::error::Error>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// Writes an error to standard error, on one line.
pub fn complain(error: &dyn std::error::Error) {
    let sentence = error.to_string().replace('\n', " ");
    // Nobody may be listening (a closed pipe), and then there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "furikaeri: {sentence}");
}

/// Writes a text to standard output.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
