//! Asking servers: the one place that opens connections.
//!
//! What may be asked, and what is believed, is decided below (`basemap::online`); here is a bound on time and on length.

use std::io::Read as _;
use std::sync::OnceLock;
use std::time::Duration;

use crate::basemap::online::{Network, NoWay, OnlineError, Request};

/// A connection stands within this, or there is none.
const CONNECT: Duration = Duration::from_secs(6);

/// A whole answer is there within this, or it is too slow.
const WHOLE: Duration = Duration::from_secs(20);

/// The network of this machine.
pub struct SystemNetwork {
    whole: Duration,
    /// Made when it is first needed: a program that stays offline makes none.
    client: OnceLock<Result<reqwest::blocking::Client, String>>,
}

impl Default for SystemNetwork {
    fn default() -> Self {
        Self::patient_for(WHOLE)
    }
}

impl SystemNetwork {
    /// A network that waits so long for a whole answer.
    #[must_use]
    pub fn patient_for(whole: Duration) -> Self {
        Self { whole, client: OnceLock::new() }
    }
}

impl Network for SystemNetwork {
    fn get(&self, request: &Request) -> Result<http::Response<Vec<u8>>, OnlineError> {
        let client = self.client.get_or_init(|| {
            reqwest::blocking::Client::builder()
                .connect_timeout(CONNECT)
                .timeout(self.whole)
                // Each step is asked for anew, through the gate.
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .map_err(|error| error.to_string())
        });
        let client = client.as_ref().map_err(|error| OnlineError::Unreachable(NoWay::Other(error.clone())))?;
        let told = |error: &reqwest::Error| {
            if error.is_timeout() { OnlineError::Slow } else { OnlineError::Unreachable(NoWay::of(error)) }
        };
        let sent = client.get(&request.url).headers(request.headers.clone()).send();
        let answer = sent.map_err(|error| told(&error))?;
        if answer.content_length().is_some_and(|length| length > request.most_bytes as u64) {
            return Err(OnlineError::TooLarge);
        }
        let mut whole = http::Response::builder().status(answer.status());
        if let Some(headers) = whole.headers_mut() {
            headers.clone_from(answer.headers());
        }
        let mut body = Vec::new();
        // A server that does not say how long its answer is may go on for ever.
        let mut bounded = answer.take(request.most_bytes as u64 + 1);
        bounded.read_to_end(&mut body).map_err(|error| match error.kind() {
            std::io::ErrorKind::TimedOut => OnlineError::Slow,
            _ if error.to_string().contains("timed out") => OnlineError::Slow,
            _ => OnlineError::Unreachable(NoWay::of(&error)),
        })?;
        if body.len() > request.most_bytes {
            return Err(OnlineError::TooLarge);
        }
        whole.body(body).map_err(|error| OnlineError::Unreachable(NoWay::of(&error)))
    }
}
