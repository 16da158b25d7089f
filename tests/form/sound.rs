//! What makes a form unsound: each fault with its place and with what to do about it.

use furikaeri::{
    form::{Fault, Form, Key, Level, MAX_DEPTH, Numbering, Place, Wrong},
    storage::forms::{self, FormReason},
};
use proptest::prelude::*;

use crate::support::{
    arbitrary,
    files::change,
    plans::{self, forms, key},
};

/// Small, and with everything in it that can be wrong.
const FORM: &str = r#"
(
    name: "評価表",
    reviews: [
        (key: "mid", name: "中間"),
        (key: "end", name: "期末"),
    ],
    plan: [
        (key: "vision", heading: "将来の姿", kind: Text),
    ],
    levels: [
        (
            key: "policy",
            name: "政策",
            at_top: true,
            number: (pattern: "{n}"),
        ),
        (
            key: "project",
            name: "事業",
            under: ["policy"],
            number: (pattern: "{above}-({n})"),
            fields: [
                (key: "target", heading: "目標", kind: Targets(marks: [(key: "a", words: "A")])),
                (key: "results", heading: "実績", short: "実", kind: Text, each_review: true),
                (
                    key: "rating",
                    heading: "評価",
                    kind: Choice(
                        choices: [
                            (key: "good", words: "順調である", short: "順調", grade: Good),
                            (key: "bad", words: "遅れている", short: "遅れ", grade: Bad),
                        ],
                        judges: "target",
                    ),
                    each_review: true,
                ),
                (key: "notes", heading: "課題", kind: Text, needed: WhenBad),
                (key: "cost", heading: "事業費", kind: Amount(unit: "千円")),
            ],
            columns: [
                (heading: "事業名", share: 20, fields: ["title", "owner"]),
                (heading: "中間の実績", share: 30, fields: ["results"], review: "mid"),
                (heading: "期末の実績", share: 30, fields: ["results"], review: "end"),
                (heading: "評価と課題", share: 20, fields: ["rating", "notes"]),
            ],
            repost: "{name}{number}の再掲",
        ),
    ],
)
"#;

/// What is wrong with a form's file.
fn faults(file: &str) -> Vec<Fault> {
    match forms::read(file.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(FormReason::Unsound(faults)) => faults,
        Err(other) => panic!("{other}:\n{file}"),
    }
}

