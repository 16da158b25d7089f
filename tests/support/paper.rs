//! Exporting in tests, and what other programs read in a PDF.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    path::Path,
    process::{Command, Output},
};

use furikaeri::{
    export::{
        csv,
        outline::Outline,
        pages::{self, Draw, Pages, Role, Tag, faces::Faces},
        pdf::{self, Options, Pdf},
    },
    plan::{Plan, Section},
};

use super::need::Need;

/// What is said of a plan, or of a section of it, that it has.
pub fn outline<'a>(plan: &'a Plan, section: Option<&str>) -> Outline<'a> {
    let section = section.map(|section| section.parse().expect("a section"));
    Outline::of(plan, section).unwrap_or_else(|error| panic!("{error}"))
}

/// A whole plan as CSV.
pub fn csv_of(plan: &Plan) -> Vec<u8> {
    csv::write(&Outline::whole(plan)).unwrap_or_else(|error| panic!("{error}"))
}

pub fn lay_out(plan: &Plan, section: Option<Section>, options: &Options) -> Pages {
    let faces = Faces::new().expect("the fonts are built in");
    let outline = Outline::within(plan, &options.scope(section));
    let outline = outline.unwrap_or_else(|error| panic!("{error}"));
    let mut go_on = |_| ControlFlow::Continue(());
    pages::lay_out(&outline, options, faces, &mut go_on).expect("nobody stops it")
}

pub fn export(plan: &Plan, options: &Options) -> Pdf {
    let mut go_on = |_| ControlFlow::Continue(());
    let outline = Outline::within(plan, &options.scope(None));
    let outline = outline.unwrap_or_else(|error| panic!("{error}"));
    pdf::write(&outline, options, &mut go_on).unwrap_or_else(|error| panic!("{error}"))
}

/// The texts of the paragraphs in the bodies of tables, in the order of the structure, which is
/// that of reading aloud.
pub fn cells(pages: &Pages) -> Vec<String> {
    let path = |mut node: usize| {
        let mut path = vec![node];
        while let Some(parent) = pages.nodes[node].parent {
            node = parent;
            path.push(node);
        }
        path.reverse();
        path
    };
    let mut texts = BTreeMap::<Vec<usize>, String>::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let (Tag::Node(node), Draw::Text(text)) = (item.tag, &item.draw) {
            let path = path(node);
            if path
                .iter()
                .any(|node| pages.nodes[*node].role == Role::TableBody)
            {
                texts.entry(path).or_default().push_str(&text.text);
            }
        }
    }
    texts.into_values().collect()
}

/// The widths of the columns of a workbook's sheet, in half-width characters, the way the file has
/// them: with the room at their sides.
pub fn column_widths(sheet: &str) -> Vec<f64> {
    let number = |column: &str, name: &str| -> Option<f64> {
        let after = column.split(&format!("{name}=\"")).nth(1)?;
        after.split('"').next()?.parse().ok()
    };
    // Neighbours of one width are one entry.
    let widths = |column: &str| {
        let [first, last, width] = ["min", "max", "width"].map(|name| number(column, name));
        let count = last.expect("a last column") - first.expect("a first column") + 1.0;
        vec![width.expect("a width"); count as usize]
    };
    sheet.split("<col ").skip(1).flat_map(widths).collect()
}

/// What a program that reads PDFs says of a file; `None` where it is not installed, which is said.
pub fn read_by(program: &str, before: &[&str], file: &Path, after: &[&str]) -> Option<String> {
    let need = match program {
        "qpdf" => Need::Qpdf,
        _ => Need::Poppler,
    };
    if !need.is_met() {
        return None;
    }
    let mut command = Command::new(program);
    let output = command.args(before).arg(file).args(after).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    Some(told(program, &output))
}

fn told(program: &str, output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {said}{complained}");
    said
}
