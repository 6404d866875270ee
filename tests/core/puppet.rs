//! Plays the studio without a window: gestures in world metres, commands, typed paths.
//!
//! After every step the puppet sweeps over what must hold whatever was done: see [`Puppet::sweep`].

use std::path::{Path, PathBuf};

use maakblok::geometry::{Bounds, Outline, Point, distance_m, point};
use maakblok::i18n::{Lang, tr};
use maakblok::io::journal::{Journal, recover};
use maakblok::io::native;
use maakblok::measure::Sums;
use maakblok::model::{Id, MarkKind, Severity, Variant, Volume, check};
use maakblok::studio::tool::{Event, Pointer};
use maakblok::studio::{
    Action, Command, Folders, Kind, Notice, NoticeLevel, PathFor, Question, REFERENCE_AFTER_S, Services, Session,
    Studio, kind_of,
};

/// A user's folders, gone when this is dropped. Several windows may share them.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What a window of this user needs from outside.
    pub fn services(&self) -> Services {
        let folders = Folders {
            config: Some(self.path("config")),
            data: Some(self.path("data")),
            home: Some(self.path("")),
            ..Folders::default()
        };
        Services { folders, ..Services::for_tests() }
    }
}

/// A window without a window.
pub struct Puppet {
    pub studio: Studio,
    data: PathBuf,
    /// Shift and Ctrl while they are held.
    pub held: Pointer,
}

impl Puppet {
    /// A window at its start screen, in English.
    pub fn new(home: &Home) -> Self {
        Self::with(home, home.services())
    }

    /// The same with other services than those of the user.
    pub fn with(home: &Home, services: Services) -> Self {
        let mut studio = Studio::new(services);
        studio.settings.lang = Lang::En;
        Self { studio, data: home.path("data"), held: Pointer::default() }
    }

    /// A window with a new project, four pixels to a metre: free points fall on whole metres.
    pub fn drawing(home: &Home) -> Self {
        let mut puppet = Self::new(home);
        puppet.run(Command::New);
        puppet.scale(4.0);
        puppet
    }

    /// The same after a file was opened.
    pub fn opening(home: &Home, path: &Path) -> Self {
        let mut puppet = Self::new(home);
        puppet.act(Action::Open(path.to_owned()));
        puppet.scale(4.0);
        puppet
    }

    /// Looks at the middle of the site from so near.
    pub fn scale(&mut self, px_per_m: f64) {
        if let Some(session) = self.studio.session_mut() {
            session.camera.size_px = [1200.0, 900.0];
            session.camera.centre_local = point(0.0, 0.0);
            session.camera.px_per_m = px_per_m;
        }
    }

    pub fn session(&self) -> &Session {
        self.studio.session().expect("a project is open")
    }

    pub fn variant(&self) -> &Variant {
        self.session().variant()
    }

    /// The file as it would be written.
    pub fn text(&self) -> String {
        String::from_utf8(native::write(self.session().project()).unwrap()).unwrap()
    }

    /// The report as scripts get it.
    pub fn report(&self) -> serde_json::Value {
        let sums = self.session().sums().expect("sums");
        serde_json::to_value(sums.report(self.session().project()).unwrap()).unwrap()
    }

    pub fn act(&mut self, action: Action) {
        self.studio.act(action);
        self.studio.tick();
        self.sweep();
    }

    pub fn run(&mut self, command: Command) {
        self.act(Action::Run(command));
    }

    /// Runs a command that asks for a path, and types it.
    pub fn run_with_path(&mut self, command: Command, path: &Path) {
        self.run(command);
        let (what, _) = self.studio.path_wanted.clone().unwrap_or_else(|| panic!("{command:?} asks for a path"));
        self.act(Action::Path(what, path.to_owned()));
    }

    pub fn save_as(&mut self, path: &Path) {
        self.run_with_path(Command::SaveAs, path);
        assert!(self.studio.question.is_none(), "{} is new", path.display());
    }

    pub fn event(&mut self, event: Event) {
        self.studio.tool_event(event);
        self.studio.tick();
        self.sweep();
    }

    fn pointer(&self, x: f64, y: f64) -> Pointer {
        Pointer { world: Point { x, y }, ..self.held }
    }

    pub fn hover(&mut self, x: f64, y: f64) {
        self.event(Event::Move(self.pointer(x, y)));
    }

    pub fn press(&mut self, x: f64, y: f64) {
        self.hover(x, y);
        self.event(Event::Press(self.pointer(x, y)));
    }

    pub fn release(&mut self, x: f64, y: f64) {
        self.event(Event::Release(self.pointer(x, y)));
    }

