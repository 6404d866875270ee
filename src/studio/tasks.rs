//! Long work off the frame's thread: each piece in a named thread, its result picked up between frames.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::services::Services;

/// A piece of work under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(u64);

/// Work under way, and the results that have come in.
pub struct Tasks<T> {
    services: Services,
    next: u64,
    running: Vec<(TaskId, String)>,
    sender: Sender<(TaskId, T)>,
    receiver: Receiver<(TaskId, T)>,
}

impl<T: Send + 'static> Tasks<T> {
    /// Nothing under way.
    #[must_use]
    pub fn new(services: Services) -> Self {
        let (sender, receiver) = channel();
        Self { services, next: 0, running: Vec::new(), sender, receiver }
    }

    /// Starts a piece of work under a name that people can read.
    pub fn start(&mut self, name: String, work: impl FnOnce() -> T + Send + 'static) -> TaskId {
        let id = TaskId(self.next);
        self.next += 1;
        self.running.push((id, name.clone()));
        let (sender, wake) = (self.sender.clone(), self.services.wake.clone());
        let run = move || {
            // The receiver is gone only when the studio is.
            let _ = sender.send((id, work()));
            wake();
        };
        if self.services.threads {
            let spawned = std::thread::Builder::new().name(name).spawn(run);
            if let Err(err) = spawned {
                tracing::error!("no thread could be started: {err}");
                self.running.retain(|(other, _)| *other != id);
            }
        } else {
            run();
        }
        id
    }

    /// The results that have come in.
    pub fn finished(&mut self) -> Vec<T> {
        let mut results = Vec::new();
        while let Ok((id, result)) = self.receiver.try_recv() {
            self.running.retain(|(other, _)| *other != id);
            results.push(result);
        }
        results
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
