//! `furikaeri merge` as people call it, and as Git does.

use std::{
    path::{Path, PathBuf},
    process::Command,
    slice::from_ref,
};

use furikaeri::{
    form::Slot,
    plan::{Edit, Plan},
    storage::files,
};

use crate::support::{
    disk,
    need::Need,
    plans::{after, id, key, notes, numbered, real, results, set, small, target},
    program::{EXECUTABLE, Run, finish, run},
    wishes::empty_branch,
};

fn save(folder: &Path, name: &str, plan: &Plan) -> PathBuf {
    let path = folder.join(name);
    files::save(&path, plan, None).unwrap_or_else(|error| panic!("{error}"));
    path
}

fn open(path: &Path) -> Plan {
    let opened = files::open(path).unwrap_or_else(|error| panic!("{error}"));
    opened.plan
}

fn text(plan: &Plan, number: &str, at: Slot, text: &str) -> Edit {
    set(numbered(plan, number), at, text)
}

/// Three files of the small plan with these changes, and one to write to.
fn merge(ours: &[Edit], theirs: &[Edit]) -> (tempfile::TempDir, PathBuf, Run) {
    let folder = tempfile::tempdir().expect("a folder");
    let base = save(folder.path(), "元.ron", &small());
    let ours = save(folder.path(), "自分.ron", &after(&small(), ours));
    let theirs = save(folder.path(), "相手.ron", &after(&small(), theirs));
    let to = folder.path().join("出力.ron");
    let arguments = [
        "merge".as_ref(),
        &*base,
        &*ours,
        &*theirs,
        "--to".as_ref(),
        &*to,
    ];
    let run = run(&arguments);
    (folder, to, run)
}

#[test]
fn what_two_people_did_is_written_to_one_file() {
    let plan = small();
    let ours = text(&plan, "1-1-1", results(), "・訓練：２回");
    let theirs = text(&plan, "改革-1", notes(), "春に実施");
    let (folder, to, run) = merge(from_ref(&ours), from_ref(&theirs));
    run.assert_quiet_success();
    assert_eq!(open(&to), after(&plan, &[ours, theirs]));
    assert_eq!(
        disk::names(folder.path()),
        ["元.ron", "出力.ron", "相手.ron", "自分.ron"]
    );
}

#[test]
fn what_people_have_to_decide_is_listed_and_nothing_is_written() {
    let plan = small();
    let said = |words: &str| text(&plan, "1-1-1", notes(), words);
    let strategy = |title: &str| text(&plan, "1-1", Slot::TITLE, title);
    let (folder, to, run) = merge(
        &[
            said("春に\n実施"),
            Edit::Remove { id: id(6) },
            strategy(&format!("{}甲", "災".repeat(200))),
        ],
        &[
            said(""),
            text(&plan, "改革-1", Slot::MEMO, "確認"),
            strategy(&format!("{}乙", "災".repeat(200))),
        ],
    );
    assert_eq!(run.status, Some(1), "{run:?}");
    let expected = format!(
        "戦略１－１「{long}甲」　名称
  元　：地域防災
  自分：…{cut}甲
  相手：…{cut}乙
具体的取組１－１－１「防災訓練」　課題・改善策
  元　：「秋」に\"延期\"した。
  自分：春に 実施
  相手：（空欄）
「改革の取組」：自分は削除、相手は変更
",
        long = "災".repeat(200),
        cut = "災".repeat(10),
    );
    assert_eq!(run.output, expected);
    assert!(run.errors.contains("3件の食い違い"), "{run:?}");
    assert_eq!(run.errors.lines().count(), 1, "{run:?}");
    assert!(!to.exists());
    assert_eq!(
        disk::names(folder.path()),
        ["元.ron", "相手.ron", "自分.ron"]
    );
}

#[test]
fn a_file_that_is_no_plan_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = save(folder.path(), "計画.ron", &small());
    let broken = disk::write(folder.path().join("相手.ron"), b"<<<<<<< HEAD");
    let to = folder.path().join("出力.ron");
    let arguments = [
        "merge".as_ref(),
        &*plan,
        &*plan,
        &*broken,
        "--to".as_ref(),
        &*to,
    ];
    run(&arguments).assert_refused(1, &["開けませんでした", "相手.ron"]);
    assert!(!to.exists());
}

