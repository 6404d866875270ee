//! Settings that are changed while a project is open: named steps among those of the drawing, so that undo comes past them
//! in their turn.
//!
//! They are the user's, not the project's: they go into no journal and no file of it, and leave it as saved as it was.

use std::collections::BTreeMap;

use super::action::Pulled;
use super::session::Session;
use super::settings::Settings;
use super::state::{Screen, Studio};
use crate::edit::Label;

/// Which way a step is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It is taken back.
    Back,
    /// It is made again.
    Forth,
}

/// The settings before and after a step.
type Change = Box<[Settings; 2]>;

/// The changes of settings in a session's history.
#[derive(Default)]
pub(super) struct Chosen {
    /// By the number of the entry.
    steps: BTreeMap<u64, Change>,
    /// From what to what the settings are to go, in order.
    passed: Vec<Change>,
}

impl Chosen {
    /// The history went past an entry.
    pub fn pass(&mut self, serial: u64, way: Way) {
        let Some(step) = self.steps.get(&serial) else { return };
        let mut step = step.clone();
        if way == Way::Back {
            step.reverse();
        }
        self.passed.push(step);
    }
}

impl Settings {
    /// Goes where a step went: what it changed, and nothing else.
    fn follow(&mut self, [from, to]: &[Self; 2]) {
        fn go<T: PartialEq + Clone>(field: &mut T, from: &T, to: &T) {
            if from != to {
                *field = to.clone();
            }
        }
        go(&mut self.lang, &from.lang, &to.lang);
        go(&mut self.theme, &from.theme, &to.theme);
        go(&mut self.map, &from.map, &to.map);
        go(&mut self.maps, &from.maps, &to.maps);
        go(&mut self.map_strength, &from.map_strength, &to.map_strength);
        go(&mut self.map_look, &from.map_look, &to.map_look);
        go(&mut self.map_names, &from.map_names, &to.map_names);
        go(&mut self.coordinates, &from.coordinates, &to.coordinates);
        go(&mut self.grid, &from.grid, &to.grid);
        go(&mut self.drawing, &from.drawing, &to.drawing);
        go(&mut self.preset, &from.preset, &to.preset);
        go(&mut self.pinned, &from.pinned, &to.pinned);
    }
}

impl Session {
    /// A setting was changed while this was open.
    fn note_settings(&mut self, label: Label, change: [Settings; 2]) {
        // What was just made is no longer the last thing done.
        self.keep_made();
        let serial = self.note(label);
        self.chosen.steps.insert(serial, Box::new(change));
    }
}

impl Studio {
    /// Changes settings; while a project is open as a step of that name, that undo takes back.
    pub(super) fn choose(&mut self, name: String, change: impl FnOnce(&mut Settings)) {
        let before = self.settings.clone();
        self.set(change);
        self.note_change(name, before);
    }

    /// What the settings were before a change becomes a step of the history, if that changed anything.
    fn note_change(&mut self, name: String, before: Settings) {
        let after = self.settings.clone();
        if before != after
            && self.screen == Screen::Editor
            && let Some(session) = self.session_mut()
        {
            session.note_settings(Label::about("edit-setting", name), [before, after]);
        }
    }

    /// Changes a setting that is pulled: seen at once, written and a step of the history once it is let go of.
    pub(super) fn pull_setting(&mut self, name: String, pulled: Pulled, change: impl FnOnce(&mut Settings, f32)) {
        let before = self.pulled_from.take().unwrap_or_else(|| Box::new(self.settings.clone()));
        change(&mut self.settings, pulled.to.clamp(0.0, 1.0));
        if !pulled.let_go {
            self.pulled_from = Some(before);
            return;
        }
        self.store_once(true);
        self.note_change(name, *before);
    }

    /// Lets the settings follow the way that the history has gone.
    pub(super) fn follow_history(&mut self) {
        let Some(session) = self.session_mut() else { return };
        let passed = std::mem::take(&mut session.chosen.passed);
        if passed.iter().any(|step| step[0].lang != step[1].lang) {
            self.asked_lang = None;
        }
        for step in passed {
            self.set(|settings| settings.follow(&step));
        }
    }
}
