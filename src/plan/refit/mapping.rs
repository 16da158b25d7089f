//! What a plan says, matched with another form: by keys first, then by words. What is left is for
//! people to decide.

use std::collections::{BTreeMap, BTreeSet};

use crate::form::{Choice, Field, Form, Key, Level, Review};

use super::{Goes, Mapping, Part, Use, Uses, answers};

impl Mapping {
    /// What has the same keys in both forms.
    pub fn by_keys(uses: &Uses, form: &Form) -> Self {
        let mut mapping = Self::default();
        for (part, _) in uses.iter().filter(|(part, _)| form.has_part(part)) {
            match part.clone() {
                Part::Review(key) => _ = mapping.reviews.insert(key, key),
                Part::Level(key) => _ = mapping.levels.insert(key, key),
                Part::Field(level, key) => _ = mapping.fields.insert((level, key), Goes::Into(key)),
                Part::Choice(level, field, key) | Part::Mark(level, field, key) => {
                    mapping.choices.insert((level, field, key), key);
                }
            }
        }
        mapping
    }

    /// What has the same keys or the same words in both forms.
    pub fn proposed(uses: &Uses, old: &Form, new: &Form) -> Self {
        let mut mapping = Self {
            levels: match_up(levels_in(uses), &old.levels, &new.levels, of_level),
            reviews: match_up(reviews_in(uses), &old.reviews, &new.reviews, of_review),
            ..Self::default()
        };
        // Two levels of one name may become one.
        for key in levels_in(uses) {
            let name = old.find_level(key).map(|level| &level.name);
            let same = new.levels.iter().find(|level| Some(&level.name) == name);
            if let Some(same) = same {
                mapping.levels.entry(key).or_insert(same.key);
            }
        }
        let levels: BTreeSet<Option<Key>> = levels_in(uses).map(Some).chain([None]).collect();
        for level in levels {
            mapping.propose_fields(uses, level, old, new);
        }
        mapping
    }

    fn propose_fields(&mut self, uses: &Uses, level: Option<Key>, old: &Form, new: &Form) {
        let Some(home) = self.home(level) else {
            return;
        };
        let used = || {
            uses.iter().filter_map(move |(part, _)| match part {
                Part::Field(of, field) if *of == level => Some(*field),
                _ => None,
            })
        };
        let matched = match_up(used(), old.fields(level), new.fields(home), of_field);
        for field in used() {
            let goes = matched
                .get(&field)
                .map_or(Goes::Nowhere, |&key| Goes::Into(key));
            self.move_field((level, field), goes, uses, [old, new]);
        }
    }

    /// Gives the nodes of a level another home, or none: then it comes along as it is. What they say
    /// goes where keys or words are the same there.
    pub fn move_level(
        &mut self,
        level: Key,
        home: Option<Key>,
        uses: &Uses,
        [old, new]: [&Form; 2],
    ) {
        let of = Some(level);
        self.fields.retain(|(it, _), _| *it != of);
        self.choices.retain(|(it, _, _), _| *it != of);
        match home {
            Some(home) => _ = self.levels.insert(level, home),
            None => _ = self.levels.remove(&level),
        }
        self.propose_fields(uses, of, old, new);
    }

    /// Lets what a field says go there, each of its answers to one of the same key or words.
    pub fn move_field(
        &mut self,
        (level, field): (Option<Key>, Key),
        goes: Goes,
        uses: &Uses,
        [old, new]: [&Form; 2],
    ) {
        self.choices
            .retain(|(of, it, _), _| (*of, *it) != (level, field));
        self.fields.insert((level, field), goes);
        let (Some(home), Goes::Into(into)) = (self.home(level), goes) else {
            return;
        };
        let old_answers = old.field(level, field).map(Field::choices_or_marks);
        let new_answers = new.field(home, into).map(Field::choices_or_marks);
        let chosen = uses.iter().filter_map(|(part, _)| match part {
            Part::Choice(of, it, choice) | Part::Mark(of, it, choice)
                if (*of, *it) == (level, field) =>
            {
                Some(*choice)
            }
            _ => None,
        });
        let [before, now] = [old_answers, new_answers].map(Option::unwrap_or_default);
        let matched = match_up(chosen, before, now, of_choice).into_iter();
        self.choices
            .extend(matched.map(|(old, new)| ((level, field, old), new)));
    }

