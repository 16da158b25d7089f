//! The real executable, on a machine without a display.

use std::{
    ffi::OsStr,
    path::Path,
    process::{Command, Output},
};

pub const EXECUTABLE: &str = env!("CARGO_BIN_EXE_furikaeri");

/// Tells the program where its local data folder is.
pub const LOCAL: &str = if cfg!(windows) {
    "LOCALAPPDATA"
} else {
    "XDG_DATA_HOME"
};

/// What a run of the program came to.
#[derive(Debug)]
pub struct Run {
    pub status: Option<i32>,
    pub output: String,
    pub errors: String,
}

pub fn run<S: AsRef<OsStr>>(arguments: &[S]) -> Run {
    finish(Command::new(EXECUTABLE).args(arguments))
}

/// Runs the program with a local data folder of its own, unless it has been given one.
pub fn finish(command: &mut Command) -> Run {
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let local = tempfile::tempdir().expect("a folder");
    if !command.get_envs().any(|(name, _)| name == LOCAL) {
        command.env(LOCAL, local.path());
    }
    let finished = command.output();
    let Output {
        status,
        stdout,
        stderr,
    } = finished.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = |bytes| String::from_utf8(bytes).expect("the program speaks UTF-8");
    Run {
        status: status.code(),
        output: text(stdout),
        errors: text(stderr),
    }
}

impl Run {
    /// It did what was asked and had nothing to say.
    pub fn assert_quiet_success(&self) {
        let said = (self.status, &*self.output, &*self.errors);
        assert_eq!(said, (Some(0), "", ""));
    }

    /// It failed with this exit status and one sentence, which holds each of `pieces`.
    pub fn assert_refused(&self, status: i32, pieces: &[&str]) {
        assert_eq!(self.status, Some(status), "{self:?}");
        assert_eq!(self.output, "", "{self:?}");
        assert_eq!(self.errors.lines().count(), 1, "one sentence: {self:?}");
        assert!(self.errors.starts_with("furikaeri: "), "{self:?}");
        assert!(self.errors.ends_with('\n'), "{self:?}");
        for piece in pieces {
            assert!(self.errors.contains(piece), "「{piece}」がない: {self:?}");
        }
    }
}

/// `export PLAN --to TARGET`, with a section or for the whole plan.
pub fn export(plan: &Path, target: &Path, section: Option<&str>) -> Run {
    let mut arguments = vec![
        OsStr::new("export"),
        plan.as_os_str(),
        OsStr::new("--to"),
        target.as_os_str(),
    ];
    if let Some(section) = section {
        arguments.extend([OsStr::new("--section"), OsStr::new(section)]);
    }
    run(&arguments)
}

/// Does something while another process is just being started, which until then has the files of
/// this one open. What is done must not panic: nobody would let the other process go on.
#[cfg(unix)]
pub fn while_a_process_starts<T>(act: impl FnOnce() -> T) -> T {
    use std::{
        io::{Read, Write, pipe},
        os::unix::process::CommandExt,
    };

    let (mut begins, says_so) = pipe().expect("a pipe");
    let (waits, mut goes_on) = pipe().expect("a pipe");
    let mut command = Command::new("true");
    let stop = move || {
        (&says_so).write_all(b".")?;
        (&waits).read_exact(&mut [0])
    };
    // SAFETY: a new process may do little before it is another program; reading and writing are
    // among it.
    unsafe { command.pre_exec(stop) };
    let starting = std::thread::spawn(move || command.status());
    begins.read_exact(&mut [0]).expect("it is being started");
    let done = act();
    goes_on.write_all(b".").expect("it waits");
    let status = starting.join().expect("no panic").expect("it starts");
    assert!(status.success());
    done
}
