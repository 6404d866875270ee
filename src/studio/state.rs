//! The whole studio: which screen is open, what is asked, what is told, what can be run. Wishes are carried out in
//! `carry_out`.

use std::sync::Arc;
use std::time::Duration;

use super::action::{Action, PathFor};
use super::charting::{ChartOf, Trail};
use super::clip::PasteAt;
use super::command::{Command, Group};
use super::document::Document;
use super::draft::Draft;
use super::drafting::{Effect, EffectOf};
use super::entry::Angles;
use super::files::Outcome;
use super::findings::Findings;
use super::keeping::KeepOffer;
use super::latest::Latest;
use super::map::MapState;
use super::operation::{self, Operation};
use super::plot_filter::{PlotFilter, PlotsFound};
use super::question::Question;
use super::recipes::plots_in_hand;
use super::services::Services;
use super::session::Session;
use super::settings::{PanelSizes, Settings};
use super::tabling::TableOf;
use super::tasks::Tasks;
use super::tool::Event;
use super::underlays::PictureCache;
use crate::basemap::online::{Gate, Service, TileCache};
use crate::chart::{Chart, ChartId};
use crate::i18n::{Lang, tr};
use crate::look::Theme;
use crate::model::Id;
use crate::schedule::{Schedule, ScheduleKind};

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

/// So many cards stay at once.
const MOST_CARDS: usize = 3;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeLevel {
    /// Said in passing; goes by itself.
    Passing,
    /// It was done, and there is more to say about it; stays until it is let go.
    Told,
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
    /// The state of the project that it was said about.
    pub revision: Option<u64>,
}

/// Which panels and windows are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panels {
    /// The command palette.
    pub palette: bool,
    /// The list of changes.
    pub undo_list: bool,
    /// The list of what the check found.
    pub findings: bool,
    /// The list of all figures.
    pub figures: bool,
    /// The editor of uses and rates.
    pub library: bool,
    /// The typologies to choose from.
    pub typologies: bool,
    /// The sheet that looks for plots.
    pub plot_filter: bool,
    /// The sheet of maps that lie under the drawing.
    pub map_sources: bool,
    /// The sheet that says how plans go onto pictures.
    pub picture: bool,
    /// The sheet that keeps what is in view for use without a network.
    pub keep_area: bool,
    /// The chart that is shown.
    pub chart: Option<ChartId>,
    /// The table that is shown.
    pub table: Option<ScheduleKind>,
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
    /// The language asked for this time, where it is not the one that is remembered.
    pub asked_lang: Option<Lang>,
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
    /// What the palette shall begin with.
    pub palette_words: Option<String>,
    /// The settings before one of them began to be pulled.
    pub(super) pulled_from: Option<Box<Settings>>,
    /// The first notice that can have been told by what is being carried out.
    pub(super) first_of_act: u64,
    /// A text for the system's clipboard.
    pub to_clipboard: Option<String>,
    /// The text of the system's clipboard is wanted, to be handed to [`Studio::paste`].
    pub wants_clipboard: bool,
    /// Where the next text that is pasted goes.
    pub(super) paste_at: PasteAt,
    /// Whether the window shall close.
    pub quit: bool,
    /// How each of the maps under the drawing fares, in the order of the settings.
    pub maps: Vec<MapState>,
    /// The way to the network, with its switch.
    pub gate: Gate,
    /// What is kept of it.
    pub cache: Option<Arc<TileCache>>,
    /// Files of maps were written anew: those that are open are opened again.
    pub maps_written: u64,
    pub(super) map_services: Vec<Service>,
    pub(super) pictures: PictureCache,
    /// The area that is to be kept, while the file is asked for.
    pub(super) keep_from: Option<KeepOffer>,
    pub(super) findings: Findings,
    /// What plots are looked for, and which were found last.
    pub(super) plot_filter: PlotFilter,
    pub(super) plots_found: Option<Arc<PlotsFound>>,
    pub(super) tasks: Tasks<Outcome>,
    /// What goes on once the project has been saved.
    pub(super) after_save: Option<Box<Action>>,
    /// The user said that unsaved work may go; good for the next thing only.
    pub(super) may_drop: bool,
    pub(super) draft: Option<Draft>,
    /// What the draft makes of the figures.
    pub(super) effect: Latest<EffectOf, Effect>,
    /// The table that is shown.
    pub(super) table: Latest<TableOf, Arc<Schedule>>,
    /// The rows of it that are to be written.
    pub(super) table_rows: Option<(Arc<Schedule>, Vec<usize>)>,
    /// The table that was shown last.
    pub(super) last_table: ScheduleKind,
    /// The chart that is shown.
    pub(super) shown: Latest<ChartOf, Arc<Chart>>,
    pub(super) trail: Trail,
    /// The chart that was shown last.
    pub(super) last_chart: ChartId,
    pub(super) next_notice: u64,
    last_serial: u64,
}

