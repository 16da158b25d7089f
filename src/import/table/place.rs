//! Where the rows of a table stand: what each says of the levels above it, and what it leaves to
//! the row before.
//!
//! Which levels there are, and what may stand in what, is the form's to say. A row names some of
//! them by number and title; of all ways from the top down to what it is about, that one is taken
//! which says all of this, with as little as possible that nobody said.

use std::{cmp::Reverse, sync::Arc};

use crate::{
    export::record::{Fact, NO_NUMBER, has_record},
    form::{Form, Key, Level, MAX_DEPTH, half_width},
    plan::Node,
    storage::new_id,
};

use super::{
    Mapping, Meaning,
    way::{Given, Step, Way, add_ways, first, numbered, parts, whole_misfit},
};

/// Where a row was put.
pub struct Placed<'a> {
    /// Of what the row is about.
    pub level: &'a Level,
    /// What was not understood of its numbers and titles.
    pub unclear: Vec<Meaning>,
}

struct Branch {
    node: Node,
    children: Children,
}

/// What stands in a branch, or at the top.
#[derive(Default)]
struct Children {
    branches: Vec<usize>,
    /// The highest of their numbers: looking for it among all of them, for each of them, would cost
    /// the square of their count.
    highest: u32,
}

/// The tree as far as it has grown.
pub struct Places<'a> {
    mapping: &'a Mapping,
    form: &'a Form,
    groups: Vec<Vec<&'a Level>>,
    /// All ways from the top.
    ways: Vec<Way<'a>>,
    branches: Vec<Branch>,
    top: Children,
    /// The last branch, and what it stands in, from the top down.
    open: Vec<usize>,
}

impl<'a> Places<'a> {
    pub fn new(mapping: &'a Mapping, form: &'a Form, groups: Vec<Vec<&'a Level>>) -> Self {
        let mut ways = Vec::new();
        add_ways(form, &groups, &mut Vec::new(), &mut ways);
        Self {
            mapping,
            form,
            groups,
            ways,
            branches: Vec::new(),
            top: Children::default(),
            open: Vec::new(),
        }
    }

