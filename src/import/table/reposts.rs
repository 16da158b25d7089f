//! Which node each repost of a table repeats, where the table names it.

use std::collections::{HashMap, VecDeque};

use crate::{
    export::record,
    form::{Form, half_width},
    plan::{Edit, Id, Plan},
};

/// A row whose node repeats the one that is called so.
pub struct Repost {
    /// Counted from 1.
    pub row: usize,
    pub id: Id,
    pub source: String,
}

/// Makes reposts of these nodes, and gives back those for which there is no source. Numbers are
/// data, so several may bear one; one that has contents is preferred, and one that would go round in
/// a circle is refused.
pub fn repeat(plan: &mut Plan, reposts: Vec<Repost>) -> Vec<Repost> {
    if reposts.is_empty() {
        return reposts;
    }
    // By the names that this program exports, and by whole numbers, as others write them.
    let mut by_name: HashMap<String, Bearers> = HashMap::new();
    let mut by_number: HashMap<String, Bearers> = HashMap::new();
    for entry in plan.nodes() {
        let id = entry.node.id;
        let name = record::name_of(plan, &entry).trim().to_owned();
        by_name.entry(name).or_default().own.push_back(id);
        if plan.level(entry.node).is_row() {
            let number = entry.number().half_width(plan.form());
            by_number.entry(number).or_default().own.push_back(id);
        }
    }
    let mut ways = Ways::default();
    let mut edits = Vec::new();
    let mut lost = Vec::new();
    for repost in reposts {
        let bearers = match by_name.get_mut(&repost.source) {
            Some(bearers) => Some(bearers),
            None => by_number.get_mut(&number(plan.form(), &repost.source)),
        };
        let source = bearers.and_then(|bearers| bearers.source(repost.id, &mut ways));
        match source {
            Some(source) => {
                ways.lead(repost.id, source);
                edits.push(Edit::Repost {
                    id: repost.id,
                    source: Some(source),
                });
            }
            None => lost.push(repost),
        }
    }
    // None of them goes round, so that there is nothing to refuse.
    let _all_fit = plan.apply(&Edit::Group(edits));
    lost
}

/// A number as people write it: `3-1-2`, `３－１－２`, `具体的取組３－１－２`.
fn number(form: &Form, text: &str) -> String {
    let mut levels = form.levels.iter();
    let number = levels.find_map(|level| text.strip_prefix(&*level.name));
    half_width(number.unwrap_or(text).trim())
}

/// The nodes that are called alike, each list in the order of the rows.
#[derive(Default)]
struct Bearers {
    own: VecDeque<Id>,
    reposts: Vec<Id>,
}

impl Bearers {
    /// The one that `repost` is to repeat.
    fn source(&mut self, repost: Id, ways: &mut Ways) -> Option<Id> {
        let mut own = None;
        while let Some(first) = self.own.pop_front() {
            if ways.is_repost(first) {
                self.reposts.push(first);
            } else if first == repost {
                own = Some(first);
            } else {
                self.own.push_front(first);
                break;
            }
        }
        let source = self.own.front().copied();
        if let Some(own) = own {
            self.own.push_front(own);
        }
        let mut reposts = self.reposts.iter().copied();
        source.or_else(|| reposts.find(|it| ways.end(*it) != repost))
    }
}

/// Where reposts lead, with the way cut short wherever somebody has gone it.
#[derive(Default)]
struct Ways(HashMap<Id, Id>);

impl Ways {
    fn is_repost(&self, id: Id) -> bool {
        self.0.contains_key(&id)
    }

    fn lead(&mut self, repost: Id, source: Id) {
        self.0.insert(repost, source);
    }

    /// The node with contents at the end of the way from here.
    fn end(&mut self, id: Id) -> Id {
        let mut end = id;
        while let Some(next) = self.0.get(&end) {
            end = *next;
        }
        let mut at = id;
        while let Some(next) = self.0.get_mut(&at).filter(|next| **next != end) {
            at = std::mem::replace(next, end);
        }
        end
    }
}
