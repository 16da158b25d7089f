//! The one table of commands: name, explanation, keys, and when each can be used. Menus, context
//! menus, the toolbar, keys and the palette are all made from it.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::plan::{Kind, Node};

use crate::ui::Tab;

use super::App;

/// Something the user can do at any moment, without saying more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    New,
    Open,
    Save,
    SaveAs,
    PlanInfo,
    Export,
    Quit,
    Undo,
    Redo,
    AddIssue,
    AddStrategy,
    AddInitiative,
    Duplicate,
    Remove,
    MoveUp,
    MoveDown,
    Renumber,
    MakeRepost,
    EndRepost,
    GoToSource,
    ShowOverview,
    ShowEditor,
    ShowForm,
    Find,
    FindNext,
    FindPrevious,
    ClearFilter,
    Present,
    CopyTable,
    CopyPicture,
    ExpandAll,
    CollapseAll,
    PreviousInitiative,
    NextInitiative,
    SwitchPane,
    LightTheme,
    DarkTheme,
    SystemTheme,
    ContrastTheme,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Palette,
    AboutProgram,
}

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
            &[Command::New, Command::Open],
            &[Command::Save, Command::SaveAs],
            &[Command::Export],
            &[Command::PlanInfo],
            &[Command::Quit],
        ],
    },
    Menu {
        name: "編集",
        groups: &[
            &[Command::Undo, Command::Redo],
            &[
                Command::AddIssue,
                Command::AddStrategy,
                Command::AddInitiative,
            ],
            &[Command::Duplicate, Command::Remove],
            &[Command::MoveUp, Command::MoveDown, Command::Renumber],
            &[Command::MakeRepost, Command::EndRepost, Command::GoToSource],
            &[
                Command::Find,
                Command::FindNext,
                Command::FindPrevious,
                Command::ClearFilter,
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
                Command::Present,
            ],
            &[Command::Palette],
            &[Command::ExpandAll, Command::CollapseAll],
            &[
                Command::PreviousInitiative,
                Command::NextInitiative,
                Command::SwitchPane,
            ],
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
        groups: &[&[Command::AboutProgram]],
    },
];

/// The context menu of a node of the tree.
pub const NODE_MENU: &[&[Command]] = &[
    &[
        Command::AddInitiative,
        Command::AddStrategy,
        Command::AddIssue,
    ],
    &[Command::Duplicate, Command::Remove],
    &[Command::MoveUp, Command::MoveDown, Command::Renumber],
    &[Command::MakeRepost, Command::EndRepost, Command::GoToSource],
    &[Command::Export],
];

