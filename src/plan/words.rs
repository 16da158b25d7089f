//! The words of a state and of a choice, out of the form: nothing that a form says stands in code.

use crate::form::{Choice, Field, Form, Grade, Key, Level};

use super::{
    model::{Node, Plan},
    status::Standing,
};

/// Of what is good on more than one axis; no form has a word for it.
const GOOD: &str = "順調";
/// Of what nobody has assessed.
const UNASSESSED: &str = "未評価";
/// Of what is answered without a judgement, where the form has no word for it.
const NOT_RATED: &str = "評価対象外";
/// Of all answers together from which a state comes, where they are several.
const STATUS: &str = "達成状況";

impl Level {
    /// What a state of this level is called, in short words of its choices: 未達成見込.
    pub fn standing_word(&self, standing: Standing) -> String {
        let only = self.axes().count() == 1;
        let words = |grade: Grade, join: &str| {
            let axes = self
                .axes()
                .filter_map(|axis| short_words(axis, Some(grade)));
            axes.collect::<Vec<_>>().join(join)
        };
        match standing {
            Standing::Unassessed => UNASSESSED.to_owned(),
            Standing::Good if only => words(Grade::Good, ""),
            Standing::Good => GOOD.to_owned(),
            Standing::Concern => words(Grade::Concern, "・"),
            Standing::Bad => words(Grade::Bad, "・"),
            Standing::Worst => {
                let worst = self.axes().filter_map(|axis| {
                    short_words(axis, Some(Grade::Bad))
                        .or_else(|| short_words(axis, Some(Grade::Concern)))
                });
                worst.collect::<Vec<_>>().join("・")
            }
            Standing::NotRated => {
                let word = self.axes().find_map(|axis| short_words(axis, None));
                word.unwrap_or_else(|| NOT_RATED.to_owned())
            }
        }
    }

    /// What the answers are called from which the state of this level comes: the field, where it is
    /// one.
    pub fn status_name(&self) -> &str {
        let mut axes = self.axes();
        match (axes.next(), axes.next()) {
            (Some(only), None) => only.short(),
            _ => STATUS,
        }
    }

    /// The states that nodes of this level can have, in the order in which they are listed.
    pub fn standings(&self) -> impl Iterator<Item = Standing> {
        let has = |grade| {
            let mut axes = self.axes();
            axes.any(|axis| axis.choices().iter().any(|it| it.grade == grade))
        };
        let (concern, bad, free) = (
            has(Some(Grade::Concern)),
            has(Some(Grade::Bad)),
            self.axes()
                .all(|axis| axis.choices().iter().any(|it| it.grade.is_none())),
        );
        let axes = self.axes().count();
        Standing::ALL
            .into_iter()
            .filter(move |standing| match standing {
                Standing::Good | Standing::Unassessed => axes > 0,
                Standing::Concern => concern,
                Standing::Bad => bad,
                Standing::Worst => bad && axes > 1,
                Standing::NotRated => axes > 0 && free,
            })
    }

    /// A node's choices as they are printed: `【目標達成見込、取組予定通り進捗している】`; only what
    /// is chosen, and nothing if nothing is. `fields` are the keys of those that stand in one line.
    pub fn choice_line(&self, node: &Node, review: Key, fields: &[Key]) -> Option<String> {
        let chosen = fields.iter().filter_map(|&key| {
            let field = self.field(key)?;
            let choice = field.choice(node.text(field.slot(review)))?;
            Some(choice.words.as_str())
        });
        let words: Vec<&str> = chosen.collect();
        (!words.is_empty()).then(|| format!("【{}】", words.join("、")))
    }
}

/// The short words of all choices of a grade: `Ｃ／Ｄ`.
fn short_words(axis: &Field, grade: Option<Grade>) -> Option<String> {
    let choices = axis.choices().iter().filter(|choice| choice.grade == grade);
    let words: Vec<&str> = choices.map(Choice::short).collect();
    (!words.is_empty()).then(|| words.join("／"))
}

impl Form {
    /// What a state is called where nodes of several levels are meant: in the words of the first
    /// assessed level that has it.
    pub fn standing_word(&self, standing: Standing) -> String {
        let has = |level: &&Level| level.standings().any(|it| it == standing);
        let level = self.assessed().find(has).or_else(|| self.assessed().next());
        level.map_or_else(String::new, |level| level.standing_word(standing))
    }

    /// What the answers are called from which states come, where nodes of several levels are meant.
    pub fn status_name(&self) -> &str {
        let mut names = self.assessed().map(Level::status_name);
        let first = names.next().unwrap_or(STATUS);
        if names.all(|name| name == first) {
            first
        } else {
            STATUS
        }
    }

    /// The states that nodes of this form can have, in the order in which they are listed.
    pub fn standings(&self) -> impl Iterator<Item = Standing> {
        Standing::ALL.into_iter().filter(|standing| {
            self.assessed()
                .any(|level| level.standings().any(|it| it == *standing))
        })
    }

    /// What the rows are called where there is little room: 取組.
    pub fn row_short(&self) -> &str {
        self.rows().next().map_or("", Level::short)
    }

    /// What people call the rows: 具体的取組, or several names.
    pub fn row_name(&self) -> String {
        joined(self.rows().map(|level| level.name.as_str()))
    }

    /// What people call what is assessed, where there is little room: 取組.
    pub fn assessed_short(&self) -> String {
        joined(self.assessed().map(Level::short))
    }

    /// What people call what sections fill in, where there is little room: 取組.
    pub fn owned_name(&self) -> String {
        let owned = self.levels.iter().filter(|level| level.has_owner());
        joined(owned.map(Level::short))
    }
}

/// Each name once.
fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.join("・")
}

impl Plan {
    /// What a node's state is called, in the words of its level.
    pub fn standing_word(&self, node: &Node) -> String {
        self.level(node).standing_word(self.standing(node))
    }
}
