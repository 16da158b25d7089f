//! The words for what differs between plans: names of nodes and of what they say, and what that is.

use std::borrow::Cow;

use crate::{
    export::outline::words::{MEASURED, NO_SOURCE},
    form::{Field, Form, Key, Level, Slot, Width, full_width},
    plan::{
        Digits, Id, Measure, Plan, Property, Style, Value, date_name, fiscal_year_name,
        handout::Round, title_or_none,
    },
};

pub const TITLE: &str = "新旧対照表";
/// Over the names of the fields.
pub const ITEM: &str = "項目";
pub const NO_CHANGES: &str = "変更はありません。";
/// What is said of the plan itself.
pub const PLAN: &str = "計画";
/// Of a field that the form does not have any more.
const UNKNOWN: &str = "様式にない欄";
/// Stands for a field with nothing in it.
pub const EMPTY: &str = "（空欄）";

/// `具体的取組１－１－１「防災訓練」`; the unnumbered part by its title alone.
pub fn node_name(plan: &Plan, id: Id) -> String {
    let (Some(node), Some(number)) = (plan.node(id), plan.number(id)) else {
        return String::new();
    };
    let title = title_or_none(node.title.trim());
    if number.is_unnumbered(plan.form()) {
        return format!("「{title}」");
    }
    format!("{}「{title}」", number.name(plan.form()))
}

/// What is said of one part of a plan, in the words of its form.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    plan: &'a Plan,
    /// `None` for the plan as a whole.
    level: Option<&'a Level>,
}

impl<'a> Words<'a> {
    /// The words for a node of the plan, or for the plan as a whole (`None`).
    pub fn of(plan: &'a Plan, at: Option<Id>) -> Self {
        Self {
            plan,
            level: at.and_then(|id| plan.level_of(id)),
        }
    }

    /// What something that is said is called.
    pub fn property(&self, property: Property) -> Cow<'a, str> {
        Cow::Borrowed(match property {
            Property::Text(slot) => return self.slot(slot),
            Property::Number => "番号",
            Property::Repost => "再掲元",
            Property::Organisation => "団体名",
            Property::FiscalYear => "年度",
            Property::Review => "振り返りの時期",
            Property::AsOf => "時点",
            Property::Measures => MEASURED,
            Property::Form => "様式",
            Property::Style => "書き方の決まり",
            Property::Round => "配布と回収",
        })
    }

    /// What a text is called; of another review than the one that is open, with its name.
    pub fn slot(&self, slot: Slot) -> Cow<'a, str> {
        let name = match slot {
            Slot::TITLE => "名称",
            Slot::OWNER => "担当",
            Slot::MEMO => "メモ",
            _ => match self.field(slot) {
                Some(field) => &field.heading,
                None => return Cow::Owned(format!("{UNKNOWN}（{slot}）")),
            },
        };
        match slot.review {
            Some(review) if review != self.plan.review() => {
                Cow::Owned(format!("{name}（{}）", self.review(review)))
            }
            _ => Cow::Borrowed(name),
        }
    }

    fn field(&self, slot: Slot) -> Option<&'a Field> {
        let fields = match self.level {
            Some(level) => &level.fields,
            None => &self.plan.form().plan,
        };
        let field = fields.iter().find(|field| field.key == slot.field)?;
        (field.each_review == slot.review.is_some()).then_some(field)
    }

    fn review(&self, review: Key) -> &'a str {
        self.plan.form().review_name(review)
    }

    /// What is said; nothing where nothing is.
    pub fn value<'b>(&self, value: &'b Value) -> Cow<'b, str>
    where
        'a: 'b,
    {
        let words = match value {
            Value::Text(slot, text) => return self.text(*slot, text),
            Value::Organisation(text) => return Cow::Borrowed(text),
            Value::Review(review) => return Cow::Borrowed(self.review(*review)),
            Value::Number(number) => number.map(|number| full_width(&number.to_string())),
            Value::Repost(source) => source.map(|source| self.repost(source)),
            Value::FiscalYear(year) => Some(fiscal_year_name(*year)),
            Value::AsOf(date) => date.map(date_name),
            Value::Measures(measures) => {
                let lines: Vec<String> = measures.iter().map(|it| self.measure(it)).collect();
                Some(lines.join("\n"))
            }
            Value::Form(form) => Some(levels(form)),
            Value::Style(style) => Some(rules(style)),
            Value::Round(round) => Some(stages(round)),
        };
        Cow::Owned(words.unwrap_or_default())
    }

    /// Whether a value is in the words of whoever wrote it.
    pub fn is_written(&self, value: &Value) -> bool {
        match value {
            Value::Text(slot, _) => self.field(*slot).is_none_or(Field::is_written),
            // Of a form, too, only what differs is of interest.
            value => matches!(value, Value::Organisation(_) | Value::Form(_)),
        }
    }

    /// A text; of a choice its words, of an amount with its unit.
    fn text<'b>(&self, slot: Slot, text: &'b str) -> Cow<'b, str>
    where
        'a: 'b,
    {
        match self.field(slot) {
            Some(field) => field.in_words(text),
            None => Cow::Borrowed(text),
        }
    }

    /// `具体的取組３－１－２の再掲`.
    fn repost(&self, source: Id) -> String {
        let form = self.plan.form();
        match (self.plan.entry(source), self.level) {
            (Some(entry), Some(level)) => {
                let name = &self.plan.level(entry.node).name;
                level.repost_line(name, &entry.number().printed(form))
            }
            _ => NO_SOURCE.to_owned(),
        }
    }

    /// `55%以上：57.2%（10月末）、前年 54%、読み 指標55%以上`.
    fn measure(&self, measure: &Measure) -> String {
        let marks = self.field(measure.target).map_or(&[][..], Field::marks);
        let mark = marks.iter().find(|mark| mark.key == *measure.mark);
        let mark = mark.map_or(&measure.mark, |mark| &mark.words);
        let mut text = measure.criterion.clone();
        for (before, value, after) in [
            ("：", &measure.measured, ""),
            ("（", &measure.as_of, "）"),
            ("、", mark, ""),
            ("、前年 ", &measure.previous, ""),
            ("、読み ", &measure.reading, ""),
        ] {
            if !value.is_empty() {
                text = format!("{text}{before}{value}{after}");
            }
        }
        text
    }
}

