//! Open, save, import, export: the files that the user names.
//!
//! Reading and writing go on in threads ([`super::tasks`]); what comes back is taken in between frames. The journal and
//! what a crash left are in `recovery`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::action::{Action, PathFor};
use super::charting::ChartOf;
use super::command::Command;
use super::document::Document;
use super::drafting::{Effect, EffectOf};
use super::paths::{export_name, file_name, free_path};
use super::plot_filter::PlotFilter;
use super::question::Question;
use super::services::DialogAnswer;
use super::session::Session;
use super::settings::Recent;
use super::state::{Screen, Studio};
use super::tabling::TableOf;
use crate::chart::Chart;
use crate::edit::{Label, merge};
use crate::geometry::Bounds;
use crate::i18n::{sentence, tr, tr_with};
use crate::io::digest::Fingerprint;
use crate::io::door::{self, DoorError, Found, Opened as ReadIn, ReadNote, Wanted};
use crate::io::geojson::PlainAreas;
use crate::io::journal::Journal;
use crate::io::save::{self, SaveError, SaveOptions, Saved};
use crate::model::{Fault, Origin, Project};
use crate::schedule::Schedule;

/// Where a new project starts that was given no place: the east bank at Biestebroeck, in degrees WGS 84.
const HOME_DEG: [f64; 2] = [4.3200, 50.8330];

/// Surroundings reach this far from the plots, in metres.
const AROUND_M: f64 = 300.0;

/// What of a map comes in as surroundings, in degrees: what lies around the plots; without any, what is in view.
fn surroundings_deg(session: &Session) -> Option<[f64; 4]> {
    let plots = session.variant().plots.iter().filter_map(|plot| plot.outline.bounds()).reduce(Bounds::union);
    session.degrees_of(plots.map_or_else(|| session.camera.bounds(), |plots| plots.grown(AROUND_M)))
}

/// What there is to say about a file, a line each.
fn sentences(notes: Vec<ReadNote>) -> Vec<String> {
    notes.into_iter().map(|note| sentence(&note.text)).collect()
}

/// What comes back from a thread.
pub(super) enum Outcome {
    Path(PathFor, DialogAnswer),
    Read {
        path: PathBuf,
        import: Option<PlainAreas>,
        /// Where in the history the open project stood when reading began.
        mark: Option<u64>,
        result: Box<Result<Found, DoorError>>,
    },
    /// What a change of the library does to the figures.
    Effect {
        of: EffectOf,
        effect: Box<Effect>,
    },
    /// A chart that was made.
    Chart {
        of: Box<ChartOf>,
        chart: Arc<Chart>,
    },
    /// A table that was worked out.
    Table {
        of: TableOf,
        schedule: Arc<Schedule>,
    },
    Saved {
        /// Which document, and where in its history it stood.
        of: (u64, u64),
        path: PathBuf,
        journal: Option<Box<Journal>>,
        result: Result<Saved, SaveError>,
    },
    Exported {
        path: PathBuf,
        result: Result<Vec<String>, DoorError>,
    },
    /// A typology on many plots; nothing when that was called off.
    Spread(Option<Box<super::spread::SpreadDone>>),
    /// Plots that were looked for.
    PlotsFound(super::plot_filter::PlotsFound),
    /// A picture that is to lie under the drawing.
    UnderlayRead(PathBuf, Result<crate::io::underlays::ReadPicture, crate::io::underlays::UnderlayError>),
    /// Whether a file, or a folder, is a map.
    MapOpened(PathBuf, Result<Option<[f64; 4]>, crate::basemap::ArchiveError>),
    /// What a picture of the project shows.
    PictureRead(Arc<crate::model::Picture>, Option<Arc<crate::scene::Pixels>>),
    /// An area of a map that was to be kept.
    Kept(super::keeping::Kept),
    /// Values of a typology that were looked for.
    Fitted {
        recipe: crate::model::Id,
        revision: u64,
        wish: super::fitting::FitWish,
        found: Option<super::fitting::Found>,
    },
    Checked {
        revision: u64,
        faults: Vec<Fault>,
    },
}

impl Studio {
    /// A new project goes on at a place; unsaved work is asked about first.
    pub(super) fn new_or_ask(&mut self, lon_deg: f64, lat_deg: f64, name: String) {
        if self.ask_unsaved(Action::NewAt { lon_deg, lat_deg, name: name.clone() }) {
            return;
        }
        let lang = self.lang();
        let project = Project::new(name, Origin::new(lon_deg, lat_deg), format!("{} 1", tr(lang, "name-variant")));
        self.install(project, None, None);
        if self.document.is_none() {
            self.complain(tr(lang, "say-not-on-earth"), Vec::new(), None);
        }
    }

