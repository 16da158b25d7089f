//! The words that are said of a plan and are not the form's, and those that are put together from the
//! form's.

use crate::{
    form::{Form, Grade, Level},
    plan::{About, Plan, date_name, fiscal_year_name},
};

/// The heading of what the plan as a whole says.
pub const WHOLE: &str = "計画全体";
/// Before the name of the owner.
pub const OWNER: &str = "担当：";
/// Of a state that nobody has assessed.
pub const UNASSESSED: &str = "未評価";
/// Of a repost whose source is gone.
pub const NO_SOURCE: &str = "再掲元が見つかりません";
/// Before the state of a repost, which is its source's.
pub const OF_SOURCE: &str = "再掲元：";
/// Before what was measured for the criteria of targets.
pub const MEASURED: &str = "実績値";
/// Of a heading or a row that goes on from above.
pub const CONTINUED: &str = "（続き）";

/// Of what is judged not to be good, where the form has no word for it.
const NOT_GOOD: &str = "良くないと評価されたもの";

/// `大阪市港区　令和３年度　中間振り返り`.
pub fn plan_name(plan: &Plan) -> String {
    let about = plan.about();
    let year = fiscal_year_name(about.fiscal_year);
    let review = plan.form().review_name(about.review);
    let parts = [about.organisation.trim(), &year, review].into_iter();
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("　")
}

/// `令和３年１０月３１日時点`.
pub fn as_of(about: &About) -> Option<String> {
    about.as_of.map(|date| format!("{}時点", date_name(date)))
}

/// Of a heading under which no row stands: `具体的取組はありません。`; nothing where none can stand
/// there.
pub fn no_rows(form: &Form, level: &Level) -> Option<String> {
    let mut below: Vec<&Level> = Vec::new();
    let mut waiting = vec![level.key];
    while let Some(above) = waiting.pop() {
        for level in form.levels_in(Some(above)) {
            if !below.iter().any(|known| known.key == level.key) {
                below.push(level);
                waiting.push(level.key);
            }
        }
    }
    let names = level_names(below.into_iter().filter(|level| level.is_row()), "・");
    (!names.is_empty()).then(|| format!("{names}はありません。"))
}

/// The names of levels, each once.
pub fn level_names<'a>(levels: impl Iterator<Item = &'a Level>, join: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for level in levels {
        if !names.contains(&&*level.name) {
            names.push(&level.name);
        }
    }
    names.join(join)
}

/// `「目標未達成見込」「取組予定通り進捗していない」の具体的取組のみ`.
pub fn only_attention(form: &Form) -> String {
    format!("{}のみ", not_good(form))
}

/// `「目標未達成見込」「取組予定通り進捗していない」の具体的取組はありません。`
pub fn no_attention(form: &Form) -> String {
    format!("{}はありません。", not_good(form))
}

/// What is judged not to be good, the worse first, in the words of the choices.
fn not_good(form: &Form) -> String {
    let mut said: Vec<String> = Vec::new();
    for grade in [Grade::Bad, Grade::Concern] {
        let axes = form.assessed().flat_map(Level::axes);
        let choices = axes.flat_map(|axis| axis.choices());
        for choice in choices.filter(|choice| choice.grade == Some(grade)) {
            let words = format!("「{}」", choice.words);
            if !said.contains(&words) {
                said.push(words);
            }
        }
    }
    if said.is_empty() {
        return NOT_GOOD.to_owned();
    }
    format!("{}の{}", said.concat(), level_names(form.assessed(), "・"))
}
