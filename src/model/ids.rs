//! Ids and the tables that hold things by id.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// The number of a thing in a project, given out by the project's counter and never used again.
///
/// The same id in two variants means the same thing, so that variants can be compared and morphed.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Id(pub u64);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A thing that lives in a [`Table`].
pub trait Entity: Clone + PartialEq + fmt::Debug {
    /// Its id.
    fn id(&self) -> Id;
    /// Gives it another id; used when a file holds two things under one id.
    fn set_id(&mut self, id: Id);
    /// Gives back the room that reading a list of unknown length left.
    fn shrink(&mut self) {}
}

/// Things by id. Cloning is cheap: the things are shared until one is replaced.
///
/// In files a table is a list in order of id. A file may hold an id twice (two copies merged by hand); the later ones
/// wait in `doubles` until the loader has given them ids of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T> {
    by_id: BTreeMap<Id, Arc<T>>,
    doubles: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { by_id: BTreeMap::new(), doubles: Vec::new() }
    }
}

impl<T: Entity> Table<T> {
    /// The thing with that id.
    #[must_use]
    pub fn get(&self, id: Id) -> Option<&Arc<T>> {
        self.by_id.get(&id)
    }

    /// Whether there is one with that id.
    #[must_use]
    pub fn contains(&self, id: Id) -> bool {
        self.by_id.contains_key(&id)
    }

    /// All, in order of id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> + ExactSizeIterator {
        self.by_id.values()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Puts a thing in its place or takes it out, and returns what was there.
    pub(crate) fn replace(&mut self, id: Id, value: Option<Arc<T>>) -> Option<Arc<T>> {
        match value {
            Some(value) => self.by_id.insert(id, value),
            None => self.by_id.remove(&id),
        }
    }

    /// Adds a thing while a project is being put together (imports, generators, tests). An edit goes through
    /// [`crate::edit`] instead.
    pub fn insert(&mut self, value: T) {
        self.by_id.insert(value.id(), Arc::new(value));
    }

    /// The highest id in use.
    #[must_use]
    pub fn last_id(&self) -> Option<Id> {
        self.by_id.last_key_value().map(|(&id, _)| id)
    }

    /// Takes out the things whose id was already taken when the file was read.
    pub(crate) fn take_doubles(&mut self) -> Vec<T> {
        std::mem::take(&mut self.doubles)
    }
}

impl<T: Entity> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        let mut table = Self::default();
        for value in iter {
            table.insert(value);
        }
        table
    }
}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.by_id.values().map(|value| &**value))
    }
}

impl<'de, T: Entity + Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TableVisitor<T>(PhantomData<T>);
        impl<'de, T: Entity + Deserialize<'de>> Visitor<'de> for TableVisitor<T> {
            type Value = Table<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                // Collected first: a BTreeMap built from sorted pairs is packed and built in one go.
                let mut all: Vec<(Id, Arc<T>)> = Vec::new();
                let mut doubles = Vec::new();
                let mut sorted = true;
                while let Some(mut value) = seq.next_element::<T>()? {
                    value.shrink();
                    sorted &= all.last().is_none_or(|(last, _)| *last < value.id());
                    all.push((value.id(), Arc::new(value)));
                }
                if !sorted {
                    all.sort_by_key(|(id, _)| *id);
                    let mut unique: Vec<(Id, Arc<T>)> = Vec::with_capacity(all.len());
                    for (id, value) in all {
                        match unique.last() {
                            Some((last, _)) if *last == id => doubles.push(Arc::unwrap_or_clone(value)),
                            _ => unique.push((id, value)),
                        }
                    }
                    all = unique;
                }
                Ok(Table { by_id: all.into_iter().collect(), doubles })
            }
        }
        deserializer.deserialize_seq(TableVisitor(PhantomData))
    }
}

impl<T: schemars::JsonSchema> schemars::JsonSchema for Table<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}s", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <Vec<T>>::json_schema(generator)
    }
}
