//! Values by a short name. A report has four such lists for each of a hundred thousand plots: a list in one piece, with names
//! that need no memory of their own, is made in a fraction of the time of a tree of strings.

use compact_str::CompactString;
use serde::ser::{Serialize, Serializer};

/// Values by name, in order of the names. In files an object.
#[derive(Clone, Debug, PartialEq)]
pub struct ByName<T>(Vec<(CompactString, T)>);

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByName<T> {
    /// The value of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        let at = self.0.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// Names and values.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The names.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    /// The values.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &T> {
        self.iter().map(|(_, value)| value)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Of names that come once each.
impl<N: Into<CompactString>, T> FromIterator<(N, T)> for ByName<T> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(values: I) -> Self {
        let mut values: Vec<(CompactString, T)> =
            values.into_iter().map(|(name, value)| (name.into(), value)).collect();
        values.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self(values)
    }
}

impl<T: Serialize> Serialize for ByName<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}
