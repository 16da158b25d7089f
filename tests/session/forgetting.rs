//! What is kept on this PC is seen with its size, and goes for one plan or for all.

use furikaeri::{
    session::{Action, Answer, Prompt, jobs::Kind},
    storage::files,
};

use crate::support::{
    headless::Headless,
    plans::{real, small},
};

#[test]
fn what_is_kept_of_one_plan_is_removed_and_the_rest_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let local = folder.path().join("local");
    let [a, b] = ["A.ron", "B.ron"].map(|name| folder.path().join(name));
    files::save(&a, &real(), None).unwrap_or_else(|error| panic!("{error}"));
    files::save(&b, &small(), None).unwrap_or_else(|error| panic!("{error}"));
    let mut desk = Headless::keeping_below(&local, real());
    for (path, number) in [(&a, "2-1-3"), (&b, "1-1-1")] {
        desk.open(path);
        for text in ["一度目", "二度目"] {
            desk.write_notes(number, text);
            desk.act(Action::Save);
            desk.finish_all();
        }
    }
    let list = |desk: &mut Headless| {
        desk.act(Action::ListKept);
        desk.finish(Kind::ListKept);
        match desk.session.prompt() {
            Some((_, Prompt::OnThisPc(listed))) => listed.to_vec(),
            _ => Vec::new(),
        }
    };
    let listed = list(&mut desk);
    assert_eq!(listed.len(), 2);
    // The plan that is open comes first, though it is the smaller one.
    assert_eq!(listed[0].file.as_deref(), Some(b.as_path()));
    assert_eq!(listed[0].backups.count, 2);
    assert!(listed[1].backups.bytes > listed[0].backups.bytes);
    desk.answer(Answer::Forget(vec![1]));
    desk.finish(Kind::Forget);
    assert!(
        desk.notice().starts_with("控えを消しました（2 件、"),
        "{}",
        desk.notice()
    );
    let left = list(&mut desk);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].file.as_deref(), Some(b.as_path()));
    desk.answer(Answer::Forget(vec![0]));
    desk.finish_all();
    assert!(list(&mut desk).is_empty());
    assert_eq!(desk.notice(), "この PC に控えはありません");
    assert!(a.exists() && b.exists());
}
