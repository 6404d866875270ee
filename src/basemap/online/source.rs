//! A service as a source of tiles: asked politely, never twice for the same, quiet when it does not want to be asked.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use http_cache_semantics::{AfterResponse, BeforeRequest, CachePolicy};

use super::services::{Service, ServiceKind};
use super::template::{Template, check_address};
use super::{Gate, OnlineError, Request, TileCache};
use crate::basemap::archive::{ArchiveInfo, LARGEST_TILE, TileKind, plain_text, unpacked};
use crate::basemap::{DEEPEST, TileId};

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
            info: ArchiveInfo {
                name: service.names[0].clone(),
                kind: if service.kind == ServiceKind::Raster { TileKind::Raster } else { TileKind::Vector },
                zooms: [service.min_zoom, service.max_zoom.min(DEEPEST)],
                cover_deg: service.cover_deg,
                attribution: service.attribution.clone(),
            },
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
        let bytes = self.ask(&url, "description", "application/json", |_, body| {
            serde_json::from_slice::<serde_json::Value>(body).is_ok_and(|said| said.get("tiles").is_some())
        })?;
        let said: serde_json::Value =
            bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or(OnlineError::NoTile)?;
        let address = said.pointer("/tiles/0").and_then(serde_json::Value::as_str).ok_or(OnlineError::NoTile)?;
        self.template = Template::new(address)?;
        let zoom =
            |key: &str| said.get(key).and_then(serde_json::Value::as_u64).and_then(|zoom| u8::try_from(zoom).ok());
        let least = zoom("minzoom").unwrap_or(0);
        self.info.zooms = [least, zoom("maxzoom").unwrap_or(14).clamp(least, DEEPEST)];
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
        let key = format!("{}/{}/{}", tile.zoom, tile.x, tile.y);
        let bytes = self.ask(&self.template.url(tile), &key, accept, |kind, body| {
            // Some servers say "refused" in a picture, some in a page; a page is no tile.
            let is_text = kind.starts_with("text/") || kind.contains("json") || kind.contains("xml");
            !is_text && (!is_raster || image::guess_format(body).is_ok())
        })?;
        let unpack = |bytes| unpacked(bytes, LARGEST_TILE).map_err(|_| OnlineError::NoTile);
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
            let least = Duration::from_secs(u64::from(self.service.min_cache_days) * 86_400);
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
                self.keep(&key, &CachePolicy::new(&request, &answer), answer.body());
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
        let mut sum = 0xcbf2_9ce4_8422_2325_u64;
        for byte in self.service.url.bytes() {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
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
        let answer = self.gate.get(request)?;
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