    pub const fn form(&self) -> &'a Form {
        self.form
    }

    /// The groups of levels, each by its first level.
    pub fn groups(&self) -> impl Iterator<Item = Key> {
        self.groups.iter().map(|group| first(group))
    }

    /// A row that is nothing but a heading of the printed form: `経営課題１　…`, `戦略１－１　…`.
    pub fn heading(&self, row: &[String]) -> Option<Given> {
        if !self.mapping.fills_down {
            return None;
        }
        let mut texts = row.iter().filter(|cell| !cell.trim().is_empty());
        let (text, None) = (texts.next()?.trim(), texts.next()) else {
            return None;
        };
        let (group, number, title) = self.groups.iter().enumerate().find_map(|(at, group)| {
            let name = &*group.first()?.name;
            let (number, title) = numbered(text.starts_with(name).then_some(text)?, name)?;
            Some((at, number, title))
        })?;
        let mut levels = vec![(String::new(), String::new()); self.groups.len()];
        *levels.get_mut(group)? = (number.to_owned(), title.to_owned());
        Some(Given {
            levels,
            number: String::new(),
            others: Vec::new(),
            is_heading: true,
        })
    }

    /// Puts a row in its place, beginning what it stands in where that is new. `None` where the form
    /// has no place for it.
    pub fn place(&mut self, given: &Given) -> Option<Placed<'a>> {
        let subjects = self.subjects(given);
        let fitting = self.ways.iter().filter(|way| {
            way.last()
                .is_some_and(|step| subjects.contains(&step.group))
        });
        let way = fitting.min_by_key(|way| self.misfit(way, given))?.clone();
        let (subject, above) = way.split_last()?;
        let numbers = self.numbers(&way, given);
        let kept = self.kept(&way, &numbers, given);
        self.open.truncate(kept);
        let titles = |step: &Step<'_>| given.title(step.group).to_owned();
        for (step, number) in above.iter().zip(&numbers).skip(kept) {
            self.begin(step.level, self.number(step, *number, given), titles(step));
        }
        let number = numbers.last().copied().flatten();
        self.begin(
            subject.level,
            self.number(subject, number, given),
            titles(subject),
        );
        Some(Placed {
            level: subject.level,
            unclear: self.unclear(&way, &numbers, given),
        })
    }

    /// Gives the last branch what its row says beside its number and its title.
    pub fn fill(&mut self, node: Node) {
        let last = self.open.last().and_then(|at| self.branches.get_mut(*at));
        if let Some(branch) = last {
            let title = std::mem::take(&mut branch.node.title);
            branch.node = Node {
                number: branch.node.number,
                title,
                ..node
            };
        }
    }

    /// The tree.
    pub fn into_nodes(self) -> Vec<Arc<Node>> {
        let Self { branches, top, .. } = self;
        let mut branches: Vec<Option<Branch>> = branches.into_iter().map(Some).collect();
        grown(&top.branches, &mut branches)
    }

    /// The groups of which a row may be: what it names lowest, or else the lowest that the table has
    /// a column for.
    fn subjects(&self, given: &Given) -> Vec<usize> {
        let all = || 0..self.groups.len();
        let named: Vec<usize> = all().filter(|group| given.names(*group)).collect();
        if !self.mapping.fills_down || given.is_heading {
            return named;
        }
        let has_column = |group: &usize| {
            let level = self
                .groups
                .get(*group)
                .map_or(Key::NONE, |group| first(group));
            let facts = [Fact::Number(level), Fact::Title(level)];
            facts
                .into_iter()
                .any(|fact| self.mapping.has(Meaning::Fact(fact)))
        };
        let columns: Vec<usize> = all().filter(has_column).collect();
        let lowest = self.lowest(&columns);
        let named_lowest: Vec<usize> = lowest
            .iter()
            .copied()
            .filter(|group| named.contains(group))
            .collect();
        if !named_lowest.is_empty() {
            return named_lowest;
        }
        let named = self.lowest(&named);
        let mut can_say_all = named
            .iter()
            .filter(|group| self.can_say(**group, &given.others));
        match can_say_all.next() {
            Some(_) => named,
            None => lowest,
        }
    }

    /// Those of some groups that none of the others can stand in.
    fn lowest(&self, groups: &[usize]) -> Vec<usize> {
        let stands_above = |upper: usize, lower: usize| {
            self.ways.iter().any(|way| {
                let mut steps = way.iter().skip_while(|step| step.group != upper).skip(1);
                steps.any(|step| step.group == lower)
            })
        };
        let is_lowest = |group: &usize| !groups.iter().any(|other| stands_above(*group, *other));
        groups.iter().copied().filter(is_lowest).collect()
    }

    /// Whether what is of this group can say all of this.
    fn can_say(&self, group: usize, others: &[Meaning]) -> bool {
        let levels = self.groups.get(group).map_or(&[][..], Vec::as_slice);
        levels.iter().any(|level| {
            others.iter().all(|meaning| match meaning {
                Meaning::Fact(Fact::Owner) => level.has_owner(),
                Meaning::Fact(Fact::Repost) => level.can_repeat(),
                Meaning::Fact(Fact::Answer { level: of, .. })
                | Meaning::Printed { level: of, .. } => {
                    has_record(level) && levels.iter().any(|level| level.key == *of)
                }
                Meaning::Fact(_) | Meaning::Number => true,
            })
        })
    }

    /// How badly a way fits what a row says; the less, the better.
    fn misfit(&self, way: &[Step<'_>], given: &Given) -> impl Ord + use<> {
        let named = (0..self.groups.len()).filter(|group| given.names(*group));
        let unsaid = named
            .filter(|group| way.iter().all(|step| step.group != *group))
            .count();
        let kinds = way
            .iter()
            .filter(|step| !self.is_of_kind(step, given))
            .count();
        let numbers = self.numbers(way, given);
        let kept = self.kept(way, &numbers, given);
        // Where nothing is filled down, what is not said is not there.
        let from = if self.mapping.fills_down { kept } else { 0 };
        let made_up = way
            .iter()
            .skip(from)
            .filter(|step| !given.names(step.group))
            .count();
        let whole = whole_misfit(way, &given.number);
        match self.mapping.fills_down {
            true => (unsaid, whole, kinds, Reverse(kept), made_up, 0),
            false => (
                unsaid,
                whole,
                kinds,
                Reverse(0),
                made_up,
                MAX_DEPTH - kept.min(MAX_DEPTH),
            ),
        }
    }

    /// Whether a level has a number if the row gives it one, and none if it gives none.
    fn is_of_kind(&self, step: &Step<'_>, given: &Given) -> bool {
        if !given.names(step.group) {
            return true;
        }
        let numbering = &step.level.number;
        match half_width(given.number(step.group).trim()).as_str() {
            "" => numbering.has_own() != self.is_without_number(step, given),
            _ if given.number(step.group) == NO_NUMBER => numbering.has_own(),
            number if parts(number).is_empty() => {
                !numbering.has_own() && numbering.fill("", None) == number
            }
            _ => numbering.has_own(),
        }
    }

    /// Whether the table says that what a row names has no number.
    fn is_without_number(&self, step: &Step<'_>, given: &Given) -> bool {
        let level = self
            .groups
            .get(step.group)
            .map_or(Key::NONE, |group| first(group));
        let has_column = self.mapping.has(Meaning::Fact(Fact::Number(level)));
        has_column && !self.mapping.fills_down && given.number(step.group).trim().is_empty()
    }

    /// What a row says of the numbers on a way. One of several parts says those of what is above
    /// too.
    fn numbers(&self, way: &[Step<'_>], given: &Given) -> Vec<Option<u32>> {
        let mut numbers: Vec<Option<u32>> = vec![None; way.len()];
        for (at, step) in way.iter().enumerate().rev() {
            let own = given.number(step.group);
            let is_last = at + 1 == way.len();
            let text = if own.trim().is_empty() && is_last {
                &given.number
            } else {
                own
            };
            let mut parts = parts(text).into_iter().rev();
            let (true, Some(part)) = (step.level.number.has_own(), parts.next()) else {
                continue;
            };
            if let Some(number) = numbers.get_mut(at) {
                *number = Some(part);
            }
            let above = way.iter().zip(&mut numbers).take(at).rev();
            let numbered = above.filter(|(step, _)| step.level.number.has_own());
            for ((_, number), part) in numbered.zip(parts) {
                *number = number.or(Some(part));
            }
        }
        numbers
    }

    /// How many of what is open a row stands in.
    fn kept(&self, way: &[Step<'_>], numbers: &[Option<u32>], given: &Given) -> usize {
        let above = way.len().saturating_sub(1);
        let steps = way.iter().zip(numbers).take(above);
        let open = self.open.iter().filter_map(|at| self.branches.get(*at));
        let is_same = |((step, number), branch): &((&Step<'_>, &Option<u32>), &Branch)| {
            let node = &branch.node;
            let is_silent = !given.names(step.group);
            let title = given.title(step.group);
            let may_be_silent = self.mapping.fills_down || is_silent;
            let same_title = node.title == title || title.trim().is_empty() && may_be_silent;
            let same_number = match number {
                Some(_) => node.number == **number,
                None => given.number(step.group) != NO_NUMBER || node.number.is_none(),
            };
            node.level == step.level.key && same_title && same_number
        };
        steps.zip(open).take_while(is_same).count()
    }

    /// The number that something new gets: its own, or the next one.
    fn number(&self, step: &Step<'_>, number: Option<u32>, given: &Given) -> Option<u32> {
        let is_numbered = step.level.number.has_own();
        if !is_numbered || number.is_some() {
            return number.filter(|_| is_numbered);
        }
        if given.number(step.group) == NO_NUMBER {
            return None;
        }
        let parent = self.open.last().and_then(|at| self.branches.get(*at));
        let siblings = parent.map_or(&self.top, |parent| &parent.children);
        Some(siblings.highest.saturating_add(1))
    }

    fn begin(&mut self, level: &Level, number: Option<u32>, title: String) {
        let at = self.branches.len();
        self.branches.push(Branch {
            node: Node {
                number,
                title,
                ..Node::new(new_id(), level.key)
            },
            children: Children::default(),
        });
        let parent = self.open.last().copied();
        let parent = parent.and_then(|parent| self.branches.get_mut(parent));
        let siblings = parent.map_or(&mut self.top, |parent| &mut parent.children);
        siblings.branches.push(at);
        siblings.highest = siblings.highest.max(number.unwrap_or_default());
        self.open.push(at);
    }

    /// The numbers that were not understood, and what has no place on the way.
    fn unclear(&self, way: &[Step<'_>], numbers: &[Option<u32>], given: &Given) -> Vec<Meaning> {
        let mut unclear = Vec::new();
        for (group, levels) in self.groups.iter().enumerate() {
            let facts = [Fact::Number(first(levels)), Fact::Title(first(levels))];
            let [number, title] = facts.map(Meaning::Fact);
            let on_way = way
                .iter()
                .zip(numbers)
                .find(|(step, _)| step.group == group);
            let Some((step, read)) = on_way else {
                if given.names(group) {
                    unclear.extend([number, title]);
                }
                continue;
            };
            let said = half_width(given.number(group).trim());
            let is_fixed =
                step.level.number.fill("", None) == said || given.number(group) == NO_NUMBER;
            if !said.is_empty() && read.is_none() && !is_fixed {
                unclear.push(number);
            }
        }
        let last = way.last().zip(numbers.last());
        let is_read =
            last.is_some_and(|(step, read)| read.is_some() || !step.level.number.has_own());
        if !given.number.trim().is_empty() && !is_read {
            unclear.push(Meaning::Number);
        }
        let is_said = |meaning: &Meaning| {
            let group = |level| self.groups.iter().position(|group| first(group) == level);
            match *meaning {
                Meaning::Fact(Fact::Number(level)) => {
                    group(level).is_some_and(|it| !given.number(it).trim().is_empty())
                }
                Meaning::Fact(Fact::Title(level)) => {
                    group(level).is_some_and(|it| !given.title(it).trim().is_empty())
                }
                _ => true,
            }
        };
        unclear.retain(is_said);
        unclear
    }
}

/// The tree of these branches.
fn grown(children: &[usize], branches: &mut [Option<Branch>]) -> Vec<Arc<Node>> {
    let mut nodes = Vec::with_capacity(children.len());
    for at in children {
        let Some(branch) = branches.get_mut(*at).and_then(Option::take) else {
            continue;
        };
        let children = grown(&branch.children.branches, branches);
        nodes.push(Arc::new(Node {
            children,
            ..branch.node
        }));
    }
    nodes
}
