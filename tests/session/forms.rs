//! Beginning a plan of a form, changing the form, and giving a plan another one, without a window.

use std::sync::Arc;

use furikaeri::{
    form::{Form, Kind},
    plan::{Edit, handout::extract, refit::Goes},
    session::{Action, Answer, Prompt, forms::FormFor, jobs},
    storage::forms as form_files,
};

use crate::support::{
    headless::Headless,
    plans::{BEHIND, after, form, forms, id, key, notes, progress, real, results, slot, small},
    sections,
};

fn changed(change: impl FnOnce(&mut Form)) -> Arc<Form> {
    let mut form = form().as_ref().clone();
    change(&mut form);
    Arc::new(form)
}

/// What a question about a changed form says will be out of sight or gone.
fn lost(desk: &Headless) -> Vec<String> {
    let Some((_, Prompt::LoseParts(losing))) = desk.session.prompt() else {
        panic!("{:?}", desk.asked())
    };
    let plan = desk.plan();
    let lost = losing.lost.iter();
    lost.map(|(part, its)| format!("{} {}", plan.form().part_name(part), plan.amount_of(its)))
        .collect()
}

#[test]
fn a_new_plan_begins_with_a_form_once_the_open_one_is_settled() {
    for form in forms() {
        let mut desk = Headless::with(small());
        desk.write_notes("1-1-1", "まだ保存していない");
        desk.act(Action::ChooseForm(FormFor::NewPlan));
        assert_eq!(desk.asked(), Some("choose a form"));
        desk.answer(Answer::Form(Arc::clone(&form)));
        assert_eq!(desk.asked(), Some("unsaved"));
        desk.answer(Answer::Discard);
        assert_eq!(desk.plan().form(), &form);
        assert!(desk.plan().top().is_empty());
        let about = desk.plan().about();
        assert_eq!(about.organisation, "港区");
        assert_eq!(about.review, form.first_review());
        assert!(!desk.is_unsaved());
    }
}

#[test]
fn a_form_is_taken_from_a_file_or_from_another_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let [_, ward, ..] = &forms()[..] else {
        panic!("a second form")
    };
    let file = folder.path().join("様式.ron");
    std::fs::write(&file, form_files::write(ward).expect("RON")).expect("a file");
    let mut desk = Headless::with(small());
    let choose = |desk: &mut Headless, path: &std::path::Path| {
        desk.act(Action::ChooseForm(FormFor::NewPlan));
        desk.answer(Answer::ChooseFile);
        desk.answer(Answer::Path(path.to_string_lossy().into_owned()));
        desk.finish(jobs::Kind::Form);
    };
    choose(&mut desk, &file);
    let Some((_, Prompt::ChooseForm(FormFor::NewPlan, Some(read)))) = desk.session.prompt() else {
        panic!("{:?}", desk.asked())
    };
    let read = Arc::clone(read);
    assert_eq!(read, *ward);
    desk.answer(Answer::Form(read));
    assert_eq!(desk.plan().form(), ward);
    // A form that contradicts itself is not taken.
    std::fs::write(&file, "(name: \"様式\", reviews: [], levels: [])").expect("a file");
    choose(&mut desk, &file);
    assert_eq!(desk.asked(), Some("failure"));
    assert!(
        desk.message().contains("振り返りがありません"),
        "{}",
        desk.message()
    );
}

