//! 提出状況: how far each section has come and what its initiatives lack, and the words to remind
//! one of it.

use std::collections::HashMap;

use enum_map::EnumMap;
use jiff::civil::Date;

use crate::plan::{
    about::{date_name, fiscal_year_name},
    gap::Gap,
    model::Plan,
    overview::Overview,
    owners::OwnerGaps,
    tally::Tally,
};

use super::{Owner, Stage};

/// A section in the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerState {
    /// As in the list of sections; empty for the initiatives that nobody has.
    pub owner: String,
    /// Whether it is in the list of sections, or only named by an initiative.
    pub is_listed: bool,
    pub stage: Stage,
    /// The last day of each stage.
    dates: EnumMap<Stage, Option<Date>>,
    /// Its initiatives by state, without reposts.
    pub tally: Tally,
    /// What they lack.
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

/// Every section: those of the list in its order, then those that only initiatives name, then the
/// initiatives of nobody, if there are any.
pub fn owners(plan: &Plan) -> Vec<OwnerState> {
    let listed = plan.round().owners.iter();
    let mut states: Vec<OwnerState> = listed.map(|owner| OwnerState::new(owner, true)).collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, state) in states.iter().enumerate() {
        places.entry(state.owner.clone()).or_insert(place);
    }
    let mut nobody = OwnerState::new(&Owner::default(), false);
    for entry in plan.entries() {
        let initiative = entry.initiative;
        if initiative.repost_of.is_some() {
            continue;
        }
        let name = initiative.owner.trim();
        let place = match places.get(name) {
            Some(place) => Some(*place),
            None if name.is_empty() => None,
            None => {
                let name = name.to_owned();
                places.insert(name.clone(), states.len());
                let steps = Vec::new();
                states.push(OwnerState::new(&Owner { name, steps }, false));
                Some(states.len() - 1)
            }
        };
        let state = place.and_then(|place| states.get_mut(place));
        state.unwrap_or(&mut nobody).tally.add(initiative);
    }
    for group in Overview::of(plan).gaps {
        let place = places.get(&group.owner);
        let state = place.and_then(|place| states.get_mut(*place));
        state.unwrap_or(&mut nobody).gaps = group;
    }
    if nobody.tally.total() > 0 {
        states.push(nobody);
    }
    states
}

/// A text for a mail that reminds a section of its handout. Empty for a section that the plan does
/// not know.
pub fn reminder(plan: &Plan, owner: &str) -> String {
    let states = owners(plan);
    let Some(state) = states.iter().find(|it| it.owner == owner.trim()) else {
        return String::new();
    };
    let about = plan.about();
    let review = about.review.name();
    let what = format!("{}　{review}", fiscal_year_name(about.fiscal_year));
    let due = plan.round().due.map(date_name);
    let due = due.map_or_else(String::new, |due| format!("（提出期限：{due}）"));
    let asked = match state.stage {
        Stage::NotHandedOut => "の様式をこれからお送りします",
        Stage::HandedOut => "の様式がまだ届いていません",
        Stage::SentBack => "の様式について、確認と修正をお願いしています",
        Stage::Returned | Stage::TakenIn => "の様式を受け取りました。ありがとうございます",
    };
    let mut text = format!(
        "{} 御中\n\n{what}{asked}{due}。\n担当の取組：{}件\n",
        state.owner,
        state.tally.total()
    );
    if !state.gaps.lacks.is_empty() {
        text.push_str("\n記入をお願いする欄：\n");
    }
    for (id, gaps) in &state.gaps.lacks {
        let number = plan.number(*id).map(|number| number.full_width());
        let title = plan.node(*id).map(|node| node.title().replace('\n', " "));
        let cells: Vec<&str> = gaps.iter().map(Gap::name).collect();
        text.push_str(&format!(
            "・{}　{}（{}）\n",
            number.unwrap_or_default(),
            title.unwrap_or_default(),
            cells.join("、")
        ));
    }
    if matches!(state.stage, Stage::HandedOut | Stage::SentBack) {
        text.push_str("\n記入した Excel ファイルを、このメールへの返信でお送りください。\n");
    }
    text
}
