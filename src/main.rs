//! The program: reads the command line, then opens the window or runs one headless command.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::ExitCode;

use furikaeri::cli::{self, Request};

fn main() -> ExitCode {
    let request = match cli::parse(std::env::args_os().skip(1)) {
        Ok(request) => request,
        Err(error) => {
            cli::complain(&error);
            return ExitCode::from(2);
        }
    };
    match request {
        Request::Help => cli::say(cli::HELP.trim_end()),
        Request::Version => cli::say(concat!("furikaeri ", env!("CARGO_PKG_VERSION"))),
        Request::Export { plan, to, section } => return cli::run_headless(&plan, &to, section),
        Request::Window { .. } => {}
    }
    ExitCode::SUCCESS
}
