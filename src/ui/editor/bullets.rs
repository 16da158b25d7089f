//! Bullets while typing: Enter in a bullet list begins the next bullet, Enter on an empty bullet
//! ends the list. The field around it is `field.rs`.

use egui::{
    Event, Id, Key, Modifiers, Ui,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
};

/// Takes the Enter of this frame and continues the bullet list with it, if the cursor is in one.
pub fn go_on(ui: &Ui, widget: Id, line_break: Modifiers, text: &mut String) -> bool {
    let pressed = ui.input(|input| {
        input.events.iter().any(|event| {
            matches!(
                event,
                Event::Key {
                    key: Key::Enter,
                    pressed: true,
                    modifiers,
                    ..
                } if *modifiers == line_break
            )
        })
    });
    if !pressed {
        return false;
    }
    let Some(mut state) = TextEditState::load(ui.ctx(), widget) else {
        return false;
    };
    let Some(cursor) = state.cursor.char_range().filter(|range| range.is_empty()) else {
        return false;
    };
    let Some((next, at)) = continued(text, cursor.primary.index.0) else {
        return false;
    };
    ui.input_mut(|input| input.consume_key(line_break, Key::Enter));
    *text = next;
    let cursor = CCursorRange::one(CCursor::new(at));
    state.cursor.set_char_range(Some(cursor));
    state.store(ui.ctx(), widget);
    true
}

/// Text and cursor (in characters) after a line break that continues a list; `None` where the
/// line is no bullet and an ordinary line break will do.
fn continued(text: &str, cursor: usize) -> Option<(String, usize)> {
    let at = text
        .char_indices()
        .nth(cursor)
        .map_or(text.len(), |(at, _)| at);
    let (before, after) = text.split_at_checked(at)?;
    let start = before.rfind('\n').map_or(0, |line_break| line_break + 1);
    let line = before.get(start..)?;
    let rest_of_line = after.split('\n').next().unwrap_or_default();
    let (bullet, next) = bullet(line)?;
    if line == bullet && rest_of_line.is_empty() {
        let kept = before.get(..start)?;
        return Some((format!("{kept}{after}"), kept.chars().count()));
    }
    let text = format!("{before}\n{next}{after}");
    Some((text, cursor + 1 + next.chars().count()))
}

/// The bullet at the beginning of a line with the blanks around it, and the one that follows.
fn bullet(line: &str) -> Option<(&str, String)> {
    let is_blank = |c: char| c == ' ' || c == '　';
    let indent = line.len() - line.trim_start_matches(is_blank).len();
    let sign = line.get(indent..)?.chars().next()?;
    let next = match sign {
        '・' | '●' | '○' | '■' | '◆' | '※' => sign,
        '①'..='⑲' => char::from_u32(u32::from(sign) + 1)?,
        _ => return None,
    };
    let end = indent + sign.len_utf8();
    let gap = line.get(end..)?;
    let gap = gap.len() - gap.trim_start_matches(is_blank).len();
    let bullet = line.get(..end + gap)?;
    Some((bullet, bullet.replacen(sign, &next.to_string(), 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of the cursor is `|`.
    fn enter(text: &str) -> Option<String> {
        let cursor = text.chars().position(|c| c == '|').expect("a cursor");
        let (text, cursor) = continued(&text.replace('|', ""), cursor)?;
        let mut chars: Vec<char> = text.chars().collect();
        chars.insert(cursor, '|');
        Some(chars.into_iter().collect())
    }

    #[test]
    fn enter_continues_a_bullet_list() {
        let cases = [
            ("・会議|", "・会議\n・|"),
            ("・会議|の開催\n・次", "・会議\n・|の開催\n・次"),
            ("前文\n　・　会議|", "前文\n　・　会議\n　・　|"),
            ("①一つ目|", "①一つ目\n②|"),
            ("・一\n・|", "・一\n|"),
            ("・一\n・|\n・三", "・一\n|\n・三"),
            ("・|会議", "・\n・|会議"),
        ];
        for (before, after) in cases {
            assert_eq!(enter(before).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn enter_elsewhere_is_an_ordinary_line_break() {
        for text in ["文章|", "|", "|・会議", "⑳二十|", "12・34|", "・一\n続き|"] {
            assert_eq!(enter(text), None, "{text}");
        }
    }
}
