//! Files that are no forms, or that were made to do harm: a clear sentence, and at once.

use std::io::{Cursor, Write};

use furikaeri::import::{
    book::{Book, BookError},
    returned::{self, Reason, Remark},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::support::{
    memory::peak_of,
    plans::{results, row_ids, set},
    sections::{OWNERS, Parts, form, handed_out, read},
};

fn a_form() -> Parts {
    Parts::of(&form(&handed_out(), OWNERS[0]))
}

/// A workbook with this one sheet.
fn book(sheet: &str) -> Parts {
    let mut parts = a_form();
    *parts.part("xl/worksheets/sheet1.xml") = sheet.to_owned();
    parts
}

/// Bytes that an old Excel, or one with a password, wraps around what it saves.
fn compound(streams: &[&str]) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    for stream in streams {
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    }
    bytes
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts = parts.iter();
    let parts = parts.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Parts(parts.collect()).bytes()
}

/// More than is ever unpacked, in megabytes.
const MEGABYTES: u32 = 65;

/// An archive of a part that unpacks to that.
fn bomb() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    writer
        .start_file("xl/worksheets/sheet1.xml", options)
        .expect("a part");
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..MEGABYTES {
        writer.write_all(&zeros).expect("memory");
    }
    writer.finish().expect("an archive").into_inner()
}

/// An archive that says of its large part that it is small.
fn lying_bomb(bomb: &[u8]) -> Vec<u8> {
    let mut bytes = bomb.to_vec();
    let real = (MEGABYTES * 1024 * 1024).to_le_bytes();
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, &real).collect();
    assert!(!places.is_empty(), "the size stands in the archive");
    for at in places {
        bytes[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    }
    bytes
}

/// What is unpacked of a file, and what is made of it until it is refused.
const MOST_MEMORY: usize = 150_000_000;

