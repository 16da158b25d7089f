//! Reading one criterion: from its end, where Japanese says what is to be reached.
//!
//! What cannot be read for sure is not guessed at: `Understanding::Unclear`.

use super::{Base, Bound, Comparator, Goal, Understanding, amount::Amount, plain::Plain};

/// Reads a criterion without its bullet.
pub fn read(criterion: &str) -> Understanding {
    let plain = Plain::of(criterion);
    if let Some(goal) = goal(&plain) {
        return Understanding::Goal(goal);
    }
    let text = plain.as_str();
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    let asks_for = |word: &str| text.contains(word);
    if ["前年度以", "前年以"].into_iter().any(asks_for)
        || (has_digit
            && ["以上", "以下", "以内", "未満", "%"]
                .into_iter()
                .any(asks_for))
    {
        Understanding::Unclear
    } else {
        Understanding::Qualitative
    }
}

/// Endings that only turn it into a sentence. Longer ones first.
const ENDINGS: [&str; 17] = [
    "とすること",
    "であること",
    "を維持する",
    "を達成する",
    "を目指す",
    "をめざす",
    "とする",
    "にする",
    "になる",
    "である",
    "を維持",
    "を達成",
    "を得る",
    "達成",
    "得る",
    "する",
    "。",
];

/// Longer ones first.
const COMPARATORS: [(&str, Comparator); 11] = [
    ("以上", Comparator::AtLeast),
    ("を上回る", Comparator::Above),
    ("を超える", Comparator::Above),
    ("超える", Comparator::Above),
    ("超", Comparator::Above),
    ("以下", Comparator::AtMost),
    ("以内", Comparator::AtMost),
    ("まで減らす", Comparator::AtMost),
    ("を下回る", Comparator::Below),
    ("未満", Comparator::Below),
    ("まで増やす", Comparator::AtLeast),
];

/// Words that say how much more or less. Longer ones first.
const CHANGES: [(&str, Comparator); 8] = [
    ("増加", Comparator::AtLeast),
    ("向上", Comparator::AtLeast),
    ("増", Comparator::AtLeast),
    ("減少", Comparator::AtMost),
    ("削減", Comparator::AtMost),
    ("低減", Comparator::AtMost),
    ("減", Comparator::AtMost),
    ("アップ", Comparator::AtLeast),
];

fn goal(plain: &Plain<'_>) -> Option<Goal> {
    let text = plain.as_str().trim_end_matches(['。', '、', '.']);
    let (text, remarks) = without_remarks(text);
    let mut goal = match end_of(plain, text) {
        Some(goal) => goal,
        // 図上訓練を実施した区の数（24区）
        None => in_brackets(plain, text, remarks.first()?)?,
    };
    goal.also = remarks.iter().find_map(|&remark| also(plain, remark));
    goal.out_of = text
        .find("満点")
        .and_then(|at| Amount::at_end(text.get(..at)?))
        .map(|(_, amount)| amount);
    if goal.base.is_none() {
        let at = ["を基準", "と比較し", "に比べ", "と比べ"];
        goal.base = at.into_iter().find_map(|word| {
            let before = text.get(..text.find(word)?)?;
            base_at_end(plain, before).map(|(_, base)| base)
        });
    }
    Some(goal)
}

/// A plain text without the brackets at its end, and what they say, with where that begins.
fn without_remarks(text: &str) -> (&str, Vec<(usize, &str)>) {
    let mut remarks = Vec::new();
    let mut left = text;
    while let Some(inside) = left.strip_suffix(')') {
        let Some(open) = opening(inside) else { break };
        if let Some(remark) = inside.get(open + 1..) {
            remarks.push((open + 1, remark));
        }
        left = left.get(..open).unwrap_or_default();
    }
    (left, remarks)
}

/// Where the bracket opens that is closed right after this text.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.char_indices().rev().find_map(|(at, c)| {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

fn in_brackets(plain: &Plain<'_>, text: &str, &(start, remark): &(usize, &str)) -> Option<Goal> {
    let (at, amount) = Amount::at_end(remark)?;
    (at == 0 && amount.has_usual_unit() && start > 0).then(|| Goal {
        indicator: plain.original(0, text.len()).to_owned(),
        ..Goal::new(Comparator::Plain, Bound::Amount(amount))
    })
}

/// `かつ前年度実績以上`.
fn also(plain: &Plain<'_>, (start, remark): (usize, &str)) -> Option<(Comparator, Base)> {
    let rest = remark.strip_prefix("かつ")?;
    let (before, comparator) = cut_end(rest, &COMPARATORS)?;
    let until = start + "かつ".len() + before.len();
    let (at, base) = base_at_end(plain, plain.as_str().get(..until)?)?;
    (at >= start).then_some((comparator, base))
}

fn cut_end<'a>(text: &'a str, table: &[(&str, Comparator)]) -> Option<(&'a str, Comparator)> {
    table
        .iter()
        .find_map(|&(word, comparator)| Some((text.strip_suffix(word)?, comparator)))
}

fn without_endings(text: &str) -> &str {
    let mut left = text;
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| left.strip_suffix(ending)) {
        left = shorter;
    }
    left
}

/// The goal that a plain text ends with.
fn end_of(plain: &Plain<'_>, text: &str) -> Option<Goal> {
    let left = without_endings(text);
    if let Some((before, comparator)) = cut_end(left, &COMPARATORS) {
        return compared(plain, before, comparator);
    }
    if let Some((before, comparator)) = cut_end(left, &CHANGES) {
        return changed(plain, before, comparator);
    }
    if let Some(goal) = all(plain, left) {
        return Some(goal);
    }
    let (at, amount) = Amount::at_end(left)?;
    if !amount.has_usual_unit() {
        return None;
    }
    Some(stated(plain, left.get(..at)?, Comparator::Plain, amount))
}

