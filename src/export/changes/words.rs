//! The words for what differs between plans: names of nodes and fields, and what fields hold.

use std::borrow::Cow;

use crate::{
    export::outline::words::NO_SOURCE,
    plan::{
        Digits, Field, Form, Id, Measure, Number, Outlook, Plan, Progress, Style, TextField, Value,
        Width, Wording, date_name, fiscal_year_name, full_width, handout::Round, title_or_none,
    },
};

pub const TITLE: &str = "新旧対照表";
/// Over the names of the fields.
pub const ITEM: &str = "項目";
pub const NO_CHANGES: &str = "変更はありません。";
/// What is said of the plan itself.
pub const PLAN: &str = "計画";
/// Stands for a field with nothing in it.
pub const EMPTY: &str = "（空欄）";

/// `具体的取組１－１－１「防災訓練」`; the unnumbered part by its title alone.
pub fn node_name(plan: &Plan, id: Id) -> String {
    let (Some(node), Some(number)) = (plan.node(id), plan.number(id)) else {
        return String::new();
    };
    let title = title_or_none(node.title().trim());
    if number.is_unnumbered() {
        return format!("「{title}」");
    }
    format!("{}「{title}」", number.name())
}

/// The fields and values of one part of a plan, in the words of its form.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    plan: &'a Plan,
    form: &'a Form,
    wording: &'a Wording,
}

impl<'a> Words<'a> {
    /// The words for a node of the plan, or for its heading (`None`).
    pub fn of(plan: &'a Plan, form: &'a Form, at: Option<Id>) -> Self {
        let number = at.and_then(|id| plan.number(id));
        let wording = number.map_or(&form.numbered, |number: Number| form.wording(number));
        Self {
            plan,
            form,
            wording,
        }
    }

    pub fn field(&self, field: Field) -> &'a str {
        match field {
            Field::Number => "番号",
            Field::Text(TextField::Title) => "名称",
            Field::Text(TextField::Owner) => "担当",
            Field::Text(TextField::Results) => &self.wording.results,
            Field::Text(TextField::Target) => &self.wording.target,
            Field::Text(TextField::Notes) => "課題・改善策",
            Field::Text(TextField::Memo) => "メモ",
            Field::Outlook => "達成状況（目標の見込）",
            Field::Progress => "達成状況（取組の進捗）",
            Field::Repost => "再掲元",
            Field::Organisation => "団体名",
            Field::FiscalYear => "年度",
            Field::Review => "振り返りの時期",
            Field::AsOf => "時点",
            Field::Measures => "実績値",
            Field::Style => "書き方の決まり",
            Field::Round => "配布と回収",
        }
    }

    /// What a field holds; nothing where it holds nothing.
    pub fn value<'b>(&self, value: &'b Value) -> Cow<'b, str> {
        let words = match value {
            Value::Text(_, text) | Value::Organisation(text) => return Cow::Borrowed(text),
            Value::Number(number) => number.map(|number| full_width(&number.to_string())),
            Value::Outlook(outlook) => outlook.map(|it: Outlook| self.wording.outlook(it).into()),
            Value::Progress(progress) => {
                progress.map(|it: Progress| self.wording.progress(it).into())
            }
            Value::Repost(source) => source.map(|source| match self.plan.number(source) {
                Some(number) => self.form.repost_line(number),
                None => NO_SOURCE.to_owned(),
            }),
            Value::FiscalYear(year) => Some(fiscal_year_name(*year)),
            Value::Review(review) => Some(review.name().to_owned()),
            Value::AsOf(date) => date.map(date_name),
            Value::Measures(measures) => {
                let lines: Vec<String> = measures.iter().map(measure).collect();
                Some(lines.join("\n"))
            }
            Value::Style(style) => Some(rules(style)),
            Value::Round(round) => Some(stages(round)),
        };
        Cow::Owned(words.unwrap_or_default())
    }
}

/// `55%以上：57.2%（10月末）、前年 54%、読み 指標55%以上`.
fn measure(measure: &Measure) -> String {
    let mut text = measure.criterion.clone();
    for (before, value, after) in [
        ("：", &measure.measured, ""),
        ("（", &measure.as_of, "）"),
        ("、前年 ", &measure.previous, ""),
        ("、読み ", &measure.reading, ""),
    ] {
        if !value.is_empty() {
            text = format!("{text}{before}{value}{after}");
        }
    }
    text
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