/// A change of the built-in form, and what it is called.
type Case = (&'static str, fn(&mut Form));

#[test]
fn each_change_of_the_form_is_a_step_that_says_what_it_changed() {
    let cases: [Case; 9] = [
        ("様式の名前の変更", |it| {
            it.name = "別の様式".to_owned()
        }),
        (
            "振り返りの名前の変更（中間振り返り→秋の振り返り）",
            |it| {
                it.reviews[0].name = "秋の振り返り".to_owned();
            },
        ),
        ("戦略の欄「ねらい」の追加ほか", |it| {
            it.add_field(Some(key("strategy")), "ねらい");
            let initiative = Some(key("initiative"));
            it.field_mut(initiative, key("notes"))
                .expect("a field")
                .heading = "課題".to_owned();
        }),
        (
            "具体的取組の見出しの変更（課題・改善策→課題）",
            |it| {
                let level = it.level_mut(key("initiative")).expect("a level");
                level.fields[4].heading = "課題".to_owned();
            },
        ),
        (
            "具体的取組の欄「達成状況（取組の進捗）」の選択肢「中止」の追加",
            |it| {
                it.add_choice(Some(key("initiative")), key("progress"), "中止");
            },
        ),
        ("具体的取組の列の幅の変更", |it| {
            it.level_mut(key("initiative")).expect("a level").columns[0].share = 40;
        }),
        ("具体的取組の列の変更", |it| {
            it.level_mut(key("initiative"))
                .expect("a level")
                .columns
                .swap(0, 1);
        }),
        ("具体的取組の欄の並べ替え", |it| {
            it.level_mut(key("initiative"))
                .expect("a level")
                .fields
                .swap(0, 1);
        }),
        ("階層「事業」の追加", |it| {
            it.add_level("事業");
        }),
    ];
    for (label, change) in cases {
        let mut desk = Headless::with(small());
        let form = changed(change);
        desk.act(Action::SetForm(Arc::clone(&form)));
        assert_eq!(desk.asked(), None, "{label}");
        assert_eq!(desk.plan().form(), &form);
        assert_eq!(desk.next_undo(), Some(label));
        desk.act(Action::Undo);
        assert!(*desk.plan() == small(), "{label}");
        desk.act(Action::Redo);
        assert_eq!(desk.plan().form(), &form);
    }
}

#[test]
fn a_field_that_holds_something_is_asked_about_and_stays_in_the_plan() {
    let without = changed(|it| it.remove_field(Some(key("initiative")), key("notes")));
    let mut desk = Headless::with(real());
    desk.act(Action::SetForm(Arc::clone(&without)));
    let [line] = &lost(&desk)[..] else {
        panic!("one line")
    };
    assert!(
        line.starts_with("具体的取組の欄「課題・改善策」 "),
        "{line}"
    );
    assert!(
        line.ends_with(" 7 件（１－１－４、２－１－１、２－１－２ ほか）"),
        "{line}"
    );
    desk.answer(Answer::Cancel);
    assert!(*desk.plan() == real());
    desk.act(Action::SetForm(without));
    desk.answer(Answer::Confirm);
    assert_eq!(
        desk.next_undo(),
        Some("具体的取組の欄「課題・改善策」の削除ほか")
    );
    let all = desk
        .plan()
        .rows()
        .map(|entry| entry.node.text(notes()).to_owned());
    let before = real();
    assert!(
        all.eq(before
            .rows()
            .map(|entry| entry.node.text(notes()).to_owned()))
    );
    // What is out of sight already is not asked about again.
    let mut other = desk.plan().form().as_ref().clone();
    other.name = "別の名前".to_owned();
    desk.act(Action::SetForm(Arc::new(other)));
    assert_eq!(desk.asked(), None);
    // The field comes back with what it held.
    desk.act(Action::SetForm(form()));
    assert!(*desk.plan() == real());
}

#[test]
fn a_field_with_nothing_in_it_goes_without_a_question() {
    let mut desk = Headless::with(small());
    let with = changed(|it| {
        it.add_field(Some(key("strategy")), "ねらい");
    });
    desk.act(Action::SetForm(with));
    desk.act(Action::SetForm(form()));
    assert_eq!(desk.asked(), None);
    assert!(*desk.plan() == small());
}

#[test]
fn a_level_that_is_taken_away_takes_its_nodes_only_when_she_says_so() {
    let mut desk = Headless::with(small());
    let without = changed(|it| {
        it.remove_level(key("reform"));
        it.remove_level(key("reform_item"));
    });
    desk.act(Action::SetForm(Arc::clone(&without)));
    assert_eq!(
        lost(&desk),
        [
            "階層「経営課題」 1 件（改革）",
            "階層「具体的取組」 1 件（改革－１）"
        ]
    );
    desk.answer(Answer::Cancel);
    assert!(*desk.plan() == small());
    desk.act(Action::SetForm(without));
    desk.answer(Answer::Confirm);
    assert!(!desk.plan().contains(id(6)) && !desk.plan().contains(id(7)));
    assert!(desk.plan().contains(id(3)));
    desk.act(Action::Undo);
    assert!(*desk.plan() == small());
}

#[test]
fn a_level_may_not_leave_its_nodes_without_a_place() {
    let mut desk = Headless::with(small());
    let form = changed(|it| {
        let level = it.level_mut(key("initiative")).expect("a level");
        level.under = vec![key("issue")];
    });
    desk.act(Action::SetForm(form));
    assert_eq!(
        desk.message(),
        "様式を変えませんでした。「戦略」の中に「具体的取組」が 2 件（１－１－１、１－１－２）あります。先に移すか、削除してください。"
    );
    assert!(*desk.plan() == small());
}

#[test]
fn a_form_that_contradicts_itself_is_refused_with_the_place() {
    let mut desk = Headless::with(small());
    desk.act(Action::SetForm(changed(|it| {
        it.level_mut(key("initiative")).expect("a level").columns[1].heading = String::new();
    })));
    assert!(desk.message().contains("具体的取組"), "{}", desk.message());
    assert!(*desk.plan() == small());
}

#[test]
fn a_field_that_is_asked_once_from_now_on_keeps_what_was_said() {
    let mut desk = Headless::with(small());
    let before = desk.notes("1-1-1").to_owned();
    desk.act(Action::SetForm(changed(|it| {
        it.field_mut(Some(key("initiative")), key("notes"))
            .expect("it")
            .each_review = false;
    })));
    assert_eq!(desk.asked(), None);
    assert_eq!(desk.says("1-1-1", slot("notes")), before);
    desk.act(Action::Undo);
    assert_eq!(desk.notes("1-1-1"), before);
}

#[test]
fn a_choice_that_is_in_use_is_asked_about() {
    let mut desk = Headless::with(small());
    desk.act(Action::SetForm(changed(|it| {
        let field = it
            .field_mut(Some(key("initiative")), key("progress"))
            .expect("it");
        if let Kind::Choice { choices, .. } = &mut field.kind {
            choices.pop();
        }
    })));
    assert_eq!(
        lost(&desk),
        [
            "具体的取組の欄「達成状況（取組の進捗）」の「取組予定通り進捗していない」 1 件（１－１－１）"
        ]
    );
    desk.answer(Answer::Confirm);
    assert_eq!(desk.says("1-1-1", progress()), BEHIND);
}

#[test]
fn another_form_is_one_step_after_she_has_decided_what_goes_where() {
    let Some(ward) = forms().into_iter().nth(1) else {
        panic!("a second form")
    };
    let mut desk = Headless::with(small());
    desk.act(Action::ChangeForm(form()));
    assert_eq!(desk.notice(), "計画の様式と同じ様式です");
    desk.act(Action::ChangeForm(Arc::clone(&ward)));
    let Some((_, Prompt::ChangeForm(refitting))) = desk.session.prompt() else {
        panic!("{:?}", desk.asked())
    };
    let mut mapping = refitting.mapping.clone();
    mapping.reviews.insert(key("midyear"), key("year_end"));
    desk.answer(Answer::Refit(mapping));
    assert_eq!(
        desk.next_undo(),
        Some(format!("様式「{}」への変更", ward.name).as_str())
    );
    assert!(
        desk.notice()
            .starts_with("様式を「区運営方針」に変えました"),
        "{}",
        desk.notice()
    );
    // The levels that it has not came along; what was said at midyear is said at the end.
    assert_eq!(
        desk.plan().text(Some(id(3)), slot("year_end/notes")),
        "「秋」に\"延期\"した。"
    );
    assert_eq!(desk.plan().review(), key("year_end"));
    desk.act(Action::Undo);
    assert!(*desk.plan() == small());
}

#[test]
fn what_she_leaves_without_a_place_is_counted_when_the_form_is_changed() {
    let mut desk = Headless::with(small());
    let without = changed(|it| it.remove_field(Some(key("initiative")), key("notes")));
    desk.act(Action::ChangeForm(without));
    let Some((_, Prompt::ChangeForm(refitting))) = desk.session.prompt() else {
        panic!("{:?}", desk.asked())
    };
    let goes = refitting
        .mapping
        .goes(Some(key("initiative")), key("notes"));
    assert_eq!(goes, Goes::Nowhere);
    let mapping = refitting.mapping.clone();
    desk.answer(Answer::Refit(mapping));
    assert!(
        desk.notice().contains("行き先のない 1 種類の内容"),
        "{}",
        desk.notice()
    );
    assert_eq!(desk.notes("1-1-1"), "「秋」に\"延期\"した。");
    assert_eq!(desk.says("1-1-1", results()), "・訓練：１回\n・会議：２回");
}

#[test]
fn a_plan_that_was_handed_out_keeps_the_form_that_it_came_with() {
    let plan = sections::handed_out();
    let part = extract(&plan, "総務課");
    let mut desk = Headless::with(part.clone());
    let renamed = changed(|it| it.name = "別の様式".to_owned());
    for action in [
        Action::SetForm(Arc::clone(&renamed)),
        Action::ChangeForm(renamed),
    ] {
        desk.act(action);
        assert!(
            desk.message().contains("担当に配布された計画です"),
            "{}",
            desk.message()
        );
        desk.answer(Answer::Cancel);
        assert!(*desk.plan() == part);
    }
}

#[test]
fn a_form_with_several_faults_is_repaired_one_by_one() {
    let mut broken = Form::clone(&form());
    broken.levels[2].columns[1].fields = vec![key("gone")];
    broken.levels[2].columns[2].fields = vec![key("lost")];
    let plan = after(&small(), &[Edit::Form(Arc::new(broken.clone()))]);
    let mut desk = Headless::with(plan);
    broken.levels[2].columns.remove(1);
    desk.act(Action::SetForm(Arc::new(broken.clone())));
    assert_eq!(**desk.plan().form(), broken, "one fault is less");
    broken.levels[2].columns[1].fields = vec![key("more"), key("faults")];
    desk.act(Action::SetForm(Arc::new(broken.clone())));
    assert!(**desk.plan().form() != broken, "no fault is added");
}
