//! The console of a Windows program that has none.
//!
//! The program belongs to the "windows" subsystem, so that no console stands behind its window.
//! What a command prints reaches somebody only if the program goes to the console it was called
//! from.
#![expect(
    unsafe_code,
    reason = "the console is reached through Windows' own functions"
)]

use windows_sys::Win32::{
    Foundation::HANDLE,
    Storage::FileSystem::{FILE_TYPE_UNKNOWN, GetFileType},
    System::Console::{
        ATTACH_PARENT_PROCESS, AttachConsole, GetConsoleMode, GetStdHandle, STD_ERROR_HANDLE,
        STD_HANDLE, STD_OUTPUT_HANDLE, SetStdHandle,
    },
};

/// Lets standard output and standard error reach the console this program was called from.
///
/// What was redirected to a file or a pipe still goes there. Without a console, as when the
/// program was started from the desktop, nothing happens.
///
/// Not for the window: closing the console would end it, unsaved work and all.
pub fn attach() {
    let before = [STD_OUTPUT_HANDLE, STD_ERROR_HANDLE].map(|stream| (stream, redirected(stream)));
    // SAFETY: takes no memory of ours; without a console to attach to it fails and says so.
    if unsafe { AttachConsole(ATTACH_PARENT_PROCESS) } == 0 {
        return;
    }
    // Attaching may have pointed redirected streams at the console, too.
    for (stream, handle) in before {
        if let Some(handle) = handle {
            // SAFETY: the handle was this stream's a moment ago and nobody has closed it. The
            // standard library asks for the handle at every write, so none is held elsewhere.
            unsafe { SetStdHandle(stream, handle) };
        }
    }
}

/// The handle of a stream that leads to a file, a pipe or a device: not a console, not nowhere.
fn redirected(stream: STD_HANDLE) -> Option<HANDLE> {
    let mut mode = 0;
    // SAFETY: `mode` outlives the call that writes to it, and a handle that is absent or not
    // valid makes these calls fail, nothing worse.
    unsafe {
        let handle = GetStdHandle(stream);
        let leads_elsewhere =
            GetFileType(handle) != FILE_TYPE_UNKNOWN && GetConsoleMode(handle, &mut mode) == 0;
        leads_elsewhere.then_some(handle)
    }
}
