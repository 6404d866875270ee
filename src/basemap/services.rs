//! Online map services that a user may switch on, with their terms.
//!
//! They stand in `assets/basemap/services.json` as data, because addresses and terms change more often than programs.
//! Nothing here goes to the network.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::i18n::Lang;

/// A service of raster tiles.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Service {
    /// Its stable name in settings.
    pub id: String,
    /// What people call it, in English, Dutch and French.
    pub names: [String; 3],
    /// Its address with `{z}`, `{x}` and `{y}` in place of the tile's numbers.
    pub url: String,
    /// The coarsest zoom it serves.
    pub min_zoom: u8,
    /// The finest zoom it serves.
    pub max_zoom: u8,
    /// The text that must be visible on the map and on every export while it is shown.
    pub attribution: String,
    /// Where the attribution leads.
    pub attribution_url: String,
    /// Where its terms are.
    pub terms_url: String,
    /// What of its terms binds the program, a sentence each.
    pub rules: Vec<String>,
    /// Tiles are kept at least this long before they are asked for again, in days.
    pub min_cache_days: u32,
    /// Whether areas may be fetched ahead for use without a network.
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
    /// What people call it, in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        &self.names[lang.index()]
    }

    /// Whether some of a tile lies in what it covers.
    #[must_use]
    pub fn covers(&self, tile: super::TileId) -> bool {
        self.cover_deg.is_none_or(|cover| tile.meets(cover))
    }

    /// Whether it has a tile: its zoom, and some of what it covers.
    #[must_use]
    pub fn serves(&self, tile: super::TileId) -> bool {
        (self.min_zoom..=self.max_zoom).contains(&tile.zoom) && self.covers(tile)
    }

    /// The address of a tile; `None` when the service does not serve it.
    #[must_use]
    pub fn tile_url(&self, tile: super::TileId) -> Option<String> {
        self.serves(tile).then(|| {
            let number = |text: &str, key, value: u32| text.replace(key, &value.to_string());
            let url = number(&self.url, "{z}", tile.zoom.into());
            number(&number(&url, "{x}", tile.x), "{y}", tile.y)
        })
    }
}

/// The service of an id; the first where there is none of it any more.
#[must_use]
pub fn service(id: &str) -> Option<&'static Service> {
    services().iter().find(|service| service.id == id).or(services().first())
}

/// The services known, the default first.
pub fn services() -> &'static [Service] {
    #[derive(Default, Deserialize)]
    struct File {
        services: Vec<Service>,
    }
    static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
        // A file that does not parse gives no services; a test refuses it.
        let file: File = serde_json::from_str(include_str!("../../assets/basemap/services.json")).unwrap_or_default();
        file.services
    });
    &SERVICES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::TileId;

    #[test]
    fn every_service_says_where_whose_and_under_which_terms() {
        assert!(!services().is_empty());
        for service in services() {
            for part in ["{z}", "{x}", "{y}"] {
                assert!(service.url.contains(part), "{} lacks {part}", service.id);
            }
            assert!(service.url.starts_with("https://") && service.terms_url.starts_with("https://"));
            assert!(!service.attribution.is_empty() && !service.rules.is_empty());
            assert!(service.max_zoom <= super::super::MAX_ZOOM && service.min_zoom < service.max_zoom);
        }
        let osm = &services()[0];
        assert_eq!(osm.id, "osm-standard");
        assert!(!osm.may_prefetch && osm.min_cache_days >= 7);
        let url = osm.tile_url(TileId { zoom: 10, x: 524, y: 343 });
        assert_eq!(url.as_deref(), Some("https://tile.openstreetmap.org/10/524/343.png"));
        assert_eq!(osm.tile_url(TileId { zoom: 20, x: 0, y: 0 }), None);
        // Of a region nothing is asked for in another: Brussels, and Antwerp some 40 km north of it.
        let urbis = services().iter().find(|service| service.id == "urbis-gray").expect("it is known");
        let here = TileId::at(4.35, 50.85, 15);
        let url = urbis.tile_url(here).expect("it covers that");
        assert!(url.contains(&format!("EPSG:900913:15/{}/{}", here.y, here.x)), "row before column: {url}");
        assert_eq!(urbis.tile_url(TileId::at(4.40, 51.22, 15)), None);
        assert_eq!(service("of-another-version").map(|service| service.id.as_str()), Some("osm-standard"));
    }
}
