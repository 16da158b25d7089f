//! How many initiatives are in which state: a table of the outline's own rows, and the cover, which
//! counts the whole plan as the overview on the screen does.

use crate::plan::{
    Number, Outlook, Overview, Progress, Standing, Status, Tally, Wording, full_width,
};

use super::Outline;

/// The rows of an outline by state.
#[derive(Debug)]
pub struct Counts<'a> {
    /// A part of an issue bears the name of the whole in the table, so this says which part it is.
    pub caption: String,
    /// Each chapter's heading, and its rows.
    pub lines: Vec<(&'a str, Tally)>,
    pub total: Tally,
    /// What is said of the reposts, where there are any.
    pub reposts: Option<String>,
}

impl Outline<'_> {
    /// Its rows by state.
    pub fn counts(&self) -> Counts<'_> {
        let caption = match &self.section {
            Some(section) => format!("具体的取組の数（{section}、達成状況別）"),
            None => "具体的取組の数（達成状況別）".to_owned(),
        };
        let chapters = self.chapters.iter();
        let lines: Vec<(&str, Tally)> = chapters
            .map(|chapter| (&*chapter.heading, chapter.tally()))
            .collect();
        let mut total = Tally::default();
        for (_, tally) in &lines {
            total += *tally;
        }
        let reposts = total.reposts;
        Counts {
            caption,
            lines,
            total,
            reposts: (reposts > 0)
                .then(|| format!("ほかに再掲が{reposts}件あります。計には入っていません。")),
        }
    }

    /// The cover: how the whole plan stands, also where only a section of it follows.
    pub fn cover(&self) -> Cover<'_> {
        let overview = Overview::of(self.plan);
        let tally = overview.total;
        let mut summary = format!("具体的取組　{}", items(tally.total()));
        if tally.reposts > 0 {
            summary += &format!("（ほかに再掲　{}）", items(tally.reposts));
        }
        if let Some(as_of) = &self.as_of {
            summary = format!("{as_of}　{summary}");
        }
        Cover {
            title: &self.name,
            summary,
            matrix: MatrixTable::of(&overview, &self.form.numbered),
            bars: bars(&overview),
        }
    }
}

/// What the cover says.
#[derive(Debug)]
pub struct Cover<'a> {
    /// The plan's name.
    pub title: &'a str,
    /// `令和３年１０月３１日時点　具体的取組　４８件（ほかに再掲　１件）`.
    pub summary: String,
    pub matrix: MatrixTable<'a>,
    pub bars: Vec<Bar>,
}

/// The heading of the bars.
pub const BARS: &str = "経営課題・戦略ごとの件数";
/// The heading of the column with their names.
pub const BAR_NAMES: &str = "経営課題・戦略";
/// The heading of the matrix.
pub const MATRIX: &str = "達成状況";
/// What stands in its corner.
pub const MATRIX_CORNER: &str = "件数";

/// Both axes, two by two, and what is not assessed.
#[derive(Debug)]
pub struct MatrixTable<'a> {
    pub columns: [&'a str; 2],
    pub rows: [MatrixRow<'a>; 2],
    /// What is said of those in which an axis is unset, where there are any.
    pub unset: Option<String>,
}

/// A row of the matrix.
#[derive(Debug)]
pub struct MatrixRow<'a> {
    pub name: &'a str,
    /// The state that both axes make, and how many are in it.
    pub cells: [(Standing, usize); 2],
}

/// An issue or a strategy with its counts.
#[derive(Debug)]
pub struct Bar {
    /// `１－１　豊かなコミュニティの促進`.
    pub name: String,
    pub is_issue: bool,
    pub tally: Tally,
}

impl<'a> MatrixTable<'a> {
    fn of(overview: &Overview, wording: &'a Wording) -> Self {
        let matrix = &overview.matrix;
        let progress = [Progress::OnSchedule, Progress::Behind];
        let cell = |outlook, progress| {
            let (outlook, progress) = (Some(outlook), Some(progress));
            let standing = Status { outlook, progress }.standing();
            (standing, matrix.count(outlook, progress))
        };
        let row = |outlook| MatrixRow {
            name: wording.outlook(outlook),
            cells: progress.map(|progress| cell(outlook, progress)),
        };
        let unset = matrix.unset();
        Self {
            columns: progress.map(|progress| wording.progress(progress)),
            rows: [Outlook::OnTarget, Outlook::OffTarget].map(row),
            unset: (unset > 0).then(|| format!("ほかに、達成状況が未記入のもの　{}", items(unset))),
        }
    }
}

fn bars(overview: &Overview) -> Vec<Bar> {
    let bar = |number: Number, title: &str, tally, is_issue| Bar {
        name: number.short_heading(title),
        is_issue,
        tally,
    };
    let mut bars = Vec::new();
    for group in &overview.groups {
        bars.push(bar(group.number, &group.issue.title, group.tally, true));
        bars.extend(group.strategies.iter().map(|it| {
            let title = &it.strategy.title;
            bar(it.number, title, it.tally, false)
        }));
    }
    bars
}

/// `４８件`.
fn items(count: usize) -> String {
    format!("{}件", full_width(&count.to_string()))
}
