//! Keeping what is in view for use without a network: from services that allow it; for others the command that makes an
//! extract.

use std::path::{Path, PathBuf};

use super::action::PathFor;
use super::files::Outcome;
use super::map::MapSource;
use super::maps::MapStep;
use super::paths::file_name;
use super::state::Studio;
use super::tasks::Progress;
use crate::basemap::online::{KeepError, KeepPlan, OnlineSource, Service, Watch, keep};
use crate::i18n::{sentence, tr, tr_with};
use crate::io::save::write_whole;

/// An area that may be kept, as far as is known before its service has been asked anything.
#[derive(Clone, Debug, PartialEq)]
pub struct KeepOffer {
    /// The service.
    pub service: Service,
    /// Its tiles in view.
    pub plan: KeepPlan,
}

/// What became of keeping an area.
pub(super) struct Kept {
    pub path: PathBuf,
    pub result: Result<u64, KeptFault>,
}

/// Why it was not kept.
pub(super) enum KeptFault {
    Keep(KeepError),
    Save(crate::io::save::SaveError),
}

impl Studio {
    /// What is in view, in degrees: west, south, east, north.
    #[must_use]
    pub fn view_deg(&self) -> Option<[f64; 4]> {
        let session = self.session()?;
        session.degrees_of(session.camera.bounds())
    }

    /// The areas in view that may be kept, one for each service that allows it.
    #[must_use]
    pub fn keep_offers(&self) -> Vec<KeepOffer> {
        let Some(cover_deg) = self.view_deg() else { return Vec::new() };
        let allowed = self.map_services().iter().filter(|service| service.may_prefetch);
        allowed
            .map(|service| KeepOffer { service: service.clone(), plan: KeepPlan::new(&service.info(), cover_deg) })
            .collect()
    }

    /// Commands that make an extract of what is in view from elsewhere, to be run in a terminal.
    #[must_use]
    pub fn extract_commands(&self) -> Vec<String> {
        let Some(cover) = self.view_deg() else { return Vec::new() };
        let bbox = cover.map(|deg| format!("{deg:.4}")).join(",");
        vec![
            format!("pmtiles extract https://build.protomaps.com/YYYYMMDD.pmtiles area.pmtiles --bbox={bbox}"),
            format!("maakblok pack region.osm.pbf -o area.pmtiles --bbox {bbox}"),
        ]
    }

    /// Keeps what is in view of a service in a file: asks where.
    pub(super) fn ask_keep(&mut self, service: &str) {
        // What was offered is what is kept, wherever the view goes meanwhile.
        self.keep_from = self.keep_offers().into_iter().find(|offer| offer.service.id == service);
        self.panels.keep_area = false;
        self.ask_path(PathFor::KeepArea);
    }

    /// Keeps what is in view in a file.
    pub(super) fn keep_area(&mut self, path: PathBuf) {
        let lang = self.lang();
        let Some(KeepOffer { service, plan }) = self.keep_from.take() else { return };
        if !self.settings.online {
            return self.say(tr(lang, "keep-offline"), None);
        }
        let (gate, cache) = (self.gate.clone(), self.cache.clone());
        let progress = Progress::of(plan.tiles.len());
        let name = tr_with(lang, "task-keeping", &[("name", service.name(lang).to_owned().into())]);
        let kept = progress.clone();
        self.tasks.start_measured(name, progress, move || {
            let watch = Watch { goes_on: &|| !kept.is_cancelled(), done: &|| kept.step() };
            let title = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let result = OnlineSource::open(&service, &gate, cache)
                .map_err(KeepError::Online)
                .and_then(|source| keep(&source, &plan, &title, watch))
                .map_err(KeptFault::Keep)
                .and_then(|bytes| {
                    let length = bytes.len() as u64;
                    write_whole(&path, &bytes).map(|()| length).map_err(KeptFault::Save)
                });
            Outcome::Kept(Kept { path, result })
        });
    }

    /// Says what became of it, and lays the area under the drawing.
    pub(super) fn has_kept(&mut self, kept: Kept) {
        let lang = self.lang();
        let Kept { path, result } = kept;
        match result {
            Ok(bytes) => {
                let size = crate::i18n::number(lang, bytes as f64 / 1e6, 1);
                self.maps_written += 1;
                self.map_step(MapStep::Add(MapSource::File(path.clone())));
                let args = [("name", file_name(&path).into()), ("size", size.into())];
                self.say(tr_with(lang, "say-kept", &args), None);
            }
            Err(fault) => {
                let why = match fault {
                    KeptFault::Keep(error) => error.text(lang),
                    KeptFault::Save(error) => error.text(lang),
                };
                self.complain(tr(lang, "say-not-kept"), vec![sentence(&why)], None);
            }
        }
    }

    /// What the file of an area is called.
    pub(super) fn keep_name(&self) -> String {
        let project = self.session().map(|session| session.project().name.clone()).unwrap_or_default();
        super::paths::suggested_name(&project, "pmtiles")
    }
}

/// The path of an area, with its extension.
pub(super) fn with_map_extension(path: &Path) -> PathBuf {
    if Studio::is_map_file(path) { path.to_owned() } else { path.with_extension("pmtiles") }
}
