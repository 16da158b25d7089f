//! What a page sets of its style: the widths of columns, the colours of states. The other rules are in
//! `assets/styles/page.css`.

use crate::{
    export::{outline::shares, status_style},
    form::{Form, Key, Level},
    plan::Standing,
};

/// The least width of a column on a screen, in the size of the page's letters.
const NARROWEST: usize = 12;

/// The rules for tables of this form.
pub fn of(form: &Form) -> String {
    styles_of_columns(form) + &styles_of_states()
}

fn styles_of_columns(form: &Form) -> String {
    form.rows().map(styles_of_level).collect()
}

/// How wide the columns of a level are, and the whole of them at least.
fn styles_of_level(level: &Level) -> String {
    let class = class_of_level(level.key);
    let least = level.columns.len() * NARROWEST;
    let table = format!("@media screen {{ .{class} {{ min-width: {least}rem; }} }}\n");
    let columns = shares(level).enumerate().map(|(n, (_, share))| {
        let percent = (share * 10_000.0).round() / 100.0;
        format!(
            ".{class} th:nth-child({}) {{ width: {percent}%; }}\n",
            n + 1
        )
    });
    std::iter::once(table).chain(columns).collect()
}

/// The class of the tables of a level.
pub fn class_of_level(level: Key) -> String {
    format!("level-{level}")
}

fn styles_of_states() -> String {
    let rules = Standing::ALL.map(|standing| {
        let style = status_style::of(standing);
        let class = class_of_state(standing);
        let [mark, ink, tint] = [style.mark, style.ink, style.tint].map(hex);
        format!(
            ".{class} {{ color: {ink}; background: {tint}; border-left-color: {mark}; }}\n\
             .{class} .mark {{ color: {mark}; }}\n"
        )
    });
    rules.concat()
}

pub const fn class_of_state(standing: Standing) -> &'static str {
    match standing {
        Standing::Good => "good",
        Standing::Concern => "concern",
        Standing::Bad => "bad",
        Standing::Worst => "worst",
        Standing::Unassessed => "unassessed",
        Standing::NotRated => "not-rated",
    }
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