impl Studio {
    /// A studio at its start screen.
    #[must_use]
    pub fn new(services: Services) -> Self {
        let settings = Settings::load(services.folders.config.as_deref());
        let mut studio = Self {
            findings: Findings::default(),
            plot_filter: PlotFilter::default(),
            plots_found: None,
            tasks: Tasks::new(services.clone()),
            gate: Gate::new(Arc::clone(&services.network)),
            cache: services.folders.cache.as_ref().map(|folder| Arc::new(TileCache::new(folder.join("tiles")))),
            maps_written: 0,
            services,
            settings,
            asked_lang: None,
            screen: Screen::Start,
            document: None,
            notices: Vec::new(),
            question: None,
            path_wanted: None,
            panels: Panels::default(),
            palette_words: None,
            pulled_from: None,
            first_of_act: 0,
            to_clipboard: None,
            wants_clipboard: false,
            paste_at: PasteAt::default(),
            quit: false,
            maps: Vec::new(),
            map_services: Vec::new(),
            pictures: PictureCache::default(),
            keep_from: None,
            after_save: None,
            may_drop: false,
            next_notice: 0,
            draft: None,
            effect: Latest::default(),
            table: Latest::default(),
            table_rows: None,
            last_table: ScheduleKind::default(),
            shown: Latest::default(),
            trail: Trail::default(),
            last_chart: ChartId::default(),
            last_serial: 0,
        };
        studio.list_services();
        studio.follow_online();
        studio
    }

    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.asked_lang.unwrap_or(self.settings.lang)
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

    /// Says in passing what was done, with a button that takes it back.
    pub fn say_done(&mut self, text: String) {
        let undo = (Command::Undo.name(self.lang()), Action::Run(Command::Undo));
        self.say(text, Some(undo));
    }

    /// Says what went wrong; it stays until it is let go.
    pub fn complain(&mut self, text: String, details: Vec<String>, button: Option<(String, Action)>) {
        // What is said again takes the place of what was said before.
        let is_same = |notice: &Notice| (&notice.text, &notice.details) == (&text, &details);
        self.notices.retain(|notice| notice.level != NoticeLevel::Error || !is_same(notice));
        self.tell(NoticeLevel::Error, text, details, button, None);
    }

    /// Says what was done and what there is to know about it; it stays until it is let go.
    pub fn inform(&mut self, text: String, details: Vec<String>) {
        self.notices.retain(|notice| notice.level != NoticeLevel::Told || notice.text != text);
        self.tell(NoticeLevel::Told, text, details, None, None);
    }

    /// Says something besides what was said since notice `first` in passing, if anything was.
    pub(super) fn say_besides(&mut self, first: u64, words: &[String]) {
        let words = words.join(" · ");
        let said = self.notices.iter_mut().find(|notice| notice.level == NoticeLevel::Passing && notice.id >= first);
        match said {
            Some(notice) => notice.text = format!("{} · {words}", notice.text),
            None => self.say(crate::i18n::sentence(&words), None),
        }
    }

    /// What went wrong under that name does so no more.
    pub(super) fn let_go_of_complaint(&mut self, text: &str) {
        self.notices.retain(|notice| notice.level != NoticeLevel::Error || notice.text != text);
    }

    /// The number of the next document.
    pub(super) fn next_serial(&mut self) -> u64 {
        // What was told of another document goes; not what was told while this one was being opened.
        self.notices.retain(|notice| notice.id >= self.first_of_act);
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
        let revision = self.session().map(Session::revision);
        self.notices.push(Notice { id, level, text, details, button, until, revision });
        // More cards than these would cover the drawing: the oldest go, but none of what went wrong for what went well.
        while self.notices.iter().filter(|notice| notice.level != NoticeLevel::Passing).count() > MOST_CARDS {
            let oldest = |level| self.notices.iter().position(|notice| notice.level == level);
            let Some(at) = oldest(NoticeLevel::Told).or_else(|| oldest(NoticeLevel::Error)) else { break };
            self.notices.remove(at);
        }
    }

