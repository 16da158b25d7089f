//! Where commands are offered: the menu bar, the menu of a node, the toolbar.

use super::Command;

/// A menu of the menu bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Menu {
    pub name: &'static str,
    /// Groups of commands, with a line between them.
    pub groups: &'static [&'static [Command]],
}

/// The menu bar.
pub const MENUS: &[Menu] = &[
    Menu {
        name: "ファイル",
        groups: &[
            &[Command::New, Command::ImportTable, Command::Open],
            &[Command::Save, Command::SaveAs],
            &[Command::Export, Command::Print],
            &[Command::HandOut, Command::Collect],
            &[Command::PlanInfo, Command::EditForm, Command::ChangeForm],
            &[Command::ForgetKept],
            &[Command::Quit],
        ],
    },
    Menu {
        name: "編集",
        groups: &[
            &[Command::Undo, Command::Redo],
            &[
                Command::AddSixth,
                Command::AddFifth,
                Command::AddFourth,
                Command::AddThird,
                Command::AddSecond,
                Command::AddFirst,
            ],
            &[Command::Duplicate, Command::Remove],
            &[Command::MoveUp, Command::MoveDown, Command::Renumber],
            &[Command::Measures],
            &[Command::MakeRepost, Command::EndRepost, Command::GoToSource],
            &[
                Command::Find,
                Command::FindNext,
                Command::FindPrevious,
                Command::ClearFilter,
            ],
            &[
                Command::NextFinding,
                Command::PreviousFinding,
                Command::ExplainFinding,
            ],
            &[Command::CopyTable, Command::CopyPicture],
        ],
    },
    Menu {
        name: "表示",
        groups: &[
            &[
                Command::ShowOverview,
                Command::ShowEditor,
                Command::ShowForm,
                Command::ShowChecks,
                Command::ShowChanges,
                Command::ShowSections,
                Command::Present,
            ],
            &[Command::Palette],
            &[Command::ExpandAll, Command::CollapseAll],
            &[Command::PreviousRow, Command::NextRow, Command::SwitchPane],
            &[Command::ZoomIn, Command::ZoomOut, Command::ZoomReset],
            &[
                Command::LightTheme,
                Command::DarkTheme,
                Command::SystemTheme,
                Command::ContrastTheme,
            ],
        ],
    },
    Menu {
        name: "ヘルプ",
        groups: &[&[Command::KeyList, Command::AboutProgram]],
    },
];

/// The context menu of a node of the tree.
pub const NODE_MENU: &[&[Command]] = &[
    &[
        Command::AddFirst,
        Command::AddSecond,
        Command::AddThird,
        Command::AddFourth,
        Command::AddFifth,
        Command::AddSixth,
    ],
    &[Command::Duplicate, Command::Remove],
    &[Command::MoveUp, Command::MoveDown, Command::Renumber],
    &[Command::MakeRepost, Command::EndRepost, Command::GoToSource],
    &[Command::Export, Command::Print],
];

/// What is done every day.
pub const TOOLBAR: &[Command] = &[
    Command::Save,
    Command::Undo,
    Command::Redo,
    Command::AddFirst,
    Command::Export,
];
