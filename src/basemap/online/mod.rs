//! Maps of the network: services and their terms, what is asked of them, and what is kept of the answers.
//!
//! Nothing here opens a connection: that is the [`Network`]'s work, which is handed in, so that a test can play every server
//! there is. A request leaves only while the user is online, only for tiles in view, and never for what the cache has fresh.

mod cache;
mod keep;
mod services;
mod source;
mod template;

use std::io::ErrorKind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use cache::TileCache;
pub use keep::{KeepError, KeepPlan, MOST_KEPT_BYTES, Watch, keep};
pub use services::{Service, ServiceKind, service, services, services_of};
pub use source::OnlineSource;
pub use template::{Template, TemplateError};

use crate::i18n::{Lang, tr, tr_with};

/// What the program calls itself towards servers, as their policies ask: its own name, never a library's, and a way to reach
/// whoever is responsible: its makers' page where the package names one, and what the user gave.
#[must_use]
pub fn user_agent(contact: &str) -> String {
    let page = env!("CARGO_PKG_REPOSITORY");
    // Anything else would let a header be broken out of.
    let contact: String = contact.trim().chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(120).collect();
    let ways: Vec<&str> =
        ["desktop studio", page, contact.as_str()].into_iter().filter(|way| !way.is_empty()).collect();
    format!("Maakblok/{} ({})", env!("CARGO_PKG_VERSION"), ways.join("; "))
}

/// What a server is asked: an address, and headers to go with it.
#[derive(Clone, Debug)]
pub struct Request {
    /// The address, `http` or `https`.
    pub url: String,
    /// Headers, such as those that ask whether something has changed.
    pub headers: http::HeaderMap,
    /// More bytes than this are not taken.
    pub most_bytes: usize,
}

/// Asks servers. Calls block and are made from threads of their own.
pub trait Network: Send + Sync {
    /// The answer of a server, whatever it says.
    ///
    /// # Errors
    /// When there is none, or it is not to be taken.
    fn get(&self, request: &Request) -> Result<http::Response<Vec<u8>>, OnlineError>;
}

/// A network that can be switched off: then nothing leaves.
#[derive(Clone)]
pub struct Gate {
    network: Arc<dyn Network>,
    is_online: Arc<AtomicBool>,
    agent: Arc<Mutex<String>>,
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gate").field("is_online", &self.is_online()).finish_non_exhaustive()
    }
}

impl Gate {
    /// A network behind a switch, which is off.
    #[must_use]
    pub fn new(network: Arc<dyn Network>) -> Self {
        Self { network, is_online: Arc::default(), agent: Arc::new(Mutex::new(user_agent(""))) }
    }

    /// Lets requests through, or none any more; what is under way may still come in.
    pub fn switch(&self, is_online: bool) {
        self.is_online.store(is_online, Ordering::Relaxed);
    }

    /// Says how the user can be reached by those who are asked.
    pub fn set_contact(&self, contact: &str) {
        *self.agent.lock().unwrap_or_else(PoisonError::into_inner) = user_agent(contact);
    }

    /// Whether requests are let through.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.is_online.load(Ordering::Relaxed)
    }

    /// Asks, if that is allowed, and follows where a server leads: each step is asked for anew, never from `https` to `http`.
    ///
    /// # Errors
    /// [`OnlineError::Offline`] while it is not; else those of the network.
    pub fn get(&self, request: &Request) -> Result<http::Response<Vec<u8>>, OnlineError> {
        /// How often a server may lead elsewhere.
        const MOST_STEPS: usize = 4;
        let mut request = request.clone();
        for _ in 0..=MOST_STEPS {
            let answer = self.ask(&request)?;
            let leads = matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308);
            let to = answer.headers().get(http::header::LOCATION).and_then(|to| to.to_str().ok());
            let Some(to) = to.filter(|_| leads) else { return Ok(answer) };
            request.url = template::address_from(&request.url, to).ok_or(OnlineError::NoTile)?;
        }
        Err(OnlineError::Circles)
    }

    fn ask(&self, request: &Request) -> Result<http::Response<Vec<u8>>, OnlineError> {
        if !self.is_online() {
            return Err(OnlineError::Offline);
        }
        let agent = self.agent.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut request = request.clone();
        if let Ok(agent) = http::HeaderValue::from_str(&agent) {
            request.headers.insert(http::header::USER_AGENT, agent);
        }
        self.network.get(&request)
    }
}

