//! Whether what was measured meets a criterion, and whether the chosen outlook fits. It suggests;
//! she decides.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::{
    about::Review,
    fold::folded,
    measure::Measure,
    model::Initiative,
    status::Outlook,
    target::{Amount, Bound, Comparator, Criterion, Goal, Understanding, criteria, read_goal},
};

/// A criterion of a target with what is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged<'a> {
    pub criterion: Criterion<'a>,
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

/// Why the chosen outlook does not fit what was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contradiction {
    /// On target, though this criterion is not met.
    NotMet { criterion: String, short: Amount },
    /// Off target, though all criteria that were measured are met.
    AllMet,
}

impl Initiative {
    /// The criteria of its target, each with its values and what these say.
    pub fn judged(&self) -> Vec<Judged<'_>> {
        let criteria = criteria(&self.target).into_iter();
        let measures = by_criterion(&self.measures);
        let judged = criteria.map(|criterion| {
            let measure = measures.get(&folded(criterion.text)).copied();
            judged(criterion, measure)
        });
        judged.collect()
    }

    /// Values whose criterion is no longer in the target. They are kept, but belong to nothing.
    pub fn stray_measures(&self) -> Vec<&Measure> {
        if self.measures.is_empty() {
            return Vec::new();
        }
        let criteria = criteria(&self.target).into_iter();
        let criteria: HashSet<String> = criteria.map(|it| folded(it.text)).collect();
        let is_stray = |measure: &&Measure| !criteria.contains(&folded(&measure.criterion));
        self.measures.iter().filter(is_stray).collect()
    }

    /// The outlook that the measured values suggest: on target where all criteria that have a goal
    /// are met, off target where one is not. A count that still grows suggests nothing at mid-year.
    pub fn suggested_outlook(&self, review: Review) -> Option<Outlook> {
        let judged: Vec<Judged<'_>> = self.judged();
        if judged.iter().any(|it| it.is_settled_miss(review)) {
            return Some(Outlook::OffTarget);
        }
        let mut with_goal = judged.iter().filter(|it| it.goal.is_some()).peekable();
        let is_met =
            with_goal.peek().is_some() && with_goal.all(|it| it.is_settled_success(review));
        is_met.then_some(Outlook::OnTarget)
    }

    /// Whether the chosen outlook contradicts the measured values.
    pub fn contradiction(&self, review: Review) -> Option<Contradiction> {
        if self.measures.is_empty() {
            return None;
        }
        match (self.status.outlook?, self.suggested_outlook(review)?) {
            (Outlook::OnTarget, Outlook::OffTarget) => self.judged().into_iter().find_map(|it| {
                let Verdict::NotMet(short) = &it.verdict else {
                    return None;
                };
                it.is_settled_miss(review).then(|| Contradiction::NotMet {
                    criterion: it.criterion.text.to_owned(),
                    short: short.clone(),
                })
            }),
            (Outlook::OffTarget, Outlook::OnTarget) => Some(Contradiction::AllMet),
            _ => None,
        }
    }
}

impl Judged<'_> {
    /// Whether it is missed for good: a count that grows may still get there within the year.
    fn is_settled_miss(&self, review: Review) -> bool {
        let may_grow = self
            .goal
            .as_ref()
            .is_some_and(|goal| is_count(goal) && !goal.comparator.is_lower_better());
        matches!(self.verdict, Verdict::NotMet(_)) && (review == Review::YearEnd || !may_grow)
    }

    /// Whether it is met for good: a count that must stay low may still grow within the year.
    fn is_settled_success(&self, review: Review) -> bool {
        let may_grow = self
            .goal
            .as_ref()
            .is_some_and(|goal| is_count(goal) && goal.comparator.is_lower_better());
        matches!(self.verdict, Verdict::Met(_)) && (review == Review::YearEnd || !may_grow)
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

/// The measures by the folded texts of the criteria that they were given for; of two for one, the
/// first.
fn by_criterion(measures: &[Measure]) -> HashMap<String, &Measure> {
    let mut by_criterion = HashMap::with_capacity(measures.len());
    for measure in measures {
        by_criterion
            .entry(folded(&measure.criterion))
            .or_insert(measure);
    }
    by_criterion
}

fn judged<'a>(criterion: Criterion<'a>, measure: Option<&'a Measure>) -> Judged<'a> {
    let by_hand = measure.and_then(|measure| read_goal(&measure.reading));
    let is_by_hand = by_hand.is_some();
    let goal = by_hand.or_else(|| match &criterion.understanding {
        Understanding::Goal(goal) => Some(goal.clone()),
        Understanding::Qualitative | Understanding::Unclear => None,
    });
    let verdict = match (&goal, measure) {
        (_, None) => Verdict::NotMeasured,
        (_, Some(measure)) if measure.measured.trim().is_empty() => Verdict::NotMeasured,
        (None, Some(_)) => Verdict::Unknown(Why::NoGoal),
        (Some(goal), Some(measure)) => verdict(goal, measure).unwrap_or_else(Verdict::Unknown),
    };
    Judged {
        criterion,
        measure,
        goal,
        is_by_hand,
        verdict,
    }
}

fn verdict(goal: &Goal, measure: &Measure) -> Result<Verdict, Why> {
    if let Bound::All(_) = goal.bound {
        let is_all = measure.measured.trim_start().starts_with(['全', 'す']);
        return if is_all {
            Ok(Verdict::Met(None))
        } else {
            Err(Why::NoTotal)
        };
    }
    let value = Amount::read(&measure.measured).ok_or(Why::NoNumber)?;
    let main = match &goal.bound {
        Bound::Amount(bound) => compare(&value, goal.comparator, bound)?,
        Bound::Change(by) => changed(&value, goal, by, measure)?,
        _ => {
            let base = goal.base.as_ref().filter(|base| base.is_past_year);
            base.ok_or(Why::NoPrevious)?;
            compare(&value, goal.comparator, &previous(measure)?)?
        }
    };
    match &goal.also {
        Some((comparator, _)) if matches!(main, Verdict::Met(_)) => {
            match compare(&value, *comparator, &previous(measure)?)? {
                Verdict::Met(_) => Ok(main),
                missed => Ok(missed),
            }
        }
        _ => Ok(main),
    }
}

fn previous(measure: &Measure) -> Result<Amount, Why> {
    Amount::read(&measure.previous).ok_or(Why::NoPrevious)
}

/// `前年同時期の１%増`.
fn changed(value: &Amount, goal: &Goal, by: &Amount, measure: &Measure) -> Result<Verdict, Why> {
    let before = previous(measure)?;
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
        unit: unit.clone(),
    };
    Ok(if is_met {
        Verdict::Met(Some(by))
    } else {
        Verdict::NotMet(by)
    })
}
