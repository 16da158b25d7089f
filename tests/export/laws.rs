//! What holds for any plan, in any format.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use furikaeri::export::{
    self, Format,
    outline::Outline,
    record::{self, Columns},
    xlsx::DATA_SHEET,
};
use proptest::prelude::*;
use scraper::Html;

use crate::support::{arbitrary, awkward::as_exported};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_plan_can_be_exported_and_read_again(plan in arbitrary::plan()) {
        let options = export::Options::default();
        let write = |format| export::write(format, &plan, None, &options, &mut export::go_on);
        for format in Format::ALL {
            let written = write(format);
            prop_assert!(written.is_ok(), "{format:?}: {written:?}");
            prop_assert!(written.ok() == write(format).ok(), "{format:?} differs");
        }

        let page = write(Format::Html).expect("as above").bytes;
        let page = Html::parse_document(&String::from_utf8(page).expect("UTF-8"));
        prop_assert!(page.errors.is_empty(), "{:?}", page.errors);

        let book = write(Format::Xlsx).expect("as above").bytes;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).expect("a workbook");
        let sheet = book.worksheet_range(DATA_SHEET).expect("the sheet is there");
        let rows: Vec<Vec<String>> = sheet
            .rows()
            .skip(1)
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect();
        let (columns, outline) = (Columns::of(&plan), Outline::whole(&plan));
        let expected: Vec<Vec<String>> = record::entries(&outline)
            .iter()
            .map(|entry| {
                let cells = columns.cells(&plan, entry);
                cells.iter().map(|cell| as_exported(&cell.text)).collect()
            })
            .collect();
        prop_assert_eq!(rows, expected);
    }
}
