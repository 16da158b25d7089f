//! The form: headings and wordings of the printed review. Next year's form is a file, not a
//! release, so no wording stands in code; the file is read by `storage/forms.rs`.

use serde::{Deserialize, Serialize};

use super::{
    number::Number,
    status::{Outlook, Progress, Status},
};

/// A form definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub name: String,
    /// Wordings of the numbered issues.
    pub numbered: Wording,
    /// Wordings of the unnumbered part.
    pub unnumbered: Wording,
    /// What a repost says; `{number}` stands for its source's number.
    pub repost: String,
    /// Widths of the four printed columns, as shares of their sum.
    #[serde(default = "usual_widths")]
    pub widths: (u16, u16, u16, u16),
}

const fn usual_widths() -> (u16, u16, u16, u16) {
    (17, 30, 23, 30)
}

/// Headings and status words of one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    pub initiative: String,
    pub results: String,
    pub target: String,
    /// Heading of the column that holds status and notes.
    pub achievement: String,
    pub on_target: String,
    pub off_target: String,
    pub on_schedule: String,
    pub behind: String,
}

impl Form {
    /// The wordings for the part that a node with this number belongs to.
    pub fn wording(&self, number: Number) -> &Wording {
        match number.issue {
            Some(_) => &self.numbered,
            None => &self.unnumbered,
        }
    }

    /// `具体的取組３－１－２の再掲`.
    pub fn repost_line(&self, source: Number) -> String {
        self.repost.replace("{number}", &source.full_width())
    }
}

impl Wording {
    pub fn outlook(&self, outlook: Outlook) -> &str {
        match outlook {
            Outlook::OnTarget => &self.on_target,
            Outlook::OffTarget => &self.off_target,
        }
    }

    pub fn progress(&self, progress: Progress) -> &str {
        match progress {
            Progress::OnSchedule => &self.on_schedule,
            Progress::Behind => &self.behind,
        }
    }

    /// The status as it is printed: `【目標達成見込、取組予定通り進捗している】`; only the axes
    /// that are set, and nothing if neither is.
    pub fn status_line(&self, status: Status) -> Option<String> {
        let outlook = status.outlook.map(|outlook| self.outlook(outlook));
        let progress = status.progress.map(|progress| self.progress(progress));
        let words: Vec<&str> = [outlook, progress].into_iter().flatten().collect();
        (!words.is_empty()).then(|| format!("【{}】", words.join("、")))
    }
}
