//! What somebody pastes into a plan by mistake, or to see what happens.

use std::sync::Arc;

use furikaeri::plan::{Initiative, Issue, Outlook, Plan, Progress, Status, Strategy};

use super::plans::{id, plan_of};

/// Texts that a format could stumble over. Each is one line.
pub const LINES: [&str; 14] = [
    "🎉👨‍👩‍👧🇯🇵 𠮷野家",
    "一\u{0}二\u{1b}[31m三\u{7f}\u{85}四",
    "\u{202e}逆さ\u{200f}",
    "=cmd|' /C calc'!A0",
    "＝SUM(A1)",
    "'=1+1",
    "</td><script>alert(\"1\")</script>",
    "<r><t>一</t></r>",
    "<r></r>",
    "_x0041_ と _x000A_",
    "& &amp; &#39; \"引用\" 'x'",
    "--><style>*{display:none}</style><!--",
    "]]> %s {} \\ `x` *y* # z | [a](javascript:b)",
    "\u{fffe}\u{ffff}\u{feff}\u{2028}終",
];

/// A plan in which every text is this one.
pub fn plan_with(text: &str) -> Plan {
    let full = Initiative {
        title: text.to_owned(),
        owner: text.to_owned(),
        results: text.to_owned(),
        target: text.to_owned(),
        notes: text.to_owned(),
        status: Status {
            outlook: Some(Outlook::OffTarget),
            progress: Some(Progress::Behind),
        },
        ..Initiative::new(id(3), 1)
    };
    let strategy = Strategy {
        id: id(2),
        number: 1,
        title: text.to_owned(),
        initiatives: vec![Arc::new(full)],
    };
    plan_of(vec![Issue {
        id: id(1),
        number: Some(1),
        title: text.to_owned(),
        strategies: vec![Arc::new(strategy)],
        initiatives: Vec::new(),
    }])
}

/// What no file may hold is gone, everything else is there.
pub fn as_exported(text: &str) -> String {
    let is_noncharacter = |c: char| {
        matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF) || ('\u{fdd0}'..='\u{fdef}').contains(&c)
    };
    let stays = |c: &char| !is_noncharacter(*c) && (!c.is_control() || *c == '\n' || *c == '\t');
    text.chars().filter(stays).collect()
}

/// Without blanks, which formats put where they need them.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
