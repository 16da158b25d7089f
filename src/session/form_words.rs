//! What is said of a form: how one differs from another, what it has no place for, what is wrong
//! with it.

use crate::{
    form::{Column, Fault, Field, Form, Key, Kind, Level},
    plan::{Plan, refit::Use},
};

/// So many faults are named; more would not be read.
const NAMED: usize = 3;

/// What changing one form into another is called: `戦略の欄「課題」の追加`.
pub fn changed(old: &Form, new: &Form) -> String {
    match changes(old, new).as_slice() {
        [] => "様式の変更".to_owned(),
        [only] => only.clone(),
        [first, ..] => format!("{first}ほか"),
    }
}

/// All that changing one form into another changes, in the order of the form.
pub fn changes(old: &Form, new: &Form) -> Vec<String> {
    Changes::between(old, new).0
}

/// The same for another form altogether.
pub fn other(form: &Form) -> String {
    format!("様式「{}」への変更", form.name)
}

/// That the plan has another form now; so many parts of what it says are out of sight.
pub fn form_changed(form: &Form, kept: usize) -> String {
    let name = &form.name;
    match kept {
        0 => format!("様式を「{name}」に変えました。元に戻すこともできます"),
        kept => format!(
            "様式を「{name}」に変えました。行き先のない {kept} 種類の内容は、見えないまま計画に残しています"
        ),
    }
}

/// What is wrong with a form, and that it was not taken.
pub fn unsound(faults: &[Fault]) -> String {
    let mut lines = vec!["この様式は使えません。".to_owned()];
    lines.extend(faults.iter().take(NAMED).map(ToString::to_string));
    if faults.len() > NAMED {
        lines.push(format!("ほか {} か所", faults.len() - NAMED));
    }
    lines.join("\n")
}

/// That nodes stand where a changed form does not let them; `None` where all of them may stand.
pub fn misplaced(plan: &Plan, form: &Form) -> Option<String> {
    let mut its = Use::default();
    let mut pair = None;
    for entry in plan.nodes() {
        let level = entry.node.level;
        let parent = entry.parent().map(|parent| parent.level);
        let is_known = |key: Key| form.find_level(key).is_some();
        let stays = is_known(level) && parent.is_none_or(is_known);
        if stays && !form.can_hold(parent, level) && pair.is_none_or(|it| it == (parent, level)) {
            pair = Some((parent, level));
            its.add(Some(entry.node.id));
        }
    }
    let (parent, level) = pair?;
    let place = match parent {
        Some(parent) => format!("「{}」の中", form.level(parent).name),
        None => "計画のいちばん上".to_owned(),
    };
    let name = &form.level(level).name;
    Some(format!(
        "様式を変えませんでした。{place}に「{name}」が {}あります。先に移すか、削除してください。",
        plan.amount_of(&its)
    ))
}

/// How one form differs from another, in the order of the form.
struct Changes(Vec<String>);

impl Changes {
    fn between(old: &Form, new: &Form) -> Self {
        let mut changes = Self(Vec::new());
        if old.name != new.name {
            changes.0.push("様式の名前の変更".to_owned());
        }
        for (before, now) in changes.list("振り返り", [&old.reviews, &new.reviews], |it| {
            (it.key, &it.name)
        }) {
            changes.renamed("振り返りの名前", &before.name, &now.name);
        }
        changes.fields("計画全体の", &old.plan, &new.plan);
        for (before, now) in changes.list("階層", [&old.levels, &new.levels], |it| {
            (it.key, &it.name)
        }) {
            changes.level(before, now);
        }
        changes
    }

    fn add(&mut self, change: String) {
        self.0.push(change);
    }

    fn renamed(&mut self, what: &str, old: &str, new: &str) {
        if old != new {
            self.add(format!("{what}の変更（{old}→{new}）"));
        }
    }

    fn level(&mut self, old: &Level, new: &Level) {
        self.renamed("階層の名前", &old.name, &new.name);
        let of = format!("{}の", new.name);
        self.fields(&of, &old.fields, &new.fields);
        self.columns(&of, &old.columns, &new.columns);
        let rest = |level: &Level| Level {
            name: String::new(),
            fields: Vec::new(),
            columns: Vec::new(),
            ..level.clone()
        };
        let (old, now) = (rest(old), rest(new));
        if old.number != now.number {
            self.add(format!("{of}番号の形の変更"));
        } else if (old.at_top, &old.under) != (now.at_top, &now.under) {
            self.add(format!("{of}置き場所の変更"));
        } else if old != now {
            self.add(format!("階層「{}」の変更", new.name));
        }
    }

    fn fields(&mut self, of: &str, old: &[Field], new: &[Field]) {
        for (before, now) in self.list(&format!("{of}欄"), [old, new], |it| (it.key, &it.heading))
        {
            self.renamed(&format!("{of}見出し"), &before.heading, &now.heading);
            let answers = [before.choices_or_marks(), now.choices_or_marks()];
            let what = format!("{of}欄「{}」の選択肢", now.heading);
            for (before, now) in self.list(&what, answers, |it| (it.key, &it.words)) {
                if before != now {
                    self.add(format!("{what}「{}」の変更", now.words));
                }
            }
            if rest_of(before) != rest_of(now) {
                self.add(format!("{of}欄「{}」の変更", now.heading));
            }
        }
    }

    fn columns(&mut self, of: &str, old: &[Column], new: &[Column]) {
        let without_shares = |columns: &[Column]| -> Vec<Column> {
            let columns = columns.iter().cloned();
            columns.map(|it| Column { share: 0, ..it }).collect()
        };
        if old == new {
        } else if without_shares(old) == without_shares(new) {
            self.add(format!("{of}列の幅の変更"));
        } else {
            self.add(format!("{of}列の変更"));
        }
    }

    /// What came, went and changed its place in a list; returns what is in both.
    fn list<'a, T>(
        &mut self,
        what: &str,
        [old, new]: [&'a [T]; 2],
        names: fn(&T) -> (Key, &str),
    ) -> Vec<(&'a T, &'a T)> {
        let key = |it: &T| names(it).0;
        let find = |list: &'a [T], wanted: Key| list.iter().find(|it| key(it) == wanted);
        for it in old.iter().filter(|it| find(new, key(it)).is_none()) {
            self.add(format!("{what}「{}」の削除", names(it).1));
        }
        for it in new.iter().filter(|it| find(old, key(it)).is_none()) {
            self.add(format!("{what}「{}」の追加", names(it).1));
        }
        let both = new.iter().filter_map(|it| Some((find(old, key(it))?, it)));
        let both: Vec<(&T, &T)> = both.collect();
        let stayed = old.iter().filter(|it| find(new, key(it)).is_some());
        if !stayed.map(key).eq(both.iter().map(|(_, it)| key(it))) {
            self.add(format!("{what}の並べ替え"));
        }
        both
    }
}

/// What a field is besides its heading and its answers.
fn rest_of(field: &Field) -> Field {
    let kind = match &field.kind {
        Kind::Targets { .. } => Kind::Targets { marks: Vec::new() },
        Kind::Choice { judges, .. } => Kind::Choice {
            choices: Vec::new(),
            judges: *judges,
        },
        kind => kind.clone(),
    };
    Field {
        heading: String::new(),
        kind,
        ..field.clone()
    }
}