    /// What goes on between frames: results of long work, notices that have had their time, the journal.
    pub fn tick(&mut self) {
        for outcome in self.tasks.finished() {
            self.take(outcome);
        }
        if self.tasks.take_failure() {
            self.work_failed();
        }
        let now = self.services.clock.now();
        let revision = self.session().map(Session::revision);
        // What was said in passing is about a state that is no more once work goes on.
        let is_fresh = |notice: &Notice| notice.level != NoticeLevel::Passing || notice.revision == revision;
        self.notices.retain(|notice| notice.until.is_none_or(|until| until > now) && is_fresh(notice));
        self.write_journal();
        self.look_for_findings();
        self.look_for_pictures();
    }

    /// When the next notice goes by itself.
    #[must_use]
    pub fn next_tick(&self) -> Option<Duration> {
        self.notices.iter().filter_map(|notice| notice.until).min()
    }

    /// Which part of the work under way is done, where it says so: such work can be called off.
    #[must_use]
    pub fn part_done(&self) -> Option<f64> {
        self.tasks.part_done()
    }

    /// The names of long work under way.
    pub fn busy_with(&self) -> impl Iterator<Item = &str> {
        self.tasks.running().filter(|name| !name.is_empty())
    }

    /// Hands an event to the tool in hand.
    pub fn tool_event(&mut self, event: Event) {
        let lang = self.lang();
        let first = self.next_notice;
        let Some(session) = self.session_mut() else { return };
        for key in session.tool_event(event, lang) {
            self.say(tr(lang, key), None);
        }
        self.tell_of_recipes(first);
    }

    /// Begins to type a measure for what is being drawn; `false` when there is nothing to type it for.
    pub fn begin_entry(&mut self, first: &str) -> bool {
        let lang = self.lang();
        self.screen == Screen::Editor && self.session_mut().is_some_and(|session| session.begin_entry(first, lang))
    }

    /// The text of the field at the cursor is now this.
    pub fn type_text(&mut self, text: &str) {
        let lang = self.lang();
        if let Some(session) = self.session_mut() {
            session.type_text(text, lang);
        }
    }

    /// The next field at the cursor has the keyboard, or the one before it.
    pub fn next_field(&mut self, back: bool) {
        if let Some(session) = self.session_mut() {
            session.next_field(back);
        }
    }

    /// Puts the keyboard into a field at the cursor.
    pub fn focus_field(&mut self, place: usize) {
        if let Some(session) = self.session_mut() {
            session.focus_field(place);
        }
    }

    /// Forgets what was typed at the cursor.
    pub fn drop_entry(&mut self) {
        let lang = self.lang();
        if let Some(session) = self.session_mut() {
            session.drop_entry(lang);
        }
    }

