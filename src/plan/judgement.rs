//! Whether what was measured meets a criterion, and whether the answer that judges the target fits.
//! It suggests; she decides.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use crate::form::{Choice, Field, Grade, Key, Kind, Slot};

use super::{
    fold::folded,
    measure::Measure,
    model::{Node, Plan},
    target::{Amount, Bound, Comparator, Criterion, Goal, Understanding, criteria, read_goal},
};

/// A criterion of a target with what is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged<'a> {
    pub criterion: Criterion<'a>,
    /// What was measured for the open review.
    pub measure: Option<&'a Measure>,
    /// Her reading if she gave one that can be understood, otherwise the program's.
    pub goal: Option<Goal>,
    /// Whether the goal is her reading.
    pub is_by_hand: bool,
    pub verdict: Verdict,
}

/// What the measured value says about the goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// No value was entered.
    NotMeasured,
    /// Nothing can be said.
    Unknown(Why),
    /// By how much it is better than asked for; `None` where it is not a matter of more or less.
    Met(Option<Amount>),
    /// How much is missing.
    NotMet(Amount),
}

/// Why nothing can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The criterion has no goal that could be read.
    NoGoal,
    /// The measured value is no number.
    NoNumber,
    /// It is not counted in the unit of the goal.
    OtherUnit,
    /// Last year's value is needed and missing.
    NoPrevious,
    /// It is not known how many “all of them” are.
    NoTotal,
    /// 1 % more of a percentage may mean one point or one hundredth, and here that makes a
    /// difference.
    PointOrPercent,
}

/// Why an answer does not fit what was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contradiction {
    /// It is good, though this criterion is not met.
    NotMet { criterion: String, short: Amount },
    /// It is bad, though all criteria that were measured are met.
    AllMet,
}

impl Plan {
    /// The criteria of one of a node's targets, each with its values and what these say in the open
    /// review.
    pub fn judged<'a>(&self, node: &'a Node, targets: &Field) -> Vec<Judged<'a>> {
        Self::judged_at(node, targets, self.review())
    }

    /// The same in another review.
    pub fn judged_at<'a>(node: &'a Node, targets: &Field, review: Key) -> Vec<Judged<'a>> {
        let slot = targets.slot(review);
        let known = known_by_criterion(&node.measures, slot, review);
        let criteria = criteria(node.text(slot)).into_iter();
        let judged = criteria.map(|criterion| {
            let known = known.get(&folded(criterion.text)).copied();
            judged(criterion, known.unwrap_or_default())
        });
        judged.collect()
    }

    /// Values whose criterion is no longer in the text of these targets. They are kept, but belong
    /// to nothing.
    pub fn stray_measures<'a>(&self, node: &'a Node, targets: &Field) -> Vec<&'a Measure> {
        node.strays(self.slot(targets))
    }

    /// The answer that the measured values suggest: the first good one where all criteria that have
    /// a goal are met, the first bad one where one is missed. A count that still grows suggests
    /// nothing before the last review of the year.
    pub fn suggested_choice<'f>(&self, node: &Node, field: &'f Field) -> Option<&'f Choice> {
        let grade = match self.outcome(node, field)? {
            Outcome::Met => Grade::Good,
            Outcome::Missed { .. } => Grade::Bad,
        };
        let mut choices = field.choices().iter();
        choices.find(|choice| choice.grade == Some(grade))
    }

    /// Whether the answer to a field that judges targets contradicts the measured values.
    pub fn contradiction(&self, node: &Node, field: &Field) -> Option<Contradiction> {
        let grade = field.choice(self.answer(node, field))?.grade?;
        match (grade, self.outcome(node, field)?) {
            (Grade::Good, Outcome::Missed { criterion, short }) => {
                Some(Contradiction::NotMet { criterion, short })
            }
            (Grade::Bad, Outcome::Met) => Some(Contradiction::AllMet),
            _ => None,
        }
    }

    /// The targets of a node that a field judges, where it does.
    pub fn judged_targets(&self, node: &Node, field: &Field) -> Option<&Field> {
        let Kind::Choice { judges, .. } = &field.kind else {
            return None;
        };
        let targets = self.level(node).field((*judges)?)?;
        targets.is_targets().then_some(targets)
    }

    /// What the measured values say about the targets that a field judges, once it is settled.
    fn outcome(&self, node: &Node, field: &Field) -> Option<Outcome> {
        // Reading a target takes a while, and without any value it says nothing.
        if node.measures.is_empty() {
            return None;
        }
        let judged = self.judged(node, self.judged_targets(node, field)?);
        let is_last = self.form().reviews.last();
        let is_last = is_last.is_none_or(|last| last.key == self.review());
        let missed = judged.iter().find_map(|it| match &it.verdict {
            Verdict::NotMet(short) if it.is_settled(is_last) => Some((it, short)),
            _ => None,
        });
        if let Some((it, short)) = missed {
            return Some(Outcome::Missed {
                criterion: it.criterion.text.to_owned(),
                short: short.clone(),
            });
        }
        let mut with_goal = judged.iter().filter(|it| it.goal.is_some()).peekable();
        let is_met =
            |it: &Judged<'_>| matches!(it.verdict, Verdict::Met(_)) && it.is_settled(is_last);
        let all_met = with_goal.peek().is_some() && with_goal.all(is_met);
        all_met.then_some(Outcome::Met)
    }
}

