//! Long work off the frame's thread: each piece in a named thread, its result picked up between frames.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::services::Services;

/// A piece of work under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(u64);

/// How far a piece of work has come, and whether it shall go on; shared with its thread.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Steps>);

#[derive(Debug, Default)]
struct Steps {
    done: AtomicUsize,
    of: usize,
    cancelled: AtomicBool,
}

impl Progress {
    /// Of so many steps, none done yet.
    #[must_use]
    pub fn of(steps: usize) -> Self {
        Self(Arc::new(Steps { of: steps, ..Steps::default() }))
    }

    /// One more is done.
    pub fn step(&self) {
        self.0.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Which part is done.
    #[must_use]
    pub fn part(&self) -> f64 {
        self.0.done.load(Ordering::Relaxed) as f64 / self.0.of.max(1) as f64
    }

    /// Calls the work off; it stops at its next step.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }
}

/// Work under way, and the results that have come in.
pub struct Tasks<T> {
    services: Services,
    next: u64,
    running: Vec<(TaskId, String, Option<Progress>)>,
    sender: Sender<(TaskId, Option<T>)>,
    receiver: Receiver<(TaskId, Option<T>)>,
    /// Whether some work ended without a result since that was last asked.
    has_failed: bool,
}

impl<T: Send + 'static> Tasks<T> {
    /// Nothing under way.
    #[must_use]
    pub fn new(services: Services) -> Self {
        let (sender, receiver) = channel();
        Self { services, next: 0, running: Vec::new(), sender, receiver, has_failed: false }
    }

    /// Starts a piece of work under a name that people can read.
    pub fn start(&mut self, name: String, work: impl FnOnce() -> T + Send + 'static) -> TaskId {
        self.begin(name, None, work)
    }

    /// Starts a piece of work that says how far it has come and can be called off.
    pub fn start_measured(
        &mut self,
        name: String,
        progress: Progress,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> TaskId {
        self.begin(name, Some(progress), work)
    }

    fn begin(&mut self, name: String, progress: Option<Progress>, work: impl FnOnce() -> T + Send + 'static) -> TaskId {
        let id = TaskId(self.next);
        self.next += 1;
        self.running.push((id, name.clone(), progress));
        let (sender, wake) = (self.sender.clone(), self.services.wake.clone());
        let run = move || {
            // A panic in it must not leave the studio waiting for ever.
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).ok();
            // The receiver is gone only when the studio is.
            let _ = sender.send((id, result));
            wake();
        };
        if !self.services.threads {
            run();
            return id;
        }
        // Where no thread can be started the work is done here: late is better than never.
        let run: Box<dyn FnOnce() + Send> = Box::new(run);
        let run = Arc::new(Mutex::new(Some(run)));
        let taken = Arc::clone(&run);
        let take = |from: &Mutex<Option<_>>| from.lock().unwrap_or_else(PoisonError::into_inner).take();
        let in_thread = move || take(&taken).into_iter().for_each(|run: Box<dyn FnOnce() + Send>| run());
        if let Err(err) = std::thread::Builder::new().name(name).spawn(in_thread) {
            tracing::error!("no thread could be started: {err}");
            take(&run).into_iter().for_each(|run| run());
        }
        id
    }

    /// The results that have come in.
    pub fn finished(&mut self) -> Vec<T> {
        let mut results = Vec::new();
        while let Ok((id, result)) = self.receiver.try_recv() {
            self.running.retain(|(other, _, _)| *other != id);
            self.has_failed |= result.is_none();
            results.extend(result);
        }
        results
    }

    /// Whether some work ended without a result, by a fault of the program; asked once.
    pub fn take_failure(&mut self) -> bool {
        std::mem::take(&mut self.has_failed)
    }

    /// The names of what is under way.
    pub fn running(&self) -> impl Iterator<Item = &str> {
        self.running.iter().map(|(_, name, _)| name.as_str())
    }

    /// How far the first piece of work has come that says so.
    #[must_use]
    pub fn part_done(&self) -> Option<f64> {
        self.running.iter().find_map(|(_, _, progress)| Some(progress.as_ref()?.part()))
    }

    /// Calls off whatever can be.
    pub fn call_off(&self) {
        self.running.iter().filter_map(|(_, _, progress)| progress.as_ref()).for_each(Progress::cancel);
    }

    /// Whether anything is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.running.is_empty()
    }
}