/// A repository with the ward's plan in it, and this program as its merge driver.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    /// `None` where there is no git, which is said.
    fn new() -> Option<Self> {
        if !Need::Git.is_met() {
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let repository = Self { folder };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        let driver = format!("'{EXECUTABLE}' merge %O %A %B --to %A");
        for (key, value) in [
            ("user.name", "港区"),
            ("user.email", "minato@example.jp"),
            ("commit.gpgsign", "false"),
            ("merge.furikaeri.name", "furikaeri"),
            ("merge.furikaeri.driver", &driver),
        ] {
            repository.git(&["config", key, value]);
        }
        let attributes = b"*.ron -text merge=furikaeri\n";
        disk::write(repository.path(".gitattributes"), attributes);
        Some(repository)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn try_git(&self, arguments: &[&str]) -> Run {
        let mut git = Command::new("git");
        // Neither the settings of whoever runs the tests nor a repository around this one count.
        git.current_dir(self.folder.path())
            .env("GIT_CONFIG_GLOBAL", self.path("none"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .env_remove("GIT_WORK_TREE")
            .args(arguments);
        finish(&mut git)
    }

    fn git(&self, arguments: &[&str]) {
        let run = self.try_git(arguments);
        assert_eq!(run.status, Some(0), "git {arguments:?}: {run:?}");
    }

    fn commit(&self, plan: &Plan) {
        save(self.folder.path(), "計画.ron", plan);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message=計画"]);
    }

    /// Two branches that each made its edits, the second being merged into the first.
    fn merge(&self, base: &Plan, ours: &[Edit], theirs: &[Edit]) -> Run {
        self.commit(base);
        self.git(&["switch", "--quiet", "--create", "theirs"]);
        self.commit(&after(base, theirs));
        self.git(&["switch", "--quiet", "main"]);
        self.commit(&after(base, ours));
        self.try_git(&["merge", "--quiet", "--no-edit", "theirs"])
    }
}

#[test]
fn git_merges_plans_by_this_program() {
    let plan = real();
    let strategy = numbered(&plan, "2-1");
    // In the file these stand side by side, where a merge by lines gives up.
    let ours = [
        text(&plan, "2-1-1", results(), "・訓練：２回"),
        Edit::Insert {
            parent: Some(strategy),
            position: 6,
            branch: empty_branch(key("initiative"), id(1)),
        },
    ];
    let theirs = [
        text(&plan, "2-1-1", target(), "３回以上"),
        Edit::Insert {
            parent: Some(strategy),
            position: 6,
            branch: empty_branch(key("initiative"), id(2)),
        },
    ];
    let Some(repository) = Repository::new() else {
        return;
    };
    let run = repository.merge(&plan, &ours, &theirs);
    assert_eq!(run.status, Some(0), "{run:?}");
    let both = open(&repository.path("計画.ron"));
    let [ours_0, ours_1] = ours;
    let [theirs_0, theirs_1] = theirs;
    let expected = after(&plan, &[ours_0, theirs_0, theirs_1, ours_1]);
    assert_eq!(both, expected);
}

#[test]
fn git_leaves_our_version_where_people_have_to_decide() {
    let plan = real();
    let said = |words: &str| [text(&plan, "2-1-1", notes(), words)];
    let Some(repository) = Repository::new() else {
        return;
    };
    let run = repository.merge(&plan, &said("春に実施"), &said("冬に実施"));
    assert_eq!(run.status, Some(1), "{run:?}");
    let output = run.output + &run.errors;
    assert!(output.contains("具体的取組２－１－１"), "{output}");
    assert!(output.contains("課題・改善策"), "{output}");
    let unmerged = repository.try_git(&["ls-files", "--unmerged", "-z"]).output;
    assert!(unmerged.contains("計画.ron"), "{unmerged}");
    assert_eq!(
        open(&repository.path("計画.ron")),
        after(&plan, &said("春に実施"))
    );
}

#[test]
fn git_merges_a_plan_that_both_sides_have_added() {
    let Some(repository) = Repository::new() else {
        return;
    };
    repository.git(&["add", "--all"]);
    repository.git(&["commit", "--quiet", "--message=始め"]);
    repository.git(&["switch", "--quiet", "--create", "theirs"]);
    let more = Edit::Insert {
        parent: Some(id(5)),
        position: 0,
        branch: empty_branch(key("initiative"), id(8)),
    };
    let theirs = after(&small(), &[more]);
    repository.commit(&theirs);
    repository.git(&["switch", "--quiet", "main"]);
    repository.commit(&small());
    let run = repository.try_git(&["merge", "--quiet", "--no-edit", "theirs"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(open(&repository.path("計画.ron")), theirs);
}

#[test]
fn neither_the_base_nor_theirs_is_replaced_by_whatever_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let names = ["元.ron", "自分.ron", "相手.ron"];
    let [base, ours, theirs] = names.map(|name| save(folder.path(), name, &small()));
    for to in [&base, &theirs] {
        let before = disk::read(to);
        let name = to.file_name().expect("a name");
        let other = folder
            .path()
            .join(".")
            .join("..")
            .join(folder.path().file_name().expect("a name"))
            .join(name);
        for to in [to, &other] {
            let arguments = [
                "merge".as_ref(),
                &*base,
                &*ours,
                &*theirs,
                "--to".as_ref(),
                &**to,
            ];
            let run = run(&arguments);
            assert_eq!(run.status, Some(1), "{run:?}");
            assert!(run.errors.contains("読み込むファイルと同じです"), "{run:?}");
        }
        assert_eq!(disk::read(to), before);
    }
    // Ours is what Git wants to have replaced.
    let arguments = [
        "merge".as_ref(),
        &*base,
        &*ours,
        &*theirs,
        "--to".as_ref(),
        &*ours,
    ];
    run(&arguments).assert_quiet_success();
}

#[test]
fn another_plan_is_no_version_of_this_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let base = save(folder.path(), "元.ron", &small());
    let other = save(folder.path(), "別の計画.ron", &real());
    let to = folder.path().join("出力.ron");
    let run = run(&[
        "merge".as_ref(),
        &*base,
        &*base,
        &*other,
        "--to".as_ref(),
        &*to,
    ]);
    run.assert_refused(1, &["共通する項目が一つもありません"]);
    assert!(!to.exists());
}
