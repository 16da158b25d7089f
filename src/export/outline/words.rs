//! The words that are said of a plan and are not the form's.

use crate::plan::{About, date_name, fiscal_year_name};

/// Before the name of the owner.
pub const OWNER: &str = "担当：";
/// Of a heading under which no row stands.
pub const NO_ROWS: &str = "具体的取組はありません。";
/// Of a state that nobody has assessed.
pub const UNASSESSED: &str = "未評価";
/// Of a repost whose source is gone.
pub const NO_SOURCE: &str = "再掲元が見つかりません";
/// Before the state of a repost, which is its source's.
pub const OF_SOURCE: &str = "再掲元：";
pub const ONLY_ATTENTION: &str = "目標未達成見込、または予定通り進捗していない具体的取組のみ";
pub const NO_ATTENTION: &str =
    "目標未達成見込、または予定通り進捗していない具体的取組はありません。";
/// Of a heading or a row that goes on from above.
pub const CONTINUED: &str = "（続き）";

/// `大阪市港区　令和３年度　中間振り返り`.
pub fn plan_name(about: &About) -> String {
    let review = about.review.name();
    let year = fiscal_year_name(about.fiscal_year);
    match about.organisation.trim() {
        "" => format!("{year}　{review}"),
        organisation => format!("{organisation}　{year}　{review}"),
    }
}

/// `令和３年１０月３１日時点`.
pub fn as_of(about: &About) -> Option<String> {
    about.as_of.map(|date| format!("{}時点", date_name(date)))
}
