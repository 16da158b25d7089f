//! What somebody pastes into a plan by mistake, or to see what happens.

use furikaeri::plan::Plan;

use super::plans::{BEHIND, Building as _, OFF_TARGET, id, initiative, issue, plan_of, strategy};

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
    let full = initiative(id(3), 1)
        .titled(text)
        .owned_by(text)
        .with_results(text)
        .with_target(text)
        .with_outlook(OFF_TARGET)
        .with_progress(BEHIND)
        .with_notes(text);
    let strategy = strategy(id(2), 1).titled(text).holding([full]);
    plan_of(vec![issue(id(1), 1).titled(text).holding([strategy])])
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
