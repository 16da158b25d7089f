//! How much memory a piece of work takes at its peak: counted, not measured, so that neither the
//! system's allocator nor what else runs makes a difference.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

/// The system's allocator, which counts what each thread has.
struct Counted;

#[global_allocator]
static COUNTED: Counted = Counted;

thread_local! {
    static NOW: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    // A thread that is ending counts no more.
    let _ended = NOW.try_with(|now| {
        now.set(now.get() + bytes);
        MOST.with(|most| most.set(most.get().max(now.get())));
    });
}

// SAFETY: everything is left to the system's allocator.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: as it is asked for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: as it is asked for.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Where it has to move, both are there for a moment.
        count(size as isize);
        count(-(layout.size() as isize));
        // SAFETY: as it is asked for.
        unsafe { System.realloc(at, layout, size) }
    }
}

/// Does something on this thread, and tells how many bytes more than before it had at its peak.
pub fn peak_of<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = NOW.get();
    MOST.set(before);
    let done = work();
    let peak = MOST.get() - before;
    (done, usize::try_from(peak).unwrap_or_default())
}

#[test]
fn the_peak_is_what_was_there_at_once() {
    let (length, peak) = peak_of(|| {
        let one = vec![0_u8; 1_000_000];
        drop(one);
        let two = [vec![0_u8; 1_000_000], vec![0_u8; 500_000]];
        two.iter().map(Vec::len).sum::<usize>()
    });
    assert_eq!(length, 1_500_000);
    assert!((1_500_000..1_501_000).contains(&peak), "{peak}");
}
