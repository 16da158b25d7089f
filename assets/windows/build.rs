//! Gives the Windows program its icon, its version information and its manifest.

#![allow(
    clippy::print_stdout,
    reason = "this is how a build script speaks to Cargo"
)]

use std::process::ExitCode;

const ICON: &str = "assets/icon/furikaeri.ico";
const MANIFEST: &str = "assets/windows/furikaeri.manifest";

/// Japanese (Japan), the language of the texts below.
const JAPANESE: u16 = 0x0411;

fn main() -> ExitCode {
    for path in ["assets/windows/build.rs", ICON, MANIFEST] {
        println!("cargo:rerun-if-changed={path}");
    }
    // `cfg!` would tell the machine that builds; only the target counts, it may be another one.
    if std::env::var_os("CARGO_CFG_TARGET_OS").is_none_or(|os| os != "windows") {
        return ExitCode::SUCCESS;
    }
    // Relative to the project's folder, where the resource compiler looks. Its name on other
    // systems than Windows is x86_64-w64-mingw32-windres; winresource derives it from the target,
    // and the variable WINDRES overrides it.
    let embedded = winresource::WindowsResource::new()
        .set_language(JAPANESE)
        .set("ProductName", "furikaeri")
        .set("FileDescription", "振り返り")
        .set("InternalName", "furikaeri")
        .set("OriginalFilename", "furikaeri.exe")
        .set("LegalCopyright", "© 2026 The furikaeri contributors")
        .set_icon(ICON)
        .set_manifest_file(MANIFEST)
        .compile();
    match embedded {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!(
                "cargo::error=the icon and the manifest cannot be built into furikaeri.exe: \
                 {error}; is a resource compiler (windres or rc.exe) installed?"
            );
            ExitCode::FAILURE
        }
    }
}
