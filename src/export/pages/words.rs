//! The words of the printed frame. Those of the table are in the form.

use crate::{
    export::status_style,
    plan::{About, Number, Standing, date_name, fiscal_year_name},
};

pub const ISSUE: &str = "経営課題";
pub const STRATEGY: &str = "戦略";
pub const OWNER: &str = "担当：";
pub const NO_TITLE: &str = "（名称なし）";
pub const NOTHING: &str = "（具体的取組はありません）";
pub const NO_ATTENTION: &str =
    "目標未達成見込、または予定通り進捗していない具体的取組はありません。";
pub const CHANGES: &str = "新旧対照表";
pub const NO_CHANGES: &str = "変更はありません。";
pub const CONTINUED: &str = "（続き）";
pub const LOST_SOURCE: &str = "再掲（再掲元が見つかりません）";
pub const NOT_ASSESSED: &str = "【未評価】";
pub const ONLY_ATTENTION: &str = "目標未達成見込、または予定通り進捗していない具体的取組のみ";
/// Stands for a character that the font lacks: the printers' mark for a missing type.
pub const GETA: char = '〓';

/// `大阪市港区　令和３年度　中間振り返り`: the document's title.
pub fn plan_name(about: &About) -> String {
    let year = fiscal_year_name(about.fiscal_year);
    let rest = format!("{year}　{}", about.review.name());
    match about.organisation.trim() {
        "" => rest,
        _ => format!("{}　{rest}", about.organisation),
    }
}

/// `令和３年１０月３１日現在`.
pub fn as_of(about: &About) -> Option<String> {
    about.as_of.map(|date| date_name(date) + "現在")
}

/// `戦略１－１　豊かなコミュニティの促進`; an unnumbered part by its title alone.
pub fn heading(kind: &str, number: Number, title: &str) -> String {
    let title = if title.trim().is_empty() {
        NO_TITLE
    } else {
        title
    };
    if number.issue.is_none() && number.strategy.is_none() {
        return title.to_owned();
    }
    format!("{kind}{}　{title}", number.full_width())
}

/// The state in words, for the counts.
pub const fn standing(standing: Standing) -> &'static str {
    status_style::of(standing).name
}
