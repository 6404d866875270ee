//! The list of edits done and undone.

use super::{Edit, EditError, Label};
use crate::model::Project;

/// An edit that was made, with the one that takes it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number, never given twice in a session.
    pub serial: u64,
    /// The edit.
    pub forward: Edit,
    /// What takes it back.
    pub inverse: Edit,
}

impl Entry {
    fn applied(&self) -> Applied {
        Applied { serial: self.serial, forward: self.forward.clone(), inverse: self.inverse.clone() }
    }
}

/// What was just done to a project: caches read from `inverse` what there was before.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// The number of its entry; 0 for a gesture that was called off.
    pub serial: u64,
    /// The edit that was applied.
    pub forward: Edit,
    /// The edit that takes it back.
    pub inverse: Edit,
}

/// Unlimited undo and redo with names, and gestures that become one entry.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Entry>,
    undone: Vec<Entry>,
    last_serial: u64,
    gesture: Option<Gesture>,
}

/// A gesture in hand: the edits made so far, as one.
#[derive(Clone, Debug)]
struct Gesture {
    entry: Option<Entry>,
}

impl History {
    /// Applies an edit and remembers it; an empty edit leaves no trace.
    ///
    /// # Errors
    /// When the edit does not fit; project and history are then as they were.
    pub fn commit(&mut self, project: &mut Project, edit: Edit) -> Result<Applied, EditError> {
        let inverse = edit.apply(project)?;
        // What leaves all as it was is no step, and takes nothing away that could be done again.
        let gives_ids = edit.next_id.is_some_and(|next_id| Some(next_id) != inverse.next_id);
        if self.gesture.is_none() && !gives_ids && edit.changes == reversed(&inverse) {
            return Ok(Applied { serial: 0, forward: edit, inverse });
        }
        self.last_serial += 1;
        let entry = Entry { serial: self.last_serial, forward: edit, inverse };
        let applied = entry.applied();
        match &mut self.gesture {
            Some(gesture) => {
                gesture.entry = Some(match gesture.entry.take() {
                    Some(before) => Entry {
                        serial: entry.serial,
                        forward: before.forward.then(entry.forward),
                        inverse: entry.inverse.then(before.inverse),
                    },
                    None => entry,
                });
            }
            None => {
                self.done.push(entry);
                self.undone.clear();
            }
        }
        Ok(applied)
    }

    /// Remembers by name that something was done beside the project, such as a setting changed, so that undo comes past it in
    /// its turn. The project stays in the same state, and what was undone of it can still be done again. Returns its number.
    pub fn note(&mut self, label: Label) -> u64 {
        self.last_serial += 1;
        let nothing = Edit::new(label);
        self.done.push(Entry { serial: self.last_serial, forward: nothing.clone(), inverse: nothing });
        self.last_serial
    }

    /// From here on edits belong to one gesture, until it ends or is called off.
    pub fn begin_gesture(&mut self) {
        self.gesture.get_or_insert(Gesture { entry: None });
    }

    /// Whether a gesture is in hand.
    #[must_use]
    pub fn in_gesture(&self) -> bool {
        self.gesture.is_some()
    }

    /// Makes the gesture one entry and returns its edit, or `None` when nothing was done or all of it came back to
    /// where it was.
    pub fn end_gesture(&mut self) -> Option<Edit> {
        let mut entry = self.gesture.take()?.entry?;
        // Taken back under the name that it was done under, whatever its last part was called.
        entry.inverse.label = entry.forward.label.clone();
        if entry.forward.changes == reversed(&entry.inverse) {
            return None;
        }
        let forward = entry.forward.clone();
        self.done.push(entry);
        self.undone.clear();
        Some(forward)
    }

    /// Takes back what the gesture did; it goes on from where it began.
    pub fn restart_gesture(&mut self, project: &mut Project) -> Option<Applied> {
        let applied = self.cancel_gesture(project);
        self.begin_gesture();
        applied
    }

    /// Takes back what the gesture did and forgets it.
    pub fn cancel_gesture(&mut self, project: &mut Project) -> Option<Applied> {
        let entry = self.gesture.take()?.entry?;
        let inverse = entry.inverse.apply(project).ok()?;
        Some(Applied { serial: 0, forward: entry.inverse, inverse })
    }

    /// Takes back the last entry.
    pub fn undo(&mut self, project: &mut Project) -> Option<Applied> {
        let entry = self.done.pop()?;
        let Ok(back) = entry.inverse.apply(project) else {
            self.done.push(entry);
            return None;
        };
        let applied = Applied { serial: entry.serial, forward: entry.inverse.clone(), inverse: back };
        self.undone.push(entry);
        Some(applied)
    }

    /// Does the last undone entry again.
    pub fn redo(&mut self, project: &mut Project) -> Option<Applied> {
        let entry = self.undone.pop()?;
        let Ok(back) = entry.forward.apply(project) else {
            self.undone.push(entry);
            return None;
        };
        let applied = Applied { serial: entry.serial, forward: entry.forward.clone(), inverse: back };
        self.done.push(entry);
        Some(applied)
    }

    /// The names of what was done, the oldest first.
    pub fn done(&self) -> impl DoubleEndedIterator<Item = &Label> + ExactSizeIterator {
        self.done.iter().map(|entry| &entry.forward.label)
    }

    /// The names of what was undone, the next to redo first.
    pub fn undone(&self) -> impl DoubleEndedIterator<Item = &Label> + ExactSizeIterator {
        self.undone.iter().rev().map(|entry| &entry.forward.label)
    }

    /// The name at a place in the list of what was done and then what was undone, from 0.
    #[must_use]
    pub fn label(&self, at: usize) -> Option<&Label> {
        self.done().nth(at).or_else(|| self.undone().nth(at.checked_sub(self.done.len())?))
    }

    /// The number of the last entry that changed the project, 0 before the first: two equal marks mean the same state of the
    /// project.
    #[must_use]
    pub fn mark(&self) -> u64 {
        self.done.iter().rev().find(|entry| !entry.forward.is_empty()).map_or(0, |entry| entry.serial)
    }

    /// The edit that was done last, and what takes it back.
    #[must_use]
    pub fn last(&self) -> Option<(&Edit, &Edit)> {
        self.done.last().map(|entry| (&entry.forward, &entry.inverse))
    }

    /// How many entries are done: the place in the list.
    #[must_use]
    pub fn place(&self) -> usize {
        self.done.len()
    }
}

/// The changes of an edit in the opposite order, to compare an edit with its inverse.
fn reversed(edit: &Edit) -> Vec<super::Change> {
    edit.changes.iter().rev().cloned().collect()
}
