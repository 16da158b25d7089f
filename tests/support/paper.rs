//! Exporting to PDF in tests, and what other programs read in the result.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    path::Path,
    process::{Command, Output},
};

use furikaeri::{
    export::{
        pages::{self, Draw, Pages, Part, Role, faces::Faces},
        pdf::{self, Options, Pdf},
    },
    plan::{Form, Plan, Section},
    storage::builtin,
};

use super::need::Need;

pub fn form() -> Form {
    builtin::form().expect("the form is built in")
}

pub fn lay_out(plan: &Plan, section: Option<Section>, options: &Options) -> Pages {
    let faces = Faces::new().expect("the fonts are built in");
    let mut go_on = |_| ControlFlow::Continue(());
    pages::lay_out(plan, section, &form(), options, faces, &mut go_on).expect("nobody stops it")
}

pub fn export(plan: &Plan, options: &Options) -> Pdf {
    let mut go_on = |_| ControlFlow::Continue(());
    pdf::write(plan, None, &form(), options, &mut go_on).unwrap_or_else(|error| panic!("{error}"))
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
        if let (Part::Node(node), Draw::Text(text)) = (item.part, &item.draw) {
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
