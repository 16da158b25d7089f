//! What becomes of what a plan says where its form is changed, or is another one.

use egui::{ComboBox, Grid, Label, RichText, ScrollArea, Ui, WidgetInfo, accesskit::Role};

use crate::{
    form::{Field, Form, Key, Level},
    plan::{
        Plan,
        refit::{Goes, Mapping, Nesting, Part, Use},
    },
    session::{
        Answer, Session,
        forms::{Losing, Refitting},
        words,
    },
    ui::theme::{self, space},
};

use super::{buttons, title};

/// Wide enough for the names of two fields side by side.
pub const WIDTH: f32 = 960.0;
/// The width of the lists of the new form.
const LIST: f32 = 330.0;
/// Stands for having no place in the new form.
const STAYS: &str = "（移さずに残す）";
/// The same for a level, which its nodes need.
const COMES_ALONG: &str = "（この階層のまま加える）";

/// What goes where, as far as it is decided.
#[derive(Debug)]
pub struct RefitDialog {
    mapping: Mapping,
    /// Which levels of the plan are in which.
    nesting: Nesting,
    shows_all: bool,
}

impl RefitDialog {
    pub fn new(plan: &Plan, refitting: &Refitting) -> Self {
        let refit = Refit {
            plan,
            old: plan.form(),
            refitting,
        };
        let nesting = Nesting::of(plan);
        let mut mapping = refitting.mapping.clone();
        refit.make_fit(&nesting, &mut mapping);
        Self {
            mapping,
            nesting,
            shows_all: false,
        }
    }
}

/// Something that is said in the plan has no place in its changed form.
pub fn lose(session: &Session, ui: &mut Ui, losing: &Losing) -> Option<Answer> {
    let plan = session.document().plan();
    title(ui, "書かれている内容の場所がなくなります");
    let is_level = |part: &Part| matches!(part, Part::Level(_));
    let (removed, hidden): (Vec<_>, Vec<_>) =
        losing.lost.iter().partition(|(part, _)| is_level(part));
    for (lost, what) in [
        (&removed, "次の階層にあるものを、中身ごと削除します。"),
        (
            &hidden,
            "次の内容は見えなくなります。計画には残り、様式を戻せばまた見えます。",
        ),
    ] {
        if !lost.is_empty() {
            ui.label(what);
            for (part, its) in lost {
                ui.label(format!("・{}", named(plan, part, its)));
            }
            ui.add_space(space::XS);
        }
    }
    ui.label("変えた後でも「元に戻す」（Ctrl+Z）で戻せます。");
    let verb = if removed.is_empty() {
        "様式を変える"
    } else {
        "削除して変える"
    };
    let choices = [(verb, Answer::Confirm), ("キャンセル", Answer::Cancel)];
    buttons(ui, &choices)
}

/// A part of the plan's form, and how often something is said there.
fn named(plan: &Plan, part: &Part, its: &Use) -> String {
    let (name, amount) = (plan.form().part_name(part), plan.amount_of(its));
    if amount.is_empty() {
        name
    } else {
        format!("{name}：{amount}")
    }
}

/// The plan gets another form.
pub fn show(
    session: &Session,
    ui: &mut Ui,
    refitting: &Refitting,
    dialog: &mut RefitDialog,
) -> Option<Answer> {
    let plan = session.document().plan();
    let refit = Refit {
        plan,
        old: plan.form(),
        refitting,
    };
    title(ui, &format!("様式を「{}」に替える", refitting.form.name));
    let parts: Vec<(&Part, &Use)> = refitting
        .uses
        .iter()
        .filter(|(part, _)| refit.is_asked(part, &dialog.mapping))
        .collect();
    let open = |part: &Part| dialog.shows_all || !refit.is_certain(part);
    let certain = parts
        .iter()
        .filter(|(part, _)| refit.is_certain(part))
        .count();
    let listed: Vec<_> = parts
        .iter()
        .copied()
        .filter(|(part, _)| open(part))
        .collect();
    if listed.is_empty() {
        ui.label("書かれている内容は、すべて同じ名前の場所に移ります。");
    } else {
        ui.label("今の様式に書かれている内容を、新しい様式のどこに移すかを選んでください。");
        let height = (ui.ctx().content_rect().height() - 300.0).max(160.0);
        let area = ScrollArea::vertical().max_height(height);
        area.min_scrolled_height(height.min(420.0)).show(ui, |ui| {
            table(ui, &refit, &listed, dialog);
        });
    }
    if certain > 0 {
        let text = format!("同じ名前の場所に移る {certain} 件も表示する");
        ui.checkbox(&mut dialog.shows_all, text);
    }
    ui.add_space(space::XS);
    let kept = parts
        .iter()
        .filter(|(part, _)| refit.stays(part, &dialog.mapping))
        .count();
    if kept > 0 {
        ui.label(format!(
            "行き先のない {kept} 種類の内容は、見えないまま計画に残ります。失われるものはありません。"
        ));
    }
    ui.label("替えた後でも「元に戻す」（Ctrl+Z）で戻せます。");
    let decide = Answer::Refit(dialog.mapping.clone());
    let choices = [("様式を替える", decide), ("キャンセル", Answer::Cancel)];
    buttons(ui, &choices)
}