fn compared(plain: &Plain<'_>, before: &str, comparator: Comparator) -> Option<Goal> {
    if let Some((at, base)) = base_at_end(plain, before) {
        return Some(Goal {
            indicator: indicator(plain, before.get(..at)?),
            base: Some(base),
            ..Goal::new(comparator, Bound::Base)
        });
    }
    let (at, amount) = Amount::at_end(before)?;
    Some(stated(plain, before.get(..at)?, comparator, amount))
}

/// An amount, and what stands before it.
fn stated(plain: &Plain<'_>, before: &str, comparator: Comparator, amount: Amount) -> Goal {
    let before = without_approximation(before);
    let mut goal = Goal::new(comparator, Bound::Amount(amount));
    // 過去３年平均件数（5件）の 10%減の４件: the result is there, and how it was worked out.
    let start = before.rfind(':').map_or(0, |colon| colon + 1);
    let reason = before.get(start..).unwrap_or_default();
    if ["増の", "減の"].iter().any(|word| reason.ends_with(word)) {
        let text = plain.original(start, before.len() - "の".len());
        goal.base = Some(Base::other(text));
        goal.indicator = indicator(plain, before.get(..start).unwrap_or_default());
    } else {
        goal.indicator = indicator(plain, before);
    }
    goal
}

/// `前年同時期の１%`, with 増 after it.
fn changed(plain: &Plain<'_>, before: &str, comparator: Comparator) -> Option<Goal> {
    let (at, amount) = Amount::at_end(before)?;
    if !amount.has_usual_unit() {
        return None;
    }
    let left = without_approximation(before.get(..at)?);
    let joined = ["と比べて", "に比べ", "比で", "から", "より", "比", "の"];
    let cut = joined.iter().find_map(|word| left.strip_suffix(word));
    let (start, base) = base_at_end(plain, cut?)?;
    Some(Goal {
        indicator: indicator(plain, left.get(..start)?),
        base: Some(base),
        ..Goal::new(comparator, Bound::Change(amount))
    })
}

/// `全地域`, `全ての学校`.
fn all(plain: &Plain<'_>, text: &str) -> Option<Goal> {
    const LONGEST: usize = 8;
    let start = text.rfind(':').map_or(0, |colon| colon + 1);
    let what = text.get(start..)?;
    let rest = ["全ての", "すべての", "全"]
        .iter()
        .find_map(|word| what.strip_prefix(word))?;
    let has_digit = rest.contains(|c: char| c.is_ascii_digit());
    let is_short = !rest.is_empty() && !has_digit && rest.chars().count() <= LONGEST;
    is_short.then(|| Goal {
        indicator: indicator(plain, text.get(..start).unwrap_or_default()),
        ..Goal::new(Comparator::Plain, Bound::All(rest.to_owned()))
    })
}

fn without_approximation(text: &str) -> &str {
    let words = ["延べ", "のべ", "年間", "合計", "約", "計", "全"];
    let cut = words.iter().find_map(|word| text.strip_suffix(word));
    cut.unwrap_or(text)
}

/// What is measured: the text before the amount, without what connects the two.
fn indicator(plain: &Plain<'_>, before: &str) -> String {
    let cut = before.trim_end_matches([':', '、']);
    let cut = cut
        .strip_suffix(['を', 'が', 'は'])
        .unwrap_or(cut)
        .trim_end_matches('、');
    plain.original(0, cut.len()).to_owned()
}

/// A base at the end of a plain text, and where it begins: `前年度実績`, `平成30年度`.
fn base_at_end(plain: &Plain<'_>, text: &str) -> Option<(usize, Base)> {
    const QUALITIES: [&str; 10] = [
        "実績値",
        "実績",
        "同時期",
        "同期",
        "水準",
        "並み",
        "平均",
        "件数",
        "値",
        "度",
    ];
    const PAST_YEAR: [&str; 4] = ["前年", "昨年", "対前年", "前回"];
    const STANDING: [&str; 2] = ["現状", "基準"];
    let mut left = text;
    while let Some(shorter) = QUALITIES.iter().find_map(|word| left.strip_suffix(word)) {
        left = shorter.strip_suffix('の').unwrap_or(shorter);
    }
    let start_of = |words: &[&str]| {
        words
            .iter()
            .filter_map(|word| Some(left.strip_suffix(word)?.len()))
            .min()
    };
    if let Some(start) = start_of(&PAST_YEAR) {
        let words = plain.original(start, text.len());
        return Some((start, Base::past_year(words)));
    }
    let start = start_of(&STANDING).or_else(|| named_year(left))?;
    Some((start, Base::other(plain.original(start, text.len()))))
}

/// Where the year of an era at the end of the text begins: 平成30年, 令和元年, R3年.
fn named_year(text: &str) -> Option<usize> {
    let year = text.strip_suffix('年')?;
    let era = match year.strip_suffix('元') {
        Some(era) => era,
        None => {
            let era = year.trim_end_matches(|c: char| c.is_ascii_digit());
            if era.len() == year.len() {
                return None;
            }
            era
        }
    };
    let eras = ["令和", "平成", "R", "H", "Ｒ", "Ｈ"];
    let start = eras.iter().find_map(|name| era.strip_suffix(name));
    Some(start.unwrap_or(era).len())
}