    pub fn click(&mut self, x: f64, y: f64) {
        self.press(x, y);
        self.release(x, y);
    }

    pub fn double_click(&mut self, x: f64, y: f64) {
        self.click(x, y);
        self.click(x, y);
        self.event(Event::DoubleClick(self.pointer(x, y)));
    }

    /// Types into the field at the cursor, which opens with the first character.
    pub fn types(&mut self, text: &str) {
        let mut so_far = String::new();
        for c in text.chars() {
            so_far.push(c);
            if so_far.chars().count() == 1 {
                assert!(self.studio.begin_entry(&so_far), "there is something to type {text} for");
            } else {
                self.studio.type_text(&so_far);
            }
            self.sweep();
        }
    }

    /// Types into the field that has the keyboard, from its beginning.
    pub fn types_on(&mut self, text: &str) {
        self.studio.type_text(text);
        self.sweep();
    }

    /// What is being typed, field by field.
    pub fn typed(&self) -> Vec<&str> {
        let entry = self.session().entry().expect("something is being typed");
        entry.fields.iter().filter_map(|field| field.text.as_deref()).collect()
    }

    pub fn tab(&mut self) {
        self.studio.next_field(false);
    }

    /// Enter, in the field at the cursor.
    pub fn enter(&mut self) {
        self.studio.commit_entry(self.held.alt);
        self.studio.tick();
        self.sweep();
    }

    /// Rests the pointer until that means something.
    pub fn rest(&mut self, x: f64, y: f64) {
        self.hover(x, y);
        self.held.time_s += REFERENCE_AFTER_S;
        self.hover(x, y);
    }

    /// Presses, moves in ten steps, and holds.
    pub fn pull(&mut self, from: [f64; 2], to: [f64; 2]) {
        self.press(from[0], from[1]);
        for step in 1..=10 {
            let t = f64::from(step) / 10.0;
            self.hover(from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t);
        }
    }

    pub fn drag(&mut self, from: [f64; 2], to: [f64; 2]) {
        self.pull(from, to);
        self.release(to[0], to[1]);
    }

    pub fn with_shift(&mut self, play: impl FnOnce(&mut Self)) {
        self.held.shift = true;
        play(self);
        self.held.shift = false;
    }

    pub fn with_ctrl(&mut self, play: impl FnOnce(&mut Self)) {
        self.held.ctrl = true;
        play(self);
        self.held.ctrl = false;
    }

    /// Draws with the tool that is in hand, corner by corner, and ends with Enter.
    pub fn outline(&mut self, points: &[[f64; 2]]) {
        for [x, y] in points {
            self.click(*x, *y);
        }
        self.event(Event::Enter);
    }

    /// Draws an upright plot and returns its id.
    pub fn plot(&mut self, from: [f64; 2], to: [f64; 2]) -> Id {
        self.run(Command::ToolPlot);
        self.outline(&[from, [to[0], from[1]], to, [from[0], to[1]]]);
        self.session().selection().single().expect("the new plot is selected")
    }

    /// Draws an upright volume and returns its id.
    pub fn volume(&mut self, from: [f64; 2], to: [f64; 2]) -> Id {
        self.run(Command::ToolRectangle);
        self.click(from[0], from[1]);
        self.click(to[0], to[1]);
        self.session().selection().single().expect("the new volume is selected")
    }

    /// Copies what is selected to the clipboard, and returns what is there then.
    pub fn copies(&mut self, command: Command) -> String {
        self.run(command);
        self.studio.to_clipboard.take().expect("a text for the clipboard")
    }

    /// Pastes a text, as the window does when the clipboard's text has come.
    pub fn pastes(&mut self, command: Command, text: &str) {
        self.run(command);
        assert!(std::mem::take(&mut self.studio.wants_clipboard), "the clipboard is asked");
        self.studio.paste(text);
        self.studio.tick();
        self.sweep();
    }

    pub fn volume_of(&self, id: Id) -> &Volume {
        self.variant().volumes.get(id).expect("the volume is there")
    }

    pub fn selected(&self) -> Vec<Id> {
        self.session().selection().to_vec()
    }

    pub fn undo_all(&mut self) {
        while self.studio.can_run(Command::Undo).is_ok() {
            self.run(Command::Undo);
        }
    }

    pub fn redo_all(&mut self) {
        while self.studio.can_run(Command::Redo).is_ok() {
            self.run(Command::Redo);
        }
    }

    /// Takes everything back to the text `start` and makes it all again.
    pub fn there_and_back(&mut self, start: &str) {
        let now = self.text();
        self.undo_all();
        assert_same(&self.text(), start, "all taken back");
        self.redo_all();
        assert_same(&self.text(), &now, "all made again");
    }

