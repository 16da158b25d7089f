//! The file on the disk while it is open here: who else has it open, and whether somebody else
//! has saved it. Both are looked at off the UI thread; shares report nothing by themselves.

use std::{
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, SystemTime},
};

use jiff::Timestamp;

use crate::storage::{
    Fingerprint,
    lock::{self, Claim, Holder, Lock},
    watch::{Look, Watch},
};

use super::{App, jobs::Report};

/// How often the file is looked at.
const PAUSE: Duration = Duration::from_secs(5);

/// What has become of the file since it was opened or saved here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// Somebody else has saved it.
    Saved,
    /// It was moved, renamed or deleted.
    Gone,
}

/// A thread that looks at the file. Dropping this ends it.
#[derive(Debug)]
pub struct Watcher {
    _stop: Sender<()>,
}

/// What is known of the file that is open.
#[derive(Debug, Default)]
pub struct Claimed {
    /// Held for as long as the file is open here.
    _ours: Option<Lock>,
    /// Who else has it open.
    pub other: Option<Holder>,
}

impl App {
    /// Looks at the file from now on, and says that it is open here.
    pub(super) fn watch_file(&mut self, ctx: &egui::Context) {
        self.watcher = None;
        let Some(home) = self.document.home() else {
            return;
        };
        if self.keeper.local.is_none() {
            return;
        }
        let mut watch = Watch::new(home.path.clone(), home.fingerprint);
        let (stop, stopped) = channel();
        let (news, expected) = (self.jobs.news(ctx), home.fingerprint);
        thread::spawn(move || {
            let mut is_away = false;
            while stopped.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                let outside = match watch.look(SystemTime::now()) {
                    Look::Changed(_) => Some(Outside::Saved),
                    Look::Gone => Some(Outside::Gone),
                    Look::Same => None,
                    // A share that is away for a moment is no news.
                    Look::Away(_) => continue,
                };
                if outside.is_some() != is_away {
                    is_away = outside.is_some();
                    news.send(Report::Outside(expected, outside));
                }
            }
        });
        self.watcher = Some(Watcher { _stop: stop });
    }

    /// Looks at the file once, off the UI thread: when she comes back to the window.
    pub fn look_at_file(&mut self, ctx: &egui::Context) {
        let Some(home) = self.document.home() else {
            return;
        };
        let mut watch = Watch::new(home.path.clone(), home.fingerprint);
        let expected = home.fingerprint;
        self.jobs.start(ctx, move || {
            let outside = match watch.look(SystemTime::now()) {
                Look::Changed(_) => Some(Outside::Saved),
                Look::Gone => Some(Outside::Gone),
                Look::Same | Look::Away(_) => None,
            };
            Report::Outside(expected, outside)
        });
    }

    /// Takes what was seen, if it is still about what is open.
    pub(super) fn saw_outside(&mut self, expected: Fingerprint, outside: Option<Outside>) {
        let is_current = self
            .document
            .home()
            .is_some_and(|home| home.fingerprint == expected);
        if is_current && !self.saving {
            self.outside = outside;
        }
    }

    /// Says beside the file that it is open here, and learns who else has it open.
    pub(super) fn claim_file(&mut self, ctx: &egui::Context) {
        self.claimed = Claimed::default();
        let Some(path) = self.document.path().map(ToOwned::to_owned) else {
            return;
        };
        if self.keeper.local.is_none() {
            return;
        }
        self.jobs.start(ctx, move || {
            let claim = lock::claim(&path, &Holder::this(Timestamp::now()));
            Report::Claimed(path, claim)
        });
    }

    pub(super) fn was_claimed(&mut self, path: &std::path::Path, claim: Claim) {
        if self.document.path() != Some(path) {
            return;
        }
        self.claimed = match claim {
            Claim::Ours(lock) => Claimed {
                _ours: Some(lock),
                other: None,
            },
            Claim::PerhapsTheirs(holder) | Claim::Theirs(Some(holder)) => Claimed {
                _ours: None,
                other: Some(holder),
            },
            // It is advice: where nothing can be known, nothing is said.
            Claim::Theirs(None) | Claim::Unknown(_) => Claimed::default(),
        };
    }
}