    /// Carries out what was typed at the cursor, as a click would; with Alt held, as a click with Alt.
    pub fn commit_entry(&mut self, alt: bool) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        for key in session.commit_entry(alt, lang) {
            self.say(tr(lang, key), None);
        }
        self.write_journal();
    }

    /// Enter, with Alt held or not: the pointer says where, and Alt what for.
    pub fn enter(&mut self, alt: bool) {
        if let Some(session) = self.session_mut() {
            session.hold_alt(alt);
        }
        self.tool_event(Event::Enter);
        if let Some(session) = self.session_mut() {
            session.hold_alt(false);
        }
    }

    /// Moves what is selected by one grid step, or ten, along the project's axes.
    pub fn nudge(&mut self, arrow: super::aids::Arrow, far: bool) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        session.settle();
        session.keep_made();
        let edit = operation::nudged(session, arrow, far, lang);
        self.apply(edit);
        self.write_journal();
    }

    /// Locks the direction of an arrow key, or lets it go.
    pub fn lock(&mut self, arrow: super::aids::Arrow) {
        let lang = self.lang();
        if let Some(key) = self.session_mut().and_then(|session| session.lock(arrow, lang)) {
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
            command if matches!(command.group(), Group::Shape | Group::Align) => {
                let least = command.operation(Some(1.0)).map_or(1, Operation::least);
                let shapes = session.map_or(0, |session| {
                    session.with_ctx(self.lang(), |ctx| {
                        ctx.selection.ids().filter(|id| ctx.outline(*id).is_some()).take(least).count()
                    })
                });
                needs(shapes >= least, operation::too_few(least))
            }
            Command::SelectPlots => needs(session.is_some_and(|s| !s.variant().plots.is_empty()), "why-no-plots"),
            Command::Typologies => needs(session.is_some_and(|s| !plots_in_hand(s).is_empty()), "why-select-plot"),
            Command::Isolate => {
                let can = |s: &Session| s.isolated().is_some() || !s.selection().is_empty();
                needs(session.is_some_and(can), "why-nothing-selected")
            }
            Command::Delete | Command::Duplicate | Command::ClipCut | Command::ClipCopy | Command::ZoomSelection => {
                needs(session.is_some_and(|s| !s.selection().is_empty()), "why-nothing-selected")
            }
            Command::AddStorey | Command::StoreysTo | Command::DuplicateStorey | Command::RemoveStorey => {
                needs(session.is_some_and(|s| !selected_volumes(s).is_empty()), "say-select-volume")
            }
            Command::AddBasement => {
                let volumes = session.map(selected_volumes).unwrap_or_default();
                needs(!volumes.is_empty(), "say-select-volume")?;
                let on_ground = |id: &Id| {
                    let volume = session.and_then(|s| s.variant().volumes.get(*id));
                    volume.is_some_and(|volume| volume.begins_on_ground())
                };
                needs(volumes.iter().all(on_ground), "why-not-on-ground")
            }
            Command::RemoveVariant => {
                needs(session.is_some_and(|s| s.project().variants.len() > 1), "say-last-variant")
            }
            Command::New
            | Command::Open
            | Command::Import
            | Command::ImportPlots
            | Command::Quit
            | Command::Palette
            | Command::LangEn
            | Command::LangNl
            | Command::LangFr
            | Command::ThemePaper
            | Command::ThemeNight
            | Command::ThemePrint
            | Command::ToggleTiles
            | Command::AddMap
            | Command::MapSources
            | Command::Coordinates
            | Command::CadAngles
            | Command::Snapping
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
            Command::ToggleMapNames => self.settings.map_names,
            Command::ToggleGrid => self.settings.grid,
            Command::ToggleTiles => self.settings.online,
            Command::MapSources => self.panels.map_sources,
            Command::Picture => self.panels.picture,
            Command::KeepArea => self.panels.keep_area,
            Command::CadAngles => self.settings.drawing.angles == Angles::Cad,
            Command::Snapping => !self.settings.drawing.off.all,
            Command::Isolate => self.session().is_some_and(|session| session.isolated().is_some()),
            Command::UndoList => self.panels.undo_list,
            Command::Findings => self.panels.findings,
            Command::AllFigures => self.panels.figures,
            Command::Library => self.panels.library,
            Command::Typologies => self.panels.typologies,
            Command::SelectPlots => self.panels.plot_filter,
            Command::Charts => self.panels.chart.is_some(),
            Command::Tables => self.panels.table.is_some(),
            _ => command.tool().is_some() && self.session().map(|s| s.tool().kind()) == command.tool(),
        }
    }

    /// How large the panels are; no step that could be undone, as nothing was chosen. Written once they are let go of.
    pub fn pull_panels(&mut self, sizes: PanelSizes, let_go: bool) {
        self.settings.panels = sizes;
        self.store_once(let_go);
    }

    /// Writes the settings once what is pulled is let go of.
    pub(super) fn store_once(&self, let_go: bool) {
        if let_go {
            self.settings.store(self.services.folders.config.as_deref());
        }
    }

    pub(super) fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        self.settings.store(self.services.folders.config.as_deref());
        let drawing = self.settings.drawing();
        if let Some(session) = self.session_mut() {
            session.set_drawing(drawing);
        }
    }
}

/// The selected volumes.
#[must_use]
pub fn selected_volumes(session: &Session) -> Vec<Id> {
    let volumes = &session.variant().volumes;
    session.selection().ids().filter(|id| volumes.contains(*id)).collect()
}
