//! Edits and the way through them: made, taken back, made again; the caches follow each.

use std::sync::OnceLock;

use super::Session;
use crate::crs::Frame;
use crate::edit::{Applied, Change, Edit, EditError, Label};
use crate::library::Library;
use crate::model::Id;
use crate::studio::chosen::Way;

impl Session {
    /// Makes an edit.
    ///
    /// # Errors
    /// When it does not fit the project, which is then as it was.
    pub fn apply(&mut self, edit: Edit) -> Result<(), EditError> {
        if edit.is_empty() {
            return Ok(());
        }
        if !self.concerns_recipes(&edit) {
            return self.commit(edit);
        }
        // What recipes made follows the plot in the same step.
        let in_gesture = self.history.in_gesture();
        if !in_gesture {
            self.begin_gesture();
        }
        let result = self.commit_with_recipes(edit);
        match result {
            _ if in_gesture => {}
            Ok(()) => self.end_gesture(),
            Err(_) => self.cancel_gesture(),
        }
        result
    }

    fn commit(&mut self, edit: Edit) -> Result<(), EditError> {
        let applied = self.history.commit(&mut self.project, edit)?;
        // The serial of nothing that has changed.
        if applied.serial != 0 {
            let in_gesture = self.history.in_gesture();
            self.follow(applied, !in_gesture);
        }
        Ok(())
    }

    fn commit_with_recipes(&mut self, edit: Edit) -> Result<(), EditError> {
        let (done, before, homes) = (edit.clone(), self.recipes_before(&edit), self.homes_before(&edit));
        self.commit(edit)?;
        if let Some(more) = self.homes_follow(&homes, &done.label) {
            self.commit(more)?;
        }
        self.recipes_follow(&done, &before).map_or(Ok(()), |more| self.commit(more))
    }

    /// Takes back the last edit, and opens the variant it was made in. Returns its name.
    pub fn undo(&mut self) -> Option<Label> {
        self.go(Way::Back)
    }

    /// Makes the last undone edit again, and opens the variant it was made in. Returns its name.
    pub fn redo(&mut self) -> Option<Label> {
        self.go(Way::Forth)
    }

    fn go(&mut self, way: Way) -> Option<Label> {
        self.drop_gesture();
        let (label, changed_in) = self.step(way)?;
        self.show_variant(changed_in);
        Some(label)
    }

    /// Goes to a place in the list of edits.
    pub fn go_to(&mut self, place: usize) {
        self.drop_gesture();
        let mut last_changed = None;
        while self.history.place() != place {
            let way = if self.history.place() > place { Way::Back } else { Way::Forth };
            let Some((_, changed_in)) = self.step(way) else { break };
            last_changed = changed_in.or(last_changed);
        }
        // Only the last is looked at: opening a variant indexes all that is in it.
        self.show_variant(last_changed);
    }

    /// One step through the history; its name comes back, and in which variant it changed something.
    fn step(&mut self, way: Way) -> Option<(Label, Option<Id>)> {
        let applied = match way {
            Way::Back => self.history.undo(&mut self.project),
            Way::Forth => self.history.redo(&mut self.project),
        }?;
        self.chosen.pass(applied.serial, way);
        // The edge may be gone, or elsewhere.
        self.aids.reference = None;
        let label = applied.forward.label.clone();
        let changed_in = applied.forward.changes.iter().find_map(Change::variant);
        self.follow(applied, true);
        Some((label, changed_in))
    }

    /// Opens the variant in which something changed: what changes out of sight looks like nothing.
    fn show_variant(&mut self, changed_in: Option<Id>) {
        if let Some(variant) = changed_in {
            self.open_variant(variant);
        }
    }

    /// Brings the caches up to what was just applied.
    pub(super) fn follow(&mut self, applied: Applied, journal: bool) {
        let Applied { forward, inverse, .. } = applied;
        for (id, sums) in &mut self.sums {
            if self.project.variant(*id).is_some() {
                sums.follow(&self.project, &inverse);
            }
        }
        self.context_index.follow_context(&self.project, &inverse);
        let project = &self.project;
        self.sums.retain(|id, _| project.variant(*id).is_some());
        self.sum_baseline();
        if inverse.changes.iter().any(|change| matches!(change, Change::Info(_))) {
            self.let_go_of_untouchable();
            self.library = Library::with_overrides(&self.project.uses);
            if let Ok(frame) = Frame::new(self.project.origin.lon_deg, self.project.origin.lat_deg) {
                self.frame = frame;
                self.map_edges = OnceLock::new();
            }
        }
        if self.project.variant(self.variant).is_some() {
            self.index.follow(&self.project, self.variant, &inverse);
            self.recipe_index.follow(&self.project, self.variant, &inverse);
            if let Some(variant) = self.project.variant(self.variant) {
                self.selection.prune(variant);
            }
        } else {
            // The one that was open before it, else the one beside it.
            let place = inverse.changes.iter().find_map(|change| match change {
                Change::Variant { id, place, .. } if *id == self.variant => Some(place.saturating_sub(1)),
                _ => None,
            });
            let before = self.variant_before.filter(|id| self.project.variant(*id).is_some());
            let beside = || place.and_then(|place| self.project.variants.get(place)).map(|variant| variant.id);
            if let Some(next) = before.or_else(beside) {
                self.variant = next;
            }
            self.refresh_variant();
        }
        if let Some(isolated) = &mut self.isolated {
            // What is drawn while others are out of sight is seen; an edit that takes something back makes nothing new.
            let made = forward.first_id.zip(forward.next_id);
            isolated.join(made.into_iter().flat_map(|(first, next)| (first..next).map(Id)));
        }
        self.revision += 1;
        if journal && !forward.is_empty() {
            self.journalled.push(forward);
        }
    }
}
