//! The dialog that is open over the window, as data. Drawing is `ui/dialogs`; what an answer
//! does is `answer.rs`.

use std::{path::PathBuf, sync::Arc};

use jiff::civil::Date;

use crate::{
    export::{Format, Options},
    plan::{
        About, Id, Initiative, Measure, Plan, Section, Style, Word,
        checks::{Finding, Fixing},
    },
    storage::files::Opened,
    ui::Tab,
};

use super::{files::FileRequest, importing::ImportForm};

/// What waits until unsaved work is settled.
#[derive(Debug, Clone)]
pub enum Pending {
    New,
    /// Ask for a file and open it.
    Open,
    OpenPath(PathBuf),
    /// A plan that was read while the open one was edited.
    Show(PathBuf, Box<Opened>),
    /// A plan that was made of a table.
    Take(Box<Plan>),
    Quit,
}

/// A question or a message over the window; one at a time.
#[derive(Debug, Clone)]
pub enum Dialog {
    Unsaved(Pending),
    /// Removing a node with contents.
    Remove(Id),
    Renumber(Id),
    Export(ExportForm),
    /// Somebody else has saved the file since it was opened.
    ChangedOnDisk(PathBuf),
    /// Both have changed the same; `App::merging` holds what.
    Clashes,
    /// Unsaved work of another run; the first of `App::found`.
    Recovery,
    /// The file that was typed in the window exists already.
    Replace(FileRequest, PathBuf),
    /// Something failed; said once.
    Failure(String),
    /// A plan could not be saved where it was to be; elsewhere it may.
    NotSaved(String),
    /// A path is typed in the window, where the system has no file dialog.
    Path {
        request: FileRequest,
        text: String,
    },
    /// A table becomes a plan.
    Import(Box<ImportForm>),
    /// Questions of a form that came back; `App::collecting` holds which.
    Questions,
    /// What became of the forms that came back.
    Collected,
    HandOut(HandOutForm),
    Assign(AssignForm),
    SendBack(SendBackForm),
    /// What fixing findings would change.
    Fix(Box<Fixing>),
    /// Why a finding is left as it is.
    Ignore {
        finding: Finding,
        reason: String,
    },
    /// Which words are wanted, a line each, as they are typed.
    Words(String),
    Measures(MeasuresForm),
    PlanInfo(AboutForm),
    RepostSource {
        id: Id,
        query: String,
    },
    AboutProgram,
}

/// Which part is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Whole,
    Node(Id),
}

/// What to export or print, and how.
#[derive(Debug, Clone)]
pub struct ExportForm {
    pub scope: Scope,
    pub format: Format,
    /// How it is printed, where the format is printed.
    pub options: Options,
    /// What the typeface lacks in this part, in a sentence, as soon as it is known.
    pub missing: Option<(Scope, Option<String>)>,
    /// The part for which that was asked last.
    pub asked: Option<Scope>,
    selected: Option<Id>,
}

impl ExportForm {
    /// The form as it opens: the format of the last time, and what she is looking at.
    pub fn new((format, options): (Format, Options), selected: Option<Id>, tab: Tab) -> Self {
        let scope = match (tab, selected) {
            (Tab::Overview, _) | (_, None) => Scope::Whole,
            (_, Some(id)) => Scope::Node(id),
        };
        Self {
            scope,
            format,
            options,
            missing: None,
            asked: None,
            selected,
        }
    }

    /// Chooses this part, whatever is selected in the tree.
    pub fn choose(&mut self, id: Id) {
        self.selected = Some(id);
        self.scope = Scope::Node(id);
    }

    /// The part as exports name it; `None` is all of it.
    pub fn section(&self, plan: &Plan) -> Option<Section> {
        match self.scope {
            Scope::Whole => None,
            Scope::Node(id) => plan.number(id)?.half_width().parse().ok(),
        }
    }

    /// What can be chosen: the whole, and all that the selected node stands in.
    pub fn scopes(&self, plan: &Plan) -> Vec<Scope> {
        let above = self.selected.into_iter().flat_map(|id| plan.ancestors(id));
        let mut scopes: Vec<Scope> = self
            .selected
            .into_iter()
            .chain(above)
            .map(Scope::Node)
            .collect();
        scopes.push(Scope::Whole);
        scopes.reverse();
        scopes
    }
}

/// The measured values of an initiative while they are edited.
#[derive(Debug, Clone)]
pub struct MeasuresForm {
    pub id: Id,
    /// A line for each criterion of the target.
    pub lines: Vec<Measure>,
    /// Values of criteria that are not in the target any more; they are kept until she drops them.
    pub strays: Vec<Measure>,
}

impl MeasuresForm {
    pub fn new(initiative: &Initiative) -> Self {
        let line = |judged: crate::plan::Judged<'_>| match judged.measure {
            Some(measure) => measure.clone(),
            None => Measure {
                criterion: judged.criterion.text.to_owned(),
                ..Measure::default()
            },
        };
        Self {
            id: initiative.id,
            lines: initiative.judged().into_iter().map(line).collect(),
            strays: initiative.stray_measures().into_iter().cloned().collect(),
        }
    }

    /// What was typed; lines without a value are left out.
    pub fn read(self) -> Vec<Measure> {
        let is_empty = |it: &Measure| {
            let texts = [&it.reading, &it.measured, &it.previous, &it.as_of];
            texts.iter().all(|text| text.trim().is_empty())
        };
        let all = self.lines.into_iter().chain(self.strays);
        all.filter(|line| !is_empty(line)).collect()
    }
}

