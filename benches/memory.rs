//! How much memory an export takes at its peak, each in a process of its own. The target: a plan of
//! 100,000 initiatives (100 MB) under 1 GB in every format, the plan itself included; what is counted
//! beforehand for the export alone is never less than it takes.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot run has nothing to measure, and prints what it measured"
)]

mod support {
    #[allow(dead_code, reason = "other benchmarks need more of it")]
    pub mod generate;
}

use std::{env, fs, process::Command, sync::Arc};

use furikaeri::{
    export::{self, Format, Options, outline::Outline, size},
    form::{Field, Form, Slot},
    plan::{Node, Plan},
};

use support::generate::{self, Shape};

const SIZES: [usize; 2] = [10_000, 100_000];

const SHAPES: [(&str, Shape); 4] = [
    ("usual", Shape::USUAL),
    ("flat", alone(1)),
    ("deep", alone(usize::MAX)),
    (
        "all in one",
        Shape {
            initiatives: usize::MAX,
            strategies: 1,
        },
    ),
];

/// Each initiative in a strategy of its own, so many of them in an issue.
const fn alone(strategies: usize) -> Shape {
    Shape {
        initiatives: 1,
        strategies,
    }
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match &arguments[..] {
        [format, shape, size] => export(format, shape, size.parse().expect("a number")),
        _ => all(),
    }
}

/// Exports in a process of its own for each format, shape and size.
fn all() {
    println!("format  shape       initiatives  counted MB  peak MB   file MB");
    for (shape, _) in SHAPES {
        for size in SIZES {
            for format in ["plan"]
                .into_iter()
                .chain(Format::ALL.map(Format::extension))
            {
                export_apart(format, shape, size);
            }
        }
    }
}

fn export_apart(format: &str, shape: &str, size: usize) {
    let program = env::current_exe().expect("this program has a path");
    let status = Command::new(program)
        .args([format, shape, &size.to_string()])
        .status()
        .expect("this program runs again");
    if !status.success() {
        println!("{format:<7} {shape:<11} {size:>11}   {status}");
    }
}

fn export(format: &str, shape: &str, initiatives: usize) {
    let (_, kind) = SHAPES
        .into_iter()
        .find(|(name, _)| *name == shape)
        .expect("one of the shapes");
    let plan = with_other_texts(generate::shaped(initiatives, kind));
    forget_peak();
    let options = Options::default();
    let format_of = Format::from_extension(format.as_ref());
    let outline = Outline::of(&plan, None).expect("the whole plan");
    let counted = format_of.map_or(0, |format| size::needed(format, &outline));
    drop(outline);
    let written = format_of.map(|format| {
        let exported = export::write(format, &plan, None, &options, &mut export::go_on);
        exported.map(|it| it.bytes.len())
    });
    let file = match written {
        None => "–".to_owned(),
        Some(Ok(bytes)) => megabytes(bytes),
        Some(Err(error)) => error.to_string(),
    };
    let peak = peak().map_or_else(|| "?".to_owned(), megabytes);
    let counted = megabytes(counted);
    println!("{format:<7} {shape:<11} {initiatives:>11} {counted:>9} {peak:>9} {file:>9}");
}

/// The generator repeats a few texts, which some formats would hold once: here each is another.
fn with_other_texts(plan: Plan) -> Plan {
    let mut nodes = plan.top().to_vec();
    let (about, form) = (plan.about().clone(), Arc::clone(plan.form()));
    drop(plan);
    let mut n = 0;
    nodes
        .iter_mut()
        .for_each(|node| change(node, &form, &mut n));
    Plan::new(about, form, nodes).expect("the ids differ")
}

fn change(node: &mut Arc<Node>, form: &Form, n: &mut usize) {
    let node = Arc::make_mut(node);
    if node.children.is_empty() {
        *n += 1;
        let level = form.level(node.level);
        let changed = |slot: Slot, text: &str| {
            let is_written = level.field(slot.field).is_none_or(Field::is_written);
            let mut text = if is_written {
                format!("{text}{n}")
            } else {
                text.to_owned()
            };
            text.shrink_to_fit();
            text
        };
        node.title = changed(Slot::TITLE, &node.title);
        let values = node.values.iter();
        node.values = values
            .map(|(slot, text)| (slot, changed(slot, text)))
            .collect();
    }
    for child in &mut node.children {
        change(child, form, n);
    }
}

fn megabytes(bytes: usize) -> String {
    (bytes / 1_000_000).to_string()
}

/// Lets the system count from here.
fn forget_peak() {
    // Where it cannot, making the plan is counted too.
    let _is_not_linux = fs::write("/proc/self/clear_refs", "5");
}

/// The most that this process has had in memory, where the system tells.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}