fn read(file: &str) -> Form {
    forms::read(file.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_forms_that_are_built_in_are_sound() {
    assert_eq!(faults(FORM), []);
    let forms = forms();
    assert_eq!(forms.len(), 4);
    for form in forms {
        assert_eq!(form.faults(), [], "{}", form.name);
    }
}

/// One thing is changed, and one thing is said.
#[test]
fn a_fault_is_said_with_its_place_and_what_to_do() {
    const PROJECT: &str = "階層「事業」";
    let cases = [
        ("name: \"評価表\"", "name: \" \"", "様式：様式の名前がありません。書いてください。".to_owned()),
        ("\"評価表\"", "\"評価\\n表\"", "様式：様式の名前に改行やタブ、見えない制御文字があります。一行で書き直してください。".to_owned()),
        ("key: \"end\", name: \"期末\"", "key: \"end\", name: \"中間\"", "振り返り「中間」：「中間」が二つあります。片方を別の言葉にしてください。".to_owned()),
        ("name: \"期末\"", "name: \"\"", "2 番目の振り返り：振り返りの名前がありません。書いてください。".to_owned()),
        ("key: \"vision\"", "key: \"memo\"", "計画全体の欄「将来の姿」：キー「memo」はどの項目にもあるものに使われています。別のキーにしてください。".to_owned()),
        ("kind: Text),\n    ]", "kind: Text, needed: WhenBad),\n    ]", "計画全体の欄「将来の姿」：評価が悪いときに書くことになっていますが、評価の欄がありません。いつ書くかを選び直してください。".to_owned()),
        ("name: \"政策\"", "name: \"\"", "1 番目の階層：階層の名前がありません。書いてください。".to_owned()),
        ("under: [\"policy\"]", "under: [\"policy\", \"plan\"]", format!("{PROJECT}：キー「plan」の階層がないので、その中には置けません。ある階層を選んでください。")),
        ("under: [\"policy\"]", "under: [\"policy\", \"project\"]", format!("{PROJECT}：自分自身の中に置くことになります。置く場所を直してください。")),
        ("{above}-({n})", "{above}({n})", String::new()),
        ("{above}-({n})", "{above}{n}", format!("{PROJECT}：番号の形の {{above}} と {{n}} の間に区切りがありません。「-」などを入れてください。")),
        ("{above}-({n})", "{above}-{above}-({n})", format!("{PROJECT}：番号の形に {{above}} が二つあります。片方を取ってください。")),
        ("name: \"期末\"", "name: \"期\u{202e}末\"", "振り返り「期\u{202e}末」：振り返りの名前に改行やタブ、見えない制御文字があります。一行で書き直してください。".to_owned()),
        ("{above}-({n})", "{above} {n}", format!("{PROJECT}：番号の形に空白があります。取ってください。")),
        ("{above}-({n})", "{above}-({N})", format!("{PROJECT}：番号の形の「{{N}}」は使えません。使えるのは {{n}} {{above}} です。")),
        ("pattern: \"{n}\"", "pattern: \"{above}-{n}\"", "階層「政策」：番号の形に {above} がありますが、上に番号のある階層がありません。{above} を取ってください。".to_owned()),
        ("            number: (pattern: \"{n}\"),\n", "", format!("{PROJECT}：番号の形に {{above}} がありますが、上に番号のある階層がありません。{{above}} を取ってください。")),
        ("number: (pattern: \"{n}\"),", "number: (pattern: \"{n}\"), heading: \"{titel}\",", "階層「政策」：見出しの形の「{titel}」は使えません。使えるのは {name} {number} {title} です。".to_owned()),
        ("number: (pattern: \"{n}\"),", "number: (pattern: \"{n}\"), heading: \"\",", "階層「政策」：見出しの形がありません。書いてください。".to_owned()),
        ("{name}{number}の再掲", "{title}の再掲", format!("{PROJECT}：再掲の言葉の「{{title}}」は使えません。使えるのは {{name}} {{number}} です。")),
        ("{name}{number}の再掲", "{name の再掲", format!("{PROJECT}：再掲の言葉の「{{name の再掲」は使えません。使えるのは {{name}} {{number}} です。")),
        ("key: \"cost\"", "key: \"notes\"", format!("{PROJECT}の欄「事業費」：キー「notes」が二つあります。片方を別のキーにしてください。")),
        ("heading: \"目標\"", "heading: \"　\"", format!("{PROJECT}の1 番目の欄：欄の見出しがありません。書いてください。")),
        ("short: \"実\"", "short: \"実\\t\"", format!("{PROJECT}の欄「実績」：欄の短い名前に改行やタブ、見えない制御文字があります。一行で書き直してください。")),
        ("unit: \"千円\"", "unit: \"千\\n円\"", format!("{PROJECT}の欄「事業費」：単位に改行やタブ、見えない制御文字があります。一行で書き直してください。")),
        ("judges: \"target\"", "judges: \"results\"", format!("{PROJECT}の欄「評価」：判断のもとになる欄（キー「results」）が同じ階層の目標の欄にありません。ある欄を選ぶか、選ばないでください。")),
        ("key: \"bad\"", "key: \"good\"", format!("{PROJECT}の欄「評価」の選択肢「遅れている」：キー「good」が二つあります。片方を別のキーにしてください。")),
        ("\"遅れている\"", "\"順調である\"", format!("{PROJECT}の欄「評価」の選択肢「順調である」：「順調である」が二つあります。片方を別の言葉にしてください。")),
        ("short: \"遅れ\"", "short: \"順調である\"", format!("{PROJECT}の欄「評価」の選択肢「遅れている」：「順調である」が二つあります。片方を別の言葉にしてください。")),
        ("words: \"A\"", "words: \"\"", format!("{PROJECT}の欄「目標」の1 番目の選択肢：選択肢の言葉がありません。書いてください。")),
        ("heading: \"事業名\"", "heading: \"\"", format!("{PROJECT}の1 番目の列：列の見出しがありません。書いてください。")),
        ("share: 20", "share: 0", format!("{PROJECT}の列「事業名」：列の幅が 0 です。1 から 1000 までの数にしてください。")),
        ("share: 20", "share: 1001", format!("{PROJECT}の列「事業名」：列の幅が 1001 です。1 から 1000 までの数にしてください。")),
        ("fields: [\"title\", \"owner\"]", "fields: []", format!("{PROJECT}の列「事業名」：列に何も入っていません。欄を入れるか、列を消してください。")),
        ("\"rating\", \"notes\"]", "\"rating\", \"note\"]", format!("{PROJECT}の列「評価と課題」：キー「note」の欄がこの階層にありません。ある欄を入れてください。")),
        ("\"rating\", \"notes\"]", "\"rating\", \"memo\"]", format!("{PROJECT}の列「評価と課題」：キー「memo」の欄がこの階層にありません。ある欄を入れてください。")),
        ("review: \"end\"", "review: \"mid\"", format!("{PROJECT}の列「期末の実績」：同じ欄（キー「results」）がほかの列にもあります。片方から外してください。")),
        ("\"rating\", \"notes\"]", "\"notes\", \"notes\"]", format!("{PROJECT}の列「評価と課題」：同じ欄（キー「notes」）がほかの列にもあります。片方から外してください。")),
        ("review: \"end\"", "review: \"spring\"", format!("{PROJECT}の列「期末の実績」：キー「spring」の振り返りがありません。ある振り返りを選んでください。")),
    ];
    for (from, to, said) in cases {
        let found = faults(&change(FORM.to_owned(), from, to));
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        let expected = if said.is_empty() {
            Vec::new()
        } else {
            vec![said]
        };
        assert_eq!(found, expected, "{from} -> {to}");
    }
}

#[test]
fn what_is_missing_altogether_is_said_of_the_form() {
    let wrongs = |form: &Form| -> Vec<Wrong> {
        let faults = form.faults().into_iter();
        faults.map(|fault| fault.wrong).collect()
    };
    let whole = read(FORM);
    let nothing = Form {
        name: "様式".to_owned(),
        ..Form::default()
    };
    assert_eq!(wrongs(&nothing), [Wrong::NoReviews, Wrong::NoLevels]);
    let mut nowhere = whole.clone();
    nowhere.levels[0].at_top = false;
    let unreachable = [Wrong::NoTop, Wrong::Unreachable, Wrong::Unreachable];
    assert_eq!(wrongs(&nowhere), unreachable);
    let mut headings = whole.clone();
    headings.levels[1].columns.clear();
    assert_eq!(wrongs(&headings), [Wrong::NoRows]);
    let mut alone = whole;
    alone.levels[1].under.clear();
    assert_eq!(wrongs(&alone), [Wrong::Unreachable, Wrong::NothingAbove]);
}

#[test]
fn of_two_levels_of_one_name_it_says_which() {
    let mut form = read(FORM);
    let mut again = form.levels[1].clone();
    again.under = Vec::new();
    again.at_top = true;
    form.levels.push(again);
    let [same_key, above] = form.faults().try_into().expect("two faults");
    assert_eq!(same_key.at, Place::Level(2));
    let said =
        "階層「事業」（3 番目）：キー「project」が二つあります。片方を別のキーにしてください。";
    assert_eq!(same_key.to_string(), said);
    assert_eq!(above.wrong, Wrong::NothingAbove);
}

/// Levels that stand in each other, each in the one before it.
fn chain(count: usize) -> Form {
    let whole = read(FORM);
    let mut levels = Vec::new();
    for at in 0..count {
        levels.push(Level {
            key: key(&format!("level{at}")),
            name: format!("階層{at}"),
            at_top: at == 0,
            under: at
                .checked_sub(1)
                .map(|it| key(&format!("level{it}")))
                .into_iter()
                .collect(),
            number: Numbering::default(),
            ..whole.levels[1].clone()
        });
    }
    Form { levels, ..whole }
}

#[test]
fn a_grammar_that_goes_too_deep_or_round_in_circles_is_found() {
    assert_eq!(chain(MAX_DEPTH).faults(), []);
    let [deep] = chain(MAX_DEPTH + 1).faults().try_into().expect("a fault");
    assert_eq!(
        (deep.at, deep.wrong),
        (Place::Level(MAX_DEPTH), Wrong::TooDeep)
    );
    // Three that stand in each other, and one below them that is not to blame.
    let mut circle = chain(4);
    circle.levels[0].under.push(key("level2"));
    let faults = circle.faults();
    let places: Vec<Place> = faults.iter().map(|fault| fault.at).collect();
    assert_eq!(places, [0, 1, 2].map(Place::Level));
    assert!(faults.iter().all(|fault| fault.wrong == Wrong::InItself));
}

/// Made to do harm, or by a program: refused, and soon.
#[test]
fn far_too_much_of_anything_is_found() {
    let many = |what| Wrong::TooMany { what, most: 30 };
    let faults = chain(20_000).faults();
    assert_eq!(faults[0].wrong, many("階層"));
    let mut form = read(FORM);
    let field = form.levels[1].fields[1].clone();
    form.plan = vec![field; 61];
    let column = form.levels[1].columns[0].clone();
    form.levels[1].columns = vec![column; 21];
    let review = form.reviews[0].clone();
    form.reviews = vec![review; 13];
    let found = form
        .faults()
        .into_iter()
        .filter_map(|fault| match fault.wrong {
            Wrong::TooMany { what, most } => Some((fault.at, what, most)),
            _ => None,
        });
    let found: Vec<_> = found.collect();
    let expected = [
        (Place::Form, "振り返り", 12),
        (Place::Form, "欄", 60),
        (Place::Level(1), "列", 20),
    ];
    assert_eq!(found, expected);
}

proptest! {
    /// Whatever else a form says, what is taken away is missed.
    #[test]
    fn a_sound_form_without_one_of_its_words_is_not_sound(form in arbitrary::form()) {
        prop_assert_eq!(form.faults(), []);
        for at in 0..form.levels.len() {
            let mut nameless = Form::clone(&form);
            nameless.levels[at].name.clear();
            let faults = nameless.faults();
            let of_level = faults.iter().filter(|fault| fault.at == Place::Level(at));
            prop_assert_eq!(of_level.count(), 1);
        }
    }
}

#[test]
fn a_word_of_a_form_is_no_essay() {
    let long = "あ".repeat(501);
    let found = faults(&change(FORM.to_owned(), "評価表", &long));
    let said: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["様式：様式の名前が長すぎます（500 文字まで）。短くしてください。"]
    );
}

/// However the levels of a form stand in each other, each is gone into once.
#[test]
fn what_can_never_stand_there_is_found_out_at_once() {
    let mut form = Form::clone(&plans::form());
    let every: Vec<Key> = (0..30).map(|n| key(&format!("l{n}"))).collect();
    let level = |key: &Key| Level {
        key: *key,
        under: every.clone(),
        ..form.levels[0].clone()
    };
    form.levels = every.iter().map(level).collect();
    assert_eq!(form.between(every[0], every[29]), Some(Vec::new()));
    assert_eq!(form.between(every[0], key("nowhere")), None);
}
