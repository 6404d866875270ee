//! Which maps lie under the drawing, and the opening of their sources.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::source::Source;
use super::work::Job;
use super::{MapView, Maps};
use crate::basemap::MapFault;
use crate::basemap::online::{Gate, TileCache};
use crate::basemap::{Archive, OnlineSource, Service, TileKind};

/// A map in the stack under the drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapLayer {
    /// Where it comes from.
    pub source: MapSource,
    /// How strongly it is seen, from 0 (not at all) over 0.5 (in greys) to 1 (as it is).
    #[serde(default = "whole")]
    pub strength: f32,
    /// Whether it is shown.
    #[serde(default = "yes")]
    pub on: bool,
}

fn whole() -> f32 {
    1.0
}

fn yes() -> bool {
    true
}

/// Where a map comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MapSource {
    /// A file or a folder.
    File(PathBuf),
    /// A service of the network, by its id.
    Service(String),
}

impl MapLayer {
    /// A layer that is shown as it is.
    #[must_use]
    pub fn new(source: MapSource) -> Self {
        Self { source, strength: 1.0, on: true }
    }
}

/// How a layer fares.
#[derive(Clone, Debug, Default)]
pub struct MapState {
    /// What it calls itself; empty until it is open.
    pub name: String,
    /// Whom it owes to.
    pub credit: String,
    /// What its tiles are, once that is known.
    pub kind: Option<TileKind>,
    /// The coarsest and the finest zoom that it has.
    pub zooms: [u8; 2],
    /// What it covers.
    pub cover_deg: Option<[f64; 4]>,
    /// Whether anything of it was in the last frame.
    pub is_seen: bool,
    /// What is wrong with it, if anything.
    pub fault: Option<MapFault>,
}

/// What became of a source.
pub(super) enum Opened {
    /// It is being opened.
    UnderWay(Opening),
    /// It can be asked.
    Ready(Arc<Source>),
    /// It cannot, for this reason; another try may be made then.
    Failed(MapFault, Option<Duration>),
}

/// A source to be opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Which.
    pub source: MapSource,
    /// What tells it from others.
    pub serial: u64,
    service: Option<Box<Service>>,
    gate: Gate,
    cache: Option<Arc<TileCache>>,
}

impl<T: Clone> Maps<T> {
    /// Opens what is on and not open yet; lets go what is no longer in the stack.
    pub(super) fn open(&mut self, layers: &[MapLayer], view: &MapView<'_>) -> Vec<Job> {
        let before = self.opened.len();
        let is_new = std::mem::replace(&mut self.written, view.written) != view.written;
        self.opened.retain(|source, _| {
            let is_old = is_new && matches!(source, MapSource::File(_));
            !is_old && layers.iter().any(|layer| layer.source == *source)
        });
        if self.opened.len() < before {
            let serials: Vec<u64> = self.opened.values().filter_map(Opened::serial).collect();
            let gone: Vec<_> = self.pictures.keys().filter(|key| !serials.contains(&key.source)).copied().collect();
            gone.iter().for_each(|key| self.forget(key));
        }
        let mut jobs = Vec::new();
        for layer in layers.iter().filter(|layer| layer.on) {
            match self.opened.get(&layer.source) {
                Some(Opened::Ready(_)) => continue,
                // What is wanted must be said in every frame.
                Some(Opened::UnderWay(opening)) => {
                    jobs.push(Job::Open(opening.clone()));
                    continue;
                }
                Some(Opened::Failed(_, again)) if again.is_none_or(|again| again > view.now) => continue,
                None | Some(Opened::Failed(..)) => {}
            }
            self.next_serial += 1;
            let opened = match self.opening(&layer.source, view.services) {
                Some(opening) => {
                    jobs.push(Job::Open(opening.clone()));
                    Opened::UnderWay(opening)
                }
                None => Opened::Failed(MapFault::Unknown, None),
            };
            self.opened.insert(layer.source.clone(), opened);
        }
        jobs
    }

    fn opening(&self, source: &MapSource, known: &[Service]) -> Option<Opening> {
        let service = match source {
            MapSource::File(_) => None,
            MapSource::Service(id) => Some(Box::new(known.iter().find(|service| service.id == *id)?.clone())),
        };
        let (gate, cache) = (self.gate.clone(), self.cache.clone());
        Some(Opening { source: source.clone(), serial: self.next_serial, service, gate, cache })
    }
}

impl Opened {
    fn serial(&self) -> Option<u64> {
        match self {
            Self::Ready(source) => Some(source.serial),
            _ => None,
        }
    }
}

impl Opening {
    /// Whether opening it asks the network.
    pub fn is_slow(&self) -> bool {
        self.service.is_some()
    }

    /// Opens the source. Blocks.
    pub(super) fn open(&self) -> Result<Source, MapFault> {
        match (&self.source, &self.service) {
            (MapSource::File(path), _) => {
                let archive = Archive::open(path).map_err(|error| MapFault::File(Arc::new(error)))?;
                Ok(Source::file(self.serial, archive))
            }
            (MapSource::Service(_), Some(service)) => {
                let source = OnlineSource::open(service, &self.gate, self.cache.clone()).map_err(MapFault::Online)?;
                Ok(Source::network(self.serial, source))
            }
            (MapSource::Service(_), None) => Err(MapFault::Unknown),
        }
    }
}
