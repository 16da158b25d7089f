//! Both have changed the same: each clash with what either side says, and a choice for each.
//! Nothing is taken over before everything is decided.

use std::{collections::HashMap, sync::Arc};

use egui::{Frame, RadioButton, RichText, ScrollArea, Stroke, Ui};

use crate::{
    export::changes::words::{self, Words},
    form::Form,
    plan::{Clash, Decision, Dispute, Id, Merged, Plan, Question, Value, Version, Versions},
    session::{
        Answer, Session, form_words,
        merging::{Merging, Source},
    },
    ui::{
        changes::{compare, comparison},
        theme::{self, space},
    },
};

use super::title;

/// What she has chosen so far.
#[derive(Debug, Default)]
pub struct ClashesDialog {
    choices: HashMap<Question, Decision>,
}

impl ClashesDialog {
    fn is_decided(&self, clash: &Clash) -> bool {
        self.choices.contains_key(&clash.question())
    }

    /// Chooses one side for everything that side has an answer for.
    fn choose_all(&mut self, merged: &Merged, version: Version) {
        for clash in merged.clashes() {
            let decision = Decision::Take(version);
            if merged.allows(clash, &decision) {
                self.choices.insert(clash.question(), decision);
            }
        }
    }
}

/// Where what stands in nothing else stands.
const TOP: &str = "計画のいちばん上";
/// Wide enough for three texts side by side.
pub const WIDTH: f32 = 920.0;
/// The list asks for so much height before it scrolls, if there is so much.
const MOST: f32 = 420.0;

pub fn show(session: &Session, ui: &mut Ui, dialog: &mut ClashesDialog) -> Option<Answer> {
    let merging = session.merging()?;
    let clashes = merging.merged.clashes();
    let theirs = match &merging.source {
        Source::File(..) => "相手".to_owned(),
        Source::Section(incoming) => incoming.returned.owner.clone(),
    };
    let heading = match &merging.source {
        Source::File(..) => "同じところを、ほかの人も変えています".to_owned(),
        Source::Section(_) => format!("{theirs}の様式と、計画の両方で変わっています"),
    };
    title(ui, &heading);
    let count = clashes.len();
    ui.label(format!(
        "{count} か所の食い違いがあります。どちらにするか選んでください。決めるまで何も保存されません。ほかの変更はそのまま取り込みます。"
    ));
    ui.horizontal(|ui| {
        for (name, version) in [
            ("すべて自分の内容".to_owned(), Version::Ours),
            (format!("すべて{theirs}の内容"), Version::Theirs),
        ] {
            if ui.button(name).clicked() {
                dialog.choose_all(&merging.merged, version);
            }
        }
    });
    let height = (ui.ctx().content_rect().height() - 300.0).max(160.0);
    let area = ScrollArea::vertical().max_height(height);
    area.min_scrolled_height(height.min(MOST)).show(ui, |ui| {
        for (n, clash) in clashes.iter().enumerate() {
            let choices = &mut dialog.choices;
            ui.push_id(n, |ui| one(ui, (merging, choices), clash, &theirs));
        }
    });
    ui.add_space(space::S);
    let open = clashes.iter().filter(|clash| !dialog.is_decided(clash));
    let open = open.count();
    let mut answer = None;
    ui.horizontal(|ui| {
        let decide = egui::Button::new("この内容で取り込む");
        if ui.add_enabled(open == 0, decide).clicked() {
            answer = Some(Answer::Decide(dialog.choices.clone()));
        }
        if ui.button("やめる").clicked() {
            answer = Some(Answer::Cancel);
        }
        if open > 0 {
            let text = format!("あと {open} か所");
            ui.label(RichText::new(text).color(theme::palette(ui).weak));
        }
    });
    answer
}

