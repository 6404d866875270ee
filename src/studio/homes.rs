//! Homes whose number is stated: it stays when floors come and go, which is said, so that no figure is out of date unseen.

use super::{Action, Session, Studio};
use crate::edit::Change;
use crate::i18n::{number, tr, tr_with};
use crate::model::{Id, Volume};

impl Studio {
    /// Says which volumes still state their homes, after an edit changed their floor of housing. `mark` is that of the history
    /// before the edit.
    pub(super) fn tell_of_homes(&mut self, mark: u64) {
        if let Some((words, estimate)) = self.homes_still_stated(mark) {
            self.say(words, estimate);
        }
    }

    /// The same as words, with what can be done about it where it is one volume.
    pub(super) fn homes_still_stated(&self, mark: u64) -> Option<(String, Option<(String, Action)>)> {
        let lang = self.lang();
        let session = self.session().filter(|session| session.history().mark() != mark)?;
        let stated = stated_still(session);
        let count: u32 = stated.iter().filter_map(|volume| volume.dwellings).sum();
        let first = stated.first()?;
        let name = match stated.as_slice() {
            [one] => one.name.clone(),
            several => {
                let count = number(lang, several.len() as f64, 0);
                tr_with(lang, "say-things", &[("n", several.len().into()), ("count", count.into())])
            }
        };
        let homes = number(lang, f64::from(count), 0);
        let args = [("name", name.into()), ("n", (count as usize).into()), ("count", homes.into())];
        let estimate = (tr(lang, "say-homes-estimate"), Action::Dwellings(first.id, None));
        Some((tr_with(lang, "say-homes-stated", &args), (stated.len() == 1).then_some(estimate)))
    }
}

/// The volumes whose floor of housing was changed by the last edit, and whose number of homes was not.
fn stated_still(session: &Session) -> Vec<Volume> {
    let Some((forward, inverse)) = session.history().last() else { return Vec::new() };
    let volume_of = |changes: &[Change], id: Id| {
        changes.iter().rev().find_map(|change| match change {
            Change::Volume(_, put) if put.id == id => put.value.clone(),
            _ => None,
        })
    };
    let ids: std::collections::BTreeSet<Id> = forward
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Volume(_, put) => Some(put.id),
            _ => None,
        })
        .collect();
    let stays = |id: Id| {
        let (new, old) = (volume_of(&forward.changes, id)?, volume_of(&inverse.changes, id)?);
        let floors = [&old, &new].map(|volume| volume.floors_of(|id| session.library().is_home(id)));
        // Where no home is left none is counted, and the check says so.
        let is_stale = new.dwellings.is_some_and(|count| count > 0)
            && new.dwellings == old.dwellings
            && floors[1] > 0.0
            && (floors[0] - floors[1]).abs() > 1e-9;
        is_stale.then(|| Volume::clone(&new))
    };
    ids.into_iter().filter_map(stays).collect()
}
