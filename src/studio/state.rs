//! The whole studio: which screen is open, what is asked, what is told, and the one place where wishes are carried out.

use std::time::Duration;

use super::action::{Action, PathFor};
use super::command::{Command, Group};
use super::document::Document;
use super::files::Outcome;
use super::operate;
use super::paths::sentence;
use super::question::Question;
use super::services::Services;
use super::session::Session;
use super::settings::Settings;
use super::storeys;
use super::storeys::StoreyChange;
use super::tasks::Tasks;
use super::tool::{Event, Tool, ToolKind};
use crate::edit::Edit;
use crate::i18n::{Lang, tr, tr_with};
use crate::look::Theme;
use crate::model::Id;

/// How long a passing notice stays.
const NOTICE_STAYS: Duration = Duration::from_secs(6);

/// What fills the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Recent files, cases, a new place.
    Start,
    /// The drawing.
    Editor,
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeLevel {
    /// Said in passing; goes by itself.
    Passing,
    /// Stays until it is let go.
    Error,
}

/// Something told to the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its number.
    pub id: u64,
    /// How much it matters.
    pub level: NoticeLevel,
    /// One line, or for errors: what is wrong.
    pub text: String,
    /// What more there is to say, a line each.
    pub details: Vec<String>,
    /// A button: what it is called and what it does.
    pub button: Option<(String, Action)>,
    /// When it goes, by the clock.
    pub until: Option<Duration>,
}

/// Which panels and windows are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panels {
    /// The command palette.
    pub palette: bool,
    /// The list of changes.
    pub undo_list: bool,
    /// About.
    pub about: bool,
    /// The sheet of shortcuts.
    pub shortcuts: bool,
}

/// The studio.
pub struct Studio {
    /// What comes from outside.
    pub services: Services,
    /// What is remembered of the user.
    pub settings: Settings,
    /// What fills the window.
    pub screen: Screen,
    /// What is open.
    pub document: Option<Document>,
    /// What is told.
    pub notices: Vec<Notice>,
    /// What is asked, and waits for an answer.
    pub question: Option<Question>,
    /// A path to be typed, because no dialog could be shown.
    pub path_wanted: Option<(PathFor, String)>,
    /// Which panels are open.
    pub panels: Panels,
    /// Whether the window shall close.
    pub quit: bool,
    /// How well the network's tiles are coming: `None` when they are not wanted.
    pub tiles_failing: Option<bool>,
    pub(super) tasks: Tasks<Outcome>,
    /// What goes on once the project has been saved.
    pub(super) after_save: Option<Box<Action>>,
    /// The user said that unsaved work may go; good for the next thing only.
    pub(super) may_drop: bool,
    next_notice: u64,
    last_serial: u64,
}

