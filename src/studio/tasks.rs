//! Long work off the frame's thread: each piece in a named thread, its result picked up between frames.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::services::Services;

/// A piece of work under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(u64);

/// Work under way, and the results that have come in.
pub struct Tasks<T> {
    services: Services,
    next: u64,
    running: Vec<(TaskId, String)>,
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
        let id = TaskId(self.next);
        self.next += 1;
        self.running.push((id, name.clone()));
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
            self.running.retain(|(other, _)| *other != id);
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
        self.running.iter().map(|(_, name)| name.as_str())
    }

    /// Whether anything is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.running.is_empty()
    }
}