/// The plan with its form, and what is proposed for the other one.
struct Refit<'a> {
    plan: &'a Plan,
    old: &'a Form,
    refitting: &'a Refitting,
}

/// Where a part may go, and what that is called.
struct Offer<T> {
    to: T,
    name: String,
}

impl<'a> Refit<'a> {
    fn new_form(&self) -> &'a Form {
        &self.refitting.form
    }

    /// Whether a part can go anywhere by itself: what is in a level that comes along comes with it, and
    /// an answer stays with its field or becomes words where that is no choice any more.
    fn is_asked(&self, part: &Part, mapping: &Mapping) -> bool {
        match part {
            Part::Review(_) | Part::Level(_) => true,
            Part::Field(level, _) => mapping.home(*level).is_some(),
            Part::Choice(level, field, _) | Part::Mark(level, field, _) => {
                let target = self.target(*level, *field, mapping);
                target.is_some_and(|target| !target.choices_or_marks().is_empty())
            }
        }
    }

    /// The field of the new form that takes a field's answers as they are.
    fn target(&self, level: Option<Key>, field: Key, mapping: &Mapping) -> Option<&'a Field> {
        let home = mapping.home(level)?;
        match mapping.goes(level, field) {
            Goes::Into(into) => self.new_form().field(home, into),
            Goes::Nowhere | Goes::After(_) => None,
        }
    }

    /// Whether the proposal takes it to what has the very same name.
    fn is_certain(&self, part: &Part) -> bool {
        let (old, new, mapping) = (self.old, self.new_form(), &self.refitting.mapping);
        match part {
            Part::Review(key) => {
                let to = mapping.reviews.get(key);
                to.is_some_and(|to| new.review_name(*to) == old.review_name(*key))
            }
            Part::Level(key) => {
                let to = mapping.levels.get(key);
                to.is_some_and(|to| new.level(*to).name == old.level(*key).name)
            }
            Part::Field(level, key) => {
                let to = self.target(*level, *key, mapping);
                let from = old.field(*level, *key);
                to.zip(from)
                    .is_some_and(|(to, from)| to.heading == from.heading)
            }
            Part::Choice(level, field, key) | Part::Mark(level, field, key) => {
                let to = mapping.choices.get(&(*level, *field, *key));
                let words = |field: Option<&Field>, key: Key| {
                    let mut answers = field?.choices_or_marks().iter();
                    answers.find(|it| it.key == key).map(|it| it.words.clone())
                };
                let target = self.target(*level, *field, mapping);
                let to = to.and_then(|to| words(target, *to));
                to.is_some() && to == words(old.field(*level, *field), *key)
            }
        }
    }

    /// Whether what is said there will be out of sight.
    fn stays(&self, part: &Part, mapping: &Mapping) -> bool {
        !matches!(part, Part::Level(_)) && mapping.is_homeless(part, self.new_form())
    }

    fn reviews(&self) -> Vec<Offer<Option<Key>>> {
        let reviews = self.new_form().reviews.iter();
        with_none(STAYS, reviews.map(|it| (it.key, it.name.clone())))
    }

    fn forms(&self) -> [&'a Form; 2] {
        [self.old, self.new_form()]
    }

    /// Lets those levels come along that cannot have the home that they are given.
    fn make_fit(&self, nesting: &Nesting, mapping: &mut Mapping) {
        for level in mapping.misfits(nesting, self.forms()) {
            mapping.move_level(level, None, &self.refitting.uses, self.forms());
        }
    }

    fn levels(&self) -> Vec<Offer<Option<Key>>> {
        let levels: Vec<&Level> = self.new_form().levels.iter().collect();
        let names = words::level_names(&levels).into_iter();
        with_none(COMES_ALONG, levels.into_iter().map(|it| it.key).zip(names))
    }

    /// Whether the nodes of a level can have this home.
    fn fits(&self, level: Key, home: Option<Key>, dialog: &RefitDialog) -> bool {
        let Some(home) = home else {
            return true;
        };
        let mut mapping = dialog.mapping.clone();
        mapping.levels.insert(level, home);
        let misfits = mapping.misfits(&dialog.nesting, self.forms());
        !misfits.contains(&level)
    }

    fn fields(&self, home: Option<Key>) -> Vec<Offer<Goes>> {
        let fields = || self.new_form().fields(home).iter();
        let into = fields().map(|field| Offer {
            to: Goes::Into(field.key),
            name: field.heading.clone(),
        });
        let written = fields().filter(|field| field.is_written());
        let after = written.map(|field| Offer {
            to: Goes::After(field.key),
            name: format!("「{}」の後に続ける", field.heading),
        });
        let nowhere = Offer {
            to: Goes::Nowhere,
            name: STAYS.to_owned(),
        };
        into.chain(after).chain([nowhere]).collect()
    }
}