/// No network at all.
pub struct NoNetwork;

impl Network for NoNetwork {
    fn get(&self, _: &Request) -> Result<http::Response<Vec<u8>>, OnlineError> {
        Err(OnlineError::Offline)
    }
}

/// Why something of the network cannot be had. The texts begin in lower case, for use after a name and a colon.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum OnlineError {
    /// The program is offline, and the cache does not have it.
    Offline,
    /// Its address is none.
    Address(#[from] TemplateError),
    /// No answer in time.
    Slow,
    /// No connection.
    Unreachable(NoWay),
    /// It leads in circles.
    Circles,
    /// The server does not want to be asked, for so many seconds.
    Refused {
        /// What it answered.
        status: u16,
        /// When it may be asked again.
        again_after: Duration,
    },
    /// The server has trouble.
    Failing {
        /// What it answered.
        status: u16,
    },
    /// What came is no tile.
    NoTile,
    /// What came is too much.
    TooLarge,
}

/// Why a service cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoWay {
    /// Nobody knows its name.
    Name,
    /// Its machine does not take calls there.
    Refused,
    /// No way leads to it.
    Route,
    /// Who answers cannot show that it is the one.
    Certificate,
    /// The connection broke off.
    Broken,
    /// Something else, in the words of who tried.
    Other(String),
}

impl NoWay {
    /// What it is, by an error and all that caused it.
    #[must_use]
    pub fn of(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut inner = Some(error);
        let mut last = String::new();
        while let Some(error) = inner {
            let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
            last = error.to_string();
            let words = last.to_lowercase();
            match kind {
                Some(ErrorKind::ConnectionRefused) => return Self::Refused,
                Some(ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown) => {
                    return Self::Route;
                }
                Some(
                    ErrorKind::ConnectionReset
                    | ErrorKind::ConnectionAborted
                    | ErrorKind::BrokenPipe
                    | ErrorKind::UnexpectedEof,
                ) => return Self::Broken,
                // The name service of the system has no kind of its own.
                _ if words.contains("lookup address") || words.contains("dns error") => return Self::Name,
                _ if words.contains("certificate") => return Self::Certificate,
                _ => {}
            }
            inner = error.source();
        }
        Self::Other(last)
    }

    /// The words for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Name => tr(lang, "unreachable-name"),
            Self::Refused => tr(lang, "unreachable-refused"),
            Self::Route => tr(lang, "unreachable-route"),
            Self::Certificate => tr(lang, "unreachable-secure"),
            Self::Broken => tr(lang, "unreachable-broken"),
            Self::Other(words) => words.clone(),
        }
    }
}

impl OnlineError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Offline => tr(lang, "online-offline"),
            Self::Address(error) => error.text(lang),
            Self::Slow => tr(lang, "online-slow"),
            Self::Unreachable(why) => tr_with(lang, "online-unreachable", &[("why", why.text(lang).into())]),
            Self::Circles => tr(lang, "online-circles"),
            Self::Refused { status, .. } => tr_with(lang, "online-refused", &[("status", status.to_string().into())]),
            Self::Failing { status } => tr_with(lang, "online-failing", &[("status", status.to_string().into())]),
            Self::NoTile => tr(lang, "online-no-tile"),
            Self::TooLarge => tr(lang, "online-large"),
        }
    }

    /// After how many seconds another try may be made.
    #[must_use]
    pub fn again_after_s(&self) -> u32 {
        match self {
            Self::Refused { again_after, .. } => u32::try_from(again_after.as_secs()).unwrap_or(u32::MAX),
            Self::Offline => 1,
            Self::Slow | Self::Unreachable(_) | Self::Failing { .. } => 30,
            Self::Address(_) | Self::Circles | Self::NoTile | Self::TooLarge => 600,
        }
    }
}