fn one(
    ui: &mut Ui,
    (merging, choices): (&Merging, &mut HashMap<Question, Decision>),
    clash: &Clash,
    owner: &str,
) {
    let palette = theme::palette(ui);
    let plan = merging.merged.plan();
    let name = clash
        .at
        .map_or_else(|| words::PLAN.to_owned(), |id| words::node_name(plan, id));
    let InWords {
        matter,
        texts,
        is_compared,
    } = in_words(merging, clash);
    let question = clash.question();
    let mut chosen = choices.get(&question).cloned();
    ui.add_space(space::M);
    let mut options = vec![
        ("自分", Decision::Take(Version::Ours), texts.ours.clone()),
        (owner, Decision::Take(Version::Theirs), texts.theirs.clone()),
        (
            "もとのまま",
            Decision::Take(Version::Base),
            texts.base.clone(),
        ),
    ];
    options.retain(|(_, decision, _)| merging.merged.allows(clash, decision));
    ui.horizontal(|ui| {
        ui.label(RichText::new(format!("{name}　{matter}")).family(theme::bold()));
        let both = Decision::Text(format!("{}\n{}", texts.ours, texts.theirs));
        if merging.merged.allows(clash, &both) {
            let is_chosen = chosen.as_ref() == Some(&both);
            if ui.add(RadioButton::new(is_chosen, "両方を残す")).clicked() {
                chosen = Some(both);
            }
        }
    });
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() - space::S * 3.0) / options.len().max(1) as f32;
        for (label, decision, text) in &options {
            let is_chosen = chosen.as_ref() == Some(decision);
            let line = if is_chosen {
                palette.accent
            } else {
                palette.hairline
            };
            let frame = Frame::new()
                .fill(palette.field)
                .stroke(Stroke::new(if is_chosen { 2.0 } else { 1.0 }, line))
                .inner_margin(space::S);
            frame.show(ui, |ui| {
                ui.set_width(width - space::S * 2.0);
                ui.vertical(|ui| {
                    let radio = RadioButton::new(is_chosen, *label);
                    if ui.add(radio).clicked() {
                        chosen = Some(decision.clone());
                    }
                    if text.is_empty() {
                        ui.label(RichText::new(words::EMPTY).color(palette.weak));
                    } else {
                        let base = if is_compared { &texts.base } else { text };
                        comparison(ui, &compare(base, text));
                    }
                });
            });
        }
    });
    if let Some(decision) = chosen {
        choices.insert(question, decision);
    }
}

/// A clash in words.
struct InWords {
    /// What it is about.
    matter: String,
    /// What each version says.
    texts: Versions<String>,
    /// Whether that is the same text in three versions, and its changes can be marked.
    is_compared: bool,
}

fn in_words(merging: &Merging, clash: &Clash) -> InWords {
    let versions = merging.merged.versions();
    let plan = merging.merged.plan();
    match &clash.dispute {
        Dispute::Deletion { by } => {
            let kept = "残す（変更がある）".to_owned();
            let gone = "削除する".to_owned();
            let (ours, theirs) = match by {
                Version::Theirs => (kept, gone),
                Version::Ours | Version::Base => (gone, kept),
            };
            let base = "変更の前に戻して残す".to_owned();
            InWords::new("削除と変更", Versions { base, ours, theirs })
        }
        Dispute::Home(homes) => {
            // A version that does not have it says nothing; what stands in nothing stands at the top.
            let home = |home: Option<Option<Id>>, plan: &Plan| match home {
                None => String::new(),
                Some(None) => TOP.to_owned(),
                Some(Some(id)) => words::node_name(plan, id),
            };
            let texts = Versions {
                base: home(homes.base, &versions.base),
                ours: home(homes.ours, &versions.ours),
                theirs: home(homes.theirs, &versions.theirs),
            };
            InWords::new("置き場所", texts)
        }
        Dispute::Value(values) => {
            let words = Words::of(plan, clash.at);
            let value = values.ours.as_ref().or(values.theirs.as_ref());
            let name = value.map(|value| words.property(value.property()));
            let name = name.unwrap_or_default();
            if let Some(texts) = forms(values) {
                return InWords {
                    is_compared: false,
                    ..InWords::new(&name, texts)
                };
            }
            let text = |value: &Option<Value>| {
                value
                    .as_ref()
                    .map(|value| words.value(value).into_owned())
                    .unwrap_or_default()
            };
            InWords::new(&name, values.as_ref().map(text))
        }
        Dispute::Order(orders) => {
            let names = |ids: &Vec<Id>| {
                let names = ids.iter().map(|&id| plan.short_name(id));
                names.collect::<Vec<_>>().join("、")
            };
            let mut levels: Vec<&str> = Vec::new();
            for level in orders.ours.iter().filter_map(|&id| plan.level_of(id)) {
                if !levels.contains(&level.name.as_str()) {
                    levels.push(&level.name);
                }
            }
            let matter = format!("{}の並び順", levels.join("・"));
            InWords::new(&matter, orders.as_ref().map(names))
        }
    }
}

/// Forms by what each side has changed; nothing where it is not the form that is disputed.
fn forms(values: &Versions<Option<Value>>) -> Option<Versions<String>> {
    let form = |value: &Option<Value>| match value {
        Some(Value::Form(form)) => Some(Arc::clone(form)),
        _ => None,
    };
    let Versions { base, ours, theirs } = values.as_ref().map(form);
    let (base, ours, theirs) = (base?, ours?, theirs?);
    let changes = |form: &Form| form_words::changes(&base, form).join("\n");
    Some(Versions {
        base: base.name.clone(),
        ours: changes(&ours),
        theirs: changes(&theirs),
    })
}

impl InWords {
    fn new(matter: &str, texts: Versions<String>) -> Self {
        Self {
            matter: matter.to_owned(),
            texts,
            is_compared: true,
        }
    }
}
