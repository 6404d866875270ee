//! Which maps lie under the drawing, as the user chooses: steps like any other setting.

use std::path::Path;

use geo::{Distance as _, Haversine};

use super::action::Pulled;
use super::command::Command;
use super::files::Outcome;
use super::map::{MapLayer, MapSource};
use super::paths::file_name;
use super::state::Studio;
use crate::basemap::online::{Service, ServiceKind, services, services_of};
use crate::basemap::{Archive, ArchiveError, MapLook};
use crate::i18n::{number, sentence, tr, tr_with};

/// The user's own list of services, beside the settings: of the same shape as the one that comes with the program.
const OWN_LIST: &str = "services.json";

/// A map of pictures is seen like this at first: in muted colours, so that the drawing carries the colour.
const PICTURES: f32 = 0.7;

/// A map whose nearest edge is farther than this from a project lies elsewhere.
const ELSEWHERE_KM: f64 = 2.0;

/// Something done to the maps under the drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum MapStep {
    /// One more on top.
    Add(MapSource),
    /// One is taken away, by its place from the bottom.
    Remove(usize),
    /// One is shown or hidden.
    Show(usize, bool),
    /// How strongly one is seen.
    Strength(usize, Pulled),
    /// One goes above the next, or below the one before.
    Raise(usize, bool),
    /// How strongly all of them are seen.
    AllStrength(Pulled),
    /// How maps of shapes look.
    Look(MapLook),
    /// A service that was typed: its name, which may be empty, and its address.
    AddOwn(String, String),
    /// A service of the user's own is forgotten, by its id.
    ForgetOwn(String),
    /// How those who are asked can reach the user; goes with every request.
    Contact(String),
}

impl Studio {
    /// The services that there are: those of the program, those of the user's list, those that were typed.
    #[must_use]
    pub fn map_services(&self) -> &[Service] {
        &self.map_services
    }

    /// Looks again which services there are.
    pub(super) fn list_services(&mut self) {
        let mut all: Vec<Service> = services().to_vec();
        let own = self.services.folders.config.as_ref().map(|folder| services_of(&folder.join(OWN_LIST)));
        for one in own.into_iter().flatten().chain(self.settings.own_services.iter().cloned()) {
            match all.iter_mut().find(|other| other.id == one.id) {
                Some(other) => *other = one,
                None => all.push(one),
            }
        }
        self.map_services = all;
    }

    /// Goes online or offline. The first time something is to be seen then. No step of the history: whoever takes back a wall
    /// does not mean to reach for the network.
    pub(super) fn toggle_online(&mut self) {
        let first = self.map_services.first().map(|service| service.id.clone());
        self.set(|settings| {
            settings.online = !settings.online;
            let has_any = settings.maps.iter().any(|layer| matches!(layer.source, MapSource::Service(_)));
            if let Some(id) = first.filter(|_| settings.online && !has_any) {
                settings.maps.insert(0, MapLayer::new(MapSource::Service(id)));
            }
        });
        self.follow_online();
    }

    /// The switch of the network follows the setting.
    pub(super) fn follow_online(&mut self) {
        self.gate.switch(self.settings.online);
        self.gate.set_contact(&self.settings.contact);
    }

    /// Changes the maps.
    pub(super) fn map_step(&mut self, step: MapStep) {
        let lang = self.lang();
        let name = self.map_step_name(&step);
        match step {
            MapStep::Add(source) => {
                let is_service_of_pictures = matches!(&source, MapSource::Service(id)
                    if self.map_services.iter().any(|of| of.id == *id && of.kind == ServiceKind::Raster));
                let strength = if is_service_of_pictures { PICTURES } else { 1.0 };
                self.choose(name, |settings| {
                    // Shown again, where it is there already.
                    match settings.maps.iter_mut().find(|layer| layer.source == source) {
                        Some(layer) => layer.on = true,
                        None => settings.maps.push(MapLayer { strength, ..MapLayer::new(source) }),
                    }
                });
            }
            MapStep::Remove(at) => self.choose(name, |settings| {
                if at < settings.maps.len() {
                    settings.maps.remove(at);
                }
            }),
            MapStep::Show(at, on) => self.choose(name, |settings| {
                settings.maps.get_mut(at).into_iter().for_each(|layer| layer.on = on);
            }),
            MapStep::Raise(at, up) => self.choose(name, |settings| {
                let other = if up { at.checked_add(1) } else { at.checked_sub(1) };
                if let Some(other) = other.filter(|other| at.max(*other) < settings.maps.len()) {
                    settings.maps.swap(at, other);
                }
            }),
            MapStep::Strength(at, pulled) => self.pull_setting(name, pulled, |settings, to| {
                settings.maps.get_mut(at).into_iter().for_each(|layer| layer.strength = to);
            }),
            MapStep::AllStrength(pulled) => self.pull_setting(name, pulled, |settings, to| settings.map_strength = to),
            MapStep::Look(look) => self.choose(name, |settings| settings.map_look = look),
            MapStep::AddOwn(said, url) => match Service::typed(&said, &url) {
                Ok(service) => {
                    let source = MapSource::Service(service.id.clone());
                    self.set(|settings| {
                        settings.own_services.retain(|other| other.id != service.id);
                        settings.own_services.push(service);
                    });
                    self.list_services();
                    self.map_step(MapStep::Add(source));
                }
                Err(error) => {
                    let text = tr_with(lang, "say-map-address", &[("url", url.trim().to_owned().into())]);
                    self.complain(text, vec![sentence(&error.text(lang))], None);
                }
            },
            MapStep::ForgetOwn(id) => {
                self.set(|settings| {
                    settings.own_services.retain(|service| service.id != id);
                    settings.maps.retain(|layer| layer.source != MapSource::Service(id.clone()));
                });
                self.list_services();
            }
            MapStep::Contact(contact) => {
                self.set(|settings| settings.contact = contact.trim().to_owned());
                self.follow_online();
            }
        }
    }

