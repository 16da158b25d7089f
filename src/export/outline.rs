//! What the form shows of a plan, or of a section of it, in the order of the document: headings,
//! rows, and the words in them. Each format only draws it.
//!
//! Nothing here knows of a format. The CSV and the data sheet have a record per initiative
//! instead, see `record.rs`.

use std::sync::Arc;

use crate::plan::{
    About, Form, Initiative, Issue, NoSuchSection, Number, Plan, Section, Standing, Strategy,
    Tally, Wording, date_name, fiscal_year_name,
};

/// What stands for a title that is empty.
pub(super) const NO_TITLE: &str = "（名称なし）";
/// What is said of a state that nobody has assessed.
const UNASSESSED: &str = "未評価";
/// What a repost says whose source is gone.
pub(super) const NO_SOURCE: &str = "再掲元が見つかりません";

/// The contents of a form.
#[derive(Debug)]
pub struct Outline<'a> {
    /// `大阪市港区　令和３年度　中間振り返り`, and the section where it is not the whole plan.
    pub title: String,
    /// `戦略２－１`; `None` for the whole plan.
    pub section: Option<String>,
    /// `令和３年１０月３１日時点`.
    pub as_of: Option<String>,
    pub parts: Vec<Part<'a>>,
}

/// An issue.
#[derive(Debug)]
pub struct Part<'a> {
    pub issue: &'a Issue,
    pub number: Number,
    /// `経営課題１　区民主体のまちづくり`; the part without a number by its title alone.
    pub heading: String,
    pub wording: &'a Wording,
    /// Its strategies, then the initiatives that stand in none.
    pub groups: Vec<Group<'a>>,
}

/// The rows of one table.
#[derive(Debug)]
pub struct Group<'a> {
    pub strategy: Option<Heading<'a>>,
    pub rows: Vec<Row<'a>>,
}

/// The heading of a strategy.
#[derive(Debug)]
pub struct Heading<'a> {
    pub strategy: &'a Strategy,
    pub number: Number,
    /// `戦略１－１　豊かなコミュニティの促進`.
    pub text: String,
}

/// An initiative.
#[derive(Debug)]
pub struct Row<'a> {
    pub initiative: &'a Initiative,
    pub number: Number,
    pub title: &'a str,
    /// Its own, or its source's; `None` where the source is gone.
    pub status: Option<StatusLine>,
    /// Where its contents stand, if they stand elsewhere.
    pub repost: Option<Repost<'a>>,
}

/// A state with the words of the form: `【目標達成見込、取組予定通り進捗している】`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusLine {
    pub standing: Standing,
    pub words: String,
}

/// What a repost says in place of contents.
#[derive(Debug)]
pub struct Repost<'a> {
    /// `具体的取組３－１－２の再掲`.
    pub line: String,
    pub source: Option<&'a Initiative>,
}

impl<'a> Outline<'a> {
    /// The contents of a plan's form, or of a section of it.
    ///
    /// # Errors
    /// When the plan has no such section.
    pub fn of(
        plan: &'a Plan,
        section: Option<Section>,
        form: &'a Form,
    ) -> Result<Self, NoSuchSection> {
        section.map_or(Ok(()), |section| section.require_in(plan))?;
        let about = plan.about();
        let mut title = plan_title(about);
        let name = section.map(|section| number_name(section.number()));
        if let Some(name) = &name {
            title.push('　');
            title.push_str(name);
        }
        let choosing = Choosing {
            plan,
            section,
            form,
        };
        let parts = plan.issues().iter();
        Ok(Self {
            title,
            section: name,
            as_of: about.as_of.map(|date| format!("{}時点", date_name(date))),
            parts: parts.filter_map(|issue| choosing.part(issue)).collect(),
        })
    }

    /// The tables of all parts.
    pub fn groups(&self) -> impl Iterator<Item = &Group<'a>> {
        self.parts.iter().flat_map(|part| &part.groups)
    }
}

impl Part<'_> {
    /// Its rows by state.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for row in self.groups.iter().flat_map(|group| &group.rows) {
            tally.add(row.initiative);
        }
        tally
    }
}

impl Row<'_> {
    /// `担当：防災担当`, where somebody is named.
    pub fn owner_line(&self) -> Option<String> {
        let owner = self.initiative.owner.trim();
        (!owner.is_empty()).then(|| format!("担当：{owner}"))
    }
}

