//! Counting the instructions that a piece of work takes.
//!
//! A test runs itself once more, under valgrind, and there does its work of two sizes; valgrind
//! counts what happens within [`measured`] and nothing else. The counts are those of an unoptimised
//! build and say nothing about speed.

use std::{
    env, fs,
    path::Path,
    process::{Command, ExitStatus},
};

use crate::need::Need;

/// Set for the run that is counted.
const COUNTED: &str = "FURIKAERI_COUNTED";
/// Four times as much may take so many times the work. What grows with n log n takes 5.4 times as much
/// from 60 to 240, what grows with the square 16 times.
const MOST: f64 = 6.5;

/// Something that is done once, when all it needs is there.
pub type Ready = Box<dyn FnMut()>;

/// A kind of work, made ready in any size.
pub struct Work {
    pub name: String,
    pub prepare: Box<dyn Fn(u64) -> Ready>,
}

/// What is counted: valgrind knows it by its name.
#[inline(never)]
fn measured(work: &mut dyn FnMut()) {
    work();
}

/// Has all of this work done in two sizes, the second four times the first, and complains of what grows faster than it should.
/// `test` is the name of the test that calls it.
pub fn assert_all_grow_with_their_size(test: &str, smaller: u64, works: Vec<Work>) {
    let sizes = [smaller, 4 * smaller];
    if env::var_os(COUNTED).is_some() {
        for work in &works {
            for size in sizes {
                let mut ready = (work.prepare)(size);
                measured(&mut *ready);
            }
        }
        return;
    }
    if !Need::Valgrind.is_met() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let status = run_counted(test, folder.path()).expect("valgrind can be run");
    assert!(status.success(), "the run that is counted: {status}");
    let mut fast = Vec::new();
    let mut report = String::new();
    for (n, work) in works.iter().enumerate() {
        let [small, large] = [2 * n + 1, 2 * n + 2].map(|n| instructions(folder.path(), n));
        let growth = large as f64 / small as f64;
        let line = format!("{:>6.2} {small:>12} {large:>13}  {}\n", growth, work.name);
        report.push_str(&line);
        if growth >= MOST {
            fast.push(line);
        }
    }
    println!("{report}");
    assert!(fast.is_empty(), "these grow too fast:\n{}", fast.concat());
}

fn run_counted(test: &str, folder: &Path) -> std::io::Result<ExitStatus> {
    Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind", "--collect-atstart=no"])
        .args([
            "--toggle-collect=*counted::measured",
            "--dump-after=*counted::measured",
        ])
        .arg(format!(
            "--callgrind-out-file={}",
            folder.join("counted").display()
        ))
        .arg(env::current_exe()?)
        .args([test, "--exact", "--test-threads=1"])
        .env(COUNTED, "1")
        .status()
}

/// The instructions of the nth time that something was measured.
fn instructions(folder: &Path, n: usize) -> u64 {
    let path = folder.join(format!("counted.{n}"));
    let counted = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let mut lines = counted.lines();
    let total = lines.find_map(|line| {
        line.strip_prefix("summary: ")
            .or(line.strip_prefix("totals: "))
    });
    let total = total.unwrap_or_else(|| panic!("{path:?} has no total"));
    total.trim().parse().expect("a number of instructions")
}