/// What the measured values of targets come to.
enum Outcome {
    /// All criteria that have a goal are met.
    Met,
    /// The first one that is missed, and by how much.
    Missed { criterion: String, short: Amount },
}

impl Node {
    /// Values that belong to the text in this slot, though their criterion is not in it.
    pub(super) fn strays(&self, slot: Slot) -> Vec<&Measure> {
        let of_slot = || self.measures.iter().filter(|it| it.target == slot);
        if of_slot().next().is_none() {
            return Vec::new();
        }
        let criteria = criteria(self.text(slot)).into_iter();
        let criteria: HashSet<String> = criteria.map(|it| folded(it.text)).collect();
        let is_stray = |measure: &&Measure| !criteria.contains(&folded(&measure.criterion));
        of_slot().filter(is_stray).collect()
    }
}

impl Judged<'_> {
    /// Whether its verdict stays what it is for the rest of the year: a count may still grow, and so
    /// reach what is too little or pass what must stay low.
    fn is_settled(&self, is_last_review: bool) -> bool {
        let may_change = self.goal.as_ref().is_some_and(|goal| {
            let grows_out_of_it = match self.verdict {
                Verdict::NotMet(_) => !goal.comparator.is_lower_better(),
                _ => goal.comparator.is_lower_better(),
            };
            is_count(goal) && grows_out_of_it
        });
        is_last_review || !may_change
    }
}

/// Percentages and marks are measured afresh; everything else adds up in the course of the year.
fn is_count(goal: &Goal) -> bool {
    match &goal.bound {
        Bound::Amount(amount) | Bound::Change(amount) => {
            !matches!(amount.unit.as_str(), "%" | "点" | "ポイント")
        }
        Bound::All(_) => true,
        Bound::Base => false,
    }
}

/// What was given for a criterion.
#[derive(Debug, Clone, Copy, Default)]
struct Known<'a> {
    /// For the open review.
    measure: Option<&'a Measure>,
    /// Her reading, and last year's value: once given, they hold for every review of the year.
    reading: &'a str,
    previous: &'a str,
}

/// What was given for the criteria of the targets in a slot, by their folded texts. What the open
/// review says goes before what others say, and of two for one the first.
fn known_by_criterion(measures: &[Measure], slot: Slot, review: Key) -> HashMap<String, Known<'_>> {
    let is_open = |measure: &Measure| measure.review.is_none_or(|it| it == review);
    let of_slot = || measures.iter().filter(|it| it.target == slot);
    let open = of_slot().filter(|it| is_open(it));
    let others = of_slot().filter(|it| !is_open(it));
    let mut by_criterion: HashMap<String, Known<'_>> = HashMap::with_capacity(measures.len());
    for measure in open.chain(others) {
        let known = by_criterion.entry(folded(&measure.criterion)).or_default();
        if is_open(measure) {
            known.measure.get_or_insert(measure);
        }
        for (text, given) in [
            (&mut known.reading, &measure.reading),
            (&mut known.previous, &measure.previous),
        ] {
            if text.is_empty() {
                *text = given;
            }
        }
    }
    by_criterion
}

