//! What the program remembers of its user: language, theme, recent files. Kept in the user's folder, never in a project.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::aids::Drawing;
use super::map::MapLayer;
use super::picturing::PictureChoice;
use super::presets::Preset;
use crate::basemap::{MapLook, Service};
use crate::i18n::{Lang, system_locale};
use crate::look::Theme;
use crate::scene::GridOf;

/// How many recent files are remembered.
const MOST_RECENT: usize = 12;

/// The settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language; chosen from the system at first start.
    pub lang: Lang,
    /// The theme.
    pub theme: Theme,
    /// Whether the built-in map lies under the drawing.
    pub map: bool,
    /// The maps over that one, the lowest first.
    pub maps: Vec<MapLayer>,
    /// How strongly all maps of files and of the network are seen, from 0 to 1.
    pub map_strength: f32,
    /// How maps of shapes look.
    pub map_look: MapLook,
    /// Whether the maps have names on them.
    pub map_names: bool,
    /// How plans go onto pictures.
    pub picture: PictureChoice,
    /// Whether requests may leave the program.
    pub online: bool,
    /// Services of the network that the user typed.
    pub own_services: Vec<Service>,
    /// How those whose maps are asked for can reach the user; goes with every request. May be empty.
    pub contact: String,
    /// The system that the status line shows coordinates in.
    pub coordinates: Coordinates,
    /// Whether a grid of that system lies over the map.
    pub grid: bool,
    /// How the user likes to draw.
    pub drawing: Drawing,
    /// Which figures stand large.
    pub preset: Preset,
    /// The user's own choice of them, by their names in reports.
    pub pinned: Vec<String>,
    /// How large the panels are.
    pub panels: PanelSizes,
    /// Files opened or saved, the latest first.
    pub recent: Vec<Recent>,
}

/// A system that coordinates are shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coordinates {
    /// Metres east and north of the project's origin.
    #[default]
    Local,
    /// Longitude and latitude.
    Wgs84,
    /// Belgian Lambert 2008.
    Lambert2008,
    /// Belgian Lambert 72.
    Lambert72,
}

impl Coordinates {
    /// The one after it, round and round.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Local => Self::Wgs84,
            Self::Wgs84 => Self::Lambert2008,
            Self::Lambert2008 => Self::Lambert72,
            Self::Lambert72 => Self::Local,
        }
    }

    /// Its number; `None` for the project's own frame.
    #[must_use]
    pub fn epsg(self) -> Option<u32> {
        match self {
            Self::Local => None,
            Self::Wgs84 => Some(4326),
            Self::Lambert2008 => Some(3812),
            Self::Lambert72 => Some(31370),
        }
    }
}

impl Settings {
    /// The system whose grid lies over the map, if one does.
    #[must_use]
    pub fn grid_of(&self) -> Option<GridOf> {
        self.grid.then(|| self.coordinates.epsg().map_or(GridOf::Local, GridOf::Epsg))
    }
}

/// What the seams between panels were dragged to, in logical pixels; where they were not, the look says how large a panel is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PanelSizes {
    /// How high the figures are.
    pub figures_px: Option<f32>,
    /// How high the strip of storeys is.
    pub strip_px: Option<f32>,
}

/// A file opened or saved before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    /// Where it is.
    pub path: PathBuf,
    /// The project's name.
    pub name: String,
    /// How many variants it has.
    pub variants: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: Lang::from_locale(&system_locale()).unwrap_or_default(),
            theme: Theme::Paper,
            map: true,
            maps: Vec::new(),
            map_strength: 1.0,
            map_look: MapLook::default(),
            map_names: true,
            picture: PictureChoice::default(),
            online: false,
            own_services: Vec::new(),
            contact: String::new(),
            coordinates: Coordinates::default(),
            grid: false,
            drawing: Drawing::default(),
            preset: Preset::default(),
            pinned: Vec::new(),
            panels: PanelSizes::default(),
            recent: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads the settings of a folder; what cannot be read is the default.
    #[must_use]
    pub fn load(folder: Option<&Path>) -> Self {
        let text = folder.and_then(|folder| std::fs::read(folder.join("settings.json")).ok());
        text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    /// Writes the settings. A folder that refuses is no reason to stop: the settings are then forgotten.
    pub fn store(&self, folder: Option<&Path>) {
        let Some(folder) = folder else { return };
        let written = serde_json::to_vec_pretty(self).map_err(std::io::Error::from).and_then(|text| {
            std::fs::create_dir_all(folder)?;
            let mut file = atomic_write_file::AtomicWriteFile::open(folder.join("settings.json"))?;
            std::io::Write::write_all(&mut file, &text)?;
            file.commit()
        });
        if let Err(err) = written {
            tracing::warn!("the settings could not be written to {}: {err}", folder.display());
        }
    }

    /// How the user likes to draw, with the map that is shown.
    #[must_use]
    pub fn drawing(&self) -> Drawing {
        Drawing { map: self.map, ..self.drawing.clone() }
    }

    /// Puts a file at the head of the recent ones.
    pub fn remember(&mut self, recent: Recent) {
        self.recent.retain(|other| other.path != recent.path);
        self.recent.insert(0, recent);
        self.recent.truncate(MOST_RECENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_file_comes_first_and_stands_once() {
        let recent = |name: &str| Recent { path: name.into(), name: name.into(), variants: 1 };
        let mut settings = Settings::default();
        for name in ["a", "b", "a"] {
            settings.remember(recent(name));
        }
        assert_eq!(settings.recent.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn settings_of_a_later_version_or_damaged_ones_do_no_harm() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("settings.json"), br#"{"lang": "nl", "laser": 3}"#).expect("written");
        assert_eq!(Settings::load(Some(folder.path())).lang, Lang::Nl);
        std::fs::write(folder.path().join("settings.json"), b"{").expect("written");
        assert_eq!(Settings::load(Some(folder.path())).recent, []);
    }
}
