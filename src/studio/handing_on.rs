//! Paths that are asked for, and what is handed on to them: pictures, exchange files, libraries, tables, charts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::action::PathFor;
use super::charting::ChartWish;
use super::files::Outcome;
use super::paths::{
    export_name, file_name, filters, free_path, from_home, is_same_file, title_key, with_library_extension,
    with_own_extension,
};
use super::picturing::PictureChoice;
use super::question::Question;
use super::state::Studio;
use super::tasks::Progress;
use crate::chart::ChartId;
use crate::i18n::{tr, tr_with};
use crate::io::door::{self, DoorError, Format, WriteOptions};
use crate::io::drawing::PictureWatch;
use crate::io::geojson::PlainAreas;
use crate::io::journal::Journal;
use crate::io::{charts, tables};

impl Studio {
    /// Asks for a path, by dialog where the machine has one, else by typing.
    pub(super) fn ask_path(&mut self, what: PathFor) {
        let lang = self.lang();
        let dialogs = Arc::clone(&self.services.dialogs);
        let title = tr(lang, title_key(what));
        let filters = filters(what, lang);
        let name = match (&self.document, what) {
            (Some(document), PathFor::Save) => document.file_name(),
            (Some(_), PathFor::KeepArea) => self.keep_name(),
            (Some(document), what) => export_name(&document.session.project().name, what),
            (None, _) => String::new(),
        };
        self.tasks.start(title.clone(), move || {
            Outcome::Path(
                what,
                match what {
                    PathFor::Open | PathFor::Import | PathFor::ImportPlots | PathFor::Map | PathFor::Underlay => {
                        dialogs.open(&title, &filters)
                    }
                    PathFor::Save
                    | PathFor::Export
                    | PathFor::Picture
                    | PathFor::Library
                    | PathFor::Table
                    | PathFor::Chart(_)
                    | PathFor::KeepArea => dialogs.save(&title, &name, &filters),
                },
            )
        });
    }

    /// A path was chosen or typed.
    pub(super) fn use_path(&mut self, what: PathFor, given: &Path) {
        let lang = self.lang();
        let typed = self.path_wanted.take().is_some();
        let path = given.to_path_buf();
        let path = if typed { from_home(path, self.services.folders.home.as_deref()) } else { path };
        // A path that is remembered must mean the same from every folder.
        let mut path = std::path::absolute(&path).unwrap_or(path);
        if path.is_dir() && what != PathFor::Map {
            let failed = match what {
                PathFor::Save => "say-not-saved",
                PathFor::Export | PathFor::Picture | PathFor::Library | PathFor::Table | PathFor::Chart(_) => {
                    "say-not-exported"
                }
                PathFor::KeepArea => "say-not-kept",
                PathFor::Open | PathFor::Import | PathFor::ImportPlots | PathFor::Map | PathFor::Underlay => {
                    "say-not-opened"
                }
            };
            self.complain(tr(lang, failed), vec![tr(lang, "say-name-in-folder"), path.display().to_string()], None);
            self.path_wanted = Some((what, path.display().to_string()));
            return;
        }
        if what == PathFor::Save {
            path = with_own_extension(path);
        }
        if what == PathFor::Library {
            path = with_library_extension(path);
        }
        let mut what = what;
        let mut own = false;
        if what == PathFor::Save || (what == PathFor::Export && Format::of_path(&path) == Some(Format::Maakblok)) {
            let ours = self.document.as_ref().filter(|d| !d.in_use).and_then(|d| d.path.clone());
            if let Some(ours) = ours.filter(|ours| is_same_file(ours, &path)) {
                // Whatever it was called and asked for: this is a save of the open project to its file.
                (what, path, own) = (PathFor::Save, ours, true);
            } else if Journal::is_held(&path) {
                let details = vec![tr(lang, "say-in-use-text"), path.display().to_string()];
                self.complain(tr(lang, "say-in-use"), details, None);
                self.path_wanted = Some((what, free_path(&path).display().to_string()));
                return;
            }
        }
        let writes =
            !matches!(what, PathFor::Open | PathFor::Import | PathFor::ImportPlots | PathFor::Map | PathFor::Underlay);
        // A dialog has asked already, but only about the name that it knew.
        let asked = !typed && path == given;
        if writes && !own && !asked && path.exists() {
            self.question = Some(Question::Replace { what, path });
            return;
        }
        self.go_on_with_path(what, path);
    }

