//! Measured values beside the criteria of targets, as she types them, for the open review.

use egui::{Grid, RichText, ScrollArea, TextEdit, Ui, accesskit::Role};

use crate::{
    form::{Choice, Field},
    plan::{Id, Judged, Measure, Node, Plan},
    session::Answer,
    ui::{
        theme::{self, space},
        widgets::choice::{choice, mark},
    },
};

use super::{buttons, focus_when_opened, title};

/// The measured values of a node while they are edited.
#[derive(Debug, Default)]
pub struct MeasuresDialog {
    /// All of them as they are: those of other reviews stay so.
    before: Vec<Measure>,
    /// One for each of its targets.
    groups: Vec<Group>,
}

/// The values of one of the targets.
#[derive(Debug)]
struct Group {
    heading: String,
    /// What the targets are called where there is little room.
    short: String,
    /// What each criterion may be marked with.
    marks: Vec<Choice>,
    /// A line for each criterion.
    lines: Vec<Line>,
    /// Values of criteria that are not in the text any more; they are kept until she drops them.
    strays: Vec<Line>,
}

/// Values while they are edited.
#[derive(Debug)]
struct Line {
    /// Which of those before it is; `None` where there was none.
    place: Option<usize>,
    /// `None` where she has dropped them.
    measure: Option<Measure>,
}

impl MeasuresDialog {
    /// The values that there are, and a line for each criterion that has none.
    pub fn new(plan: &Plan, id: Id) -> Self {
        let Some(node) = plan.node(id) else {
            return Self::default();
        };
        let fields = plan.level(node).fields.iter();
        let targets = fields.filter(|field| field.is_targets());
        Self {
            before: node.measures.clone(),
            groups: targets.map(|field| Group::new(plan, node, field)).collect(),
        }
    }

    /// What was typed; what has no value is left out.
    fn read(&self) -> Vec<Measure> {
        let before = self.before.iter().cloned();
        let mut all: Vec<Option<Measure>> = before.map(Some).collect();
        let lines = self
            .groups
            .iter()
            .flat_map(|it| it.lines.iter().chain(&it.strays));
        for line in lines {
            let measure = line.measure.clone().filter(|measure| !is_empty(measure));
            match line.place.and_then(|place| all.get_mut(place)) {
                Some(place) => *place = measure,
                None => all.push(measure),
            }
        }
        all.into_iter().flatten().collect()
    }
}

impl Group {
    fn new(plan: &Plan, node: &Node, field: &Field) -> Self {
        let known = |measure: &Measure| Line {
            place: node
                .measures
                .iter()
                .position(|it| std::ptr::eq(it, measure)),
            measure: Some(measure.clone()),
        };
        let slot = plan.slot(field);
        let line = |judged: Judged<'_>| {
            let none = || Line {
                place: None,
                measure: Some(Measure::new(slot, plan.review(), judged.criterion.text)),
            };
            judged.measure.map_or_else(none, known)
        };
        let strays = plan.stray_measures(node, field).into_iter();
        Self {
            heading: field.heading.clone(),
            short: field.short().to_owned(),
            marks: field.choices_or_marks().to_vec(),
            lines: plan.judged(node, field).into_iter().map(line).collect(),
            strays: strays.map(known).collect(),
        }
    }
}

fn is_empty(measure: &Measure) -> bool {
    let Measure {
        target: _,
        review: _,
        criterion: _,
        reading,
        measured,
        previous,
        as_of,
        mark,
    } = measure;
    let texts = [reading, measured, previous, as_of, mark];
    texts.iter().all(|text| text.trim().is_empty())
}

