//! Slow work off the thread that the session lives on: opening, saving, exporting. A job says what
//! it is and which plan it is for, sends one report when it is done, and wakes the session; nothing
//! is polled while nothing runs.
//!
//! What a report does is in `reports.rs`.

use std::{
    any::Any,
    collections::BTreeMap,
    ops::ControlFlow,
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use crate::{
    export::{Progress, Step},
    storage::awaited::elsewhere,
};

use super::{
    id::DocumentId,
    reports::Report,
    world::{Hands, Wake},
};

/// Whatever touches files of others and does not answer for so many seconds is said.
pub const PATIENCE: f64 = 3.0;

/// Which of the jobs of this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(u64);

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Open,
    Save,
    /// Unsaved work is kept on this PC.
    Keep,
    /// What was kept or held is let go.
    LetGo,
    Leftovers,
    Recover,
    TakeIn,
    /// One look at the file, or whether there is one.
    Look,
    Claim,
    Backups,
    OpenBackup,
    /// What is kept on this PC is looked at, or removed.
    ListKept,
    Forget,
    Table,
    Form,
    Check,
    Export,
    Missing,
    OpenOutside,
    Printers,
    Print,
    HandOut,
    Collect,
    /// Whether a file that is to be written is there already.
    Target,
    /// The answer of the system's file dialog is waited for.
    Pick,
}

impl Kind {
    /// Whether she waits for a file that is not this program's own, which a share may withhold.
    pub(super) const fn waits_for_file(self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::Save
                | Self::Recover
                | Self::TakeIn
                | Self::Look
                | Self::Table
                | Self::Form
                | Self::Target
                | Self::Collect
        )
    }

    /// Whether it makes something that would be missed if the program ended meanwhile.
    const fn is_wanted(self) -> bool {
        matches!(self, Self::Export | Self::HandOut | Self::Print)
    }
}

/// A job under way.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: JobId,
    pub begin: Begin,
}

/// What a job is begun with.
#[derive(Debug, Clone)]
pub struct Begin {
    pub kind: Kind,
    /// For which plan.
    pub of: DocumentId,
    /// When it began, by the session's clock.
    pub since: f64,
    /// What the status line says meanwhile.
    pub says: Option<String>,
    /// How far it is, and the way to stop it.
    pub task: Option<Arc<Task>>,
}

/// How far something slow is, and whether it should stop; shared between the session and the job.
#[derive(Debug)]
pub struct Task {
    figure: AtomicUsize,
    stop: AtomicBool,
    wake: Wake,
}

impl Task {
    pub fn new(wake: Wake) -> Arc<Self> {
        Arc::new(Self {
            figure: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
            wake,
        })
    }

    /// How far an export is, from 0 to 100, or after how many seconds a save is tried again.
    pub fn figure(&self) -> usize {
        self.figure.load(Ordering::Relaxed)
    }

    /// Asks it to stop; it does so soon.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Says how far it is, in percent, and wakes the session.
    pub fn advance(&self, percent: usize) {
        if self.figure.swap(percent, Ordering::Relaxed) != percent {
            self.wake.call();
        }
    }

    /// Waits before another attempt, counting the seconds down; whether to make it.
    pub fn wait(&self, pause: Duration) -> bool {
        for left in (1..=pause.as_secs()).rev() {
            self.advance(left as usize);
            thread::sleep(Duration::from_secs(1));
            if self.is_stopped() {
                return false;
            }
        }
        self.advance(0);
        !self.is_stopped()
    }

    /// What an export calls: notes how far it is, wakes the session, and says whether to go on.
    pub fn watch(&self) -> impl FnMut(Progress) -> ControlFlow<()> + '_ {
        |Progress { step, done, of }| {
            // The two steps count as halves; nobody needs to know it better.
            let before = match step {
                Step::LayingOut => 0,
                Step::Writing => 50,
            };
            let percent = before + 50 * done.min(of) / of.max(1);
            self.advance(percent);
            if self.is_stopped() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    }
}

/// Jobs under way.
#[derive(Debug)]
pub struct Jobs {
    hands: Hands,
    wake: Wake,
    sender: Sender<Sent>,
    reports: Receiver<Sent>,
    running: BTreeMap<JobId, Job>,
    last: u64,
}

/// A report on its way.
#[derive(Debug)]
enum Sent {
    /// The last word of a job, or what it said when it broke.
    Done(JobId, Result<Report, String>),
    /// From a thread that is no job.
    News(DocumentId, Report),
}

/// The one report that every job sends, done or not: work that is dropped undone says so too.
struct LastWord {
    id: JobId,
    sender: Sender<Sent>,
    wake: Wake,
    is_said: bool,
}

