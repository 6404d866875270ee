//! The threads that make maps: they take what is wanted most, and what is no longer wanted is never begun.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::layers::{MapSource, Opening};
use super::names::NamesOf;
use super::picture::PictureKey;
use super::source::{Fetched, Source, Understood};
use crate::basemap::MapFault;
use crate::scene::{Pixels, Scene};

/// Threads that read and draw.
const DRAWING: usize = 2;

/// Threads that wait for the network, as many as a service is asked at once.
const WAITING: usize = 3;

/// Something to be done.
#[derive(Clone, Debug)]
pub enum Job {
    /// Open a source.
    Open(Opening),
    /// Make a picture of a tile.
    Picture(PictureKey, Arc<Source>),
    /// Set the names of a view.
    Names(Arc<NamesOf>),
}

/// What came of it.
#[derive(Debug)]
pub enum Done {
    Opened(MapSource, u64, Box<Result<Source, MapFault>>),
    Picture(PictureKey, Fetched<Pixels>),
    Names(Arc<NamesOf>, Scene),
}

/// What is wanted, the most wanted first, and what is being done.
#[derive(Debug, Default)]
struct Queue {
    wanted: Vec<Job>,
    under_way: Vec<Job>,
    ended: bool,
}

/// The workers. They end when this is let go.
pub struct Workers {
    lines: Vec<Line>,
    understood: Arc<Understood>,
    sender: Sender<Done>,
    wake: Arc<dyn Fn() + Send + Sync>,
    threads: bool,
}

/// A queue with threads of its own.
struct Line {
    queue: Arc<(Mutex<Queue>, Condvar)>,
    is_slow: bool,
    started: bool,
}

impl Job {
    fn is_slow(&self) -> bool {
        match self {
            Self::Open(opening) => opening.is_slow(),
            Self::Picture(_, source) => source.is_slow(),
            Self::Names(_) => false,
        }
    }

    /// Whether it asks for the same.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Open(a), Self::Open(b)) => a.serial == b.serial,
            (Self::Picture(a, _), Self::Picture(b, _)) => a == b,
            (Self::Names(a), Self::Names(b)) => a == b,
            _ => false,
        }
    }

    fn run(self, understood: &Understood) -> Done {
        match self {
            Self::Open(opening) => {
                let opened = opening.open();
                Done::Opened(opening.source, opening.serial, Box::new(opened))
            }
            Self::Picture(key, source) => Done::Picture(key, key.make(&source, understood)),
            Self::Names(of) => {
                let scene = of.set(understood);
                Done::Names(of, scene)
            }
        }
    }
}

impl Workers {
    /// Workers who send what they have done, and wake the window.
    pub fn new(sender: Sender<Done>, wake: Arc<dyn Fn() + Send + Sync>, threads: bool) -> Self {
        let line = |is_slow| Line { queue: Arc::default(), is_slow, started: false };
        Self { lines: vec![line(false), line(true)], understood: Arc::default(), sender, wake, threads }
    }

    /// What was done has been taken in.
    pub fn taken(&self, done: &Done) {
        for line in &self.lines {
            let mut queue = line.queue.0.lock().unwrap_or_else(PoisonError::into_inner);
            queue.under_way.retain(|job| !done.is_of(job));
        }
    }

    /// What is wanted now, in place of what was before. Without threads it is done at once.
    pub fn want(&mut self, jobs: Vec<Job>) {
        if !self.threads {
            for job in jobs {
                // The receiver is gone only when the window is.
                let _ = self.sender.send(job.run(&self.understood));
            }
            return;
        }
        let (slow, quick): (Vec<Job>, Vec<Job>) = jobs.into_iter().partition(Job::is_slow);
        for (line, mut jobs) in self.lines.iter_mut().zip([quick, slow]) {
            let is_empty = jobs.is_empty();
            {
                let mut queue = line.queue.0.lock().unwrap_or_else(PoisonError::into_inner);
                jobs.retain(|job| !queue.under_way.iter().any(|other| other.is(job)));
                jobs.reverse();
                queue.wanted = jobs;
            }
            if is_empty {
                continue;
            }
            if !line.started {
                line.started = true;
                line.start(&self.understood, &self.sender, &self.wake);
            }
            line.queue.1.notify_all();
        }
    }
}

impl Done {
    /// Whether it is what came of a job.
    fn is_of(&self, job: &Job) -> bool {
        match (self, job) {
            (Self::Opened(_, serial, _), Job::Open(opening)) => *serial == opening.serial,
            (Self::Picture(key, _), Job::Picture(other, _)) => key == other,
            (Self::Names(of, _), Job::Names(other)) => of == other,
            _ => false,
        }
    }
}

impl Line {
    fn start(&self, understood: &Arc<Understood>, sender: &Sender<Done>, wake: &Arc<dyn Fn() + Send + Sync>) {
        let (count, name) = if self.is_slow { (WAITING, "map-network") } else { (DRAWING, "map") };
        for number in 1..=count {
            let (queue, understood) = (Arc::clone(&self.queue), Arc::clone(understood));
            let (sender, wake) = (sender.clone(), Arc::clone(wake));
            let work = move || {
                while let Some(job) = next(&queue) {
                    let again = job.clone();
                    // A fault of the program in one tile must not leave the map without hands.
                    let work = std::panic::AssertUnwindSafe(|| again.run(&understood));
                    let done = std::panic::catch_unwind(work);
                    // It stays under way until it is taken in: else it would be wanted, and made, again.
                    let done = match (done, job) {
                        (Ok(done), _) => done,
                        (Err(_), Job::Picture(key, _)) => Done::Picture(key, Fetched::Failed(MapFault::Damaged)),
                        (Err(_), Job::Open(of)) => Done::Opened(of.source, of.serial, Box::new(Err(MapFault::Damaged))),
                        (Err(_), Job::Names(of)) => Done::Names(of, Scene::default()),
                    };
                    if sender.send(done).is_err() {
                        return;
                    }
                    wake();
                }
            };
            if let Err(error) = std::thread::Builder::new().name(format!("{name}-{number}")).spawn(work) {
                tracing::error!("no thread could be started: {error}");
            }
        }
    }
}

/// Waits for the next job; `None` when there will be none any more.
fn next(queue: &(Mutex<Queue>, Condvar)) -> Option<Job> {
    let mut held = queue.0.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if held.ended {
            return None;
        }
        if let Some(job) = held.wanted.pop() {
            held.under_way.push(job.clone());
            return Some(job);
        }
        held = queue.1.wait(held).unwrap_or_else(PoisonError::into_inner);
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        for line in &self.lines {
            let mut queue = line.queue.0.lock().unwrap_or_else(PoisonError::into_inner);
            (queue.ended, queue.wanted) = (true, Vec::new());
            drop(queue);
            line.queue.1.notify_all();
        }
    }
}