/// `大阪市港区　令和３年度　中間振り返り`.
pub fn plan_title(about: &About) -> String {
    let review = about.review.name();
    let year = fiscal_year_name(about.fiscal_year);
    match about.organisation.trim() {
        "" => format!("{year}　{review}"),
        organisation => format!("{organisation}　{year}　{review}"),
    }
}

/// `経営課題２`, `戦略２－１`, `具体的取組２－１－３`, `改革`.
fn number_name(number: Number) -> String {
    let kind = match (number.issue, number.strategy, number.initiative) {
        (_, _, Some(_)) => "具体的取組",
        (_, Some(_), None) => "戦略",
        (Some(_), None, None) => "経営課題",
        (None, None, None) => "",
    };
    format!("{kind}{}", number.full_width())
}

fn title_or_none(title: &str) -> &str {
    match title.trim() {
        "" => NO_TITLE,
        _ => title,
    }
}

struct Choosing<'a> {
    plan: &'a Plan,
    section: Option<Section>,
    form: &'a Form,
}

impl<'a> Choosing<'a> {
    fn touches(&self, number: Number) -> bool {
        self.section.is_none_or(|section| section.touches(number))
    }

    fn part(&self, issue: &'a Arc<Issue>) -> Option<Part<'a>> {
        let number = Number {
            issue: issue.number,
            ..Number::default()
        };
        if !self.touches(number) {
            return None;
        }
        let mut groups: Vec<Group<'a>> = issue
            .strategies
            .iter()
            .filter_map(|strategy| self.strategy(issue, strategy))
            .collect();
        let direct = self.rows(issue, None, &issue.initiatives);
        if !direct.is_empty() {
            groups.push(Group {
                strategy: None,
                rows: direct,
            });
        }
        let title = title_or_none(&issue.title);
        let heading = match issue.number {
            Some(_) => format!("{}　{title}", number_name(number)),
            None => title.to_owned(),
        };
        Some(Part {
            issue,
            number,
            heading,
            wording: self.form.wording(number),
            groups,
        })
    }

    fn strategy(&self, issue: &'a Arc<Issue>, strategy: &'a Arc<Strategy>) -> Option<Group<'a>> {
        let number = Number {
            issue: issue.number,
            strategy: Some(strategy.number),
            initiative: None,
        };
        let rows = self.rows(issue, Some(strategy), &strategy.initiatives);
        // A heading is worth showing without rows only if it has none to hide.
        let is_shown = !rows.is_empty() || strategy.initiatives.is_empty();
        if !self.touches(number) || !is_shown {
            return None;
        }
        let heading = Heading {
            strategy,
            number,
            text: format!(
                "{}　{}",
                number_name(number),
                title_or_none(&strategy.title)
            ),
        };
        Some(Group {
            strategy: Some(heading),
            rows,
        })
    }

    fn rows(
        &self,
        issue: &'a Arc<Issue>,
        strategy: Option<&'a Arc<Strategy>>,
        initiatives: &'a [Arc<Initiative>],
    ) -> Vec<Row<'a>> {
        let entry = |initiative| crate::plan::Entry {
            issue,
            strategy,
            initiative,
        };
        initiatives
            .iter()
            .map(entry)
            .filter(|entry| self.section.is_none_or(|section| section.holds(entry)))
            .map(|entry| self.row(entry.initiative, entry.number()))
            .collect()
    }

    fn row(&self, initiative: &'a Initiative, number: Number) -> Row<'a> {
        let title = title_or_none(&initiative.title);
        if initiative.repost_of.is_none() {
            return Row {
                initiative,
                number,
                title,
                status: Some(self.status(initiative, number)),
                repost: None,
            };
        }
        let source = self.plan.repost_source(initiative).map(Arc::as_ref);
        let place = source.and_then(|source| self.plan.number(source.id));
        Row {
            initiative,
            number,
            title,
            status: source
                .zip(place)
                .map(|(source, number)| self.status(source, number)),
            repost: Some(Repost {
                line: place.map_or_else(
                    || NO_SOURCE.to_owned(),
                    |number| self.form.repost_line(number),
                ),
                source,
            }),
        }
    }

    fn status(&self, initiative: &Initiative, number: Number) -> StatusLine {
        let status = initiative.status;
        let words = self.form.wording(number).status_line(status);
        StatusLine {
            standing: status.standing(),
            words: words.unwrap_or_else(|| UNASSESSED.to_owned()),
        }
    }
}
