//! What is read of other programs' files, which may be made to do harm.

use std::{fmt::Write, hint::black_box};

use furikaeri::{
    export::handout,
    import::{
        book::Book,
        returned,
        table::{Mapping, Table, plan},
    },
    plan::{Edit, Id, Plan, handout::assign},
    storage::format,
};

use crate::{
    counted::{Ready, Work, assert_all_grow_with_their_size},
    plans::{self, about_in},
    sections::{self, Parts},
    shapes::{Shape, id_of},
};

const OWNER: &str = "総務課";

fn work(name: &str, prepare: fn(u64) -> Ready) -> Work {
    Work {
        name: name.to_owned(),
        prepare: Box::new(prepare),
    }
}

#[test]
fn reading_workbooks() {
    let works = vec![
        work("as many formats as looks", |size| {
            let mut parts = form(&handed_out(Shape::AllInOne, 1));
            let format = |n: u64| format!("<numFmt numFmtId=\"{}\" formatCode=\"0.0\"/>", n + 200);
            let formats: String = (0..size).map(format).collect();
            let look = format!("<xf numFmtId=\"{}\"/>", size + 199).repeat(count(size));
            *parts.part("xl/styles.xml") = format!(
                "<styleSheet><numFmts>{formats}</numFmts><cellXfs>{look}</cellXfs></styleSheet>"
            );
            reading_book(&parts)
        }),
        work("an element with many attributes", |size| {
            let mut parts = form(&handed_out(Shape::AllInOne, 1));
            let mut attributes = String::new();
            for n in 0..10 * size {
                write!(attributes, " a{n}=\"\"").expect("memory");
            }
            *parts.part("xl/styles.xml") =
                format!("<styleSheet><cellXfs><xf{attributes}/></cellXfs></styleSheet>");
            reading_book(&parts)
        }),
        work("a table in which each repeats the one before", |size| {
            let mut text = "具体的取組,取組番号,再掲元\r\n".to_owned();
            for n in 1..=size {
                write!(text, "取組,{n},1-{}\r\n", n - 1).expect("memory");
            }
            reading_table(text)
        }),
        work("a table in which all bear and repeat one number", |size| {
            let head = "具体的取組,取組番号,再掲元\r\n";
            reading_table(head.to_owned() + &"取組,1,1-1\r\n".repeat(count(size)))
        }),
        work("a table of issues", |size| {
            let mut text = "経営課題,具体的取組\r\n".to_owned();
            for n in 1..=size {
                write!(text, "課題{n},取組\r\n").expect("memory");
            }
            reading_table(text)
        }),
    ];
    assert_all_grow_with_their_size("imports::reading_workbooks", 1_000, works);
}

#[test]
fn reading_forms_that_came_back() {
    let works = vec![
        work("rows that have lost what they are known by", |size| {
            let mut parts = form(&handed_out(Shape::AllInOne, size));
            let shared = parts.part("xl/sharedStrings.xml");
            for n in 0..size {
                *shared = shared.replacen(&id_of(n).to_string(), "-", 1);
            }
            *shared = shared
                .replace("<t>１－１－", "<t>９－")
                .replace("<t>取組", "<t>催し");
            reading_return(&parts)
        }),
        work("rows in another order", |size| {
            let plan = handed_out(Shape::AllInOne, size);
            let mut parts = form(&plan);
            let first = sections::row_of(&parts.bytes(), id_of(0));
            let rows = u32::try_from(size).expect("it is no longer than that");
            for n in 0..rows / 2 {
                parts.swap_rows(first + n, first + rows - 1 - n);
            }
            reading_return(&parts)
        }),
        work("rows of many strategies", |size| {
            reading_return(&form(&handed_out(Shape::Deep, size)))
        }),
        work("headings without their columns", |size| {
            let mut parts = form(&handed_out(Shape::AllInOne, 1));
            let cell = |text: &str| format!("<c t=\"str\"><v>{text}</v></c>");
            let [number, title, other] = ["番号", "具体的取組", "ほか"].map(cell);
            let rows = format!("<row>{number}{title}</row><row>{other}</row>");
            let rows = rows.repeat(count(size)) + "</sheetData>";
            let sheet = parts.part("xl/worksheets/sheet1.xml");
            *sheet = sheet.replace("</sheetData>", &rows);
            reading_return(&parts)
        }),
        work("a file of its own without anything", |size| {
            let plan = handed_out(Shape::AllInOne, size);
            let bytes = handout::write_extract(&plan, OWNER).expect("a file");
            let mut plan = format::read(&bytes).expect("a plan");
            let ids = (0..size).map(id_of);
            let edit = Edit::Group(ids.map(|id| Edit::Remove { id }).collect());
            plan.apply(&edit).expect("they are there");
            reading(format::write(&plan).expect("a file"))
        }),
    ];
    assert_all_grow_with_their_size("imports::reading_forms_that_came_back", 100, works);
}

fn count(size: u64) -> usize {
    usize::try_from(size).expect("it is no longer than that")
}

/// A plan of one section, handed out.
fn handed_out(shape: Shape, size: u64) -> Plan {
    let mut plan = shape.plan(size);
    let ids: Vec<Id> = (0..size).map(id_of).collect();
    let edit = assign(&plan, &ids, OWNER);
    plan.apply(&edit).expect("they are there");
    let round = plan.round().clone();
    let round = round.handed_out(&[OWNER.to_owned()], sections::DAY, None, id_of(0));
    plan.with_round(round)
}

fn form(plan: &Plan) -> Parts {
    Parts::of(&sections::form(plan, OWNER))
}

fn reading_book(parts: &Parts) -> Ready {
    let bytes = parts.bytes();
    Box::new(move || drop(black_box(Book::read(&bytes).expect("a workbook"))))
}

fn reading_table(text: String) -> Ready {
    let form = plans::form();
    Box::new(move || {
        let table = Table::read(text.as_bytes(), None).expect("a table");
        let mapping = Mapping::guess(&table, &form);
        let taken = plan(&table, &mapping, about_in(&form), &form).expect("a plan");
        black_box(taken.unclear.len());
    })
}

fn reading_return(parts: &Parts) -> Ready {
    reading(parts.bytes())
}

/// Reads a return, and answers every question with yes.
fn reading(bytes: Vec<u8>) -> Ready {
    Box::new(move || {
        let returned = returned::read(&bytes).expect("a form");
        let yes = (0..returned.questions.len()).collect();
        black_box(returned.plan(&yes));
    })
}
