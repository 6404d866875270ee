//! A service as a source of tiles: asked politely, never twice for the same, quiet when it does not want to be asked.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use http_cache_semantics::{AfterResponse, BeforeRequest, CacheOptions, CachePolicy};

use super::services::{Service, ServiceKind};
use super::template::{Template, check_address};
use super::{Gate, OnlineError, Request, TileCache};
use crate::basemap::archive::{ArchiveInfo, LARGEST_TILE, TileKind, plain_text, unpacked, zooms};
use crate::basemap::{TileId, VectorTile};
use crate::scene::{LARGEST_TILE_PX, Pixels};

/// What a service is asked for that describes itself.
const DESCRIPTION: &str = "application/json";

/// How long a server is left alone that does not answer.
const BREATHER: Duration = Duration::from_secs(30);

/// How long a server that said "too many" is left alone when it does not say how long.
const REST: Duration = Duration::from_secs(60);

/// How long one that said "not you" is left alone.
const LONG_REST: Duration = Duration::from_secs(600);

/// The longest that is waited, whatever a server says.
const LONGEST_REST: Duration = Duration::from_secs(3_600);

/// A service that is ready to be asked for tiles.
#[derive(Debug)]
pub struct OnlineSource {
    service: Service,
    info: ArchiveInfo,
    template: Template,
    gate: Gate,
    cache: Option<Arc<TileCache>>,
    /// Until when it is not asked, and what it said.
    resting: Mutex<Option<(Instant, OnlineError)>>,
}

impl OnlineSource {
    /// Makes a service ready. One that describes itself (TileJSON) is asked for that, which blocks.
    ///
    /// # Errors
    /// When its address is none, or its description cannot be had or used.
    pub fn open(service: &Service, gate: &Gate, cache: Option<Arc<TileCache>>) -> Result<Self, OnlineError> {
        let mut source = Self {
            service: service.clone(),
            info: service.info(),
            template: Template::new("https://none.invalid/{z}/{x}/{y}")?,
            gate: gate.clone(),
            cache,
            resting: Mutex::new(None),
        };
        if service.kind == ServiceKind::TileJson {
            source.describe()?;
        } else {
            source.template = Template::new(&service.url)?;
        }
        Ok(source)
    }

    /// What it says of itself.
    #[must_use]
    pub fn info(&self) -> &ArchiveInfo {
        &self.info
    }

    /// The service.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// Reads the description of the service: where its tiles are, which zooms, whom they owe to.
    fn describe(&mut self) -> Result<(), OnlineError> {
        let url = self.service.url.trim().to_owned();
        check_address(&url)?;
        let bytes = self.ask(&url, "description", DESCRIPTION, |_, body| {
            serde_json::from_slice::<serde_json::Value>(body).is_ok_and(|said| said.get("tiles").is_some())
        })?;
        let said: serde_json::Value =
            bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or(OnlineError::NoTile)?;
        let address = said.pointer("/tiles/0").and_then(serde_json::Value::as_str).ok_or(OnlineError::NoTile)?;
        self.template = Template::new(address)?;
        let zoom =
            |key: &str| said.get(key).and_then(serde_json::Value::as_u64).and_then(|zoom| u8::try_from(zoom).ok());
        self.info.zooms = zooms(zoom("minzoom").unwrap_or(0), zoom("maxzoom").unwrap_or(14));
        let format = said.get("format").and_then(serde_json::Value::as_str).unwrap_or_default();
        if matches!(format, "png" | "jpg" | "jpeg" | "webp") || address.contains(".png") || address.contains(".jpg") {
            self.info.kind = TileKind::Raster;
        }
        let attribution = said.get("attribution").and_then(serde_json::Value::as_str).unwrap_or_default();
        if self.info.attribution.is_empty() {
            self.info.attribution = plain_text(attribution);
        }
        Ok(())
    }

    /// The bytes of a tile; `None` where the service has none. Blocks.
    ///
    /// # Errors
    /// When it cannot be had now.
    pub fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, OnlineError> {
        if !self.info.may_have(tile) || !tile.is_sound() {
            return Ok(None);
        }
        let is_raster = self.info.kind == TileKind::Raster;
        let accept = if is_raster { "image/webp,image/png,image/jpeg" } else { "application/x-protobuf" };
        // Another edition of a map has another address, and is another map.
        let key = format!("{:016x}/{}/{}/{}", sum_of(self.template.text()), tile.zoom, tile.x, tile.y);
        let unpack = |bytes: Vec<u8>| unpacked(bytes, LARGEST_TILE).map_err(|_| OnlineError::NoTile);
        let bytes = self.ask(&self.template.url(tile), &key, accept, |kind, body| {
            // Some servers say "refused" in a page. Only what can be drawn is kept.
            let is_text = kind.starts_with("text/") || kind.contains("json") || kind.contains("xml");
            let is_drawn = || match unpack(body.to_vec()) {
                Ok(body) if is_raster => Pixels::read_at_most(&body, LARGEST_TILE_PX).is_some(),
                Ok(body) => VectorTile::read(&body).is_some(),
                Err(_) => false,
            };
            !is_text && is_drawn()
        })?;
        bytes.map(unpack).transpose()
    }