    /// A new project at Biestebroeck, where no place was given.
    pub(super) fn ask_new(&mut self) {
        let name = tr(self.lang(), "name-project");
        let [lon_deg, lat_deg] = HOME_DEG;
        self.new_or_ask(lon_deg, lat_deg, name);
    }

    /// Opens a file; unsaved work is asked about first.
    pub(super) fn open_or_ask(&mut self, path: PathBuf) {
        // A folder that is opened is one of tiles, or a mistake.
        if Self::is_map_file(&path) || path.is_dir() {
            return self.add_map_file(&path);
        }
        if crate::io::underlays::is_picture(&path) && self.document.is_some() {
            return self.add_underlay(&path);
        }
        if !self.ask_unsaved(Action::Open(path.clone())) {
            self.read(path, None);
        }
    }

    /// Opens one of the cases that come with the program as a new project.
    pub(super) fn open_case_or_ask(&mut self, index: usize) {
        if self.ask_unsaved(Action::OpenCase(index)) {
            return;
        }
        let lang = self.lang();
        match super::cases::open(index) {
            Ok(project) => self.install(project, None, None),
            Err(err) => self.complain(tr(lang, "say-not-opened"), vec![sentence(&err.text(lang))], None),
        }
    }

    /// Closes the window; unsaved work is asked about first.
    pub(super) fn ask_quit(&mut self) {
        if !self.ask_unsaved(Action::Run(Command::Quit)) {
            self.close_document();
            self.quit = true;
        }
    }

    /// Asks about unsaved work before something else goes on. `true` when it waits for the answer.
    fn ask_unsaved(&mut self, then: Action) -> bool {
        let may_drop = std::mem::take(&mut self.may_drop);
        if !may_drop && self.library_waits() {
            return true;
        }
        let dirty = self.document.as_ref().is_some_and(Document::is_dirty) && !may_drop;
        if dirty {
            let name = self.session().map(|session| session.project().name.clone()).unwrap_or_default();
            self.question = Some(Question::Unsaved { name, then: Box::new(then) });
        }
        dirty
    }

    /// Lets the open project go; its journal goes with it.
    fn close_document(&mut self) {
        if let Some(journal) = self.document.take().and_then(|document| document.journal) {
            // What stays of it will be offered at the next start; better than an error at the end.
            let _ = journal.close();
        }
    }

    /// Makes a project the open one.
    pub(super) fn install(&mut self, project: Project, path: Option<PathBuf>, fingerprint: Option<Fingerprint>) {
        let lang = self.lang();
        let mut session = match Session::new(project) {
            Ok(session) => session,
            Err(err) => return self.complain(tr(lang, "say-not-opened"), vec![sentence(&err.text(lang))], None),
        };
        self.close_document();
        // What was asked was about the project before; a crash's leftovers stay for the next time.
        self.question = None;
        let saved_mark = Some(session.history().mark());
        session.set_drawing(self.settings.drawing());
        let serial = self.next_serial();
        self.document = Some(Document {
            session,
            path,
            fingerprint,
            journal: None,
            saved_mark,
            in_use: false,
            saving: false,
            serial,
            unwritten: Vec::new(),
            waiting_since: None,
            is_unprotected: false,
        });
        self.screen = Screen::Editor;
        self.panels.palette = false;
        (self.draft, self.panels.library) = (None, false);
        // What was asked of other plots says nothing here.
        (self.plot_filter, self.plots_found) = (PlotFilter::default(), None);
        self.open_journal();
        self.remember_open();
    }

    fn remember_open(&mut self) {
        if let Some((path, session)) = self.document.as_ref().and_then(|d| Some((d.path.clone()?, &d.session))) {
            let (name, variants) = (session.project().name.clone(), session.project().variants.len());
            self.set(|settings| settings.remember(Recent { path, name, variants }));
        }
    }

    /// Reads a file in a thread; to be added to the open project where it says what areas are that say nothing of themselves.
    pub(super) fn read(&mut self, path: PathBuf, import: Option<PlainAreas>) {
        let lang = self.lang();
        // A file named from a folder must be found again from another.
        let path = std::path::absolute(&path).unwrap_or(path);
        let origin_deg = self.session().filter(|_| import.is_some()).map(|session| session.frame().origin_deg());
        let cover_deg = self.session().filter(|_| import.is_some()).and_then(surroundings_deg);
        let wanted = Wanted { origin_deg, cover_deg, plain: import.unwrap_or_default() };
        let mark = self.session().map(|session| session.history().mark());
        let name = tr_with(lang, "task-reading", &[("name", file_name(&path).into())]);
        self.tasks.start(name, move || {
            let result = Box::new(door::read(&path, wanted, lang));
            Outcome::Read { path, import, mark, result }
        });
    }

