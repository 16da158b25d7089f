//! What texts, nodes and parts of a form are called where something is said of them.

use crate::form::{Form, Key, Slot};

use super::{
    id::Id,
    model::Plan,
    name::title_or_none,
    refit::{Part, Use, answers},
};

impl Plan {
    /// A text of a node, or of the plan as a whole (`None`), in short words: 名称, 目標. What the form
    /// does not know is called by its key.
    pub fn slot_name(&self, id: Option<Id>, at: Slot) -> String {
        match (at, self.field_of(id, at)) {
            (Slot::TITLE, _) => "名称".to_owned(),
            (Slot::OWNER, _) => "担当".to_owned(),
            (Slot::MEMO, _) => "メモ".to_owned(),
            (_, Some(field)) if field.is_choice() => field.heading.clone(),
            (_, Some(field)) => field.short().to_owned(),
            (_, None) => at.field.to_string(),
        }
    }

    /// The number of a node as it is printed, or its title where it has none.
    pub fn short_name(&self, id: Id) -> String {
        let Some(entry) = self.entry(id) else {
            return String::new();
        };
        match entry.number().printed(self.form()) {
            none if none.is_empty() => title_or_none(&entry.node.title).to_owned(),
            number => number,
        }
    }

    /// How often something is said, and where: `12 件（１－１－１、１－１－２、１－１－３ ほか）`. Nothing
    /// where only the plan as a whole says it.
    pub fn amount_of(&self, its: &Use) -> String {
        let names: Vec<String> = its.first.iter().map(|&id| self.short_name(id)).collect();
        let more = if its.count > names.len() {
            " ほか"
        } else {
            ""
        };
        match names.is_empty() {
            true => String::new(),
            false => format!("{} 件（{}{more}）", its.count, names.join("、")),
        }
    }
}

impl Form {
    /// A part of the form: `戦略の欄「目標」`.
    pub fn part_name(&self, part: &Part) -> String {
        let of = |level: &Option<Key>| match level {
            None => "計画全体".to_owned(),
            Some(key) => name_of(self.find_level(*key).map(|it| it.name.as_str()), *key),
        };
        let heading = |level: &Option<Key>, key: &Key| {
            name_of(self.field(*level, *key).map(|it| it.heading.as_str()), *key)
        };
        match part {
            Part::Review(key) => {
                let name = self.review(*key).map(|it| it.name.as_str());
                format!("振り返り「{}」", name_of(name, *key))
            }
            Part::Level(key) => format!("階層「{}」", of(&Some(*key))),
            Part::Field(level, key) => format!("{}の欄「{}」", of(level), heading(level, key)),
            Part::Choice(level, field, key) | Part::Mark(level, field, key) => {
                let known = self.field(*level, *field);
                let words = known.and_then(|it| answers(it).find(|it| it.key == *key));
                let words = name_of(words.map(|it| it.words.as_str()), *key);
                format!(
                    "{}の欄「{}」の「{words}」",
                    of(level),
                    heading(level, field)
                )
            }
        }
    }
}

/// What the form does not know is called by its key.
fn name_of(name: Option<&str>, key: Key) -> String {
    name.map_or_else(|| key.to_string(), ToOwned::to_owned)
}