    /// The level that nodes of a level have then; the plan as a whole (`None`) stays what it is.
    /// Nothing where the level comes along as it is.
    pub fn home(&self, level: Option<Key>) -> Option<Option<Key>> {
        match level {
            None => Some(None),
            Some(key) => self.levels.get(&key).map(|key| Some(*key)),
        }
    }

    /// The review that takes what was said at a review; itself where none is named.
    pub fn review(&self, review: Key) -> Key {
        self.reviews.get(&review).copied().unwrap_or(review)
    }

    /// What becomes of what a field says.
    pub fn goes(&self, level: Option<Key>, field: Key) -> Goes {
        let goes = self.fields.get(&(level, field));
        goes.copied().unwrap_or(Goes::Nowhere)
    }

    /// What finds no place in the other form.
    pub fn homeless<'a>(
        &'a self,
        uses: &'a Uses,
        form: &'a Form,
    ) -> impl Iterator<Item = (&'a Part, &'a Use)> {
        uses.iter().filter(|(part, _)| self.is_homeless(part, form))
    }

    /// Whether a part finds none.
    pub fn is_homeless(&self, part: &Part, form: &Form) -> bool {
        match part {
            Part::Review(key) => {
                let taken = self.reviews.get(key);
                taken.is_none_or(|key| form.review(*key).is_none())
            }
            Part::Level(key) => {
                let taken = self.levels.get(key);
                taken.is_none_or(|key| form.find_level(*key).is_none())
            }
            // What is said in a level that comes along comes with it.
            Part::Field(level, key) => self.home(*level).is_some_and(|home| {
                let taken = match self.goes(*level, *key) {
                    Goes::Nowhere => None,
                    Goes::Into(key) | Goes::After(key) => form.field(home, key),
                };
                taken.is_none()
            }),
            Part::Choice(level, field, key) | Part::Mark(level, field, key) => {
                let Some(home) = self.home(*level) else {
                    return false;
                };
                let Goes::Into(into) = self.goes(*level, *field) else {
                    // It stays with its field, or is said in words.
                    return false;
                };
                let into = form.field(home, into);
                let is_said = match part {
                    Part::Choice(..) => into.is_some_and(|into| !into.is_choice()),
                    _ => false,
                };
                let taken = self.choices.get(&(*level, *field, *key));
                let mut known = into.into_iter().flat_map(answers);
                !is_said && !known.any(|choice| Some(&choice.key) == taken)
            }
        }
    }
}

/// The key of a part, and what it is called, the words that tell most first.
type Named<T> = fn(&T) -> (Key, [&str; 2]);

const fn of_level(level: &Level) -> (Key, [&str; 2]) {
    (level.key, [level.name.as_str(), level.name.as_str()])
}

const fn of_review(review: &Review) -> (Key, [&str; 2]) {
    (review.key, [review.name.as_str(), review.name.as_str()])
}

fn of_field(field: &Field) -> (Key, [&str; 2]) {
    (field.key, [&field.heading, field.short()])
}

fn of_choice(choice: &Choice) -> (Key, [&str; 2]) {
    (choice.key, [&choice.words, choice.short()])
}

/// Old keys with new ones: the same key, else the same words. None of the new ones is taken twice.
fn match_up<T>(
    used: impl Iterator<Item = Key>,
    old: &[T],
    new: &[T],
    named: Named<T>,
) -> BTreeMap<Key, Key> {
    let mut left: Vec<Key> = used.collect();
    let mut free: Vec<&T> = new.iter().collect();
    let mut matched = BTreeMap::new();
    let mut take = |is_it: &dyn Fn(Key, &T) -> bool| {
        left.retain(|&key| {
            let Some(at) = free.iter().position(|it| is_it(key, it)) else {
                return true;
            };
            matched.insert(key, named(free.remove(at)).0);
            false
        });
    };
    take(&|key, it| named(it).0 == key);
    for nth in [0, 1] {
        take(&|key, it| {
            let known = old.iter().find(|old| named(old).0 == key);
            let words = known.and_then(|known| named(known).1.get(nth).copied());
            words.is_some() && words == named(it).1.get(nth).copied()
        });
    }
    matched
}

fn levels_in(uses: &Uses) -> impl Iterator<Item = Key> {
    uses.iter().filter_map(|(part, _)| match part {
        Part::Level(key) => Some(*key),
        _ => None,
    })
}

fn reviews_in(uses: &Uses) -> impl Iterator<Item = Key> {
    uses.iter().filter_map(|(part, _)| match part {
        Part::Review(key) => Some(*key),
        _ => None,
    })
}
