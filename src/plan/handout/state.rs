//! 提出状況: how far each section has come and what is missing in what it fills in, and the words to
//! remind one of it.

use std::collections::HashMap;

use enum_map::EnumMap;
use jiff::civil::Date;

use crate::form::{Field, Filler, Level};

use crate::plan::{
    about::{date_name, fiscal_year_name},
    gap::{Gap, Gaps},
    model::Plan,
    owners::{OwnerGaps, Owners},
    tally::Tally,
};

use super::{Owner, Stage};

/// A section in the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerState {
    /// As in the list of sections; empty for what nobody has.
    pub owner: String,
    /// Whether it is in the list of sections, or only named in the plan.
    pub is_listed: bool,
    pub stage: Stage,
    /// The last day of each stage.
    dates: EnumMap<Stage, Option<Date>>,
    /// What it fills in and is assessed, by state, without reposts.
    pub tally: Tally,
    /// What it has to fill in, and what is missing there.
    pub gaps: OwnerGaps,
}

impl OwnerState {
    /// The last day on which its handout came to this stage.
    pub fn date(&self, stage: Stage) -> Option<Date> {
        self.dates[stage]
    }

    fn new(owner: &Owner, is_listed: bool) -> Self {
        let last = |stage: Stage| {
            let steps = owner.steps.iter().rev();
            let mut of_stage = steps.filter(|step| step.stage == stage);
            of_stage.next().map(|step| step.on)
        };
        Self {
            owner: owner.name.trim().to_owned(),
            is_listed,
            stage: owner.stage(),
            dates: EnumMap::from_fn(last),
            tally: Tally::default(),
            gaps: OwnerGaps::default(),
        }
    }
}

/// Every section: those of the list in its order, then those that only the plan names, then what
/// nobody has, if there is any.
pub fn owners(plan: &Plan) -> Vec<OwnerState> {
    let listed = plan.round().owners.iter();
    let mut states: Vec<OwnerState> = listed.map(|owner| OwnerState::new(owner, true)).collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, state) in states.iter().enumerate() {
        places.entry(state.owner.clone()).or_insert(place);
    }
    let mut nobody = OwnerState::new(&Owner::default(), false);
    for gaps in gaps(plan) {
        let name = gaps.owner.clone();
        let place = match places.get(&name) {
            Some(place) => Some(*place),
            None if name.is_empty() => None,
            None => {
                places.insert(name.clone(), states.len());
                let steps = Vec::new();
                states.push(OwnerState::new(&Owner { name, steps }, false));
                Some(states.len() - 1)
            }
        };
        let state = place.and_then(|place| states.get_mut(place));
        state.unwrap_or(&mut nobody).gaps = gaps;
    }
    for entry in plan.nodes() {
        let level = plan.level(entry.node);
        if level.has_owner() && plan.is_counted(entry.node) {
            let place = places.get(plan.owner(entry.node));
            let state = place.and_then(|place| states.get_mut(*place));
            state.unwrap_or(&mut nobody).tally.add(plan, entry.node);
        }
    }
    if nobody.gaps.counted > 0 {
        states.push(nobody);
    }
    states
}

/// What each section has to fill in; what nobody has comes last.
fn gaps(plan: &Plan) -> Vec<OwnerGaps> {
    let mut owners = Owners::default();
    for entry in plan.nodes() {
        if plan.level(entry.node).has_owner() && !entry.node.is_repost() {
            owners.add(plan, entry.node);
        }
    }
    owners.of_plan()
}

/// A text for a mail that reminds a section of its handout. Empty for a section that the plan does
/// not know.
pub fn reminder(plan: &Plan, owner: &str) -> String {
    let states = owners(plan);
    let Some(state) = states.iter().find(|it| it.owner == owner.trim()) else {
        return String::new();
    };
    let about = plan.about();
    let review = plan.form().review_name(about.review);
    let what = format!("{}　{review}", fiscal_year_name(about.fiscal_year));
    let due = plan.round().due.map(date_name);
    let due = due.map_or_else(String::new, |due| format!("（提出期限：{due}）"));
    let what = format!("{what}の様式{due}");
    let asked = match state.stage {
        Stage::NotHandedOut => format!("{what}をこれからお送りします。よろしくお願いいたします。"),
        Stage::HandedOut => format!(
            "{what}につきまして、まだご提出を確認できておりません。お忙しいところ恐れ入りますが、ご提出くださいますようお願いいたします。"
        ),
        Stage::SentBack => format!(
            "{what}につきまして、確認と修正をお願いしております。お忙しいところ恐れ入りますが、修正のうえ、改めてご提出くださいますようお願いいたします。"
        ),
        Stage::Returned | Stage::TakenIn => {
            format!("{what}を受け取りました。ご協力ありがとうございます。")
        }
    };
    let mut text = format!(
        "{} 御中\n\nいつもお世話になっております。\n{asked}\n\n担当の{}：{}件\n",
        state.owner,
        plan.form().owned_name(),
        state.gaps.counted
    );
    let before = text.len();
    for lack in &state.gaps.lacks {
        let Some(entry) = plan.entry(lack.id) else {
            continue;
        };
        let level = plan.level(entry.node);
        let gaps = Gaps::of(plan, entry.node, true).iter();
        let own = gaps.filter(|gap| is_asked_of_section(level, *gap));
        let fields: Vec<&str> = own.map(|gap| level.gap_name(gap)).collect();
        if fields.is_empty() {
            continue;
        }
        let number = match entry.number().printed(plan.form()) {
            number if number.is_empty() => number,
            number => number + "　",
        };
        text.push_str(&format!(
            "・{}{}（{}）\n",
            number,
            entry.node.title.replace('\n', " "),
            fields.join("、")
        ));
    }
    if text.len() > before {
        text.insert_str(before, "\nご記入をお願いする欄：\n");
    }
    if matches!(state.stage, Stage::HandedOut | Stage::SentBack) {
        text.push_str(
            "\nご記入いただいた Excel ファイルは、このメールへの返信でお送りください。行き違いでご提出済みの場合は、ご容赦ください。\n",
        );
    }
    text
}

/// Whether it is the section that fills in what is missing, and not the office.
fn is_asked_of_section(level: &Level, gap: Gap) -> bool {
    let is_of_section = |field: &Field| field.filled_by == Filler::Section;
    match gap {
        Gap::Title | Gap::Owner => true,
        Gap::Status => level.axes().any(is_of_section),
        Gap::Field(key) => level.field(key).is_some_and(is_of_section),
    }
}
