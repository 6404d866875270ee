//! What the studio needs from outside: the time, folders, dialogs, a way to wake the window.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::basemap::online::{Network, NoNetwork};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Time since the clock started.
    fn now(&self) -> Duration;
}

/// The real time.
pub struct SystemClock {
    start: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}

/// A kind of file to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFilter {
    /// What people call it.
    pub name: String,
    /// Its extensions without the point.
    pub extensions: Vec<String>,
}

/// What a file dialog answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogAnswer {
    /// A path.
    Chosen(PathBuf),
    /// The user closed it.
    Cancelled,
    /// No dialog could be shown on this machine; the path can be typed instead.
    Unavailable,
}

/// Asks for files. Calls block and are made from a thread of their own.
pub trait Dialogs: Send + Sync {
    /// A file to read.
    fn open(&self, title: &str, filters: &[FileFilter]) -> DialogAnswer;
    /// A file to write.
    fn save(&self, title: &str, name: &str, filters: &[FileFilter]) -> DialogAnswer;
}

/// No dialogs at all: paths are typed.
pub struct NoDialogs;

impl Dialogs for NoDialogs {
    fn open(&self, _: &str, _: &[FileFilter]) -> DialogAnswer {
        DialogAnswer::Unavailable
    }

    fn save(&self, _: &str, _: &str, _: &[FileFilter]) -> DialogAnswer {
        DialogAnswer::Unavailable
    }
}

/// Where the program keeps its own files; `None` keeps nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// Settings.
    pub config: Option<PathBuf>,
    /// Journals of projects without a file, and of files in folders that take no journal.
    pub data: Option<PathBuf>,
    /// Map tiles.
    pub cache: Option<PathBuf>,
    /// The cases that come with the program, where they are files.
    pub cases: Option<PathBuf>,
    /// The user's own folder, which a typed path may call `~`.
    pub home: Option<PathBuf>,
}

impl Folders {
    /// The folders of this user, after the customs of the system. `MAAKBLOK_HOME` puts all of them in one place.
    #[must_use]
    pub fn of_user() -> Self {
        use etcetera::BaseStrategy as _;
        let of_user = etcetera::home_dir().ok();
        if let Some(home) = std::env::var_os("MAAKBLOK_HOME").filter(|home| !home.is_empty()) {
            let home = PathBuf::from(home);
            return Self {
                config: Some(home.join("config")),
                data: Some(home.join("data")),
                cache: Some(home.join("cache")),
                cases: None,
                home: of_user,
            };
        }
        match etcetera::choose_base_strategy() {
            Ok(base) => Self {
                config: Some(base.config_dir().join("maakblok")),
                data: Some(base.data_dir().join("maakblok")),
                cache: Some(base.cache_dir().join("maakblok")),
                cases: None,
                home: of_user,
            },
            Err(_) => Self::default(),
        }
    }
}

/// Everything from outside.
#[derive(Clone)]
pub struct Services {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// File dialogs.
    pub dialogs: Arc<dyn Dialogs>,
    /// The network; asked through a switch alone.
    pub network: Arc<dyn Network>,
    /// The program's own folders.
    pub folders: Folders,
    /// Makes the window look again; called from threads.
    pub wake: Arc<dyn Fn() + Send + Sync>,
    /// Whether long work runs in threads; without, it is done at once, which tests want.
    pub threads: bool,
}

impl Services {
    /// Services for a test: no dialogs, no folders, no threads, a clock that stands still.
    #[must_use]
    pub fn for_tests() -> Self {
        struct Still;
        impl Clock for Still {
            fn now(&self) -> Duration {
                Duration::ZERO
            }
        }
        Self {
            clock: Arc::new(Still),
            dialogs: Arc::new(NoDialogs),
            network: Arc::new(NoNetwork),
            folders: Folders::default(),
            wake: Arc::new(|| ()),
            threads: false,
        }
    }
}