impl Studio {
    /// A studio at its start screen.
    #[must_use]
    pub fn new(services: Services) -> Self {
        let settings = Settings::load(services.folders.config.as_deref());
        Self {
            tasks: Tasks::new(services.clone()),
            services,
            settings,
            screen: Screen::Start,
            document: None,
            notices: Vec::new(),
            question: None,
            path_wanted: None,
            panels: Panels::default(),
            quit: false,
            tiles_failing: None,
            after_save: None,
            may_drop: false,
            next_notice: 0,
            last_serial: 0,
        }
    }

    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.settings.lang
    }

    /// The open project.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        self.document.as_ref().map(|document| &document.session)
    }

    /// The open project, to be changed.
    pub fn session_mut(&mut self) -> Option<&mut Session> {
        self.document.as_mut().map(|document| &mut document.session)
    }

    /// Says something in passing.
    pub fn say(&mut self, text: String, button: Option<(String, Action)>) {
        let until = Some(self.services.clock.now() + NOTICE_STAYS);
        self.notices.retain(|notice| notice.level != NoticeLevel::Passing);
        self.tell(NoticeLevel::Passing, text, Vec::new(), button, until);
    }

    /// Says what went wrong; it stays until it is let go.
    pub fn complain(&mut self, text: String, details: Vec<String>, button: Option<(String, Action)>) {
        self.tell(NoticeLevel::Error, text, details, button, None);
    }

    /// The number of the next document.
    pub(super) fn next_serial(&mut self) -> u64 {
        self.last_serial += 1;
        self.last_serial
    }

    fn tell(
        &mut self,
        level: NoticeLevel,
        text: String,
        details: Vec<String>,
        button: Option<(String, Action)>,
        until: Option<Duration>,
    ) {
        let id = self.next_notice;
        self.next_notice += 1;
        self.notices.push(Notice { id, level, text, details, button, until });
    }

    /// What goes on between frames: results of long work, notices that have had their time, the journal.
    pub fn tick(&mut self) {
        for outcome in self.tasks.finished() {
            self.take(outcome);
        }
        let now = self.services.clock.now();
        self.notices.retain(|notice| notice.until.is_none_or(|until| until > now));
        self.write_journal();
    }

    /// When the next notice goes by itself.
    #[must_use]
    pub fn next_tick(&self) -> Option<Duration> {
        self.notices.iter().filter_map(|notice| notice.until).min()
    }

    /// The names of long work under way.
    pub fn busy_with(&self) -> impl Iterator<Item = &str> {
        self.tasks.running()
    }

    /// Hands an event to the tool in hand.
    pub fn tool_event(&mut self, event: Event) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        for key in session.tool_event(event, lang) {
            self.say(tr(lang, key), None);
        }
    }

    /// Whether a command can be run now; if not, the message key of the reason.
    pub fn can_run(&self, command: Command) -> Result<(), &'static str> {
        let session = self.session().filter(|_| self.screen == Screen::Editor);
        let needs = |there: bool, why: &'static str| if there { Ok(()) } else { Err(why) };
        match command {
            Command::Save | Command::SaveAs | Command::Start => needs(self.document.is_some(), "why-no-project"),
            Command::Undo => {
                needs(session.is_some_and(|s| s.tool().is_busy() || s.history().place() > 0), "say-nothing-to-undo")
            }
            Command::Redo => needs(session.is_some_and(|s| s.history().undone().len() > 0), "say-nothing-to-redo"),
            Command::Delete | Command::Duplicate | Command::ZoomSelection => {
                needs(session.is_some_and(|s| !s.selection().is_empty()), "why-nothing-selected")
            }
            Command::AddStorey | Command::AddBasement | Command::DuplicateStorey | Command::RemoveStorey => {
                needs(session.is_some_and(|s| !selected_volumes(s).is_empty()), "say-select-volume")
            }
            Command::RemoveVariant => {
                needs(session.is_some_and(|s| s.project().variants.len() > 1), "say-last-variant")
            }
            Command::New
            | Command::Open
            | Command::Import
            | Command::Quit
            | Command::Palette
            | Command::LangEn
            | Command::LangNl
            | Command::LangFr
            | Command::ThemePaper
            | Command::ThemeNight
            | Command::ThemePrint
            | Command::ToggleTiles
            | Command::Coordinates
            | Command::Shortcuts
            | Command::About => Ok(()),
            _ => needs(session.is_some(), "why-no-project"),
        }
    }

    /// Whether a command is one of several states, and on.
    #[must_use]
    pub fn is_on(&self, command: Command) -> bool {
        match command {
            Command::LangEn => self.lang() == Lang::En,
            Command::LangNl => self.lang() == Lang::Nl,
            Command::LangFr => self.lang() == Lang::Fr,
            Command::ThemePaper => self.settings.theme == Theme::Paper,
            Command::ThemeNight => self.settings.theme == Theme::Night,
            Command::ThemePrint => self.settings.theme == Theme::Print,
            Command::ToggleMap => self.settings.map,
            Command::ToggleTiles => self.settings.tiles,
            Command::UndoList => self.panels.undo_list,
            _ => command.tool().is_some() && self.session().map(|s| s.tool().kind()) == command.tool(),
        }
    }

    /// Carries out a wish.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Run(command) => self.run(command),
            Action::Open(path) => self.open_or_ask(path),
            Action::OpenCase(index) => self.open_case_or_ask(index),
            Action::NewAt { lon_deg, lat_deg, name } => self.new_or_ask(lon_deg, lat_deg, name),
            Action::Path(what, path) => self.use_path(what, path),
            Action::NoPath => {
                self.path_wanted = None;
                self.after_save = None;
            }
            Action::Answer(choice) => self.answer(choice),
            Action::Dismiss(id) => self.notices.retain(|notice| notice.id != id),
            Action::NoticeButton(id) => {
                if let Some(at) = self.notices.iter().position(|notice| notice.id == id)
                    && let Some((_, action)) = self.notices.remove(at).button
                {
                    self.act(action);
                }
            }
            other => self.act_on_session(other),
        }
        self.write_journal();
    }

    fn act_on_session(&mut self, action: Action) {
        let Some(session) = self.session_mut() else { return };
        let only_looks = matches!(action, Action::Select(_) | Action::SelectStorey(_));
        if !only_looks {
            session.settle();
        }
        let edit = match action {
            Action::OpenVariant(id) => return session.open_variant(id),
            Action::GoTo(place) => return session.go_to(place),
            Action::Select(ids) => return session.selection_mut().set(ids),
            Action::SelectStorey(storey) => return session.selection_mut().set_storey(storey),
            Action::UseInHand(id) => return session.use_in_hand = id,
            Action::SurfaceInHand(kind) => return session.surface_in_hand = kind,
            Action::NameVariant(id, name) => {
                let baseline = session.project().variant(id).is_some_and(|variant| variant.baseline);
                operate::name_variant(session, id, name, baseline)
            }
            Action::Baseline(id, baseline) => {
                let name = session.project().variant(id).map(|variant| variant.name.clone()).unwrap_or_default();
                operate::name_variant(session, id, name, baseline)
            }
            Action::Info(info) => {
                let mut edit = Edit::new(crate::edit::Label::new("edit-project"));
                edit.changes.push(crate::edit::Change::Info(info));
                edit
            }
            Action::NamePlot(id, name) => operate::name_plot(session, id, name),
            Action::Region(id, region) => operate::region(session, id, region),
            Action::NameVolume(id, name) => operate::name_volume(session, id, name),
            Action::NameBuilding(id, name) => operate::building(session, id, "edit-rename", |b| b.name = name),
            Action::Rehouse(id, plot) => operate::building(session, id, "edit-rehouse", |b| b.plot = plot),
            Action::Base(id, base_m) => operate::volume(session, id, "edit-base", |v| v.base_m = base_m),
            Action::Dwellings(id, count) => operate::volume(session, id, "edit-dwellings", |v| v.dwellings = count),
            Action::SurfaceKind(id, kind) => operate::surface_kind(session, id, kind),
            Action::NameSurface(id, name) => operate::surface(session, id, "edit-rename", |s| s.name = name),
            Action::Storeys(ids, change) => {
                let variant = session.variant().id;
                storeys::edit(session.project(), variant, &ids, &change, &session.library().clone())
            }
            _ => return,
        };
        self.apply(edit);
    }

    fn apply(&mut self, edit: Edit) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        if let Err(err) = session.apply(edit) {
            self.complain(tr(lang, "say-edit-failed"), vec![sentence(&err.text(lang))], None);
        }
    }

    fn run(&mut self, command: Command) {
        let lang = self.lang();
        if let Err(why) = self.can_run(command) {
            return self.say(tr(lang, why), None);
        }
        if let Some(kind) = command.tool() {
            self.take_tool(kind);
            return;
        }
        let steps_back = command == Command::Undo && self.session().is_some_and(|session| session.tool().is_busy());
        if matches!(command.group(), Group::File | Group::Edit | Group::Storey)
            && !steps_back
            && let Some(session) = self.session_mut()
        {
            session.settle();
        }
        // What was to go on after a save that did not come about is off.
        self.after_save = None;
        match command {
            Command::New => self.ask_new(),
            Command::Open => self.ask_path(PathFor::Open),
            Command::Save => self.save(),
            Command::SaveAs => self.ask_path(PathFor::Save),
            Command::Import => self.ask_path(PathFor::Import),
            Command::Export => self.ask_path(PathFor::Export),
            Command::Start => self.screen = if self.screen == Screen::Start { Screen::Editor } else { Screen::Start },
            Command::Quit => self.ask_quit(),
            // In the middle of a drawing the last thing done is its last corner.
            Command::Undo if self.session().is_some_and(|session| session.tool().is_busy()) => {
                let is_line = self.session().is_some_and(|session| matches!(session.tool(), Tool::Draw(_)));
                self.tool_event(if is_line { Event::Backspace } else { Event::Escape });
            }
            Command::Undo => {
                if let Some(label) = self.session_mut().and_then(Session::undo) {
                    let redo = (Command::Redo.name(lang), Action::Run(Command::Redo));
                    self.say(tr_with(lang, "say-undone", &[("name", label.text(lang).into())]), Some(redo));
                }
            }
            Command::Redo => {
                if let Some(label) = self.session_mut().and_then(Session::redo) {
                    self.say(tr_with(lang, "say-redone", &[("name", label.text(lang).into())]), None);
                }
            }
            Command::UndoList => self.panels.undo_list = !self.panels.undo_list,
            Command::Palette => self.panels.palette = !self.panels.palette,
            Command::About => self.panels.about = true,
            Command::Shortcuts => self.panels.shortcuts = !self.panels.shortcuts,
            Command::LangEn => self.set(|settings| settings.lang = Lang::En),
            Command::LangNl => self.set(|settings| settings.lang = Lang::Nl),
            Command::LangFr => self.set(|settings| settings.lang = Lang::Fr),
            Command::ThemePaper => self.set(|settings| settings.theme = Theme::Paper),
            Command::ThemeNight => self.set(|settings| settings.theme = Theme::Night),
            Command::ThemePrint => self.set(|settings| settings.theme = Theme::Print),
            Command::ToggleMap => self.set(|settings| settings.map = !settings.map),
            Command::Coordinates => self.set(|settings| settings.coordinates = settings.coordinates.next()),
            Command::ToggleTiles => self.set(|settings| settings.tiles = !settings.tiles),
            other => self.run_on_session(other),
        }
    }

    fn run_on_session(&mut self, command: Command) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        let volumes = selected_volumes(session);
        let variant = session.variant();
        let change = match command {
            Command::AddStorey => StoreyChange::Add,
            Command::AddBasement => StoreyChange::AddBasement,
            // With none selected, or several volumes, it is about the top of each.
            Command::DuplicateStorey => {
                session.selection().storey().map_or(StoreyChange::DuplicateTop, StoreyChange::Duplicate)
            }
            Command::RemoveStorey => session.selection().storey().map_or(StoreyChange::RemoveTop, StoreyChange::Remove),
            Command::Delete => {
                let ids = session.selection().to_vec();
                let name = operate::name_of(variant, &ids, lang);
                let edit = operate::delete(session, &ids, lang);
                self.apply(edit);
                let undo = (Command::Undo.name(lang), Action::Run(Command::Undo));
                return self.say(tr_with(lang, "say-removed", &[("name", name.into())]), Some(undo));
            }
            Command::Duplicate => {
                let (edit, copies) = operate::duplicate(session, &session.selection().to_vec(), lang);
                self.apply(edit);
                return self.act_on_session(Action::Select(copies));
            }
            Command::SelectAll => {
                let ids = variant.plots.iter().map(|p| p.id).chain(variant.volumes.iter().map(|v| v.id));
                let ids: Vec<Id> = ids.chain(variant.surfaces.iter().map(|s| s.id)).collect();
                return session.selection_mut().set(ids);
            }
            Command::SelectNone => return session.selection_mut().clear(),
            Command::NewVariant => {
                let variants = &session.project().variants;
                let first = variants.iter().filter(|v| !v.baseline).count() + 1;
                let names = (first..).map(|number| format!("{} {number}", tr(lang, "name-variant")));
                let free = |name: &String| variants.iter().all(|v| v.name != *name);
                let (edit, id) = operate::new_variant(session, names.clone().find(free).unwrap_or_default());
                self.apply(edit);
                return self.act_on_session(Action::OpenVariant(id));
            }
            Command::RemoveVariant => {
                let edit = operate::remove_variant(session);
                return self.apply(edit);
            }
            Command::ZoomAll => return session.look_at_all(),
            Command::ZoomSelection => {
                let bounds = session.with_ctx(lang, |ctx| {
                    let outlines = ctx.selection.ids().filter_map(|id| ctx.outline(id)?.bounds());
                    outlines.reduce(crate::geometry::Bounds::union)
                });
                if let Some(bounds) = bounds {
                    session.look_at(bounds);
                }
                return;
            }
            Command::ZoomIn => return session.zoom(ZOOM_STEP),
            Command::ZoomOut => return session.zoom(1.0 / ZOOM_STEP),
            _ => return,
        };
        self.act_on_session(Action::Storeys(volumes, change));
    }

    fn take_tool(&mut self, kind: ToolKind) {
        if let Some(session) = self.session_mut() {
            session.take_tool(kind);
        }
    }

    pub(super) fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        self.settings.store(self.services.folders.config.as_deref());
    }
}

/// How much nearer or farther one step of the zoom commands goes.
const ZOOM_STEP: f64 = 1.5;

/// The selected volumes.
#[must_use]
pub fn selected_volumes(session: &Session) -> Vec<Id> {
    let volumes = &session.variant().volumes;
    session.selection().ids().filter(|id| volumes.contains(*id)).collect()
}
