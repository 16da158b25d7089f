//! What makes a form sound: that it does not contradict itself, and that each of its words is there.
//!
//! A form that is not sound is not taken for a new plan and not printed by. A plan that has one is
//! opened all the same, so that nothing of it is lost: whoever opens it is told.

use super::{
    Form, MAX_DEPTH, Review,
    column::Column,
    field::{Choice, Field, Kind, Needed},
    grammar::Grammar,
    key::Key,
    level::Level,
    slot::Slot,
};

/// More than any form has; what is meant for people stays readable, and what is not is refused.
const MOST_LEVELS: usize = 30;
const MOST_FIELDS: usize = 60;
const MOST_CHOICES: usize = 30;
const MOST_COLUMNS: usize = 20;
const MOST_REVIEWS: usize = 12;
/// Of any of its words.
const MOST_CHARACTERS: usize = 500;
/// The greatest share of a column.
const MOST_SHARE: u16 = 1000;

/// Something in a form that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}：{wrong}")]
pub struct Fault {
    pub at: Place,
    /// The place in words: 階層「戦略」の欄「目標」.
    pub name: String,
    pub wrong: Wrong,
}

/// A place in a form, by positions in its lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Form,
    Review(usize),
    Level(usize),
    /// A field of a level, or of the plan as a whole (`None`).
    Field(Option<usize>, usize),
    /// A choice, or a mark of targets, of such a field.
    Choice(Option<usize>, usize, usize),
    Column(usize, usize),
}

/// What is wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("{0}がありません。書いてください。")]
    Empty(&'static str),
    #[error("{0}に改行やタブ、見えない制御文字があります。一行で書き直してください。")]
    Controls(&'static str),
    #[error("キー「{0}」が二つあります。片方を別のキーにしてください。")]
    SameKey(Key),
    #[error("「{0}」が二つあります。片方を別の言葉にしてください。")]
    SameWords(String),
    #[error("キー「{0}」はどの項目にもあるものに使われています。別のキーにしてください。")]
    ReservedKey(Key),
    #[error("{what}が多すぎます（{most} まで）。減らしてください。")]
    TooMany { what: &'static str, most: usize },
    #[error("振り返りがありません。一つは決めてください。")]
    NoReviews,
    #[error("階層がありません。一つは決めてください。")]
    NoLevels,
    #[error(
        "計画のいちばん上に置ける階層がありません。どれかを、いちばん上に置けるようにしてください。"
    )]
    NoTop,
    #[error("表になる階層がありません。どれかの階層に列を足してください。")]
    NoRows,
    #[error("キー「{0}」の階層がないので、その中には置けません。ある階層を選んでください。")]
    NoSuchParent(Key),
    #[error("自分自身の中に置くことになります。置く場所を直してください。")]
    InItself,
    #[error("計画のどこにも置けません。いちばん上か、上に置ける階層の中に置いてください。")]
    Unreachable,
    #[error("入れ子が {MAX_DEPTH} 段より深くなります。置く場所を減らしてください。")]
    TooDeep,
    #[error("{what}の「{part}」は使えません。使えるのは {} です。", known.join(" "))]
    UnknownPart {
        what: &'static str,
        part: String,
        known: &'static [&'static str],
    },
    #[error(
        "番号の形に {{above}} がありますが、上に番号のある階層がありません。{{above}} を取ってください。"
    )]
    NothingAbove,
    #[error("番号の形の {{above}} と {{n}} の間に区切りがありません。「-」などを入れてください。")]
    NoSeparator,
    #[error("番号の形に {0} が二つあります。片方を取ってください。")]
    TwiceInNumber(&'static str),
    #[error("{what}が長すぎます（{most} 文字まで）。短くしてください。")]
    TooLong { what: &'static str, most: usize },
    #[error("番号の形に空白があります。取ってください。")]
    BlankInNumber,
    #[error("選択肢がありません。一つは決めてください。")]
    NoChoices,
    #[error(
        "判断のもとになる欄（キー「{0}」）が同じ階層の目標の欄にありません。ある欄を選ぶか、選ばないでください。"
    )]
    JudgesNothing(Key),
    #[error(
        "評価が悪いときに書くことになっていますが、評価の欄がありません。いつ書くかを選び直してください。"
    )]
    NeverBad,
    #[error("列に何も入っていません。欄を入れるか、列を消してください。")]
    NothingInColumn,
    #[error("キー「{0}」の欄がこの階層にありません。ある欄を入れてください。")]
    NoSuchField(Key),
    #[error("同じ欄（キー「{0}」）がほかの列にもあります。片方から外してください。")]
    TwiceInColumns(Key),
    #[error("キー「{0}」の振り返りがありません。ある振り返りを選んでください。")]
    NoSuchReview(Key),
    #[error("列の幅が {0} です。1 から {MOST_SHARE} までの数にしてください。")]
    Share(u16),
}

