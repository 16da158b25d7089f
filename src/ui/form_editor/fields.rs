//! The fields of a level, or of the plan as a whole: each a line that unfolds.

use egui::{RichText, Ui, WidgetInfo, accesskit::Role};

use crate::{
    form::{Field, Filler, Key, Kind, Needed, shift},
    ui::theme::{self, space},
};

use super::{Editing, FormEditorState, choices, parts};

/// A kind without what only one field of it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plain {
    Text,
    Targets,
    Choice,
    Amount,
}

const KINDS: [(Plain, &str); 4] = [
    (Plain::Text, "文章"),
    (Plain::Targets, "目標・指標"),
    (Plain::Choice, "選択"),
    (Plain::Amount, "金額・数"),
];

const REVIEWS: [(bool, &str); 2] = [(false, "計画のときに一度"), (true, "振り返りのたび")];
const FILLERS: [(Filler, &str); 2] = [(Filler::Section, "担当"), (Filler::Office, "取りまとめ")];
const NEEDED: [(Needed, &str); 3] = [
    (Needed::Never, "空でもよい"),
    (Needed::Always, "いつも必要"),
    (Needed::WhenBad, "良くないときに必要"),
];

pub fn show(editing: &mut Editing<'_>, state: &mut FormEditorState, ui: &mut Ui) {
    let level = state.level;
    let fields = editing.form.fields(level);
    let title = if level.is_some() {
        "欄"
    } else {
        "計画全体の欄"
    };
    ui.label(
        RichText::new(title)
            .size(theme::SUBHEADING)
            .family(theme::bold()),
    );
    for (at, field) in fields.iter().enumerate() {
        line(editing, state, ui, (at, fields.len()), field);
        if state.field == Some(field.key) {
            ui.indent(("field", field.key), |ui| {
                details(editing, level, ui, field)
            });
        }
    }
    if fields.is_empty() {
        ui.label(RichText::new("欄はありません").color(theme::palette(ui).weak));
    }
    if ui.button("欄を追加").clicked() {
        let at = fields.len();
        editing.change(|form| {
            let key = form.add_field(level, "新しい欄");
            parts::write_next(ui, ("heading", key, at));
            state.field = Some(key);
        });
    }
    ui.add_space(space::M);
}

fn line(
    editing: &mut Editing<'_>,
    state: &mut FormEditorState,
    ui: &mut Ui,
    (at, count): (usize, usize),
    field: &Field,
) {
    let (level, key) = (state.level, field.key);
    ui.horizontal(|ui| {
        let is_open = state.field == Some(key);
        let fold = ui.button(if is_open { "－" } else { "＋" });
        let name = format!("{}：くわしく", field.heading);
        fold.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, is_open, &name));
        if fold.clicked() {
            state.field = (!is_open).then_some(key);
        }
        let text = parts::text(ui, ("heading", key, at), &field.heading, 220.0);
        let label = format!("欄の見出し：{}", field.heading);
        ui.ctx()
            .accesskit_node_builder(text.response.id, |node| node.set_label(label));
        if let Some(heading) = text.changed {
            editing.change(|form| {
                let old = form.field(level, key).map(|field| field.heading.clone());
                if let Some(field) = form.field_mut(level, key) {
                    field.heading.clone_from(&heading);
                }
                // A column that bears the field's name goes on doing so.
                let columns = level.and_then(|level| form.level_mut(level));
                for column in columns.into_iter().flat_map(|level| &mut level.columns) {
                    if Some(&column.heading) == old.as_ref() && column.fields.contains(&key) {
                        column.heading.clone_from(&heading);
                    }
                }
            });
        }
        let name = format!("{}の種類", field.heading);
        if let Some(kind) = parts::choose(ui, &name, ("kind", key), plain(&field.kind), &KINDS) {
            editing.change(|form| form.set_kind(level, key, kind_of(kind)));
            state.field = Some(key);
        }
        match parts::line_buttons(ui, &field.heading, at, count) {
            Some(parts::Wanted::Move(by)) => editing.change(|form| {
                if let Some(fields) = form.fields_mut(level) {
                    shift(fields, at, by);
                }
            }),
            Some(parts::Wanted::Remove) => editing.change(|form| form.remove_field(level, key)),
            None => {}
        }
    });
}

