//! What the commands make of the ward's plan is what was accepted: the printed pages as they look,
//! the workbook of a section, the findings, and what is said of a handful of edits.

use std::{ffi::OsString, path::Path};

use furikaeri::{
    form::Slot,
    plan::{Edit, Id, Plan, handout::Round},
    storage::files,
};

use crate::support::{
    contact::assert_pages_accepted,
    disk,
    plans::{
        BEHIND, Building as _, ON_SCHEDULE, ON_TARGET, after, id, initiative, notes, outlook,
        progress, real, results, set,
    },
    program::{Run, run},
    snapshot::assert_accepted,
    workbook::described,
};

/// Runs a command on files: `@計画.ron` is that file in the folder.
fn command(folder: &Path, arguments: &[&str]) -> Run {
    let argument = |said: &&str| match said.strip_prefix('@') {
        Some(name) => folder.join(name).into_os_string(),
        None => OsString::from(said),
    };
    run(&arguments.iter().map(argument).collect::<Vec<_>>())
}

/// A folder with plans' files in it.
fn folder(plans: &[(&str, &Plan)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, plan) in plans {
        files::save(&folder.path().join(name), plan, None)
            .unwrap_or_else(|error| panic!("{error}"));
    }
    folder
}

#[test]
fn the_printed_pages_look_as_they_did() {
    let folder = folder(&[("計画.ron", &real())]);
    for (name, more) in [
        ("ward-landscape.png", &[][..]),
        ("ward-portrait.png", &["--portrait"][..]),
    ] {
        let export = ["export", "@計画.ron", "--to", "@計画.pdf"];
        command(folder.path(), &[&export, more].concat()).assert_quiet_success();
        let pdf = disk::read(&folder.path().join("計画.pdf"));
        assert_pages_accepted(name, pdf, !more.is_empty());
    }
}

#[test]
fn the_findings_are_what_they_were() {
    let folder = folder(&[("計画.ron", &real())]);
    for (name, more) in [
        ("ward-check.txt", &[][..]),
        ("ward-check.json", &["--format", "json"][..]),
    ] {
        let found = command(folder.path(), &[&["check", "@計画.ron"], more].concat());
        assert_eq!((found.status, &*found.errors), (Some(1), ""));
        assert_accepted(name, &found.output);
    }
}

#[test]
fn what_a_handful_of_edits_changed_is_what_it_was() {
    let edited = a_handful_of_edits();
    let folder = folder(&[("４月.ron", &real()), ("５月.ron", &edited)]);
    let changes = ["changes", "@４月.ron", "@５月.ron", "--to"];
    command(folder.path(), &[&changes[..], &["@表.html"]].concat()).assert_quiet_success();
    let page = disk::read(&folder.path().join("表.html"));
    let page = String::from_utf8(page).expect("the page is UTF-8");
    let (head, rest) = page.split_once("<style>").expect("the page has a style");
    let (_, rest) = rest.split_once("</style>").expect("and its end");
    assert_accepted("ward-edited.html", &format!("{head}<style></style>{rest}"));
    command(folder.path(), &[&changes[..], &["@表.pdf"]].concat()).assert_quiet_success();
    let pdf = disk::read(&folder.path().join("表.pdf"));
    assert_pages_accepted("ward-edited.png", pdf, false);
}

/// The node of this title.
fn titled(plan: &Plan, title: &str) -> Id {
    let found = plan.nodes().find(|entry| entry.node.title == title);
    found.unwrap_or_else(|| panic!("no {title}")).node.id
}

/// The place of a node, or that behind it.
fn place(plan: &Plan, title: &str, is_behind: bool) -> (Option<Id>, usize) {
    let node = titled(plan, title);
    let siblings = plan.siblings(node);
    let at = siblings
        .iter()
        .position(|it| *it == node)
        .expect("it is there");
    (plan.parent(node), at + usize::from(is_behind))
}

/// Puts a node to another place.
fn moved(plan: &Plan, title: &str, to: &str, is_behind: bool) -> Plan {
    let id = titled(plan, title);
    let without = after(plan, &[Edit::Remove { id }]);
    let (parent, position) = place(&without, to, is_behind);
    let edit = Edit::Move {
        id,
        parent,
        position,
    };
    after(plan, &[edit])
}

fn a_handful_of_edits() -> Plan {
    let plan = real();
    let node = |title: &str| titled(&plan, title);
    let first = node("人と人とのつながりづくり");
    let said = plan.text(Some(first), results());
    let edits = [
        // Texts: one changed, one added, and the title of a strategy.
        set(first, results(), &said.replace("：１４件", "：１５件")),
        set(
            node("地域活動の活性化"),
            notes(),
            "・秋に実施した。\n・春にも実施する。",
        ),
        set(node("防犯対策の強化"), Slot::TITLE, "防犯・安全対策の強化"),
        // Both sides of a status.
        set(
            node("ひと・まち・まなびをつなぐ生涯学習の推進"),
            outlook(),
            ON_TARGET,
        ),
        set(node("地域防災の活動支援"), progress(), ON_SCHEDULE),
        // A number.
        Edit::Number {
            id: node("防災広報・啓発"),
            number: Some(15),
        },
    ];
    let plan = after(&plan, &edits);
    // Moved within a strategy, and into another.
    let plan = moved(
        &plan,
        "がん検診・特定健康診査の受診率の向上",
        "区民の健康増進",
        false,
    );
    let plan = moved(
        &plan,
        "青少年の健全育成の推進",
        "子育て支援情報の提供",
        true,
    );
    // Added and deleted.
    let added = initiative(id(0xA1), 3)
        .titled("水辺のにぎわい")
        .with_results("・社会実験：２回")
        .with_target("来場者：500人以上")
        .with_progress(BEHIND);
    let (parent, position) = place(&plan, "港区の魅力発掘・創出", true);
    let insert = Edit::Insert {
        parent,
        position,
        branch: added.into(),
    };
    let gone = titled(&plan, "こどもの貧困対策の推進");
    after(&plan, &[insert, Edit::Remove { id: gone }])
}

const OWNER: &str = "総務課";

#[test]
fn the_workbook_of_a_section_is_what_it_was() {
    let plan = real();
    let own = [
        "人と人とのつながりづくり",
        "ひと・まち・まなびをつなぐ生涯学習の推進",
        "地域防災の活動支援",
        // Repeats another, and is not handed out.
        "高齢者等要援護者の見守り支援",
        "窓口業務におけるサービスの向上",
        // Has no number, and other words.
        "歳入の確保（独自財源の確保）",
    ];
    let own = own.map(|title| set(titled(&plan, title), Slot::OWNER, OWNER));
    let other = titled(&plan, "歳出等の削減");
    let other = set(other, Slot::OWNER, "協働まちづくり推進課");
    // A plan that was handed out before keeps its id.
    let round = Edit::Round(Round {
        id: Some(id(0xF0)),
        ..Round::default()
    });
    let plan = after(&plan, &[Edit::Group(own.into()), other, round]);
    let folder = folder(&[("計画.ron", &plan)]);
    let handed_out = command(
        folder.path(),
        &[
            "handout",
            "@計画.ron",
            "--to",
            "@配布",
            "--due",
            "2021-11-19",
            "--owner",
            OWNER,
        ],
    );
    assert_eq!((handed_out.status, &*handed_out.errors), (Some(0), ""));
    let names = disk::names(&folder.path().join("配布"));
    let [name] = &names[..] else {
        panic!("{names:?}");
    };
    let bytes = disk::read(&folder.path().join("配布").join(name));
    let said = format!("{name}\n{}", described(&bytes));
    assert_accepted("ward-handout.txt", &said);
}
