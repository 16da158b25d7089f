//! Small parts of the form's editor: a text that is taken over when it is left, and the buttons that
//! move a line or take it away.

use egui::{
    Button, Id, Response, TextEdit, Ui, WidgetInfo,
    accesskit::Role,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
};

use crate::ui::theme::size;

/// A text field as it was drawn.
pub struct Text {
    pub response: Response,
    /// What was typed.
    pub changed: Option<String>,
}

/// A single line. What is typed is given on at once, so that it is kept and saved like all else; what
/// an IME is still composing is kept beside the form until it is decided.
pub fn text(
    ui: &mut Ui,
    salt: impl std::hash::Hash + std::fmt::Debug,
    value: &str,
    width: f32,
) -> Text {
    let is_next = is_next(ui, &salt);
    let id = ui.make_persistent_id(salt);
    let typed = ui.data(|data| data.get_temp::<String>(id));
    let mut text = typed.unwrap_or_else(|| value.to_owned());
    let field = TextEdit::singleline(&mut text).id(id).desired_width(width);
    let response = ui.add(field);
    if is_next {
        response.request_focus();
        select_all(ui, id, value);
    }
    let mut changed = None;
    if response.has_focus() {
        let is_decided = !ui.data(|data| data.get_temp::<bool>(composing()).unwrap_or_default());
        if is_decided && text != value {
            changed = Some(text.clone());
            typing(ui, id);
        }
        ui.data_mut(|data| data.insert_temp(id, text));
    } else {
        ui.data_mut(|data| data.remove_temp::<String>(id));
        if response.lost_focus() && text != value {
            changed = Some(text);
        }
    }
    Text { response, changed }
}

fn composing() -> Id {
    Id::unique("form_editor_composing")
}

fn typed_in() -> Id {
    Id::unique("form_editor_typed_in")
}

/// The field that is drawn next with this salt gets the cursor, with its text selected.
pub fn write_next(ui: &Ui, salt: impl std::hash::Hash) {
    ui.data_mut(|data| data.insert_temp(next(), Some(egui::util::hash(salt))));
}

fn next() -> Id {
    Id::unique("form_editor_next")
}

fn is_next(ui: &Ui, salt: &impl std::hash::Hash) -> bool {
    let this = Some(egui::util::hash(salt));
    let is_next = ui.data(|data| data.get_temp::<Option<u64>>(next())) == Some(this);
    if is_next {
        ui.data_mut(|data| data.remove_temp::<Option<u64>>(next()));
    }
    is_next
}

fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), id);
}

/// Says that this field is being typed in: what is typed in it is one step.
pub fn typing(ui: &Ui, id: Id) {
    ui.data_mut(|data| data.insert_temp(typed_in(), Some(id)));
}

/// Says before the fields are drawn whether an IME is composing.
pub fn begin(ui: &Ui, is_composing: bool) {
    ui.data_mut(|data| data.insert_temp(composing(), is_composing));
}

/// The field that is being typed in, if one of this frame is.
pub fn take_typed_in(ui: &Ui) -> Option<Id> {
    ui.data_mut(|data| data.remove_temp::<Option<Id>>(typed_in()))
        .flatten()
}

/// The same with a name that stands before it.
pub fn named(
    ui: &mut Ui,
    name: &str,
    salt: impl std::hash::Hash + std::fmt::Debug,
    value: &str,
    width: f32,
) -> Option<String> {
    ui.horizontal(|ui| {
        let label = ui.label(name);
        let text = text(ui, salt, value, width);
        text.response.labelled_by(label.id);
        text.changed
    })
    .inner
}

/// What is to happen to a line of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Move(isize),
    Remove,
}

/// The buttons at the end of a line: up, down, away. `of` is what a screen reader says it is about.
pub fn line_buttons(ui: &mut Ui, of: &str, at: usize, count: usize) -> Option<Wanted> {
    let mut wanted = None;
    let all = [
        ("↑", "上へ", at > 0, Wanted::Move(-1)),
        ("↓", "下へ", at + 1 < count, Wanted::Move(1)),
        ("×", "削除", true, Wanted::Remove),
    ];
    for (sign, does, can, what) in all {
        let button = Button::new(sign).min_size(egui::vec2(size::CONTROL, 0.0));
        let response = ui.add_enabled(can, button).on_hover_text(does);
        let name = format!("{of}：{does}");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, can, &name));
        if response.clicked() {
            wanted = Some(what);
        }
    }
    wanted
}

/// One of a few things, in a list that opens.
pub fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    salt: impl std::hash::Hash + std::fmt::Debug,
    value: T,
    all: &[(T, &str)],
) -> Option<T> {
    let chosen = all.iter().find(|(it, _)| *it == value);
    let text = chosen.map_or("", |(_, words)| words);
    let mut changed = None;
    let list = egui::ComboBox::from_id_salt(salt).selected_text(text);
    let shown = list.show_ui(ui, |ui| {
        for (it, words) in all {
            if ui.selectable_label(*it == value, *words).clicked() && *it != value {
                changed = Some(*it);
            }
        }
    });
    let label = format!("{name}：{text}");
    let role = Role::ComboBox;
    shown
        .response
        .widget_info(|| WidgetInfo::labeled(role, true, &label));
    changed
}