/// What is done every day.
pub const TOOLBAR: &[Command] = &[
    Command::Save,
    Command::Undo,
    Command::Redo,
    Command::AddInitiative,
    Command::Export,
];

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
    pub const ALL: &[Self] = &[
        Self::New,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::PlanInfo,
        Self::Export,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::AddIssue,
        Self::AddStrategy,
        Self::AddInitiative,
        Self::Duplicate,
        Self::Remove,
        Self::MoveUp,
        Self::MoveDown,
        Self::Renumber,
        Self::MakeRepost,
        Self::EndRepost,
        Self::GoToSource,
        Self::ShowOverview,
        Self::ShowEditor,
        Self::ShowForm,
        Self::Find,
        Self::FindNext,
        Self::FindPrevious,
        Self::ClearFilter,
        Self::Present,
        Self::CopyTable,
        Self::CopyPicture,
        Self::ExpandAll,
        Self::CollapseAll,
        Self::PreviousInitiative,
        Self::NextInitiative,
        Self::SwitchPane,
        Self::LightTheme,
        Self::DarkTheme,
        Self::SystemTheme,
        Self::ContrastTheme,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::Palette,
        Self::AboutProgram,
    ];

    /// Its name; `…` where more is asked before anything happens.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "新しい計画",
            Self::Open => "開く…",
            Self::Save => "保存",
            Self::SaveAs => "名前を付けて保存…",
            Self::PlanInfo => "計画の情報…",
            Self::Export => "書き出す…",
            Self::Quit => "終了",
            Self::Undo => "元に戻す",
            Self::Redo => "やり直す",
            Self::AddIssue => "経営課題を追加",
            Self::AddStrategy => "戦略を追加",
            Self::AddInitiative => "具体的取組を追加",
            Self::Duplicate => "複製",
            Self::Remove => "削除",
            Self::MoveUp => "上へ移動",
            Self::MoveDown => "下へ移動",
            Self::Renumber => "番号を振り直す…",
            Self::MakeRepost => "再掲にする…",
            Self::EndRepost => "再掲をやめる",
            Self::GoToSource => "再掲元へ移動",
            Self::ShowOverview => "全体を表示",
            Self::ShowEditor => "編集を表示",
            Self::ShowForm => "様式を表示",
            Self::Find => "検索と絞り込み",
            Self::FindNext => "次に見つかったもの",
            Self::FindPrevious => "前に見つかったもの",
            Self::ClearFilter => "絞り込みを解除",
            Self::Present => "発表用の全画面表示",
            Self::CopyTable => "表をコピー",
            Self::CopyPicture => "全体を画像としてコピー",
            Self::ExpandAll => "すべて展開",
            Self::CollapseAll => "すべて折りたたむ",
            Self::PreviousInitiative => "前の取組",
            Self::NextInitiative => "次の取組",
            Self::SwitchPane => "一覧と編集欄を行き来する",
            Self::LightTheme => "明るい配色",
            Self::DarkTheme => "暗い配色",
            Self::SystemTheme => "配色をシステムに合わせる",
            Self::ContrastTheme => "高コントラストの切り替え",
            Self::ZoomIn => "拡大",
            Self::ZoomOut => "縮小",
            Self::ZoomReset => "標準の大きさ",
            Self::Palette => "コマンドを探す…",
            Self::AboutProgram => "furikaeri について",
        }
    }

    /// The short name on the toolbar.
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::AddInitiative => "取組を追加",
            Self::ShowOverview => "全体",
            Self::ShowEditor => "編集",
            Self::ShowForm => "様式",
            _ => self.name(),
        }
    }

    /// What it does, in a sentence.
    pub const fn tooltip(self) -> &'static str {
        match self {
            Self::New => "何も入っていない計画を始めます",
            Self::Open => "計画のファイル（.ron）を開きます",
            Self::Save => "今の内容をファイルに保存します",
            Self::SaveAs => "別の名前や場所に保存します",
            Self::PlanInfo => "団体名、年度、振り返りの時期、基準日を見て直します",
            Self::Export => "計画の全体か一部を、PDF、Excel、CSV、HTML などのファイルにします",
            Self::Quit => "furikaeri を終わります",
            Self::Undo => "直前の編集を取り消します",
            Self::Redo => "取り消した編集をもう一度行います",
            Self::AddIssue => "経営課題を一つ加えます",
            Self::AddStrategy => "選んでいる経営課題に戦略を一つ加えます",
            Self::AddInitiative => "選んでいる戦略に具体的取組を一つ加えます",
            Self::Duplicate => "選んでいるものを、中身ごと写してすぐ後に置きます",
            Self::Remove => "選んでいるものを、中身ごと取り除きます（元に戻せます）",
            Self::MoveUp => "同じ並びの中で一つ上へ移します（番号は変わりません）",
            Self::MoveDown => "同じ並びの中で一つ下へ移します（番号は変わりません）",
            Self::Renumber => "選んでいるものと同じ並びに、上から１、２、３…と番号を振ります",
            Self::MakeRepost => "ほかの取組の内容を繰り返す「再掲」にします",
            Self::EndRepost => "再掲をやめ、内容を書けるようにします",
            Self::GoToSource => "再掲のもとになっている取組を開きます",
            Self::ShowOverview => "計画全体の状況を一目で見ます",
            Self::ShowEditor => "選んでいるものを編集します",
            Self::ShowForm => "選んでいる経営課題や戦略を、印刷される表の形で見て直します",
            Self::Find => {
                "一覧を言葉や状態で絞り込みます（全角・半角、大文字・小文字、かなの違いは問いません）"
            }
            Self::FindNext => "絞り込みに合う、次の取組を開きます",
            Self::FindPrevious => "絞り込みに合う、前の取組を開きます",
            Self::ClearFilter => "一覧にすべての項目を表示します",
            Self::Present => "全体か様式を、大きな文字で画面いっぱいに表示します",
            Self::CopyTable => "表示している表を、Excel に貼り付けられる形でコピーします",
            Self::CopyPicture => "全体の図を、資料に貼り付けられる画像としてコピーします",
            Self::ExpandAll => "一覧のすべての項目を開きます",
            Self::CollapseAll => "経営課題だけを残して一覧を閉じます",
            Self::PreviousInitiative => "一つ前の具体的取組を開きます",
            Self::NextInitiative => "一つ後の具体的取組を開きます",
            Self::SwitchPane => "左の一覧と右の編集欄のあいだで、入力の場所を移します",
            Self::LightTheme => "明るい背景で表示します",
            Self::DarkTheme => "暗い背景で表示します",
            Self::SystemTheme => "パソコンの設定に合わせた配色で表示します",
            Self::ContrastTheme => {
                "文字と線をはっきりさせた配色にします。もう一度選ぶと元に戻ります"
            }
            Self::ZoomIn => "文字と画面を大きくします",
            Self::ZoomOut => "文字と画面を小さくします",
            Self::ZoomReset => "文字と画面を標準の大きさに戻します",
            Self::Palette => "名前で操作を探して行います",
            Self::AboutProgram => "版、ライセンス、書体について",
        }
    }

    /// Its keys. `Delete` of the tree is not here: in a text it deletes a character.
    pub const fn shortcut(self) -> Option<KeyboardShortcut> {
        let (modifiers, key) = match self {
            Self::New => (CTRL, Key::N),
            Self::Open => (CTRL, Key::O),
            Self::Save => (CTRL, Key::S),
            Self::SaveAs => (CTRL_SHIFT, Key::S),
            Self::Export => (CTRL, Key::E),
            Self::Quit => (CTRL, Key::Q),
            Self::Undo => (CTRL, Key::Z),
            Self::Redo => (CTRL, Key::Y),
            Self::AddInitiative => (CTRL, Key::Enter),
            Self::AddStrategy => (CTRL_SHIFT, Key::Enter),
            Self::Duplicate => (CTRL, Key::D),
            Self::MoveUp => (Modifiers::ALT, Key::ArrowUp),
            Self::MoveDown => (Modifiers::ALT, Key::ArrowDown),
            Self::PreviousInitiative => (CTRL, Key::PageUp),
            Self::NextInitiative => (CTRL, Key::PageDown),
            Self::SwitchPane => (Modifiers::NONE, Key::F6),
            Self::ZoomIn => (CTRL, Key::Plus),
            Self::ZoomOut => (CTRL, Key::Minus),
            Self::ZoomReset => (CTRL, Key::Num0),
            Self::Palette => (CTRL_SHIFT, Key::P),
            Self::ShowOverview => (CTRL, Key::Num1),
            Self::ShowEditor => (CTRL, Key::Num2),
            Self::ShowForm => (CTRL, Key::Num3),
            Self::Find => (CTRL, Key::F),
            Self::FindNext => (Modifiers::NONE, Key::F3),
            Self::FindPrevious => (Modifiers::SHIFT, Key::F3),
            Self::Present => (Modifiers::NONE, Key::F11),
            Self::CopyTable => (CTRL_SHIFT, Key::C),
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
            other => other.name(),
        });
        Some(text)
    }

    /// Whether it can be used now.
    pub fn is_enabled(self, app: &App) -> bool {
        let plan = app.document.plan();
        let selected = app.view.selected.and_then(|id| plan.node(id));
        let initiative = selected.and_then(|node| node.initiative());
        let position = || {
            let id = app.view.selected?;
            let siblings = plan.siblings(id);
            let at = siblings.iter().position(|&sibling| sibling == id)?;
            Some((at, siblings.len()))
        };
        match self {
            Self::Undo => {
                app.document.history().next_undo().is_some() || app.document.draft().is_some()
            }
            Self::Redo => app.document.history().next_redo().is_some(),
            Self::AddStrategy => selected.is_some(),
            Self::AddInitiative => selected.is_some_and(|node| match node {
                // A numbered issue holds strategies; the unnumbered part holds initiatives.
                Node::Issue(issue) => issue.number.is_none() || !issue.strategies.is_empty(),
                Node::Strategy(_) | Node::Initiative(_) => true,
            }),
            Self::Duplicate | Self::Remove | Self::Renumber => selected.is_some(),
            Self::MoveUp => position().is_some_and(|(at, _)| at > 0),
            Self::MoveDown => position().is_some_and(|(at, count)| at + 1 < count),
            Self::MakeRepost => initiative.is_some_and(|i| i.repost_of.is_none()),
            Self::EndRepost => initiative.is_some_and(|i| i.repost_of.is_some()),
            Self::GoToSource => initiative.is_some_and(|i| plan.repost_source(i).is_some()),
            Self::PreviousInitiative | Self::NextInitiative => plan.entries().next().is_some(),
            Self::Export | Self::Present => !plan.issues().is_empty(),
            Self::ClearFilter => app.view.filter.is_on(),
            Self::FindNext | Self::FindPrevious => app.view.filter.has_found(),
            Self::CopyTable => app.view.tab != Tab::Overview || !plan.issues().is_empty(),
            Self::CopyPicture => app.view.tab == Tab::Overview,
            _ => true,
        }
    }

    /// Whether what it shows or switches on is on now; `None` for commands that only do something.
    pub fn is_on(self, app: &App) -> Option<bool> {
        use egui::ThemePreference::{Dark, Light, System};
        match self {
            Self::ShowOverview => Some(app.view.tab == Tab::Overview),
            Self::ShowEditor => Some(app.view.tab == Tab::Editor),
            Self::ShowForm => Some(app.view.tab == Tab::Form),
            Self::LightTheme => Some(app.theme == Light),
            Self::DarkTheme => Some(app.theme == Dark),
            Self::SystemTheme => Some(app.theme == System),
            Self::ContrastTheme => Some(app.high_contrast),
            _ => None,
        }
    }

    /// The kind of node that it adds.
    pub const fn adds(self) -> Option<Kind> {
        match self {
            Self::AddIssue => Some(Kind::Issue),
            Self::AddStrategy => Some(Kind::Strategy),
            Self::AddInitiative => Some(Kind::Initiative),
            _ => None,
        }
    }
}
