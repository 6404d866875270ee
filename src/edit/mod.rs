//! The one way to change a project.
//!
//! Floor 4. An [`Edit`] says what things shall be afterwards: put this, remove that. Applying it returns the edit that
//! takes it back. Undo, redo, the journal and «what changed» are that one idea. [`History`] keeps the edits with their
//! names and lets a gesture of many small edits become one entry.

mod build;
mod history;
mod merge;
mod renumber;

pub use build::EditBuilder;
pub use history::{Applied, Entry, History};
pub(crate) use merge::brought_uses;
pub use merge::merge;
pub use renumber::renumbered;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::i18n::{Lang, tr, tr_with};
use crate::library::{OwnRates, UseOverride};
use crate::model::{
    Array, Brief, Building, Context, Entity, Entrance, GoodsAccess, Id, Layers, Mark, Note, Origin, OwnTypology,
    Picture, Plot, Project, Recipe, Relation, Surface, Table, Underlay, Variant, Volume,
};

/// A change to a project with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// What it is called in the undo list.
    pub label: Label,
    /// The first id that the edit gives out, when it gives out some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_id: Option<u64>,
    /// The project's counter of ids afterwards, when the edit gives out ids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_id: Option<u64>,
    /// What changes, in order.
    pub changes: Vec<Change>,
}

/// The name of an edit: a message key and what to put into it, so that it can be read in any language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// The message key, such as `edit-move`.
    pub key: String,
    /// A name put into the message as `$name`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

impl Label {
    /// A name without anything put in.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), name: String::new() }
    }

    /// A name about something.
    #[must_use]
    pub fn about(key: &str, name: impl Into<String>) -> Self {
        Self { key: key.to_owned(), name: name.into() }
    }

    /// As people read it.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        tr_with(lang, &self.key, &[("name", self.name.as_str().into())])
    }
}

/// One thing put or removed. A `value` of `None` removes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The project's own data.
    Info(Box<Info>),
    /// A whole variant, at a place among the tabs.
    Variant {
        /// Which.
        id: Id,
        /// Its place.
        place: usize,
        /// What it shall be.
        value: Option<Box<Variant>>,
    },
    /// The name of a variant.
    VariantName {
        /// Which.
        id: Id,
        /// Its name.
        name: String,
        /// Whether it is the baseline.
        baseline: bool,
    },
    /// A piece of context.
    Context(Put<Context>),
    /// A picture under the drawing.
    Underlay(Put<Underlay>),
    /// What such a picture shows.
    Picture(Put<Picture>),
    /// A plot.
    Plot(Id, Put<Plot>),
    /// A building.
    Building(Id, Put<Building>),
    /// A volume.
    Volume(Id, Put<Volume>),
    /// A surface.
    Surface(Id, Put<Surface>),
    /// A goods access.
    GoodsAccess(Id, Put<GoodsAccess>),
    /// An entrance.
    Entrance(Id, Put<Entrance>),
    /// A note.
    Note(Id, Put<Note>),
    /// A guide line or a dimension in a variant.
    Mark(Id, Put<Mark>),
    /// An array in a variant.
    Array(Id, Put<Array>),
    /// A recipe in a variant.
    Recipe(Id, Put<Recipe>),
    /// A relation in a variant.
    Relation(Id, Put<Relation>),
}

impl Change {
    /// The variant that it is about, if it is about one.
    #[must_use]
    pub fn variant(&self) -> Option<Id> {
        match self {
            Self::Info(_) | Self::Context(_) | Self::Underlay(_) | Self::Picture(_) => None,
            Self::Variant { id, .. }
            | Self::VariantName { id, .. }
            | Self::Plot(id, _)
            | Self::Building(id, _)
            | Self::Volume(id, _)
            | Self::Surface(id, _)
            | Self::GoodsAccess(id, _)
            | Self::Entrance(id, _)
            | Self::Note(id, _)
            | Self::Mark(id, _)
            | Self::Array(id, _)
            | Self::Recipe(id, _)
            | Self::Relation(id, _) => Some(*id),
        }
    }
}

/// A thing of that id shall be `value`, or be gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>"))]
pub struct Put<T> {
    /// Which.
    pub id: Id,
    /// What it shall be.
    pub value: Option<Arc<T>>,
}