fn details(editing: &mut Editing<'_>, level: Option<Key>, ui: &mut Ui, field: &Field) {
    let key = field.key;
    let set = |editing: &mut Editing<'_>, change: &dyn Fn(&mut Field)| {
        editing.change(|form| {
            if let Some(field) = form.field_mut(level, key) {
                change(field);
            }
        });
    };
    if let Some(short) = parts::named(ui, "短い名前", ("short", key), &field.short, 160.0) {
        set(editing, &|field| field.short.clone_from(&short));
    }
    let question = parts::named(
        ui,
        "書く人への問い",
        ("question", key),
        &field.question,
        300.0,
    );
    if let Some(question) = question {
        set(editing, &|field| field.question.clone_from(&question));
    }
    ui.horizontal_wrapped(|ui| {
        let is_each = field.each_review;
        if let Some(is_each) = parts::choose(ui, "いつ書くか", ("each", key), is_each, &REVIEWS)
        {
            set(editing, &|field| field.each_review = is_each);
        }
        if level.is_some() {
            let by = field.filled_by;
            if let Some(by) = parts::choose(ui, "だれが書くか", ("by", key), by, &FILLERS) {
                set(editing, &|field| field.filled_by = by);
            }
        }
        let needed = field.needed;
        if let Some(needed) = parts::choose(ui, "必要か", ("needed", key), needed, &NEEDED) {
            set(editing, &|field| field.needed = needed);
        }
    });
    match &field.kind {
        Kind::Text => {}
        Kind::Amount { unit } => {
            if let Some(unit) = parts::named(ui, "単位", ("unit", key), unit, 100.0) {
                set(editing, &|field| {
                    field.kind = Kind::Amount { unit: unit.clone() }
                });
            }
        }
        Kind::Targets { marks } => {
            let help = "指標ごとの印（A、B など。なくてもよい）";
            ui.label(RichText::new(help).color(theme::palette(ui).weak));
            choices::show(editing, level, ui, key, marks);
        }
        Kind::Choice { choices, judges } => {
            judged(editing, level, ui, (key, *judges));
            choices::show(editing, level, ui, key, choices);
        }
    }
}

/// On which targets a choice is the judgement, where there are any.
fn judged(
    editing: &mut Editing<'_>,
    level: Option<Key>,
    ui: &mut Ui,
    (key, judges): (Key, Option<Key>),
) {
    let targets = editing
        .form
        .fields(level)
        .iter()
        .filter(|it| it.is_targets());
    let mut all: Vec<(Option<Key>, &str)> = vec![(None, "なし")];
    all.extend(targets.map(|field| (Some(field.key), field.heading.as_str())));
    if all.len() < 2 {
        return;
    }
    ui.horizontal(|ui| {
        ui.label("どの目標の判定か");
        if let Some(judges) = parts::choose(ui, "どの目標の判定か", ("judges", key), judges, &all)
        {
            editing.change(|form| {
                let kind = form.field_mut(level, key).map(|field| &mut field.kind);
                if let Some(Kind::Choice { judges: judged, .. }) = kind {
                    *judged = judges;
                }
            });
        }
    });
}

const fn plain(kind: &Kind) -> Plain {
    match kind {
        Kind::Text => Plain::Text,
        Kind::Targets { .. } => Plain::Targets,
        Kind::Choice { .. } => Plain::Choice,
        Kind::Amount { .. } => Plain::Amount,
    }
}

fn kind_of(plain: Plain) -> Kind {
    match plain {
        Plain::Text => Kind::Text,
        Plain::Targets => Kind::Targets { marks: Vec::new() },
        Plain::Choice => Kind::Choice {
            choices: Vec::new(),
            judges: None,
        },
        Plain::Amount => Kind::Amount {
            unit: String::new(),
        },
    }
}
