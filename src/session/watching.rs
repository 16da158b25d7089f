//! The file on the disk while it is open here: who else has it open, and whether somebody else
//! has saved it. Both are looked at off the UI thread; shares report nothing by themselves.

use std::{
    path::Path,
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, SystemTime},
};

use crate::storage::{
    Fingerprint,
    lock::{self, Claim, Holder, Lock},
    watch::{Look, Watch},
};

use super::{
    Session,
    jobs::{Job, Kind},
    reports::Report,
};

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
pub(super) struct Watcher {
    _stop: Sender<()>,
}

/// What is known of the file that is open.
#[derive(Debug, Default)]
pub(super) struct Claimed {
    /// Held for as long as the file is open here.
    ours: Option<Lock>,
    /// Who else has it open.
    other: Option<Holder>,
}

/// What was seen of a file, and of which content it is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    expected: Fingerprint,
    outside: Option<Outside>,
}

/// The end of the program waits so long for a share to let the file go.
const LAST_WAIT: Duration = Duration::from_millis(500);

impl Session {
    /// What has become of the file outside of this program.
    pub fn outside(&self) -> Option<Outside> {
        self.outside
    }

    /// Who else has the file open.
    pub fn other_holder(&self) -> Option<&Holder> {
        self.claimed.other.as_ref()
    }

    /// Looks at the file from now on.
    pub(super) fn watch_file(&mut self) {
        self.watcher = None;
        let Some(home) = self.document.home() else {
            return;
        };
        if self.world.local.is_none() {
            return;
        }
        let mut watch = Watch::new(home.path.clone(), home.fingerprint);
        let (stop, stopped) = channel();
        let (news, expected) = (self.jobs.news(self.document_id), home.fingerprint);
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
                    news.send(Report::Seen(Seen { expected, outside }));
                }
            }
        });
        self.watcher = Some(Watcher { _stop: stop });
    }

    /// Looks at the file once: when she comes back to the window.
    pub(super) fn look_at_file(&mut self) {
        let Some(home) = self.document.home() else {
            return;
        };
        // Of a share that does not answer, one look that hangs is enough.
        if self.jobs.is_running(Kind::Look) {
            return;
        }
        let mut watch = Watch::new(home.path.clone(), home.fingerprint);
        let expected = home.fingerprint;
        self.start(self.begin(Kind::Look), move || {
            let outside = match watch.look(SystemTime::now()) {
                Look::Changed(_) => Some(Outside::Saved),
                Look::Gone => Some(Outside::Gone),
                Look::Same | Look::Away(_) => None,
            };
            Report::Seen(Seen { expected, outside })
        });
    }

    /// Takes what was seen, if it is still news of what is open.
    pub(super) fn on_seen(&mut self, seen: Seen) {
        let home = self.document.home();
        let is_news = home.is_some_and(|home| home.fingerprint == seen.expected);
        if is_news && !self.is_saving_home() {
            self.outside = seen.outside;
        }
    }

    /// Says beside the file that it is open here, and learns who else has it open.
    pub(super) fn claim_file(&mut self) {
        self.release_claim();
        let Some(path) = self.document.path().map(ToOwned::to_owned) else {
            return;
        };
        if self.world.local.is_none() {
            return;
        }
        let me = Holder::this(self.now.wall.timestamp());
        self.start(self.begin(Kind::Claim), move || {
            let claim = lock::claim(&path, &me);
            Report::Claimed(path, claim)
        });
    }

    pub(super) fn on_claimed(&mut self, job: &Job, path: &Path, claim: Claim) {
        if job.begin.of != self.document_id || self.document.path() != Some(path) {
            if let Claim::Ours(lock) = claim {
                self.let_go(move || release(lock));
            }
            return;
        }
        self.claimed = match claim {
            Claim::Ours(lock) => Claimed {
                ours: Some(lock),
                other: None,
            },
            Claim::PerhapsTheirs(holder) | Claim::Theirs(Some(holder)) => Claimed {
                ours: None,
                other: Some(holder),
            },
            // It is advice: where nothing can be known, nothing is said.
            Claim::Theirs(None) | Claim::Unknown(_) => Claimed::default(),
        };
    }

    /// Lets the file go, which takes a look at a share that may not answer.
    pub(super) fn release_claim(&mut self) {
        if let Some(lock) = std::mem::take(&mut self.claimed).ours {
            self.let_go(move || release(lock));
        }
    }

    /// The same at the end of the program, which nothing holds up for long.
    pub(super) fn release_claim_and_wait(&mut self) {
        if let Some(lock) = std::mem::take(&mut self.claimed).ours {
            let (done, is_done) = channel();
            thread::spawn(move || {
                release(lock);
                // Nobody waits any more where it took too long.
                let _too_late = done.send(());
            });
            // What stays is held by nobody: the next who opens the plan takes it.
            let _stays = is_done.recv_timeout(LAST_WAIT);
        }
    }
}

/// What cannot be taken away stays beside the file, held by nobody: the next who opens it takes it.
fn release(lock: Lock) {
    let _stays = lock.release();
}