impl Form {
    /// All that is wrong with it, from top to bottom; nothing where it is sound.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Faults {
            form: self,
            found: Vec::new(),
        };
        faults.of_form();
        faults.found
    }
}

struct Faults<'a> {
    form: &'a Form,
    found: Vec<Fault>,
}

impl Faults<'_> {
    fn add(&mut self, at: Place, wrong: Wrong) {
        let name = self.form.name_of(at);
        self.found.push(Fault { at, name, wrong });
    }

    fn check(&mut self, at: Place, is_wrong: bool, wrong: Wrong) {
        if is_wrong {
            self.add(at, wrong);
        }
    }

    fn of_form(&mut self) {
        let form = self.form;
        self.words(Place::Form, "様式の名前", &form.name);
        self.check(Place::Form, form.reviews.is_empty(), Wrong::NoReviews);
        self.check(Place::Form, form.levels.is_empty(), Wrong::NoLevels);
        let has_top = form.levels.iter().any(|level| level.at_top);
        let lacks_top = !form.levels.is_empty() && !has_top;
        self.check(Place::Form, lacks_top, Wrong::NoTop);
        let lacks_rows = !form.levels.is_empty() && form.rows().next().is_none();
        self.check(Place::Form, lacks_rows, Wrong::NoRows);
        self.most(Place::Form, "振り返り", form.reviews.len(), MOST_REVIEWS);
        self.most(Place::Form, "階層", form.levels.len(), MOST_LEVELS);
        for (at, review) in form.reviews.iter().enumerate() {
            self.of_review(at, review);
        }
        self.of_fields(None, &form.plan);
        let grammar = Grammar::of(form.levels.get(..MOST_LEVELS).unwrap_or(&form.levels));
        for (at, level) in form.levels.iter().enumerate() {
            self.of_level(at, level, &grammar);
        }
    }

    fn of_review(&mut self, at: usize, review: &Review) {
        let place = Place::Review(at);
        let before = self.form.reviews.iter().take(at);
        let (mut same_key, mut same_name) = (false, false);
        for other in before {
            same_key |= other.key == review.key;
            same_name |= other.name == review.name;
        }
        self.words(place, "振り返りの名前", &review.name);
        self.check(place, same_key, Wrong::SameKey(review.key));
        let is_named = !review.name.trim().is_empty();
        let same_name = same_name && is_named;
        self.check(place, same_name, Wrong::SameWords(review.name.clone()));
    }

    fn of_level(&mut self, at: usize, level: &Level, grammar: &Grammar) {
        let place = Place::Level(at);
        self.words(place, "階層の名前", &level.name);
        self.one_line(place, "階層の短い名前", &level.short);
        let mut before = self.form.levels.iter().take(at);
        let is_same = before.any(|other| other.key == level.key);
        self.check(place, is_same, Wrong::SameKey(level.key));
        for &parent in &level.under {
            let is_missing = self.form.find_level(parent).is_none();
            self.check(place, is_missing, Wrong::NoSuchParent(parent));
        }
        // Of two with one key the first is meant by it, and is checked.
        if !is_same {
            self.check(place, grammar.is_in_itself(at), Wrong::InItself);
            self.check(place, grammar.is_unreachable(at), Wrong::Unreachable);
            self.check(place, grammar.is_too_deep(at), Wrong::TooDeep);
        }
        self.of_patterns(place, level);
        self.of_fields(Some(at), &level.fields);
        self.most(place, "列", level.columns.len(), MOST_COLUMNS);
        for (column, it) in level.columns.iter().enumerate() {
            self.of_column(Place::Column(at, column), level, column, it);
        }
    }

    fn of_patterns(&mut self, place: Place, level: &Level) {
        let pattern = &level.number.pattern;
        self.one_line(place, "番号の形", pattern);
        let is_blank = |c: char| c.is_whitespace() && !c.is_control();
        self.check(place, pattern.contains(is_blank), Wrong::BlankInNumber);
        self.parts(place, "番号の形", pattern, &["{n}", "{above}"]);
        let parents = level
            .under
            .iter()
            .filter_map(|&it| self.form.find_level(it));
        let mut numbered = parents.filter(|parent| !parent.number.pattern.is_empty());
        let is_alone = pattern.contains("{above}") && numbered.next().is_none();
        self.check(place, is_alone, Wrong::NothingAbove);
        let is_joined = pattern.contains("{above}{n}") || pattern.contains("{n}{above}");
        self.check(place, is_joined, Wrong::NoSeparator);
        for part in ["{n}", "{above}"] {
            let is_twice = pattern.matches(part).count() > 1;
            self.check(place, is_twice, Wrong::TwiceInNumber(part));
        }
        self.words(place, "見出しの形", &level.heading);
        let known = &["{name}", "{number}", "{title}"];
        self.parts(place, "見出しの形", &level.heading, known);
        self.one_line(place, "再掲の言葉", &level.repost);
        self.parts(place, "再掲の言葉", &level.repost, &["{name}", "{number}"]);
    }

    fn of_fields(&mut self, level: Option<usize>, fields: &[Field]) {
        let place = level.map_or(Place::Form, Place::Level);
        self.most(place, "欄", fields.len(), MOST_FIELDS);
        let has_axis = fields.iter().any(Field::is_axis);
        for (at, field) in fields.iter().enumerate() {
            let place = Place::Field(level, at);
            self.words(place, "欄の見出し", &field.heading);
            self.one_line(place, "欄の短い名前", &field.short);
            self.one_line(place, "欄の質問", &field.question);
            let is_same = fields.iter().take(at).any(|other| other.key == field.key);
            self.check(place, is_same, Wrong::SameKey(field.key));
            let is_reserved = !Slot::once(field.key).is_field();
            self.check(place, is_reserved, Wrong::ReservedKey(field.key));
            let never = field.needed == Needed::WhenBad && !has_axis;
            self.check(place, never, Wrong::NeverBad);
            self.of_kind(level, at, field, fields);
        }
    }

    fn of_kind(&mut self, level: Option<usize>, at: usize, field: &Field, fields: &[Field]) {
        let place = Place::Field(level, at);
        let choices = match &field.kind {
            Kind::Text => return,
            Kind::Amount { unit } => return self.one_line(place, "単位", unit),
            Kind::Targets { marks } => marks,
            Kind::Choice { choices, judges } => {
                self.check(place, choices.is_empty(), Wrong::NoChoices);
                let is_there = |key: Key| fields.iter().any(|it| it.key == key && it.is_targets());
                if let Some(judges) = judges.filter(|&key| !is_there(key)) {
                    self.add(place, Wrong::JudgesNothing(judges));
                }
                choices
            }
        };
        self.most(place, "選択肢", choices.len(), MOST_CHOICES);
        for (nth, choice) in choices.iter().enumerate() {
            let before = choices.iter().take(nth);
            self.of_choice(Place::Choice(level, at, nth), choice, before);
        }
    }

    fn of_choice<'a>(
        &mut self,
        place: Place,
        choice: &Choice,
        before: impl Iterator<Item = &'a Choice>,
    ) {
        self.words(place, "選択肢の言葉", &choice.words);
        self.one_line(place, "選択肢の短い言葉", &choice.short);
        // Both are read where a plan comes back from a table, so either may name one choice only.
        let is_said = |other: &Choice, words: &str| {
            !words.trim().is_empty() && (other.words == words || other.short() == words)
        };
        for other in before {
            self.check(place, other.key == choice.key, Wrong::SameKey(choice.key));
            let said = [choice.words.as_str(), choice.short()];
            if let Some(words) = said.into_iter().find(|words| is_said(other, words)) {
                self.add(place, Wrong::SameWords(words.to_owned()));
            }
        }
    }

    fn of_column(&mut self, place: Place, level: &Level, at: usize, column: &Column) {
        self.words(place, "列の見出し", &column.heading);
        let has_share = (1..=MOST_SHARE).contains(&column.share);
        self.check(place, !has_share, Wrong::Share(column.share));
        if let Some(review) = column.review {
            let is_missing = self.form.review(review).is_none();
            self.check(place, is_missing, Wrong::NoSuchReview(review));
        }
        self.check(place, column.fields.is_empty(), Wrong::NothingInColumn);
        self.most(place, "欄", column.fields.len(), MOST_FIELDS);
        for (nth, &field) in column.fields.iter().enumerate() {
            let every = [Slot::TITLE.field, Slot::OWNER.field];
            let is_there = every.contains(&field) || level.field(field).is_some();
            self.check(place, !is_there, Wrong::NoSuchField(field));
            let alike = |other: &&Column| other.review == column.review;
            let mut before = level.columns.iter().take(at).filter(alike);
            let is_twice = before.any(|other| other.fields.contains(&field))
                || column.fields.iter().take(nth).any(|&other| other == field);
            self.check(place, is_twice, Wrong::TwiceInColumns(field));
        }
    }

    /// Words that must be there, in one line.
    fn words(&mut self, place: Place, what: &'static str, text: &str) {
        self.check(place, text.trim().is_empty(), Wrong::Empty(what));
        self.one_line(place, what, text);
    }

    fn one_line(&mut self, place: Place, what: &'static str, text: &str) {
        let breaks = text.chars().any(|c| c.is_control() || is_unseen(c));
        self.check(place, breaks, Wrong::Controls(what));
        let most = MOST_CHARACTERS;
        let is_long = text.chars().count() > most;
        self.check(place, is_long, Wrong::TooLong { what, most });
    }

    fn most(&mut self, place: Place, what: &'static str, count: usize, most: usize) {
        self.check(place, count > most, Wrong::TooMany { what, most });
    }

    /// Whatever stands in braces must be one of the parts that are filled in.
    fn parts(
        &mut self,
        place: Place,
        what: &'static str,
        text: &str,
        known: &'static [&'static str],
    ) {
        let mut rest = text.to_owned();
        for part in known {
            rest = rest.replace(part, "");
        }
        if let Some(at) = rest.find(['{', '}']) {
            let part = rest.get(at..).unwrap_or_default();
            let end = part.find('}').map_or(part.len(), |end| end + 1);
            let part = part.get(..end).unwrap_or_default().to_owned();
            self.add(place, Wrong::UnknownPart { what, part, known });
        }
    }
}