    /// What an address answers, from the cache while that is fresh.
    fn ask(
        &self,
        url: &str,
        key: &str,
        accept: &str,
        is_sound: impl Fn(&str, &[u8]) -> bool,
    ) -> Result<Option<Vec<u8>>, OnlineError> {
        let key = format!("{}/{key}", self.folder());
        let request = http::Request::get(url).header(ACCEPT, accept).body(());
        let request = request.map_err(|_| super::TemplateError::Characters)?;
        let now = SystemTime::now();
        let kept = self.cache.as_ref().and_then(|cache| cache.get(&key));
        let mut headers = request.headers().clone();
        if let Some(kept) = &kept {
            // What leads to tiles may change at any time.
            let days = if accept == DESCRIPTION { 0 } else { self.service.min_cache_days };
            let least = Duration::from_secs(u64::from(days) * 86_400);
            match kept.policy.before_request(&request, now) {
                BeforeRequest::Fresh(_) => return Ok(Some(kept.body.clone())),
                _ if kept.age < least => return Ok(Some(kept.body.clone())),
                BeforeRequest::Stale { request, .. } => headers = request.headers,
            }
        }
        let answer = self.politely(&Request { url: url.to_owned(), headers, most_bytes: LARGEST_TILE });
        let answer = match (answer, kept.as_ref()) {
            (Ok(answer), _) => answer,
            // Old is better than none: a tile that cannot be confirmed is still shown.
            (Err(_), Some(kept)) => return Ok(Some(kept.body.clone())),
            (Err(error), None) => return Err(error),
        };
        let status = answer.status().as_u16();
        match (status, kept) {
            (304, Some(kept)) => {
                if let AfterResponse::NotModified(policy, _) = kept.policy.after_response(&request, &answer, now) {
                    self.keep(&key, &policy, &kept.body);
                }
                Ok(Some(kept.body))
            }
            (204 | 404 | 410, _) => Ok(None),
            (200, _) => {
                let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
                if answer.body().is_empty() {
                    return Ok(None);
                }
                if !is_sound(&kind.to_lowercase(), answer.body()) {
                    return Err(OnlineError::NoTile);
                }
                self.keep(&key, &policy(&request, &answer), answer.body());
                Ok(Some(answer.into_body()))
            }
            (_, Some(kept)) => Ok(Some(kept.body)),
            (500..=599, None) => Err(OnlineError::Failing { status }),
            (_, None) => Err(OnlineError::NoTile),
        }
    }

    fn keep(&self, key: &str, policy: &CachePolicy, body: &[u8]) {
        if let Some(cache) = self.cache.as_ref().filter(|_| policy.is_storable()) {
            cache.put(key, policy, body);
        }
    }

    /// The folder of this service in the cache: another address is another folder.
    fn folder(&self) -> String {
        let sum = sum_of(&self.service.url);
        let id: String = self.service.id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
        format!("{id}-{sum:016x}")
    }

    /// Asks, unless the service has said that it does not want to be.
    fn politely(&self, request: &Request) -> Result<http::Response<Vec<u8>>, OnlineError> {
        let resting = || self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((until, said)) = &*resting()
            && Instant::now() < *until
        {
            return Err(said.clone());
        }
        let answer = match self.gate.get(request) {
            Ok(answer) => answer,
            Err(error) => {
                // One that hangs would hold up all others.
                if matches!(error, OnlineError::Slow | OnlineError::Unreachable(_)) {
                    *resting() = Some((Instant::now() + BREATHER, error.clone()));
                }
                return Err(error);
            }
        };
        let status = answer.status().as_u16();
        let rest = match status {
            429 | 503 => {
                let said = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
                said.map_or(REST, Duration::from_secs).min(LONGEST_REST)
            }
            401 | 403 | 418 | 451 => LONG_REST,
            _ => return Ok(answer),
        };
        let error = OnlineError::Refused { status, again_after: rest };
        *resting() = Some((Instant::now() + rest, error.clone()));
        Err(error)
    }
}

/// A number for a text, the same on every machine (FNV-1a).
fn sum_of(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What the headers of an answer allow to one user's own cache.
fn policy(request: &http::Request<()>, answer: &http::Response<Vec<u8>>) -> CachePolicy {
    let options = CacheOptions { shared: false, ..CacheOptions::default() };
    CachePolicy::new_options(request, answer, SystemTime::now(), options)
}
