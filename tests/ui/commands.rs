//! Every command of the table, run in the window. What each does stands in one match, so that a new
//! command is tested or does not compile.

use std::collections::BTreeSet;

use egui::{ViewportCommand, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use furikaeri::{
    session::Prompt,
    ui::{
        Focus, Tab,
        command::{self, Command, MENUS, NODE_MENU, TOOLBAR},
    },
};

use crate::support::{desk::Desk, headless::name_of, plans::forms};

/// What is seen of a command after it was run on the ward's plan with 2-1-3 selected.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    /// Something is asked.
    Asked(&'static str),
    /// A step that can be undone, by its label.
    Done(&'static str),
    Tab(Tab),
    Selected(&'static str),
    Focus(Focus),
    /// The pages before they are printed.
    Pages,
    /// The status line says so.
    Said(&'static str),
    /// It is on now.
    On,
    /// A state of the window that the match itself looks at.
    Looked(bool),
    /// It cannot be used now.
    Disabled,
}

fn expected(command: Command) -> Seen {
    match command {
        Command::New | Command::ChangeForm => Seen::Asked("choose a form"),
        Command::ImportTable => Seen::Asked("paste"),
        Command::Open | Command::Save | Command::SaveAs | Command::Collect => Seen::Asked("path"),
        Command::PlanInfo => Seen::Asked("plan info"),
        Command::ForgetKept => Seen::Said("この PC に控えはありません"),
        Command::Export => Seen::Asked("export"),
        Command::Print => Seen::Pages,
        Command::Quit | Command::Present | Command::CopyTable | Command::EditForm => {
            Seen::Looked(true)
        }
        Command::AddThird => Seen::Done("経営課題の追加（７）"),
        Command::AddSecond => Seen::Done("戦略の追加（２－５）"),
        Command::AddFirst => Seen::Done("具体的取組の追加（２－１－７）"),
        Command::Duplicate => Seen::Done("具体的取組の追加（２－１－７）"),
        Command::MoveUp | Command::MoveDown => Seen::Done("具体的取組の移動（２－１－３）"),
        Command::Remove => Seen::Asked("remove"),
        Command::Renumber => Seen::Asked("renumber"),
        Command::MakeRepost => Seen::Asked("repost source"),
        Command::Measures => Seen::Asked("measures"),
        // The ward's form has three kinds of nodes.
        Command::AddFourth | Command::AddFifth | Command::AddSixth => Seen::Disabled,
        Command::Undo
        | Command::Redo
        | Command::EndRepost
        | Command::GoToSource
        | Command::FindNext
        | Command::FindPrevious
        | Command::ClearFilter
        | Command::ExplainFinding
        | Command::CopyPicture => Seen::Disabled,
        Command::ShowOverview => Seen::Tab(Tab::Overview),
        Command::ShowEditor => Seen::Tab(Tab::Editor),
        Command::ShowForm => Seen::Tab(Tab::Form),
        Command::ShowChecks => Seen::Tab(Tab::Checks),
        Command::ShowChanges => Seen::Tab(Tab::Changes),
        Command::ShowSections => Seen::Tab(Tab::Sections),
        // Nobody is named in the ward's plan.
        Command::HandOut => Seen::Asked("assign"),
        Command::NextFinding => Seen::Said("点検 11／38"),
        Command::PreviousFinding => Seen::Said("点検 10／38"),
        Command::Find => Seen::Focus(Focus::Search),
        Command::SwitchPane => Seen::Focus(Focus::FirstField),
        Command::ExpandAll | Command::CollapseAll => Seen::Looked(true),
        Command::PreviousRow => Seen::Selected("2-1-2"),
        Command::NextRow => Seen::Selected("2-1-4"),
        Command::LightTheme
        | Command::DarkTheme
        | Command::SystemTheme
        | Command::ContrastTheme => Seen::On,
        Command::ZoomIn | Command::ZoomOut | Command::ZoomReset | Command::Palette => {
            Seen::Looked(true)
        }
        Command::KeyList => Seen::Asked("key list"),
        Command::AboutProgram => Seen::Asked("about the program"),
    }
}

fn asked(desk: &Desk) -> &'static str {
    match desk.session().prompt().map(|(_, prompt)| prompt) {
        None => "nothing",
        Some(Prompt::Paste) => "paste",
        Some(Prompt::Export) => "export",
        Some(Prompt::Remove(_)) => "remove",
        Some(Prompt::Renumber(_)) => "renumber",
        Some(Prompt::RepostSource(_)) => "repost source",
        Some(Prompt::Assign { .. }) => "assign",
        Some(Prompt::AboutProgram) => "about the program",
        Some(prompt) => name_of(prompt),
    }
}

/// What the window was told in its last frame.
fn commands_of(desk: &Desk) -> Vec<ViewportCommand> {
    let outputs = &desk.harness.output().viewport_output;
    let root = outputs.get(&egui::ViewportId::ROOT);
    root.map(|output| output.commands.clone())
        .unwrap_or_default()
}

#[test]
fn every_command_does_what_it_is_for() {
    for command in Command::ALL.iter().copied() {
        let mut desk = Desk::with_the_real_plan();
        desk.go_to("2-1-3");
        let zoom = desk.harness.ctx.zoom_factor();
        let is_enabled = command.is_enabled(desk.session(), desk.view());
        let wanted = expected(command);
        assert_eq!(is_enabled, wanted != Seen::Disabled, "{command:?}");
        desk.run(command);
        let focus = desk.view().focus;
        let told = {
            desk.harness.step();
            commands_of(&desk)
        };
        desk.finish_jobs();
        let seen = match &wanted {
            Seen::Asked(_) => Seen::Asked(asked(&desk)),
            Seen::Done(label) if desk.next_undo().as_deref() == Some(label) => Seen::Done(label),
            Seen::Tab(_) => Seen::Tab(desk.view().tab),
            Seen::Selected(number) if desk.selected() == *number => Seen::Selected(number),
            Seen::Focus(_) => focus.map_or(Seen::Disabled, Seen::Focus),
            Seen::Pages if desk.session().pages().is_some() => Seen::Pages,
            Seen::Said(text) if desk.shows(text) => Seen::Said(text),
            Seen::On if command.is_on(desk.view()) == Some(true) => Seen::On,
            Seen::Looked(_) => Seen::Looked(match command {
                Command::Quit => told.contains(&ViewportCommand::Close),
                Command::Present => desk.view().presenting,
                Command::CopyTable => true,
                Command::EditForm => desk.view().form_editor.is_some(),
                Command::ExpandAll => desk
                    .plan()
                    .top()
                    .iter()
                    .all(|it| desk.view().is_expanded(it.id)),
                Command::CollapseAll => desk.selected() == "2",
                Command::ZoomIn => desk.harness.ctx.zoom_factor() > zoom,
                Command::ZoomOut => desk.harness.ctx.zoom_factor() < zoom,
                Command::ZoomReset => (desk.harness.ctx.zoom_factor() - zoom).abs() < 0.01,
                Command::Palette => desk.view().palette.is_some(),
                other => panic!("{other:?} is not looked at"),
            }),
            Seen::Disabled if desk.next_undo().is_none() => Seen::Disabled,
            other => panic!(
                "{command:?}: {other:?} is not seen, but {:?}",
                desk.next_undo()
            ),
        };
        assert_eq!(seen, wanted, "{command:?}");
    }
}

#[test]
fn what_is_offered_is_named_and_explained_in_the_words_of_every_form() {
    for form in forms() {
        let desk = Desk::with_nothing_of(&form);
        let mut names = BTreeSet::new();
        let all = Command::ALL.iter().copied();
        for command in all.filter(|it| it.is_offered(desk.session())) {
            let is_new = names.insert(command.name(&form));
            assert!(is_new, "{}: {command:?} is named twice", form.name);
            assert!(
                !command.tooltip(&form).is_empty(),
                "{}: {command:?}",
                form.name
            );
        }
    }
}

#[test]
fn every_command_is_in_a_menu() {
    let listed: Vec<Command> = MENUS
        .iter()
        .flat_map(|menu| menu.groups.iter().copied().flatten().copied())
        .collect();
    for command in Command::ALL.iter().copied() {
        let count = listed.iter().filter(|it| **it == command).count();
        assert_eq!(count, 1, "{command:?} in the menus");
    }
    assert_eq!(listed.len(), Command::ALL.len());
    let others = NODE_MENU.iter().copied().flatten().chain(TOOLBAR);
    assert!(others.into_iter().all(|command| listed.contains(command)));
}

#[test]
fn no_two_commands_have_the_same_keys() {
    let mut seen = Vec::new();
    for (command, keys) in command::shortcuts() {
        let other = seen.iter().find(|(_, other)| *other == keys);
        assert!(other.is_none(), "{command:?} and {other:?}");
        seen.push((command, keys));
    }
    assert!(seen.len() > 30);
}

#[test]
fn the_palette_shows_first_what_can_be_done() {
    let mut desk = Desk::with_the_real_plan();
    desk.go_to("1-1-1");
    desk.run(Command::Palette);
    desk.harness.run();
    desk.type_text("移動");
    let named = by().role(Role::Button).label_contains("移動");
    let mut able: Vec<(f32, bool)> = desk
        .harness
        .get_all(named)
        .map(|it| (it.rect().top(), !it.accesskit_node().is_disabled()))
        .collect();
    able.sort_by(|one, next| one.0.total_cmp(&next.0));
    let able: Vec<bool> = able.into_iter().map(|(_, able)| able).collect();
    assert!(able.contains(&true) && able.contains(&false), "{able:?}");
    assert!(able.is_sorted_by(|one, next| one >= next), "{able:?}");
}