/// Line separators, and marks that only say how to show others: two words that look alike must not
/// differ in them.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{2028}' | '\u{2029}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

impl Form {
    /// A place in words.
    fn name_of(&self, place: Place) -> String {
        match place {
            Place::Form => "様式".to_owned(),
            Place::Review(at) => {
                let name = self.reviews.get(at).map(|it| it.name.as_str());
                named("振り返り", name, at)
            }
            Place::Level(at) => self.name_of_level(at),
            Place::Field(level, at) => {
                let name = self.field_at(level, at).map(|it| it.heading.as_str());
                let of = level.map_or("計画全体".to_owned(), |it| self.name_of_level(it));
                format!("{of}の{}", named("欄", name, at))
            }
            Place::Choice(level, field, at) => {
                let choices = self.field_at(level, field).map(Field::choices_or_marks);
                let choice = choices.and_then(|it| it.get(at));
                let name = named("選択肢", choice.map(|it| it.words.as_str()), at);
                format!("{}の{name}", self.name_of(Place::Field(level, field)))
            }
            Place::Column(level, at) => {
                let column = self.levels.get(level).and_then(|it| it.columns.get(at));
                let name = named("列", column.map(|it| it.heading.as_str()), at);
                format!("{}の{name}", self.name_of_level(level))
            }
        }
    }

    /// Where several levels have one name, it says which of them.
    fn name_of_level(&self, at: usize) -> String {
        let name = self.levels.get(at).map_or("", |it| it.name.as_str());
        let same = self.levels.iter().filter(|it| it.name == name).count();
        let words = named("階層", Some(name), at);
        match same > 1 && !name.trim().is_empty() {
            true => format!("{words}（{} 番目）", at + 1),
            false => words,
        }
    }

    fn field_at(&self, level: Option<usize>, at: usize) -> Option<&Field> {
        let fields = match level {
            None => &self.plan,
            Some(level) => &self.levels.get(level)?.fields,
        };
        fields.get(at)
    }
}

/// `欄「目標」`, or `3 番目の欄` where it has no name.
fn named(what: &str, name: Option<&str>, at: usize) -> String {
    match name.map(str::trim) {
        None | Some("") => format!("{} 番目の{what}", at + 1),
        Some(name) => format!("{what}「{name}」"),
    }
}
