//! 配布: what one owner has to fill in, handed out as an Excel file or as a file for this program.
//!
//! A handout reads like the printed form. Its owner fills in the coloured cells; everything else is
//! locked, without a password, so that nobody is stopped who knows what they are doing. What a
//! handout has to know about itself is in `origin.rs`; `import::returned` reads it when it comes
//! back.

pub mod layout;
pub mod origin;
pub mod sheet;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, Workbook};

use crate::{
    form::{Fault, Key},
    plan::{
        Id, Plan, date_name, fiscal_year_name,
        handout::{self, extract},
    },
    storage::format,
};

use super::{
    outline::words,
    text::printable,
    xlsx::{self, sheet::Looks},
};

use layout::Layout;
use origin::Origin;

/// What a handout says besides the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The day by which it is to be back; without one, the round's.
    pub due: Option<Date>,
    /// What is to be changed, in a handout that goes back to its owner.
    pub comments: Vec<Comment>,
}

/// What is asked about something that the owner has filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub at: Id,
    /// A field of the node, or what is asked of it first (`None`).
    pub field: Option<Key>,
    pub text: String,
}

/// Why there is no handout.
#[derive(Debug, thiserror::Error)]
pub enum HandoutError {
    #[error(
        "担当「{0}」に記入してもらうものがありません。担当の名前を確かめるか、担当を割り当ててください。"
    )]
    Nothing(String),
    /// What comes back of a form that contradicts itself could not be told apart.
    #[error("様式に矛盾があります（{0}）。「様式を編集」で直してから配布してください。")]
    Unsound(Fault),
    /// A handout knows its plan by the id that the plan gets when it is first handed out.
    #[error("この計画はまだ配布の記録がありません。配布として記録してから様式を作ってください。")]
    NoId,
    #[error("様式を作れませんでした（{0}）。")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    #[error("{0}")]
    Write(#[from] format::WriteError),
}

/// An owner's handout as the bytes of a workbook. The plan is the one in which handing out is
/// recorded already ([`handout::Round`]), so that the handout bears its edition.
///
/// # Errors
/// When the owner has nothing to fill in, or the plan was never handed out.
pub fn write(plan: &Plan, owner: &str, options: &Options) -> Result<Vec<u8>, HandoutError> {
    let base = share(plan, owner)?;
    let origin = Origin {
        plan: plan.round().id.ok_or(HandoutError::NoId)?,
        owner: owner.trim().to_owned(),
        edition: plan.round().edition(owner),
        comments: comments(&base, &options.comments),
        base,
    };
    let looks = Looks::new();
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(printable(&title(plan)))
        .set_creation_datetime(&xlsx::creation_date(plan.about())?);
    workbook.set_properties(&properties);
    workbook.set_default_format(&looks.plain, 18, 64)?;
    let layout = Layout::of(&origin.base, &origin.owner);
    let due = options.due.or(plan.round().due);
    let head = sheet::Head {
        title: title(plan),
        owner: origin.owner.clone(),
        due: due.map(date_name),
        comments: &origin.comments,
    };
    sheet::fill(
        workbook.add_worksheet(),
        &origin.base,
        &layout,
        &head,
        &looks,
    )?;
    sheet::fill_origin(workbook.add_worksheet(), &origin.rows()?, &layout)?;
    Ok(workbook.save_to_buffer()?)
}

/// An owner's share of a plan as a plan's file, for an owner who uses this program.
///
/// # Errors
/// As for [`write`].
pub fn write_extract(plan: &Plan, owner: &str) -> Result<Vec<u8>, HandoutError> {
    share(plan, owner)?;
    plan.round().id.ok_or(HandoutError::NoId)?;
    Ok(format::write(&extract(plan, owner))?)
}

/// What an owner has to fill in, as a plan.
fn share(plan: &Plan, owner: &str) -> Result<Plan, HandoutError> {
    if let Some(fault) = plan.form().faults().into_iter().next() {
        return Err(HandoutError::Unsound(fault));
    }
    let share = handout::part(plan, owner);
    if layout::rows(&share, owner).next().is_none() {
        return Err(HandoutError::Nothing(owner.to_owned()));
    }
    Ok(share)
}

fn title(plan: &Plan) -> String {
    words::plan_name(plan)
}

/// What is asked about each node, a line for each field.
fn comments(base: &Plan, all: &[Comment]) -> Vec<(Id, String)> {
    let texts = base.nodes().map(|entry| {
        let id = entry.node.id;
        let own = all.iter().filter(|comment| comment.at == id);
        let lines: Vec<String> = own.map(|comment| in_words(base, comment)).collect();
        (id, lines.join("\n"))
    });
    texts.filter(|(_, text)| !text.is_empty()).collect()
}

fn in_words(base: &Plan, comment: &Comment) -> String {
    let level = base.level_of(comment.at);
    let field = level.and_then(|level| match comment.field {
        Some(key) => level.field(key),
        None => level.fields.iter().find(|field| layout::is_asked(field)),
    });
    let name = field.map_or("全体", |field| field.short());
    format!("【{name}】{}", comment.text)
}

/// The name of a handout's file, e.g. `01_防災担当_令和３年度中間振り返り.xlsx`: in the order of the
/// list of owners, with nothing that a file system refuses.
pub fn file_name(plan: &Plan, owner: &str, extension: &str) -> String {
    let owner = owner.trim();
    let owners = handout::owners(plan);
    let place = owners.iter().position(|it| it.owner == owner);
    let place = place.map_or(0, |at| at + 1);
    let about = plan.about();
    let review = plan.form().review_name(about.review);
    let year = fiscal_year_name(about.fiscal_year);
    format!(
        "{place:02}_{}_{year}{}.{extension}",
        safe(owner),
        safe(review)
    )
}

/// A name without what Windows refuses, and short enough for a path.
fn safe(name: &str) -> String {
    const LONGEST: usize = 40;
    let forbidden = |c: char| c.is_control() || r#"\/:*?"<>|"#.contains(c);
    let name = name.chars().take(LONGEST);
    let name: String = name.map(|c| if forbidden(c) { '_' } else { c }).collect();
    name.trim_end_matches(['.', ' ']).to_owned()
}