fn refused(bytes: &[u8]) -> BookError {
    let (read, peak) = peak_of(|| returned::read(bytes));
    assert!(peak < MOST_MEMORY, "{peak} bytes");
    match read {
        Err(Reason::Book(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_workbook_is_refused_with_a_reason() {
    let mut macros = a_form();
    macros
        .0
        .insert("xl/vbaProject.bin".to_owned(), "x".to_owned());
    let mut template = a_form();
    let types = template.part("[Content_Types].xml");
    *types = types.replace("spreadsheetml.sheet.main", "sheet.macroEnabled.main");
    let open_document = [("mimetype", "application/vnd.oasis.opendocument.spreadsheet")];
    let binary = [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.bin", "x"),
    ];
    let word = [
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", "<x/>"),
    ];
    let cases: [(Vec<u8>, BookError); 11] = [
        (Vec::new(), BookError::Empty),
        (b"%PDF-1.7".to_vec(), BookError::NotExcel),
        ("経営課題番号,経営課題\r\n".into(), BookError::NotExcel),
        (b"<html><table>".to_vec(), BookError::NotExcel),
        (
            compound(&["EncryptionInfo", "EncryptedPackage"]),
            BookError::Encrypted,
        ),
        (compound(&["Workbook"]), BookError::OldExcel),
        (macros.bytes(), BookError::Macros),
        (template.bytes(), BookError::Macros),
        (archive(&open_document), BookError::OpenDocument),
        (archive(&binary), BookError::Binary),
        (archive(&word), BookError::NotExcel),
    ];
    for (bytes, expected) in cases {
        assert_eq!(refused(&bytes), expected);
    }
}

#[test]
fn what_would_fill_the_memory_is_refused_before_it_is_unpacked() {
    let bomb = bomb();
    assert_eq!(refused(&bomb), BookError::TooLarge);
    assert_eq!(refused(&vec![b'P'; 33 * 1024 * 1024]), BookError::TooLarge);
    assert!(matches!(
        refused(&lying_bomb(&bomb)),
        BookError::Broken(_) | BookError::TooLarge | BookError::NotExcel
    ));
    let mut texts = a_form();
    texts.share(&"<si><t>a</t></si>".repeat(300_000));
    assert_eq!(refused(&texts.bytes()), BookError::TooLarge);
    let mut looks = a_form();
    let styles = looks.part("xl/styles.xml");
    *styles = styles.replace("</cellXfs>", &("<xf/>".repeat(1_300_000) + "</cellXfs>"));
    assert_eq!(refused(&looks.bytes()), BookError::TooLarge);
    let rows = "<row><c><v>1</v></c></row>".repeat(1_048_576);
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    assert_eq!(refused(&book(&sheet).bytes()), BookError::TooLarge);
}

#[test]
fn a_sheet_of_two_cells_in_far_corners_costs_two_cells() {
    let sheet = "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>\
        <row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
        <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData></worksheet>";
    let book = Book::read(&book(sheet).bytes()).expect("it is a workbook");
    assert_eq!(book.sheets[0].cells.len(), 2);
    assert_eq!(book.sheets[0].text((1_048_575, 16_383)), "2");
}

/// A workbook of so many cells that all refer to one text of 30 KB.
fn sharing(cells: u32) -> Vec<u8> {
    let mut parts = a_form();
    let number = parts.share(&format!("<si><t>{}</t></si>", "あ".repeat(10_000)));
    let row = |n: u32| format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>{number}</v></c></row>");
    let rows: String = (1..=cells).map(row).collect();
    *parts.part("xl/worksheets/sheet1.xml") =
        format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    parts.bytes()
}

#[test]
fn a_shared_text_is_shared() {
    let book = Book::read(&sharing(2_000)).expect("it is a workbook");
    let mut cells = book.sheets[0].cells.values();
    let first = cells.next().expect("a cell");
    assert!(cells.all(|cell| std::sync::Arc::ptr_eq(&cell.text, &first.text)));
}

/// Whoever reads the cells may have to keep the text of each.
#[test]
fn what_the_cells_say_together_has_an_end_though_they_share_it() {
    assert_eq!(refused(&sharing(20_000)), BookError::TooLarge);
}

#[test]
fn a_part_that_is_listed_again_and_again_is_not_read_for_ever() {
    let mut parts = a_form();
    let sheet = parts.part("xl/workbook.xml");
    let start = sheet.find("<sheet ").expect("a sheet");
    let end = start + sheet[start..].find("/>").expect("an end") + 2;
    let again = sheet[start..end].repeat(20_000);
    sheet.insert_str(end, &again);
    assert_eq!(refused(&parts.bytes()), BookError::TooLarge);
}

/// A few bytes stand for a row, and what it is about may be as long as it likes.
#[test]
fn rows_for_one_long_text_do_not_copy_it_for_ever() {
    let mut plan = handed_out();
    let id = row_ids(&plan)[0];
    let text = "長い実績。".repeat(100_000);
    plan.apply(&set(id, results(), &text)).expect("it is there");
    let mut parts = Parts::of(&form(&plan, OWNERS[0]));
    let cells: String = (0..9).map(|_| "<c/>").collect();
    let row = format!("<row>{cells}<c t=\"str\"><v>{id}</v></c></row>").repeat(20_000);
    let sheet = parts.part("xl/worksheets/sheet1.xml");
    *sheet = sheet.replace("</sheetData>", &(row + "</sheetData>"));
    assert_eq!(refused(&parts.bytes()), BookError::TooLarge);
}

#[test]
fn a_colour_is_never_longer_than_a_colour() {
    let mut parts = a_form();
    let colour = "色".repeat(10_000);
    *parts.part("xl/styles.xml") = format!(
        "<styleSheet><fonts><font><color rgb=\"{colour}\"/></font></fonts>\
         <cellXfs><xf fontId=\"0\"/></cellXfs></styleSheet>"
    );
    *parts.part("xl/worksheets/sheet1.xml") =
        "<worksheet><sheetData><row><c s=\"0\"><v>1</v></c></row></sheetData></worksheet>"
            .to_owned();
    let book = Book::read(&parts.bytes()).expect("it is a workbook");
    let cell = book.sheets[0].cells.values().next().expect("a cell");
    let colour = cell.look.ink.colour.as_ref().expect("a colour");
    assert!(colour.len() <= 9, "{} bytes", colour.len());
}

#[test]
fn entities_that_a_file_defines_are_not_expanded() {
    let sheet = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\
        <worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&b;</t></is></c></row>\
        </sheetData></worksheet>";
    assert!(matches!(
        refused(&book(sheet).bytes()),
        BookError::Broken(_)
    ));
}

#[test]
fn links_to_other_files_are_said_and_not_followed() {
    let mut parts = a_form();
    let link = "xl/externalLinks/externalLink1.xml".to_owned();
    parts.0.insert(link, "<externalLink/>".to_owned());
    assert_eq!(read(&parts.bytes()).remarks, [Remark::Links]);
}

#[test]
fn a_damaged_form_is_refused_or_read_and_never_breaks_the_program() {
    let bytes = a_form().bytes();
    for cut in (0..bytes.len()).step_by(997) {
        assert!(returned::read(&bytes[..cut]).is_err(), "{cut}");
    }
    for at in (0..bytes.len()).step_by(301) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let _read_or_refused = returned::read(&damaged).map(drop);
    }
}
