//! The maps that go with a drawing onto a picture: those that are shown, as far as their terms allow prints.

use std::path::PathBuf;
use std::sync::Arc;

use super::map::MapSource;
use super::state::Studio;
use crate::basemap::Archive;
use crate::basemap::online::{Gate, OnlineSource, Service, TileCache};
use crate::i18n::{Lang, tr};
use crate::io::drawing::UnderMap;
use crate::scene::Tone;

/// A map that is to lie under a picture, not opened yet.
pub(super) struct MapToPrint {
    name: String,
    tone: Tone,
    from: From,
}

enum From {
    File(PathBuf),
    Service(Box<Service>, Gate, Option<Arc<TileCache>>),
}

impl Studio {
    /// The maps that are shown, the lowest first.
    pub(super) fn maps_to_print(&self) -> Vec<MapToPrint> {
        let all = Tone::of_strength(self.settings.map_strength);
        let shown = self.settings.maps.iter().filter(|layer| layer.on);
        shown
            .filter_map(|layer| {
                let tone = Tone::of_strength(layer.strength).on(all);
                let from = match &layer.source {
                    MapSource::File(path) => From::File(path.clone()),
                    MapSource::Service(id) => {
                        let service = self.map_services().iter().find(|service| service.id == *id)?;
                        From::Service(Box::new(service.clone()), self.gate.clone(), self.cache.clone())
                    }
                };
                Some(MapToPrint { name: self.map_name(&layer.source), tone, from })
            })
            .collect()
    }
}

impl MapToPrint {
    /// Opens it, or says why it is not on the picture. Blocks.
    pub(super) fn open(self, lang: Lang) -> Result<UnderMap, String> {
        let Self { name, tone, from } = self;
        let why = match from {
            From::File(path) => match Archive::open(&path) {
                Ok(archive) => return Ok(UnderMap { name, map: Arc::new(archive), tone }),
                Err(error) => error.text(lang),
            },
            From::Service(service, gate, cache) => match service.may_print {
                Some(true) => match OnlineSource::open(&service, &gate, cache) {
                    Ok(source) => return Ok(UnderMap { name, map: Arc::new(source), tone }),
                    Err(error) => error.text(lang),
                },
                Some(false) => tr(lang, "print-not-allowed"),
                None => tr(lang, "print-unknown"),
            },
        };
        Err(UnderMap::left_out(&name, &why, lang))
    }
}
