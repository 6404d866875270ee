//! Online map services that a user may switch on, with their terms.
//!
//! They stand in `assets/basemap/services.json` as data, because addresses and terms change more often than programs.
//! Nothing here goes to the network.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::basemap::TileId;
use crate::basemap::archive::{ArchiveInfo, TileKind, zooms};
use crate::i18n::Lang;

/// What a service gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    /// Pictures.
    #[default]
    Raster,
    /// Shapes (Mapbox Vector Tiles).
    Vector,
    /// A description of itself (TileJSON), which leads to its tiles.
    TileJson,
}

/// A service of tiles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// Its stable name in settings.
    pub id: String,
    /// What people call it, in English, Dutch and French.
    pub names: [String; 3],
    /// What it gives.
    #[serde(default)]
    pub kind: ServiceKind,
    /// The address of its tiles, with `{z}`, `{x}` and `{y}` in place of their numbers, or of its description.
    pub url: String,
    /// The coarsest zoom it serves.
    pub min_zoom: u8,
    /// The finest zoom it serves.
    pub max_zoom: u8,
    /// The text that must be visible on the map and on every export while it is shown.
    #[serde(default)]
    pub attribution: String,
    /// Where the attribution leads.
    #[serde(default)]
    pub attribution_url: String,
    /// Where its terms are.
    #[serde(default)]
    pub terms_url: String,
    /// What of its terms binds the program, a sentence each.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Tiles are kept at least this long before they are asked for again, in days.
    #[serde(default)]
    pub min_cache_days: u32,
    /// Whether areas may be fetched ahead for use without a network.
    #[serde(default)]
    pub may_prefetch: bool,
    /// Whether its terms allow prints; `None` where they do not say.
    #[serde(default)]
    pub may_print: Option<bool>,
    /// What it covers, in degrees WGS 84: west, south, east, north; the world where it is left out. Nothing is asked for
    /// elsewhere.
    #[serde(default)]
    pub cover_deg: Option<[f64; 4]>,
    /// Where to report a fault of the map, if the service wants that offered.
    #[serde(default)]
    pub report_url: Option<String>,
}

impl Service {
    /// What its entry in the list says of its tiles. One that describes itself says more once it is asked.
    #[must_use]
    pub fn info(&self) -> ArchiveInfo {
        ArchiveInfo {
            name: self.names[0].clone(),
            kind: if self.kind == ServiceKind::Raster { TileKind::Raster } else { TileKind::Vector },
            zooms: zooms(self.min_zoom, self.max_zoom),
            cover_deg: self.cover_deg,
            attribution: self.attribution.clone(),
        }
    }

    /// What people call it, in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        &self.names[lang.index()]
    }

    /// Whether some of a tile lies in what it covers.
    #[must_use]
    pub fn covers(&self, tile: TileId) -> bool {
        self.cover_deg.is_none_or(|cover| tile.meets(cover))
    }

    /// A service that a user typed the address of; [`None`](Option::None) of its terms is known, so nothing but looking is
    /// taken for allowed.
    ///
    /// # Errors
    /// When the address cannot be one.
    pub fn typed(name: &str, url: &str) -> Result<Self, super::TemplateError> {
        let url = url.trim();
        let kind = match super::Template::new(url) {
            Ok(_) if [".pbf", ".mvt"].iter().any(|end| url.contains(end)) => ServiceKind::Vector,
            Ok(_) => ServiceKind::Raster,
            Err(super::TemplateError::Missing(_)) if describes_itself(url) => ServiceKind::TileJson,
            Err(error) => return Err(error),
        };
        let host = url.split('/').nth(2).unwrap_or_default();
        let name = if name.trim().is_empty() { host } else { name.trim() };
        Ok(Self {
            id: format!("own-{url}"),
            names: [name, name, name].map(str::to_owned),
            kind,
            url: url.to_owned(),
            min_zoom: 0,
            max_zoom: if kind == ServiceKind::Vector { 14 } else { 19 },
            attribution: host.to_owned(),
            attribution_url: String::new(),
            terms_url: String::new(),
            rules: Vec::new(),
            min_cache_days: 0,
            may_prefetch: false,
            may_print: None,
            cover_deg: None,
            report_url: None,
        })
    }
}

/// Whether an address may be that of a description: it names no tile and no picture.
fn describes_itself(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    let is_tile = [".png", ".jpg", ".jpeg", ".webp", ".pbf", ".mvt"].iter().any(|end| path.ends_with(end));
    !url.contains('{') && !is_tile
}

#[derive(Default, Deserialize)]
struct File {
    #[serde(default)]
    services: Vec<Service>,
}

/// The service of an id among those that come with the program.
#[must_use]
pub fn service(id: &str) -> Option<&'static Service> {
    services().iter().find(|service| service.id == id)
}

/// The services that come with the program, the default first.
pub fn services() -> &'static [Service] {
    static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
        // A file that does not parse gives no services; a test refuses it.
        let file: File =
            serde_json::from_str(include_str!("../../../assets/basemap/services.json")).unwrap_or_default();
        file.services
    });
    &SERVICES
}

/// The services of a user's own list in a file of the same shape; those that cannot be read are left out.
#[must_use]
pub fn services_of(file: &std::path::Path) -> Vec<Service> {
    let said = crate::basemap::json_of_file(file).unwrap_or_default();
    let listed = said.get("services").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    listed.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_says_where_whose_and_under_which_terms() {
        assert!(services().len() >= 8);
        for service in services() {
            let is_tiles = service.kind != ServiceKind::TileJson;
            assert_eq!(super::super::Template::new(&service.url).is_ok(), is_tiles, "{}", service.id);
            assert!(service.url.starts_with("https://") && service.terms_url.starts_with("https://"));
            assert!(!service.attribution.is_empty() && !service.rules.is_empty(), "{}", service.id);
            assert!(service.max_zoom <= crate::basemap::DEEPEST && service.min_zoom < service.max_zoom);
            assert!(service.names.iter().all(|name| !name.is_empty()));
        }
        let osm = service("osm-standard").expect("it is known");
        assert!(!osm.may_prefetch && osm.min_cache_days >= 7);
        let first = &services()[0];
        assert!(first.kind != ServiceKind::Raster && first.may_prefetch, "the default is the one that may be kept");
        // Of a region nothing is asked for in another: Brussels, and Antwerp some 40 km north of it.
        let urbis = service("urbis-gray").expect("it is known");
        assert!(urbis.covers(TileId::at(4.35, 50.85, 15)) && !urbis.covers(TileId::at(4.40, 51.22, 15)));
        assert_eq!(service("of-another-version"), None);
    }

    #[test]
    fn what_a_user_types_becomes_a_service_without_rights() {
        let own = Service::typed(" Site ", "https://maps.example.org/{z}/{x}/{y}.pbf").unwrap();
        assert_eq!((own.kind, own.name(Lang::Fr), own.may_prefetch), (ServiceKind::Vector, "Site", false));
        let described = Service::typed("", "https://tiles.example.org/planet").unwrap();
        assert_eq!((described.kind, described.name(Lang::Nl)), (ServiceKind::TileJson, "tiles.example.org"));
        assert!(Service::typed("", "ftp://example.org/{z}/{x}/{y}").is_err());
        assert!(Service::typed("", "https://example.org/{z}/{x}").is_err());
    }
}