/// The data of the project itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Info {
    /// What it is called.
    pub name: String,
    /// What a reader should know.
    pub description: String,
    /// Where the facts come from.
    pub sources: Vec<String>,
    /// Where the local frame touches the earth.
    pub origin: Origin,
    /// Where the project's own north lies, in degrees clockwise from grid north.
    #[serde(default)]
    pub north_deg: f64,
    /// Which layers are hidden and locked.
    #[serde(default)]
    pub layers: Layers,
    /// Rates of its own.
    pub rates: OwnRates,
    /// Uses of its own.
    pub uses: Vec<UseOverride>,
    /// What is asked of it.
    #[serde(default, skip_serializing_if = "Brief::is_empty")]
    pub brief: Brief,
    /// Typologies of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub typologies: Vec<OwnTypology>,
}

impl Info {
    /// The data as it is.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        Self {
            name: project.name.clone(),
            description: project.description.clone(),
            sources: project.sources.clone(),
            origin: project.origin.clone(),
            north_deg: project.north_deg,
            layers: project.layers.clone(),
            rates: project.rates.clone(),
            uses: project.uses.clone(),
            brief: project.brief.clone(),
            typologies: project.typologies.clone(),
        }
    }

    fn swap_into(mut self, project: &mut Project) -> Self {
        use std::mem::swap;
        swap(&mut self.name, &mut project.name);
        swap(&mut self.description, &mut project.description);
        swap(&mut self.sources, &mut project.sources);
        swap(&mut self.origin, &mut project.origin);
        swap(&mut self.north_deg, &mut project.north_deg);
        swap(&mut self.layers, &mut project.layers);
        swap(&mut self.rates, &mut project.rates);
        swap(&mut self.uses, &mut project.uses);
        swap(&mut self.brief, &mut project.brief);
        swap(&mut self.typologies, &mut project.typologies);
        self
    }
}

/// Why an edit does not fit a project. The project is then as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum EditError {
    /// It speaks of a variant that is not there.
    NoVariant(Id),
    /// It would leave the project without a variant.
    LastVariant,
}

impl EditError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::NoVariant(id) => tr_with(lang, "edit-error-variant", &[("id", id.to_string().into())]),
            Self::LastVariant => tr(lang, "say-last-variant"),
        }
    }
}

impl Edit {
    /// An edit of that name that changes nothing yet.
    #[must_use]
    pub fn new(label: Label) -> Self {
        Self { label, first_id: None, next_id: None, changes: Vec::new() }
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Makes the changes and returns the edit that takes them back.
    ///
    /// # Errors
    /// When the edit does not fit; the project is then as it was.
    pub fn apply(&self, project: &mut Project) -> Result<Self, EditError> {
        let mut inverse = Self { changes: Vec::with_capacity(self.changes.len()), ..Self::new(self.label.clone()) };
        for change in &self.changes {
            match change.apply(project) {
                Ok(back) => inverse.changes.push(back),
                Err(err) => {
                    for back in inverse.changes.iter().rev() {
                        // What was just done can be undone: it named things that are there.
                        let _ = back.apply(project);
                    }
                    return Err(err);
                }
            }
        }
        inverse.changes.reverse();
        if let Some(next_id) = self.next_id {
            inverse.next_id = Some(project.next_id);
            project.next_id = next_id;
        }
        Ok(inverse)
    }

    /// This edit followed by another, as one of this one's name. Of two changes to the same thing only the later stays.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        let mut changes = self.changes;
        let whole = changes.iter().chain(&later.changes).any(|change| matches!(change, Change::Variant { .. }));
        if !whole {
            let again: BTreeSet<Target> = later.changes.iter().map(Change::target).collect();
            changes.retain(|change| !again.contains(&change.target()));
        }
        changes.extend(later.changes);
        let first_id = self.first_id.or(later.first_id);
        Self { label: self.label, first_id, next_id: later.next_id.or(self.next_id), changes }
    }
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The project's own data.
    Info,
    /// A whole variant.
    Variant(Id),
    /// A variant's name.
    VariantName(Id),
    /// A piece of context.
    Context(Id),
    /// A picture under the drawing.
    Underlay(Id),
    /// What such a picture shows.
    Picture(Id),
    /// A plot in a variant.
    Plot(Id, Id),
    /// A building in a variant.
    Building(Id, Id),
    /// A volume in a variant.
    Volume(Id, Id),
    /// A surface in a variant.
    Surface(Id, Id),
    /// A goods access in a variant.
    GoodsAccess(Id, Id),
    /// An entrance in a variant.
    Entrance(Id, Id),
    /// A note in a variant.
    Note(Id, Id),
    /// A mark in a variant.
    Mark(Id, Id),
    /// An array in a variant.
    Array(Id, Id),
    /// A recipe in a variant.
    Recipe(Id, Id),
    /// A relation in a variant.
    Relation(Id, Id),
}