fn with_none(none: &str, all: impl Iterator<Item = (Key, String)>) -> Vec<Offer<Option<Key>>> {
    let all = all.map(|(key, name)| Offer {
        to: Some(key),
        name,
    });
    let none = Offer {
        to: None,
        name: none.to_owned(),
    };
    all.chain([none]).collect()
}

fn table(ui: &mut Ui, refit: &Refit<'_>, listed: &[(&Part, &Use)], dialog: &mut RefitDialog) {
    let weak = theme::palette(ui).weak;
    let grid = Grid::new("refit").num_columns(2).striped(true);
    grid.spacing([space::L, space::S]).show(ui, |ui| {
        for head in ["今の様式", "新しい様式"] {
            ui.label(RichText::new(head).size(theme::SMALL).color(weak));
        }
        ui.end_row();
        for (part, its) in listed {
            let name = refit.old.part_name(part);
            ui.vertical(|ui| {
                ui.set_width(WIDTH - LIST - space::XL * 6.0);
                ui.add(Label::new(&name).wrap());
                let amount = RichText::new(refit.plan.amount_of(its));
                if !amount.is_empty() {
                    ui.label(amount.size(theme::SMALL).color(weak));
                }
            });
            ui.push_id(part, |ui| where_to(ui, refit, part, &name, dialog));
            ui.end_row();
        }
    });
}

/// Where a part goes, to be chosen.
fn where_to(ui: &mut Ui, refit: &Refit<'_>, part: &Part, name: &str, dialog: &mut RefitDialog) {
    let (forms, uses) = (refit.forms(), &refit.refitting.uses);
    let mapping = &dialog.mapping;
    match part {
        Part::Review(key) => {
            let to = mapping.reviews.get(key).copied();
            if let Some(to) = choose(ui, name, to, refit.reviews(), |_| true) {
                set(&mut dialog.mapping.reviews, *key, to);
            }
        }
        Part::Level(key) => {
            let to = mapping.levels.get(key).copied();
            let fits = |home| refit.fits(*key, home, dialog);
            if let Some(to) = choose(ui, name, to, refit.levels(), fits) {
                dialog.mapping.move_level(*key, to, uses, forms);
                refit.make_fit(&dialog.nesting, &mut dialog.mapping);
            }
        }
        Part::Field(level, key) => {
            let home = mapping.home(*level).unwrap_or_default();
            let to = mapping.goes(*level, *key);
            if let Some(to) = choose(ui, name, to, refit.fields(home), |_| true) {
                dialog.mapping.move_field((*level, *key), to, uses, forms);
            }
        }
        Part::Choice(level, field, key) | Part::Mark(level, field, key) => {
            let of = (*level, *field, *key);
            let target = refit.target(*level, *field, mapping);
            let answers = target.map_or(&[][..], Field::choices_or_marks).iter();
            let answers = answers.map(|it| (it.key, it.words.clone()));
            let to = mapping.choices.get(&of).copied();
            if let Some(to) = choose(ui, name, to, with_none(STAYS, answers), |_| true) {
                set(&mut dialog.mapping.choices, of, to);
            }
        }
    }
}

fn set<K: Ord>(map: &mut std::collections::BTreeMap<K, Key>, key: K, to: Option<Key>) {
    match to {
        Some(to) => _ = map.insert(key, to),
        None => _ = map.remove(&key),
    }
}

/// A list of what can be chosen and fits; what was chosen in this frame.
fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    now: T,
    offers: Vec<Offer<T>>,
    fits: impl Fn(T) -> bool,
) -> Option<T> {
    let chosen = offers.iter().find(|offer| offer.to == now);
    let text = chosen.map_or("", |offer| offer.name.as_str()).to_owned();
    let list = ComboBox::from_id_salt("to")
        .selected_text(text.as_str())
        .width(LIST)
        .truncate();
    let mut picked = None;
    let shown = list.show_ui(ui, |ui| {
        for offer in offers.iter().filter(|offer| fits(offer.to)) {
            if ui.selectable_label(offer.to == now, &offer.name).clicked() {
                picked = Some(offer.to);
            }
        }
    });
    let spoken = format!("{name}の行き先：{text}");
    shown
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &spoken));
    picked.filter(|picked| *picked != now)
}