pub fn show(ui: &mut Ui, dialog: &mut MeasuresDialog) -> Option<Answer> {
    title(ui, "実績値");
    let names: Vec<&str> = dialog
        .groups
        .iter()
        .map(|group| group.short.as_str())
        .collect();
    let note = format!(
        "{}の文はそのままです。値は「57.2%」のように、見たままの形で書きます。",
        names.join("、")
    );
    ui.label(
        RichText::new(note)
            .size(theme::SMALL)
            .color(theme::palette(ui).weak),
    );
    let has_several = dialog.groups.len() > 1;
    let height = (ui.ctx().content_rect().height() - 260.0).max(160.0);
    let area = ScrollArea::vertical().max_height(height);
    area.min_scrolled_height(height.min(360.0)).show(ui, |ui| {
        let mut is_first = true;
        for (n, group) in dialog.groups.iter_mut().enumerate() {
            if has_several {
                ui.add_space(space::M);
                ui.label(RichText::new(&group.heading).size(theme::SUBHEADING));
            }
            ui.push_id(n, |ui| one_group(ui, group, &mut is_first));
        }
    });
    let decide = Answer::Measures(dialog.read());
    let choices = [("実績値を書き込む", decide), ("キャンセル", Answer::Cancel)];
    buttons(ui, &choices)
}

fn one_group(ui: &mut Ui, group: &mut Group, is_first: &mut bool) {
    for (n, line) in group.lines.iter_mut().enumerate() {
        if let Some(measure) = &mut line.measure {
            let is_first = std::mem::take(is_first);
            ui.push_id(n, |ui| one(ui, measure, &group.marks, is_first));
        }
    }
    if group.lines.is_empty() {
        let short = &group.short;
        ui.label(format!(
            "{short}が書かれていません。先に{short}を書いてください。"
        ));
    }
    strays(ui, group);
}

fn one(ui: &mut Ui, line: &mut Measure, marks: &[Choice], is_first: bool) {
    ui.add_space(space::S);
    ui.label(RichText::new(&line.criterion).family(theme::bold()));
    Grid::new("values").num_columns(2).show(ui, |ui| {
        for (name, hint, text) in [
            ("実績", "例：57.2%", &mut line.measured),
            ("時点", "例：10月末", &mut line.as_of),
            ("前年の値", "例：54%", &mut line.previous),
            ("目標の読み方", "例：55%以上", &mut line.reading),
        ] {
            let label = ui.label(RichText::new(name).size(theme::SMALL));
            let field = TextEdit::singleline(text)
                .align(egui::Align2::LEFT_CENTER)
                .hint_text(hint)
                .desired_width(240.0);
            let field = ui.add(field).labelled_by(label.id);
            if is_first && name == "実績" {
                focus_when_opened(ui, &field);
            }
            ui.end_row();
        }
        if !marks.is_empty() {
            ui.label(RichText::new("印").size(theme::SMALL));
            choose_mark(ui, line, marks);
            ui.end_row();
        }
    });
}

/// What a criterion is marked with; the mark that is chosen is taken away by choosing it again.
fn choose_mark(ui: &mut Ui, line: &mut Measure, marks: &[Choice]) {
    ui.horizontal_wrapped(|ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::RadioGroup);
            node.set_label(line.criterion.as_str());
        });
        for one in marks {
            let is_given = line.mark == one.key.text().as_str();
            let response = choice(ui, one.short(), is_given, mark(one.grade));
            if response.on_hover_text(&one.words).clicked() {
                let given = if is_given { "" } else { &one.key.text() };
                given.clone_into(&mut line.mark);
            }
        }
    });
}

/// Values that belong to no criterion any more.
fn strays(ui: &mut Ui, group: &mut Group) {
    let why = format!(
        "{}の文が変わったため、どこにも付いていない値です",
        group.short
    );
    for (n, stray) in group.strays.iter_mut().enumerate() {
        let Some(measure) = &stray.measure else {
            continue;
        };
        let text = format!("{}：{}", measure.criterion, measure.measured);
        ui.add_space(space::S);
        ui.label(RichText::new(&why).color(theme::palette(ui).danger));
        let is_dropped = ui.push_id(n, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(text);
                ui.button("この値を消す").clicked()
            })
        });
        if is_dropped.inner.inner {
            stray.measure = None;
        }
    }
}