    /// What a step is called in the history.
    fn map_step_name(&self, step: &MapStep) -> String {
        let lang = self.lang();
        let of = |at: &usize| self.settings.maps.get(*at).map(|layer| self.map_name(&layer.source)).unwrap_or_default();
        let named = |key: &str, name: String| tr_with(lang, key, &[("name", name.into())]);
        match step {
            MapStep::Add(source) => named("map-step-add", self.map_name(source)),
            MapStep::Remove(at) => named("map-remove", of(at)),
            MapStep::Show(at, true) => named("map-show", of(at)),
            MapStep::Show(at, false) => named("map-step-hide", of(at)),
            MapStep::Raise(at, true) => named("map-raise", of(at)),
            MapStep::Raise(at, false) => named("map-step-lower", of(at)),
            MapStep::Look(MapLook::Quiet) => named("map-step-look", tr(lang, "map-look-quiet")),
            MapStep::Look(MapLook::FigureGround) => named("map-step-look", tr(lang, "map-look-figure-ground")),
            MapStep::Strength(at, _) => named("map-strength-of", of(at)),
            MapStep::AllStrength(_) => tr(lang, "map-strength-all"),
            // No steps of the history.
            MapStep::AddOwn(..) | MapStep::ForgetOwn(_) | MapStep::Contact(_) => {
                Command::MapSources.name(lang).trim_end_matches('…').to_owned()
            }
        }
    }

    /// Lays the map in a file under the drawing, once a thread has found that it is one.
    pub(super) fn add_map_file(&mut self, path: &Path) {
        let name = tr_with(self.lang(), "task-reading", &[("name", file_name(path).into())]);
        let path = path.to_owned();
        self.tasks.start(name, move || {
            let opened = Archive::open(&path).map(|archive| archive.info().cover_deg);
            Outcome::MapOpened(path, opened)
        });
    }

    /// A file, or a folder, turned out to be a map or not.
    pub(super) fn has_opened_map(&mut self, path: &Path, opened: Result<Option<[f64; 4]>, ArchiveError>) {
        let lang = self.lang();
        match opened {
            Ok(cover_deg) => {
                self.map_step(MapStep::Add(MapSource::File(path.to_owned())));
                let mut text = tr_with(lang, "say-map-added", &[("name", file_name(path).into())]);
                if let Some(words) = self.map_is_elsewhere(cover_deg) {
                    text = format!("{text} · {words}");
                }
                self.say(text, None);
            }
            // A folder without tiles was a mistake, which reading it explains.
            Err(ArchiveError::NotAnArchive | ArchiveError::Empty) if path.is_dir() => self.read(path.to_owned(), None),
            Err(error) => {
                let text = tr_with(lang, "say-map-not-added", &[("name", file_name(path).into())]);
                let mut why = vec![sentence(&error.text(lang))];
                // What it is instead, and what can be done with that.
                why.extend(crate::io::osm::is_osm(path).then(|| tr(lang, "say-map-is-osm")));
                self.complain(text, why, None);
            }
        }
    }

    /// That a map covers nothing where the project lies, and how far off it is, in words; `None` where it does.
    #[must_use]
    pub fn map_is_elsewhere(&self, cover_deg: Option<[f64; 4]>) -> Option<String> {
        let ([west, south, east, north], session) = cover_deg.zip(self.session())?;
        let [lon, lat] = session.frame().origin_deg();
        let nearest = [lon.clamp(west, east.max(west)), lat.clamp(south, north.max(south))];
        let off_km = Haversine.distance(geo::Point::new(lon, lat), geo::Point::new(nearest[0], nearest[1])) / 1_000.0;
        // What is seen reaches beyond the origin.
        (off_km > ELSEWHERE_KM).then(|| {
            let decimals = u8::from(off_km < 10.0);
            tr_with(self.lang(), "map-elsewhere", &[("km", number(self.lang(), off_km, decimals).into())])
        })
    }

    /// Whether the name of a file is that of a map.
    pub(super) fn is_map_file(path: &Path) -> bool {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        extension.is_some_and(|extension| matches!(extension.as_str(), "pmtiles" | "mbtiles"))
    }

    /// What a layer is called: what its service is called, or its file.
    #[must_use]
    pub fn map_name(&self, source: &MapSource) -> String {
        match source {
            MapSource::File(path) => file_name(path),
            MapSource::Service(id) => {
                let known = self.map_services.iter().find(|service| service.id == *id);
                known.map_or_else(|| tr(self.lang(), "map-unknown"), |service| service.name(self.lang()).to_owned())
            }
        }
    }
}