/// The words that a plan wants, as they are typed: `取組み→取組`, a line each.
pub fn words_of(style: &Style) -> String {
    let line = |word: &Word| format!("{}→{}", word.not, word.but);
    let lines: Vec<String> = style.words.iter().map(line).collect();
    lines.join("\n")
}

/// The first line that says nothing, because it has no arrow between two words.
pub fn line_without_words(text: &str) -> Option<&str> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.find(|line| read_words(line).is_empty())
}

/// The words as they were typed; lines without an arrow say nothing.
pub fn read_words(text: &str) -> Vec<Word> {
    let word = |line: &str| {
        let (not, but) = line.split_once(['→', '＞', '>'])?;
        let (not, but) = (not.trim(), but.trim());
        let is_one = !not.is_empty() && not != but;
        is_one.then(|| Word {
            not: not.to_owned(),
            but: but.to_owned(),
        })
    };
    text.lines().filter_map(word).collect()
}

/// The plan's heading while it is edited.
#[derive(Debug, Clone)]
pub struct AboutForm {
    pub about: About,
    /// The year of the era as it is typed.
    pub year: String,
    /// The date as it is typed.
    pub as_of: String,
}

impl AboutForm {
    pub fn new(about: &About) -> Self {
        Self {
            about: about.clone(),
            year: about.fiscal_year.to_string(),
            as_of: about
                .as_of
                .map_or_else(String::new, |date| date.to_string()),
        }
    }

    /// The heading as it was typed.
    ///
    /// # Errors
    /// Which field cannot be read.
    pub fn read(&self) -> Result<About, &'static str> {
        let year = crate::plan::parse_number(&self.year)
            .and_then(|year| u16::try_from(year).ok())
            .filter(|year| (1900..=2200).contains(year))
            .ok_or("年度は西暦で書いてください（例：2021）")?;
        let typed = crate::plan::half_width(self.as_of.trim()).replace('/', "-");
        let as_of =
            if typed.is_empty() {
                None
            } else {
                let date = typed.parse();
                Some(date.map_err(
                    |_| "基準日は 2021-10-31 のように書いてください（空欄でも構いません）",
                )?)
            };
        Ok(About {
            organisation: self.about.organisation.trim().to_owned(),
            fiscal_year: year,
            review: self.about.review,
            as_of,
        })
    }
}

/// Which sections get their forms, and by when they want them back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOutForm {
    pub owners: Vec<(String, bool)>,
    /// The day as it is typed.
    pub due: String,
    /// A file for furikaeri beside each workbook.
    pub extracts: bool,
}

impl HandOutForm {
    pub fn chosen(&self) -> Vec<String> {
        let chosen = self.owners.iter().filter(|(_, is_chosen)| *is_chosen);
        chosen.map(|(owner, _)| owner.clone()).collect()
    }

    /// The day as it was typed; nothing typed is no day.
    ///
    /// # Errors
    /// A sentence where it is no day.
    pub fn due(&self) -> Result<Option<Date>, &'static str> {
        let typed = crate::plan::half_width(self.due.trim()).replace('/', "-");
        if typed.is_empty() {
            return Ok(None);
        }
        let day = typed.parse();
        day.map(Some)
            .map_err(|_| "提出期限は 2021-11-19 のように書いてください（空欄でも構いません）")
    }
}

/// Who fills in what: a line for each strategy, and for each issue that holds initiatives itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignForm {
    pub lines: Vec<AssignLine>,
    /// It is asked because nothing can be handed out before.
    pub is_for_handing_out: bool,
}

/// A node and the section that has all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignLine {
    pub id: Id,
    pub owner: String,
    /// Whether its initiatives have several sections; an empty field leaves them so.
    pub is_mixed: bool,
    before: String,
}

impl AssignForm {
    pub fn new(plan: &Plan) -> Self {
        let mut lines = Vec::new();
        for issue in plan.issues() {
            for strategy in &issue.strategies {
                lines.push(AssignLine::new(strategy.id, &strategy.initiatives));
            }
            if !issue.initiatives.is_empty() {
                lines.push(AssignLine::new(issue.id, &issue.initiatives));
            }
        }
        Self {
            lines,
            is_for_handing_out: false,
        }
    }

    /// What was typed anew.
    pub fn changed(&self) -> impl Iterator<Item = (Id, &str)> {
        let changed = self.lines.iter().filter(|line| line.owner != line.before);
        changed.map(|line| (line.id, line.owner.trim()))
    }
}

impl AssignLine {
    fn new(id: Id, initiatives: &[Arc<Initiative>]) -> Self {
        let mut owners = initiatives
            .iter()
            .filter(|it| it.repost_of.is_none())
            .map(|it| it.owner.trim());
        let first = owners.next().unwrap_or_default();
        let is_mixed = owners.any(|owner| owner != first);
        let owner = if is_mixed { "" } else { first };
        Self {
            id,
            owner: owner.to_owned(),
            is_mixed,
            before: owner.to_owned(),
        }
    }
}

/// What a section should change in its form: a line for each of its initiatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendBackForm {
    pub owner: String,
    /// The initiative, its name, and the words on it.
    pub lines: Vec<(Id, String, String)>,
}

impl SendBackForm {
    pub fn new(plan: &Plan, owner: &str) -> Self {
        let own = plan.entries().map(|entry| entry.initiative);
        let own = own.filter(|it| it.repost_of.is_none() && it.owner.trim() == owner);
        let line = |it: &Arc<Initiative>| {
            let name = crate::ui::words::node_name(plan, it.id);
            (it.id, format!("{name}　{}", it.title), String::new())
        };
        Self {
            owner: owner.to_owned(),
            lines: own.map(line).collect(),
        }
    }
}