/// A form by its name, and what its levels have: two forms that differ say different things.
fn levels(form: &Form) -> String {
    let whole = (!form.plan.is_empty()).then(|| format!("{PLAN}：{}", headings(&form.plan)));
    let reviews: Vec<&str> = form.reviews.iter().map(|it| it.name.as_str()).collect();
    let reviews = format!("振り返り：{}", reviews.join("、"));
    let lines = [form.name.clone(), reviews].into_iter().chain(whole);
    let lines: Vec<String> = lines.chain(form.levels.iter().map(level)).collect();
    lines.join("\n")
}

/// `具体的取組（1-2）：実績、見込（達成見込／未達成見込）｜印刷：実績 28、評価 28`.
fn level(level: &Level) -> String {
    let mut text = level.name.clone();
    let number = level.number.fill("1", Some(2));
    if !level.number.pattern.is_empty() {
        text.push_str(&format!("（{number}）"));
    }
    if !level.fields.is_empty() {
        text.push_str(&format!("：{}", headings(&level.fields)));
    }
    if !level.columns.is_empty() {
        let columns = level.columns.iter();
        let columns = columns.map(|it| format!("{} {}", it.heading, it.share));
        text.push_str(&format!(
            "｜印刷：{}",
            columns.collect::<Vec<_>>().join("、")
        ));
    }
    text
}

/// The fields with the choices that they have.
fn headings(fields: &[Field]) -> String {
    let heading = |field: &Field| match field.choices() {
        [] => field.heading.clone(),
        choices => {
            let choices: Vec<&str> = choices.iter().map(|it| it.words.as_str()).collect();
            format!("{}（{}）", field.heading, choices.join("／"))
        }
    };
    let headings: Vec<String> = fields.iter().map(heading).collect();
    headings.join("、")
}

/// `防災担当：提出済、総務課：配布済`.
fn stages(round: &Round) -> String {
    let owners = round.owners.iter();
    let words = owners.map(|owner| format!("{}：{}", owner.name, owner.stage().name()));
    words.collect::<Vec<_>>().join("、")
}

fn rules(style: &Style) -> String {
    let digits = match style.digits {
        None => "数字の幅は問わない",
        Some(Digits::Half) => "数字は半角",
        Some(Digits::SingleFull) => "数字は一桁だけ全角",
        Some(Digits::Full) => "数字は全角",
    };
    let percent = match style.percent {
        Width::Half => "%",
        Width::Full => "％",
    };
    let words = style
        .words
        .iter()
        .map(|word| format!("{}→{}", word.not, word.but));
    let words = words.collect::<Vec<_>>().join("、");
    let ignored = style.ignored.len();
    format!("{digits}、{percent}\n言葉：{words}\nそのままにした指摘：{ignored} 件")
}