    /// Takes so many edits back to the text `before` and makes them again.
    pub fn there_and_back_to(&mut self, before: &str, edits: usize) {
        let now = self.text();
        for _ in 0..edits {
            self.run(Command::Undo);
        }
        assert_same(&self.text(), before, "taken back");
        for _ in 0..edits {
            self.run(Command::Redo);
        }
        assert_same(&self.text(), &now, "made again");
    }

    /// The notices as people read them.
    pub fn notices(&self) -> Vec<&str> {
        self.studio.notices.iter().map(|notice| notice.text.as_str()).collect()
    }

    /// The last notice of what went wrong.
    pub fn complaint(&self) -> &Notice {
        self.last_of(NoticeLevel::Error)
    }

    /// The last notice of what was done and has more to say.
    pub fn told(&self) -> &Notice {
        self.last_of(NoticeLevel::Told)
    }

    fn last_of(&self, level: NoticeLevel) -> &Notice {
        let last = self.studio.notices.iter().rfind(|notice| notice.level == level);
        last.unwrap_or_else(|| panic!("it is told: {:?}", self.notices()))
    }

    pub fn no_complaints(&self) {
        let complaints: Vec<&Notice> =
            self.studio.notices.iter().filter(|notice| notice.level != NoticeLevel::Passing).collect();
        assert!(complaints.is_empty(), "{complaints:?}");
    }

    /// Nothing went wrong but this.
    pub fn no_complaints_but(&self, text: &str) {
        let told = |notice: &&Notice| notice.level != NoticeLevel::Passing && notice.text != text;
        assert_eq!(self.studio.notices.iter().find(told), None);
    }

    /// Answers what is asked by the message key of the choice.
    pub fn answer(&mut self, key: &str) {
        let question = self.studio.question.as_ref().expect("something is asked");
        let (_, _, choices) = question.words(Lang::En);
        let place = choices.iter().position(|choice| *choice == tr(Lang::En, key));
        self.act(Action::Answer(place.unwrap_or_else(|| panic!("{key} is not among {choices:?}"))));
    }