fn judged<'a>(criterion: Criterion<'a>, known: Known<'a>) -> Judged<'a> {
    let by_hand = read_goal(known.reading);
    let is_by_hand = by_hand.is_some();
    let goal = by_hand.or_else(|| match &criterion.understanding {
        Understanding::Goal(goal) => Some(goal.clone()),
        Understanding::Qualitative | Understanding::Unclear => None,
    });
    let measured = known.measure.map_or("", |measure| &measure.measured);
    let verdict = match &goal {
        _ if measured.trim().is_empty() => Verdict::NotMeasured,
        None => Verdict::Unknown(Why::NoGoal),
        Some(goal) => verdict(goal, measured, known.previous).unwrap_or_else(Verdict::Unknown),
    };
    Judged {
        criterion,
        measure: known.measure,
        goal,
        is_by_hand,
        verdict,
    }
}

fn verdict(goal: &Goal, measured: &str, before: &str) -> Result<Verdict, Why> {
    if let Bound::All(_) = goal.bound {
        let is_all = measured.trim_start().starts_with(['全', 'す']);
        return if is_all {
            Ok(Verdict::Met(None))
        } else {
            Err(Why::NoTotal)
        };
    }
    let value = Amount::read(measured).ok_or(Why::NoNumber)?;
    let main = match &goal.bound {
        Bound::Amount(bound) => compare(&value, goal.comparator, bound)?,
        Bound::Change(by) => changed(&value, goal, by, before)?,
        _ => {
            let base = goal.base.as_ref().filter(|base| base.is_past_year);
            base.ok_or(Why::NoPrevious)?;
            compare(&value, goal.comparator, &previous(before)?)?
        }
    };
    match &goal.also {
        Some((comparator, _)) if matches!(main, Verdict::Met(_)) => {
            match compare(&value, *comparator, &previous(before)?)? {
                Verdict::Met(_) => Ok(main),
                missed => Ok(missed),
            }
        }
        _ => Ok(main),
    }
}

fn previous(before: &str) -> Result<Amount, Why> {
    Amount::read(before).ok_or(Why::NoPrevious)
}

/// `前年同時期の１%増`.
fn changed(value: &Amount, goal: &Goal, by: &Amount, before: &str) -> Result<Verdict, Why> {
    let before = previous(before)?;
    let sign = if goal.comparator.is_lower_better() {
        Decimal::NEGATIVE_ONE
    } else {
        Decimal::ONE
    };
    let bound = |by: Option<Decimal>| {
        let changed = by.and_then(|by| before.value.checked_add(sign.checked_mul(by)?));
        let value = changed.ok_or(Why::NoNumber)?;
        let unit = before.unit.clone();
        Ok(Amount { value, unit })
    };
    let against = |by| compare(value, goal.comparator, &bound(by)?);
    let share = || {
        before
            .value
            .checked_mul(by.value.checked_div(Decimal::ONE_HUNDRED)?)
    };
    match (by.unit.as_str(), before.unit.as_str()) {
        ("%", "%") => {
            let (points, part) = (against(Some(by.value))?, against(share())?);
            let agree = matches!(points, Verdict::Met(_)) == matches!(part, Verdict::Met(_));
            if agree {
                Ok(points)
            } else {
                Err(Why::PointOrPercent)
            }
        }
        ("%", _) => against(share()),
        _ => against(Some(by.value)),
    }
}

fn compare(value: &Amount, comparator: Comparator, bound: &Amount) -> Result<Verdict, Why> {
    let one_is_unsaid = value.unit.is_empty() || bound.unit.is_empty();
    if !one_is_unsaid && folded(&value.unit) != folded(&bound.unit) {
        return Err(Why::OtherUnit);
    }
    let better = if comparator.is_lower_better() {
        bound.value.checked_sub(value.value)
    } else {
        value.value.checked_sub(bound.value)
    };
    let better = better.ok_or(Why::NoNumber)?;
    let is_met = match comparator {
        Comparator::Above | Comparator::Below => better > Decimal::ZERO,
        Comparator::AtLeast | Comparator::AtMost | Comparator::Plain => better >= Decimal::ZERO,
    };
    let unit = if bound.unit.is_empty() {
        &value.unit
    } else {
        &bound.unit
    };
    let by = Amount {
        value: better.abs(),
        // From 53 % to 55 % it is two points: 2 % of 53 % would be another 1.06.
        unit: match unit.as_str() {
            "%" => "ポイント".to_owned(),
            unit => unit.to_owned(),
        },
    };
    Ok(if is_met {
        Verdict::Met(Some(by))
    } else {
        Verdict::NotMet(by)
    })
}