impl Change {
    /// What it is about.
    #[must_use]
    pub fn target(&self) -> Target {
        match self {
            Self::Info(_) => Target::Info,
            Self::Variant { id, .. } => Target::Variant(*id),
            Self::VariantName { id, .. } => Target::VariantName(*id),
            Self::Context(put) => Target::Context(put.id),
            Self::Underlay(put) => Target::Underlay(put.id),
            Self::Picture(put) => Target::Picture(put.id),
            Self::Plot(variant, put) => Target::Plot(*variant, put.id),
            Self::Building(variant, put) => Target::Building(*variant, put.id),
            Self::Volume(variant, put) => Target::Volume(*variant, put.id),
            Self::Surface(variant, put) => Target::Surface(*variant, put.id),
            Self::GoodsAccess(variant, put) => Target::GoodsAccess(*variant, put.id),
            Self::Entrance(variant, put) => Target::Entrance(*variant, put.id),
            Self::Note(variant, put) => Target::Note(*variant, put.id),
            Self::Mark(variant, put) => Target::Mark(*variant, put.id),
            Self::Array(variant, put) => Target::Array(*variant, put.id),
            Self::Recipe(variant, put) => Target::Recipe(*variant, put.id),
            Self::Relation(variant, put) => Target::Relation(*variant, put.id),
        }
    }

    fn apply(&self, project: &mut Project) -> Result<Self, EditError> {
        let variant = |project, id| variant_mut(project, id);
        Ok(match self {
            Self::Info(info) => Self::Info(Box::new(info.as_ref().clone().swap_into(project))),
            Self::Context(put) => Self::Context(put.swap(&mut project.context)),
            Self::Underlay(put) => Self::Underlay(put.swap(&mut project.underlays)),
            Self::Picture(put) => Self::Picture(put.swap(&mut project.pictures)),
            Self::Plot(v, put) => Self::Plot(*v, put.swap(&mut variant(project, *v)?.plots)),
            Self::Building(v, put) => Self::Building(*v, put.swap(&mut variant(project, *v)?.buildings)),
            Self::Volume(v, put) => Self::Volume(*v, put.swap(&mut variant(project, *v)?.volumes)),
            Self::Surface(v, put) => Self::Surface(*v, put.swap(&mut variant(project, *v)?.surfaces)),
            Self::GoodsAccess(v, put) => Self::GoodsAccess(*v, put.swap(&mut variant(project, *v)?.goods_access)),
            Self::Entrance(v, put) => Self::Entrance(*v, put.swap(&mut variant(project, *v)?.entrances)),
            Self::Note(v, put) => Self::Note(*v, put.swap(&mut variant(project, *v)?.notes)),
            Self::Mark(v, put) => Self::Mark(*v, put.swap(&mut variant(project, *v)?.marks)),
            Self::Array(v, put) => Self::Array(*v, put.swap(&mut variant(project, *v)?.arrays)),
            Self::Recipe(v, put) => Self::Recipe(*v, put.swap(&mut variant(project, *v)?.recipes)),
            Self::Relation(v, put) => Self::Relation(*v, put.swap(&mut variant(project, *v)?.relations)),
            Self::VariantName { id, name, baseline } => {
                let variant = variant(project, *id)?;
                let name = std::mem::replace(&mut variant.name, name.clone());
                let baseline = std::mem::replace(&mut variant.baseline, *baseline);
                Self::VariantName { id: *id, name, baseline }
            }
            Self::Variant { id, place, value } => {
                let old = project.variants.iter().position(|variant| variant.id == *id);
                if value.is_none() && old.is_some() && project.variants.len() == 1 {
                    return Err(EditError::LastVariant);
                }
                let removed = old.map(|index| (index, Box::new(project.variants.remove(index))));
                if let Some(value) = value {
                    let place = (*place).min(project.variants.len());
                    project.variants.insert(place, value.as_ref().clone());
                }
                let (place, value) = removed.map_or((*place, None), |(index, variant)| (index, Some(variant)));
                Self::Variant { id: *id, place, value }
            }
        })
    }
}

fn variant_mut(project: &mut Project, id: Id) -> Result<&mut Variant, EditError> {
    project.variants.iter_mut().find(|variant| variant.id == id).ok_or(EditError::NoVariant(id))
}

impl<T: Entity> Put<T> {
    /// Puts a thing in its place.
    #[must_use]
    pub fn value(value: T) -> Self {
        Self { id: value.id(), value: Some(Arc::new(value)) }
    }

    /// Removes a thing.
    #[must_use]
    pub fn gone(id: Id) -> Self {
        Self { id, value: None }
    }

    fn swap(&self, table: &mut Table<T>) -> Self {
        Self { id: self.id, value: table.replace(self.id, self.value.clone()) }
    }
}
