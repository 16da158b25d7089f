//! The keys of commands, and how they are written.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::Command;

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// All keys of the table, those with more modifiers first: Ctrl+S would else take Ctrl+Shift+S,
/// because a plus or a question mark is typed with Shift on some keyboards and not on others.
pub fn shortcuts() -> Vec<(Command, KeyboardShortcut)> {
    let of = |&command: &Command| {
        let both = [command.shortcut(), command.other_shortcut()];
        both.into_iter().flatten().map(move |keys| (command, keys))
    };
    let mut shortcuts: Vec<_> = Command::ALL.iter().flat_map(of).collect();
    shortcuts.sort_by_key(|(_, keys)| !(keys.modifiers.shift || keys.modifiers.alt));
    shortcuts
}

impl Command {
    /// Its keys. `Delete` of the tree is not here: in a text it deletes a character.
    pub const fn shortcut(self) -> Option<KeyboardShortcut> {
        let (modifiers, key) = match self {
            Self::New => (CTRL, Key::N),
            Self::Open => (CTRL, Key::O),
            Self::Save => (CTRL, Key::S),
            Self::SaveAs => (CTRL_SHIFT, Key::S),
            Self::Export => (CTRL, Key::E),
            Self::Print => (CTRL, Key::P),
            Self::Quit => (CTRL, Key::Q),
            Self::Undo => (CTRL, Key::Z),
            Self::Redo => (CTRL, Key::Y),
            Self::AddFirst => (CTRL, Key::Enter),
            Self::AddSecond => (CTRL_SHIFT, Key::Enter),
            Self::Duplicate => (CTRL, Key::D),
            Self::Measures => (CTRL, Key::M),
            Self::MoveUp => (Modifiers::ALT, Key::ArrowUp),
            Self::MoveDown => (Modifiers::ALT, Key::ArrowDown),
            Self::PreviousRow => (CTRL, Key::PageUp),
            Self::NextRow => (CTRL, Key::PageDown),
            Self::SwitchPane => (Modifiers::NONE, Key::F6),
            Self::ZoomIn => (CTRL, Key::Plus),
            Self::ZoomOut => (CTRL, Key::Minus),
            Self::ZoomReset => (CTRL, Key::Num0),
            Self::Palette => (CTRL_SHIFT, Key::P),
            Self::ShowOverview => (CTRL, Key::Num1),
            Self::ShowEditor => (CTRL, Key::Num2),
            Self::ShowForm => (CTRL, Key::Num3),
            Self::ShowChecks => (CTRL, Key::Num4),
            Self::ShowChanges => (CTRL, Key::Num5),
            Self::ShowSections => (CTRL, Key::Num6),
            Self::NextFinding => (Modifiers::NONE, Key::F8),
            Self::PreviousFinding => (Modifiers::SHIFT, Key::F8),
            Self::ExplainFinding => (CTRL, Key::Period),
            Self::Find => (CTRL, Key::F),
            Self::FindNext => (Modifiers::NONE, Key::F3),
            Self::FindPrevious => (Modifiers::SHIFT, Key::F3),
            Self::Present => (Modifiers::NONE, Key::F11),
            Self::CopyTable => (CTRL_SHIFT, Key::C),
            Self::KeyList => (Modifiers::NONE, Key::F1),
            _ => return None,
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }

    /// Further keys that people expect to do the same.
    pub const fn other_shortcut(self) -> Option<KeyboardShortcut> {
        match self {
            Self::Redo => Some(KeyboardShortcut::new(CTRL_SHIFT, Key::Z)),
            // The plus of a keyboard without a number pad.
            Self::ZoomIn => Some(KeyboardShortcut::new(CTRL, Key::Equals)),
            _ => None,
        }
    }

    /// The keys as they are written in menus: `Ctrl+Shift+S`.
    pub fn keys(self) -> Option<String> {
        if self == Self::Remove {
            return Some("Delete".to_owned());
        }
        let shortcut = self.shortcut()?;
        let mut text = String::new();
        for (held, name) in [
            (shortcut.modifiers.command, "Ctrl+"),
            (shortcut.modifiers.shift, "Shift+"),
            (shortcut.modifiers.alt, "Alt+"),
        ] {
            if held {
                text.push_str(name);
            }
        }
        text.push_str(match shortcut.logical_key {
            Key::ArrowUp => "↑",
            Key::ArrowDown => "↓",
            Key::Plus => "+",
            Key::Minus => "-",
            Key::Period => ".",
            other => other.name(),
        });
        Some(text)
    }
}