    /// Saves to the project's file, or asks for one.
    pub(super) fn save(&mut self) {
        match self.document.as_ref().filter(|document| !document.in_use).and_then(|document| document.path.clone()) {
            Some(path) => self.save_to(path, false),
            None => self.ask_path(PathFor::Save),
        }
    }

    pub(super) fn save_to(&mut self, path: PathBuf, overwrite: bool) {
        self.write_journal();
        let lang = self.lang();
        let Some(document) = &mut self.document else { return };
        if document.saving {
            return;
        }
        let project = document.session.snapshot();
        let of = (document.serial, document.session.history().mark());
        // What another window has is not this one's, even under the same name: that window may have gone meanwhile.
        let own = document.path.as_ref() == Some(&path) && !document.in_use;
        let since = document.fingerprint.filter(|_| own);
        // Under another name the old journal stays with the old file until the new one is safe.
        let mut journal = if own { document.journal.take().map(Box::new) } else { None };
        document.saving = true;
        let name = tr_with(lang, "task-saving", &[("name", file_name(&path).into())]);
        self.tasks.start(name, move || {
            let options = SaveOptions { since, overwrite, journal: journal.as_deref_mut() };
            let result = save::save(&project, &path, options);
            Outcome::Saved { of, path, journal, result }
        });
        if !self.services.threads {
            self.tick();
        }
    }

    /// Takes what came back from a thread.
    pub(super) fn take(&mut self, outcome: Outcome) {
        let lang = self.lang();
        self.first_of_act = self.next_notice;
        match outcome {
            Outcome::Path(what, DialogAnswer::Chosen(path)) => self.use_path(what, &path),
            Outcome::Path(_, DialogAnswer::Cancelled) => self.after_save = None,
            Outcome::Path(what, DialogAnswer::Unavailable) => {
                let suggestion = match (&self.document, what) {
                    (Some(d), PathFor::Save) => {
                        let path = d.path.clone().map(|path| if d.in_use { free_path(&path) } else { path });
                        path.map_or_else(|| d.file_name(), |path| path.display().to_string())
                    }
                    (Some(d), what) => export_name(&d.session.project().name, what),
                    (None, _) => String::new(),
                };
                // A bare name would end up in whatever folder the program was started from.
                let home = self.services.folders.home.as_ref().filter(|_| !suggestion.is_empty());
                let suggestion = match home {
                    Some(home) if Path::new(&suggestion).is_relative() => home.join(&suggestion).display().to_string(),
                    _ => suggestion,
                };
                self.path_wanted = Some((what, suggestion));
            }
            Outcome::PlotsFound(found) => self.take_plots_found(found),
            Outcome::Kept(kept) => self.has_kept(kept),
            Outcome::MapOpened(path, opened) => self.has_opened_map(&path, opened),
            Outcome::UnderlayRead(path, result) => self.has_read_underlay(&path, result),
            Outcome::PictureRead(picture, pixels) => self.has_read_picture(&picture, pixels),
            Outcome::Spread(done) => {
                if let Some(done) = done {
                    self.has_spread(*done);
                }
            }
            Outcome::Fitted { recipe, revision, wish, found } => self.fitted(recipe, revision, &wish, found),
            Outcome::Read { path, import, mark, result } => match *result {
                Ok(Found::Library(library)) => self.import_library(&file_name(&path), library),
                Ok(Found::Project(read)) if import.is_some() && self.document.is_some() => self.merge(&path, *read),
                Ok(Found::Project(read)) => {
                    // While it was being read, work may have gone on here.
                    let went_on = self.session().map(|session| session.history().mark()) != mark;
                    if !(went_on && self.ask_unsaved(Action::Open(path.clone()))) {
                        self.opened(&path, *read);
                    }
                }
                Err(err) => {
                    self.complain(
                        tr(lang, "say-not-opened"),
                        vec![sentence(&err.text(lang)), path.display().to_string()],
                        None,
                    );
                }
            },
            Outcome::Chart { of, chart } => self.shown.take(*of, chart),
            Outcome::Table { of, schedule } => self.table.take(of, schedule),
            Outcome::Effect { of, effect } => self.effect.take(of, *effect),
            Outcome::Checked { revision, faults } => self.findings.take(revision, faults),
            Outcome::Saved { of, path, journal, result } => self.saved(of, path, journal, result),
            Outcome::Exported { path, result: Ok(notes) } => {
                let text = tr_with(lang, "say-exported", &[("name", file_name(&path).into())]);
                if notes.is_empty() { self.say(text, None) } else { self.inform(text, notes) }
            }
            // The user knows.
            Outcome::Exported { result: Err(DoorError::CalledOff), .. } => {}
            Outcome::Exported { path, result: Err(err) } => {
                self.complain(
                    tr(lang, "say-not-exported"),
                    vec![sentence(&err.text(lang)), path.display().to_string()],
                    None,
                );
            }
        }
    }

