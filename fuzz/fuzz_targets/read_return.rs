//! A workbook that came back, one part of its workbook replaced by anything: refused with a reason, or
//! taken in, and the plan can be saved.
#![no_main]

use std::{
    collections::BTreeSet,
    io::{Cursor, Read, Write},
    sync::LazyLock,
};

use furikaeri::{
    export::handout::{self, Options},
    import::{
        returned,
        table::{self, Mapping, Table},
    },
    plan::{Plan, handout as rounds},
    storage::format,
};
use jiff::civil::Date;
use libfuzzer_sys::fuzz_target;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

#[path = "../../tests/support/plans.rs"]
#[allow(dead_code, reason = "the tests need more of it")]
mod plans;

const OWNER: &str = "防災担当";
/// What has something to read in it; the first byte chooses among these.
const PARTS: [&str; 6] = [
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
];

static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    let plan = plans::small();
    let ids = plans::ids(&plan);
    let edit = rounds::assign(&plan, &ids, OWNER);
    let plan = plans::after(&plan, &[edit]);
    let round = plan.round().clone();
    let day = Date::constant(2021, 11, 1);
    let round = round.handed_out(&[OWNER.to_owned()], day, None, plans::id(0xF0));
    plan.with_round(round)
});

/// The parts of the workbook that was handed out.
static PARTS_OF_BOOK: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let bytes = handout::write(&PLAN, OWNER, &Options::default()).expect("a workbook");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("it is unpacked");
        parts.push((name, bytes));
    }
    parts
});

fn with_part(name: &str, replaced: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (part, bytes) in PARTS_OF_BOOK.iter() {
        let bytes = if part == name { replaced } else { bytes };
        writer.start_file(part.as_str(), stored).expect("a part");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("an archive").into_inner()
}

fn assert_can_be_saved(plan: &Plan) {
    let written = format::write(plan).expect("what was taken in can be written");
    format::verify(&written, plan).expect("and is read back the same");
}

fuzz_target!(|input: &[u8]| {
    let Some((which, replaced)) = input.split_first() else {
        return;
    };
    let bytes = with_part(PARTS[usize::from(*which) % PARTS.len()], replaced);
    if let Ok(returned) = returned::read(&bytes) {
        let yes: BTreeSet<usize> = (0..returned.questions.len()).collect();
        for answers in [BTreeSet::new(), yes] {
            if let Ok(merged) = returned.merge_into(&PLAN, &answers) {
                assert_can_be_saved(merged.plan());
            }
        }
        for question in &returned.questions {
            assert!(!question.doubt.in_words(&returned.base).is_empty());
        }
    }
    if let Ok(table) = Table::read(&bytes, None) {
        let form = plans::form();
        let mapping = Mapping::guess(&table, &form);
        if let Ok(taken) = table::plan(&table, &mapping, plans::about_in(&form), &form) {
            assert_can_be_saved(&taken.plan);
        }
    }
});
