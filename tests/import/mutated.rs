//! Forms as anything may have changed them on their way: read or refused, never a panic, and never
//! more memory than a form can be worth.

use std::{
    collections::BTreeSet,
    io::{Cursor, Write},
    sync::LazyLock,
};

use furikaeri::import::{
    returned,
    table::{Mapping, Table},
};
use proptest::{collection::vec, prelude::*, sample::Index};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::support::{
    memory::peak_of,
    sections::{OWNERS, Parts, form, handed_out},
};

/// Of a file of some 20 KB, however it is changed below.
const MOST_MEMORY: usize = 150_000_000;

/// The parts of a form that was handed out and filled in with Excel's ways of saying things.
static FORM: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let mut parts = Parts::of(&form(&handed_out(), OWNERS[0]));
    parts.type_in("E9", "・訓練：３回\n・会議：１回");
    let pieces = "<si><r><rPr><strike/><color rgb=\"FFFF0000\"/></rPr><t>中止</t></r>\
        <r><t xml:space=\"preserve\"> した_x000D_\n&amp;</t></r><rPh sb=\"0\" eb=\"1\"><t>ちゅうし</t></rPh></si>";
    let shared = parts.share(pieces);
    parts.set("H9", "t=\"s\"", &format!("<v>{shared}</v>"));
    parts.set("E10", "", "<f>1+1</f><v>2</v>");
    let parts = parts.0.into_iter();
    parts
        .map(|(name, text)| (name, text.into_bytes()))
        .collect()
});

/// What happens to a part.
#[derive(Debug, Clone)]
enum Change {
    Flip(Index, u8),
    Cut(Index, usize),
    Repeat(Index, usize, usize),
    Put(Index, &'static str),
    End(Index),
}

/// What XML and workbooks are made of, where nobody expects it.
const PIECES: [&str; 18] = [
    "<",
    ">",
    "</c>",
    "<row>",
    "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
    "<c t=\"s\"><v>0</v></c>",
    "<c t=\"s\"><v>4294967296</v></c>",
    "<c t=\"inlineStr\"><is><t>",
    "<c s=\"99999999\"><v>1e400</v></c>",
    "<xf numFmtId=\"14\" fontId=\"-1\"/>",
    "<numFmt numFmtId=\"200\" formatCode=\"[[[&quot;\\\\\"/>",
    "<color rgb=\"赤\" theme=\"2\"/>",
    "<sheet name=\"記入\" sheetId=\"1\" r:id=\"rId1\"/>",
    "<Relationship Id=\"rId1\" Type=\"/comments\" Target=\"../../../xl/workbook.xml\"/>",
    "&unknown;",
    "&#xD800;",
    "<![CDATA[",
    "<!-- ",
];

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        4 => (at(), any::<u8>()).prop_map(|(at, bits)| Change::Flip(at, bits)),
        2 => (at(), 1..400_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        2 => (at(), 1..400_usize, 2..300_usize)
            .prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
        4 => (at(), prop::sample::select(&PIECES[..])).prop_map(|(at, piece)| Change::Put(at, piece)),
        1 => at().prop_map(Change::End),
    ]
}

impl Change {
    fn make(&self, part: &mut Vec<u8>) {
        if part.is_empty() {
            return;
        }
        let length = part.len();
        let range = |at: &Index, most: usize| {
            let at = at.index(length);
            at..length.min(at + most)
        };
        match self {
            Self::Flip(at, bits) => part[at.index(length)] ^= bits,
            Self::Cut(at, most) => drop(part.drain(range(at, *most))),
            Self::Repeat(at, most, times) => {
                let range = range(at, *most);
                let again = part[range.clone()].repeat(*times);
                part.splice(range, again);
            }
            Self::Put(at, piece) => {
                let at = at.index(length);
                part.splice(at..at, piece.bytes());
            }
            Self::End(at) => part.truncate(at.index(length)),
        }
    }
}

fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default();
        writer.start_file(name.as_str(), options).expect("a part");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("an archive").into_inner()
}

/// Everything that is done with a form that came back, whatever it says.
fn take_in(bytes: &[u8]) {
    let plan = handed_out();
    if let Ok(returned) = returned::read(bytes) {
        let yes: BTreeSet<usize> = (0..returned.questions.len()).collect();
        for question in &returned.questions {
            assert!(!question.doubt.in_words(&returned.base).is_empty());
        }
        for remark in &returned.remarks {
            assert!(remark.to_string().chars().count() < 200);
        }
        returned.plan(&yes);
        for remark in returned.remarks_in(&plan) {
            assert!(remark.to_string().chars().count() < 200);
        }
        let _merged = returned.merge_into(&plan, &yes);
    }
    if let Ok(table) = Table::read(bytes, None) {
        let mapping = Mapping::guess(&table, plan.form());
        let about = plan.about().clone();
        let _taken = furikaeri::import::table::plan(&table, &mapping, about, plan.form());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_changed_form_is_read_or_refused(changes in vec((any::<Index>(), change()), 1..6)) {
        let mut parts = FORM.clone();
        for (part, change) in &changes {
            let part = part.index(parts.len());
            change.make(&mut parts[part].1);
        }
        let bytes = archive(&parts);
        let ((), peak) = peak_of(|| take_in(&bytes));
        prop_assert!(peak < MOST_MEMORY, "{} bytes", peak);
    }
}

/// What is changed above is a form that can be taken in.
#[test]
fn an_unchanged_form_is_read() {
    let returned = returned::read(&archive(&FORM)).expect("a form");
    assert!(returned.questions.is_empty(), "{:?}", returned.questions);
    assert!(!returned.remarks.is_empty());
}