    fn opened(&mut self, path: &Path, read: ReadIn) {
        let lang = self.lang();
        let ReadIn { project, fingerprint, notes } = read;
        // An exchange file is read into a project of its own; only a project file is written back to.
        let own = fingerprint.is_some();
        self.install(project, own.then(|| path.to_owned()), fingerprint);
        if !notes.is_empty() {
            let text = tr_with(lang, "say-opened-with-notes", &[("name", file_name(path).into())]);
            self.inform(text, sentences(notes));
        }
    }

    /// Adds what was read to the open variant, as one edit.
    fn merge(&mut self, path: &Path, read: ReadIn) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        let label = Label::about("edit-import", file_name(path));
        let (edit, mut notes) = match merge(session.project(), session.variant().id, &read.project, label, lang) {
            Ok(merged) => merged,
            Err(err) => return self.complain(tr(lang, "say-edit-failed"), vec![sentence(&err.text(lang))], None),
        };
        notes.extend(sentences(read.notes));
        let was_empty = session.variant().bounds().is_none();
        let applied = session.apply(edit);
        // A view that shows the drawing stays: surroundings are seen around it.
        let view = session.camera.bounds();
        if was_empty || !session.variant().bounds().is_some_and(|bounds| bounds.meets(&view)) {
            session.look_at_all();
        }
        self.screen = Screen::Editor;
        let text = tr_with(lang, "say-imported", &[("name", file_name(path).into())]);
        match applied {
            Ok(()) if notes.is_empty() => self.say_done(text),
            Ok(()) => self.inform(text, notes),
            Err(err) => self.complain(tr(lang, "say-edit-failed"), vec![sentence(&err.text(lang))], None),
        }
    }

    fn saved(
        &mut self,
        (serial, mark): (u64, u64),
        path: PathBuf,
        journal: Option<Box<Journal>>,
        result: Result<Saved, SaveError>,
    ) {
        let lang = self.lang();
        let Some(document) = self.document.as_mut().filter(|document| document.serial == serial) else {
            // Another project has been opened meanwhile; what was saved is safe, and its journal has done its work.
            match (result, journal) {
                (Ok(_), Some(journal)) => drop(journal.close()),
                (Ok(_), None) => {}
                (Err(err), _) => {
                    let details = vec![sentence(&err.text(lang)), path.display().to_string()];
                    self.complain(tr(lang, "say-not-saved"), details, None);
                }
            }
            return;
        };
        document.saving = false;
        if let Some(journal) = journal {
            document.journal = Some(*journal);
        }
        match result {
            Ok(saved) => {
                // What was waiting to get into the journal when the save began is in the file now.
                document.unwritten.clear();
                document.waiting_since = None;
                document.is_unprotected = false;
                document.fingerprint = Some(saved.fingerprint);
                document.saved_mark = Some(mark);
                let moved = document.in_use || document.path.as_ref() != Some(&path);
                let name = file_name(&path);
                document.path = Some(path);
                if moved {
                    document.in_use = false;
                    if let Some(old) = document.journal.take() {
                        let _ = old.close();
                    }
                    self.open_journal();
                }
                self.write_journal();
                self.remember_open();
                // What failed before has come about after all.
                let failed = tr(lang, "say-not-saved");
                self.notices.retain(|notice| notice.text != failed);
                if self.draft.as_ref().is_some_and(super::Draft::is_changed) {
                    // They are in no file yet.
                    let apply = (tr(lang, "library-apply"), Action::Library(super::LibraryStep::Apply));
                    self.say(tr_with(lang, "say-saved-but-library", &[("name", name.into())]), Some(apply));
                } else {
                    self.say(tr_with(lang, "say-saved-as", &[("name", name.into())]), None);
                }
                let notes: Vec<String> = saved.notes.iter().map(|note| note.text(lang)).collect();
                if !notes.is_empty() {
                    self.inform(tr(lang, "say-saved"), notes);
                }
                if let Some(then) = self.after_save.take() {
                    self.act(*then);
                }
            }
            Err(SaveError::ChangedOnDisk) => self.question = Some(Question::ChangedOnDisk { path }),
            Err(err) => {
                self.write_journal();
                let mut details = vec![sentence(&err.text(lang)), path.display().to_string()];
                if self.document.as_ref().is_some_and(Document::is_protected) {
                    details.push(tr(lang, "say-in-journal"));
                }
                let elsewhere = (Command::SaveAs.name(lang), Action::Run(Command::SaveAs));
                self.complain(tr(lang, "say-not-saved"), details, Some(elsewhere));
            }
        }
        self.write_journal();
    }
}