impl LastWord {
    fn say(&mut self, report: Result<Report, String>) {
        self.is_said = true;
        // The session may be gone by now; then nobody waits for the report.
        let _nobody_waits = self.sender.send(Sent::Done(self.id, report));
        self.wake.call();
    }
}

impl Drop for LastWord {
    fn drop(&mut self) {
        if !self.is_said {
            self.say(Err("始められませんでした".to_owned()));
        }
    }
}

/// What came in.
#[derive(Debug)]
pub enum Received {
    Done(Job, Report),
    Broken(Job, String),
    News(DocumentId, Report),
}

/// Where a thread reports to that goes on while a plan is open: nobody waits for its end.
#[derive(Debug, Clone)]
pub struct News {
    of: DocumentId,
    sender: Sender<Sent>,
    wake: Wake,
}

impl News {
    /// Sends a report; whether anybody listens still.
    pub fn send(&self, report: Report) -> bool {
        let is_heard = self.sender.send(Sent::News(self.of, report)).is_ok();
        self.wake.call();
        is_heard
    }
}

impl Jobs {
    pub fn new(hands: Hands, wake: Wake) -> Self {
        let (sender, reports) = channel();
        Self {
            hands,
            wake,
            sender,
            reports,
            running: BTreeMap::new(),
            last: 0,
        }
    }

    /// Gives `work` to other hands.
    pub fn start(&mut self, begin: Begin, work: impl FnOnce() -> Report + Send + 'static) -> JobId {
        self.last += 1;
        let id = JobId(self.last);
        self.running.insert(id, Job { id, begin });
        let mut last_word = LastWord {
            id,
            sender: self.sender.clone(),
            wake: self.wake.clone(),
            is_said: false,
        };
        self.hands.take(Box::new(move || {
            // What panics in a library must not leave her waiting.
            let report = panic::catch_unwind(AssertUnwindSafe(|| elsewhere(work)))
                .map_err(|cause| message_of(cause.as_ref()));
            last_word.say(report);
        }));
        id
    }

    /// Where a thread reports to that goes on while the plan is open.
    pub fn news(&self, of: DocumentId) -> News {
        News {
            of,
            sender: self.sender.clone(),
            wake: self.wake.clone(),
        }
    }

    /// What runs, the oldest first.
    pub fn running(&self) -> impl DoubleEndedIterator<Item = &Job> {
        self.running.values()
    }

    pub fn is_running(&self, kind: Kind) -> bool {
        self.running().any(|job| job.begin.kind == kind)
    }

    /// What would be missed if the program ended now.
    pub fn wanted(&self) -> impl Iterator<Item = &Job> {
        self.running().filter(|job| job.begin.kind.is_wanted())
    }

    /// The jobs whose files have not answered for too long.
    pub fn stalled(&self, now: f64) -> impl Iterator<Item = &Job> {
        self.running().filter(move |job| {
            // While it counts down or advances it is not the share that is waited for.
            let is_moving = job
                .begin
                .task
                .as_ref()
                .is_some_and(|task| task.figure() > 0);
            job.begin.kind.waits_for_file() && now - job.begin.since >= PATIENCE && !is_moving
        })
    }

    /// In how many seconds a job may have to be said as stalled, at the earliest.
    pub fn may_stall_in(&self, now: f64) -> Option<f64> {
        let waiting = self.running().filter(|job| job.begin.kind.waits_for_file());
        let left = waiting.map(|job| job.begin.since + PATIENCE - now);
        left.filter(|left| *left > 0.0).min_by(f64::total_cmp)
    }

    fn receive(&mut self, sent: Sent) -> Option<Received> {
        Some(match sent {
            Sent::Done(id, report) => {
                let job = self.running.remove(&id)?;
                match report {
                    Ok(report) => Received::Done(job, report),
                    Err(why) => Received::Broken(job, why),
                }
            }
            Sent::News(of, report) => Received::News(of, report),
        })
    }

    /// The next report that has come in.
    pub fn take(&mut self) -> Option<Received> {
        let sent = self.reports.try_recv().ok()?;
        self.receive(sent)
    }

    /// Waits for the next report while anything runs, so that a test need not sleep.
    pub fn wait(&mut self) -> Option<Received> {
        if self.running.is_empty() {
            return None;
        }
        let sent = self.reports.recv().ok()?;
        self.receive(sent)
    }
}

/// What a panic said.
pub fn message_of(cause: &(dyn Any + Send)) -> String {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied());
    text.unwrap_or("原因不明").to_owned()
}
