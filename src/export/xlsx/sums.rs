//! What amounts add up to, as formulas over the sheet that programs read: who corrects an amount
//! there has the right sums at once.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Formula, Worksheet, XlsxError, utility::column_number_to_name};

use crate::{
    export::{
        outline::{Outline, Part, counts::TOTAL},
        record::{Column, Fact},
        text::printable,
    },
    plan::{Id, Sum, Sums},
};

use super::{
    DATA_SHEET,
    data::{Places, Rows},
    sheet::{self, Looks},
};

/// In half-width characters.
const NAME_WIDTH: f64 = 50.0;
const SUM_WIDTH: f64 = 18.0;

/// Fills the sheet. Nothing is said where the form has no amounts.
pub fn fill(
    sheet: &mut Worksheet,
    outline: &Outline<'_>,
    places: &Places,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let Some(table) = outline.sums() else {
        return Ok(());
    };
    sheet.set_column_width(0, NAME_WIDTH)?;
    sheet::write_text(sheet, (0, 0), &printable(&table.caption), &looks.title)?;
    let note = format!("「{DATA_SHEET}」のシートから計算しています。");
    sheet::write_text(sheet, (1, 0), &note, &looks.subtitle)?;
    sheet::write_text(sheet, (2, 0), &printable(&table.names), &looks.data_head)?;
    for (name, column) in table.columns.iter().zip(1..) {
        sheet.set_column_width(column, SUM_WIDTH)?;
        sheet::write_text(sheet, (2, column), &printable(name), &looks.data_head)?;
    }
    let mut row = 3;
    let mut line = |name: &str, sums: &Sums, rows: Option<Rows>| -> Result<(), XlsxError> {
        let name = printable(name).replace('\n', " ");
        sheet::write_text(sheet, (row, 0), &name, looks.data.of(&name))?;
        for (sum, column) in said(outline, sums).zip(1..) {
            let formula = Formula::new(formula(outline, places, sum, rows));
            let formula = formula.set_result(result(sum.total));
            sheet.write_formula_with_format(row, column, formula, &looks.sum)?;
        }
        row += 1;
        Ok(())
    };
    if !table.lines.is_empty() {
        for part in &outline.parts {
            if let Part::Chapter(chapter) = part {
                let top = chapter.entry.node.id;
                let sums = sums_of(outline, Some(top));
                line(&chapter.heading, &sums, places.by_top.get(&top).copied())?;
            }
        }
    }
    line(TOTAL, &sums_of(outline, None), places.all)?;
    if let Some(unread) = &table.unread {
        sheet::write_text(sheet, (row, 0), unread, &looks.subtitle)?;
    }
    sheet.set_freeze_panes(3, 0)?;
    sheet::set_up_print(sheet, 2)
}

/// What the rows add up to: all of them, or those in a node at the top.
fn sums_of(outline: &Outline<'_>, top: Option<Id>) -> Sums {
    let is_meant = |id: Id| top.is_none_or(|top| top == id);
    let rows = outline.rows().filter(|row| is_meant(row.entry.top().id));
    Sums::of_nodes(outline.plan(), rows.map(|row| row.entry.node))
}

/// The sums that are said, in the order of the outline's columns.
fn said<'a>(outline: &Outline<'_>, sums: &'a Sums) -> impl Iterator<Item = &'a Sum> {
    let review = outline.plan().review();
    sums.iter()
        .filter(move |sum| sum.slot.review.is_none_or(|it| it == review))
}

/// `=SUM(データ!$K$2:$K$9)`: of every column in which such an amount stands.
fn formula(outline: &Outline<'_>, places: &Places, sum: &Sum, rows: Option<Rows>) -> String {
    let (plan, form) = (outline.plan(), outline.form());
    let name = &form.level(sum.level).name;
    let is_meant = |column: &Column| match column.fact {
        Fact::Answer { field, review, .. } => {
            let review = review.unwrap_or(plan.review());
            field == sum.slot.field
                && sum.slot.review.is_none_or(|it| it == review)
                && column.levels().any(|level| form.level(level).name == *name)
        }
        Fact::Number(_) | Fact::Title(_) | Fact::Owner | Fact::Repost => false,
    };
    let columns = places.columns.iter().zip(0..);
    let columns = columns.filter(|(column, _)| is_meant(column));
    let ranges = columns.filter_map(|(_, place)| {
        let (column, rows) = (column_number_to_name(place), rows?);
        let (first, last) = (u64::from(rows.first) + 1, u64::from(rows.last) + 1);
        Some(format!("{DATA_SHEET}!${column}${first}:${column}${last}"))
    });
    let ranges: Vec<String> = ranges.collect();
    match &ranges[..] {
        [] => "=0".to_owned(),
        ranges => format!("=SUM({})", ranges.join(",")),
    }
}

/// What a spreadsheet shows before it calculates.
fn result(total: Decimal) -> String {
    total.normalize().to_string()
}