    /// Which question is asked.
    pub fn asked(&self) -> Option<&'static str> {
        self.studio.question.as_ref().map(|question| match question {
            Question::Unsaved { .. } => "unsaved",
            Question::Recover { .. } => "recover",
            Question::ChangedOnDisk { .. } => "changed",
            Question::Replace { .. } => "replace",
        })
    }

    pub fn wants(&self) -> Option<PathFor> {
        self.studio.path_wanted.as_ref().map(|(what, _)| *what)
    }

    /// What must hold after every step.
    pub fn sweep(&self) {
        let Some(document) = &self.studio.document else { return };
        let session = &document.session;
        let (project, variant) = (session.project(), session.variant());
        if !session.history().in_gesture() {
            let faults = check(project);
            let errors: Vec<_> = faults.iter().filter(|fault| fault.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{errors:#?}");
            for outline in outlines(variant) {
                assert_eq!(outline.1, &Outline::from_polygon(&outline.1.polygon()), "ring order");
            }
            if !document.is_saving() && !document.in_use && self.studio.question.is_none() {
                self.sweep_journal();
            }
        }
        let ids = ids(variant);
        let mut once = ids.clone();
        once.dedup();
        assert_eq!(ids, once, "every id stands for one thing");
        assert!(ids.last().is_none_or(|id| id.0 < project.next_id), "{ids:?} all below {}", project.next_id);
        for id in session.selection().ids() {
            assert!(ids.contains(&id), "selected {id:?} is there");
            assert!(session.sight().touches(kind_of(variant, id), id), "selected {id:?} can be taken hold of");
        }
        if !session.history().in_gesture() {
            for array in variant.arrays.iter() {
                assert!(array.of.iter().all(|id| variant.has(*id)), "what {array:?} is of is there");
                assert!(array.copies.iter().all(|step| step.len() == array.of.len()), "whole steps: {array:?}");
                assert_eq!(array.copies.len(), array.rule.maps().len(), "as many as the rule says: {array:?}");
            }
        }
        let storeys =
            session.selection().single().and_then(|id| variant.volumes.get(id)).map_or(0, |v| v.storeys.len());
        assert!(session.selection().storey().is_none_or(|storey| storey < storeys), "the selected storey is there");
        let fresh = Sums::new(project, variant.id);
        assert_eq!(session.sums().expect("sums").totals(), fresh.totals(), "figures followed");
        assert_eq!(session.sums().unwrap().report(project), fresh.report(project), "the report followed");
        self.sweep_index(variant);
    }

    fn sweep_index(&self, variant: &Variant) {
        let index = self.session().index();
        let everywhere = Bounds { min: Point { x: -1e9, y: -1e9 }, max: Point { x: 1e9, y: 1e9 } };
        let mut expected: Vec<(Kind, Id)> = outlines(variant).map(|(kind, _, id)| (kind, id)).collect();
        expected.extend(variant.goods_access.iter().map(|g| (Kind::Pin, g.id)));
        expected.extend(variant.entrances.iter().map(|e| (Kind::Pin, e.id)));
        expected.extend(variant.notes.iter().map(|n| (Kind::Pin, n.id)));
        let dimensions = variant.marks.iter().filter(|m| m.kind == MarkKind::Dimension);
        expected.extend(dimensions.map(|m| (Kind::Mark, m.id)));
        expected.sort_unstable();
        assert_eq!(index.meeting(everywhere), expected, "the index knows all there is");
        for (kind, outline, id) in outlines(variant) {
            let bounds = outline.bounds().unwrap();
            assert!(index.within(bounds.grown(1e-6)).contains(&(kind, id)), "{kind:?} {id:?} is where it is");
        }
    }

    /// What a crash would leave is what is open now.
    fn sweep_journal(&self) {
        let Some(document) = &self.studio.document else { return };
        let now = native::write(document.session.project()).unwrap();
        let recovery = match &document.path {
            Some(path) => {
                let (Ok(loaded), journal) = (native::load(path), Journal::path_beside(path)) else { return };
                if !journal.exists() {
                    return;
                }
                let saved = (loaded.project, loaded.fingerprint);
                match recover(&journal, Some((&saved.0, &saved.1))) {
                    Some(recovery) => recovery,
                    None => return assert!(!document.is_dirty(), "what is not saved is in the journal"),
                }
            }
            None => {
                let journals = Journal::unsaved_in(&self.data);
                let Some(recovery) = journals.last().and_then(|journal| recover(journal, None)) else { return };
                recovery
            }
        };
        if !recovery.base_matches {
            // Somebody else changed the file; that is for the next save to notice.
            return;
        }
        let recovered = recovery.project;
        let recovered = native::write(&recovered.expect("the journal can be read")).unwrap();
        assert_same(&String::from_utf8(recovered).unwrap(), &String::from_utf8(now).unwrap(), "the journal followed");
    }
}

/// Two texts are the same; if not, where they first differ.
fn assert_same(a: &str, b: &str, what: &str) {
    if a != b {
        let at = a.lines().zip(b.lines()).take_while(|(a, b)| a == b).count();
        let from = |text: &str| text.lines().skip(at.saturating_sub(3)).take(8).collect::<Vec<_>>().join("\n");
        panic!("{what}, but from line {at}:\n{}\n--- and not\n{}", from(a), from(b));
    }
}

fn outlines(variant: &Variant) -> impl Iterator<Item = (Kind, &Outline, Id)> {
    let plots = variant.plots.iter().map(|p| (Kind::Plot, &p.outline, p.id));
    let volumes = variant.volumes.iter().map(|v| (Kind::Volume, &v.footprint, v.id));
    let surfaces = variant.surfaces.iter().map(|s| (Kind::Surface, &s.outline, s.id));
    plots.chain(volumes).chain(surfaces)
}

/// The ids of all things of a variant, in order.
fn ids(variant: &Variant) -> Vec<Id> {
    let mut ids: Vec<Id> = outlines(variant).map(|(_, _, id)| id).collect();
    ids.extend(variant.buildings.iter().map(|b| b.id));
    ids.extend(variant.goods_access.iter().map(|g| g.id));
    ids.extend(variant.entrances.iter().map(|e| e.id));
    ids.extend(variant.notes.iter().map(|n| n.id));
    ids.extend(variant.marks.iter().map(|m| m.id));
    ids.extend(variant.arrays.iter().map(|a| a.id));
    ids.extend(variant.recipes.iter().map(|r| r.id));
    ids.sort_unstable();
    ids
}

/// Whether a ring has just these corners, from wherever and whichever way round, to the millimetre.
#[track_caller]
pub fn has_corners(outline: &Outline, corners: &[[f64; 2]]) {
    let ring = outline.outer();
    let near = |[x, y]: &[f64; 2]| ring.iter().any(|p| distance_m(*p, Point { x: *x, y: *y }) < 1e-3);
    assert!(ring.len() == corners.len() && corners.iter().all(near), "{ring:?} is not {corners:?}");
}
