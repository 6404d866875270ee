//! What follows the project in a thread: the last result with what it is of, and what is under way.

/// A result that is worked out off the frame's thread, again and again. Only one is under way at a time: while one edits on,
/// the last state is what counts, and what was known before is shown meanwhile.
#[derive(Debug)]
pub(super) struct Latest<Of, T> {
    known: Option<(Of, T)>,
    under_way: Option<Of>,
}

impl<Of, T> Default for Latest<Of, T> {
    fn default() -> Self {
        Self { known: None, under_way: None }
    }
}

impl<Of: Clone + PartialEq, T> Latest<Of, T> {
    /// The last result, and what it is of.
    pub(super) fn known(&self) -> Option<(&Of, &T)> {
        self.known.as_ref().map(|(of, result)| (of, result))
    }

    /// The result of exactly this, when it is the last one.
    pub(super) fn of(&self, of: &Of) -> Option<&T> {
        self.known().filter(|(known, _)| *known == of).map(|(_, result)| result)
    }

    /// Whether work is to be started: neither is this known nor is anything under way. Then this is under way.
    pub(super) fn begins(&mut self, of: &Of) -> bool {
        let begins = self.under_way.is_none() && self.of(of).is_none();
        if begins {
            self.under_way = Some(of.clone());
        }
        begins
    }

    /// Whether anything is under way.
    pub(super) fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// Takes a result in: of what is no longer wanted too, for it is newer than what was known.
    pub(super) fn take(&mut self, of: Of, result: T) {
        self.under_way = None;
        self.known = Some((of, result));
    }

    /// Takes a result in that was worked out right away; what is under way still comes.
    pub(super) fn put(&mut self, of: Of, result: T) {
        self.known = Some((of, result));
    }

    /// No answer will come to what is under way.
    pub(super) fn give_up(&mut self) {
        self.under_way = None;
    }

    /// What is known is of no use any more; what is under way still comes in.
    pub(super) fn forget(&mut self) {
        self.known = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_and_the_last_known_stays_meanwhile() {
        let mut latest = Latest::default();
        assert!(latest.begins(&1) && !latest.begins(&1) && !latest.begins(&2));
        latest.take(1, "one");
        assert!(!latest.begins(&1));
        assert!(latest.begins(&2) && latest.is_under_way());
        assert_eq!((latest.of(&1), latest.of(&2), latest.known()), (Some(&"one"), None, Some((&1, &"one"))));
        latest.give_up();
        assert!(latest.begins(&2));
        latest.take(2, "two");
        assert_eq!(latest.of(&2), Some(&"two"));
        latest.forget();
        assert_eq!(latest.known(), None);
        assert!(latest.begins(&2));
    }
}