    pub(super) fn go_on_with_path(&mut self, what: PathFor, path: PathBuf) {
        match what {
            PathFor::Open => self.open_or_ask(path),
            PathFor::Import => self.read(path, Some(PlainAreas::Context)),
            PathFor::ImportPlots => self.read(path, Some(PlainAreas::Plots)),
            PathFor::Map => self.add_map_file(&path),
            PathFor::Underlay => self.add_underlay(&path),
            PathFor::KeepArea => self.keep_area(super::keeping::with_map_extension(&path)),
            PathFor::Save => {
                let own = self.document.as_ref().is_some_and(|d| d.path.as_ref() == Some(&path) && !d.in_use);
                self.save_to(path, !own);
            }
            // The name says the format.
            PathFor::Table if Format::of_path(&path) == Some(Format::Csv) => self.export_table(path),
            // A workbook has all tables.
            PathFor::Picture => self.export(path, self.settings.picture),
            // What is in view, whatever was chosen for another picture.
            PathFor::Export | PathFor::Library | PathFor::Table => self.export(path, PictureChoice::default()),
            PathFor::Chart(chart) => self.export_chart(chart, path),
        }
    }

    fn export(&mut self, path: PathBuf, choice: PictureChoice) {
        let lang = self.lang();
        let picture = self.plan_picture(choice);
        let is_picture = matches!(Format::of_path(&path), Some(Format::Svg | Format::Png | Format::Pdf));
        let maps = if is_picture { self.maps_to_print() } else { Vec::new() };
        let Some(session) = self.session() else { return };
        let (project, variant) = (session.snapshot(), session.variant().id);
        let name = tr_with(lang, "task-writing", &[("name", file_name(&path).into())]);
        let progress = Progress::of(maps.len() + 1);
        let (watch, asked) = (progress.clone(), !maps.is_empty());
        let work = move || {
            let mut options = WriteOptions { picture, ..WriteOptions::default() };
            let is_off = watch.clone();
            options.picture.watch = Some(PictureWatch(Arc::new(move || !is_off.is_cancelled())));
            let mut said = Vec::new();
            for map in maps {
                if watch.is_cancelled() {
                    return Outcome::Exported { path, result: Err(DoorError::CalledOff) };
                }
                match map.open(lang) {
                    Ok(map) => options.picture.maps.push(map),
                    Err(why) => said.push(why),
                }
                watch.step();
            }
            let result = door::write(&project, variant, &path, &options);
            let result = result.map(|notes| said.into_iter().chain(notes).collect());
            Outcome::Exported { path, result }
        };
        // Maps of the network may keep one waiting: that can be called off.
        if asked {
            self.tasks.start_measured(name, progress, work);
        } else {
            self.tasks.start(name, work);
        }
    }

    /// Writes the rows of the table that were shown.
    fn export_table(&mut self, path: PathBuf) {
        let lang = self.lang();
        let Some((schedule, order)) = self.table_rows.take() else { return };
        let name = tr_with(lang, "task-writing", &[("name", file_name(&path).into())]);
        self.tasks.start(name, move || {
            let result = tables::write(&schedule, &order, &path, lang).map(|()| Vec::new());
            Outcome::Exported { path, result }
        });
    }

    fn export_chart(&mut self, id: ChartId, path: PathBuf) {
        let (theme, lang) = (self.settings.theme, self.lang());
        let Some(chart) = self.chart(ChartWish::for_file(id)) else { return };
        let name = tr_with(lang, "task-writing", &[("name", file_name(&path).into())]);
        self.tasks.start(name, move || {
            let result = charts::write(&chart, &path, theme, lang).map(|()| Vec::new());
            Outcome::Exported { path, result }
        });
    }
}
