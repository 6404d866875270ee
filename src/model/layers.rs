//! Layers: what of the drawing is seen, and what can be taken hold of.

use serde::{Deserialize, Serialize};

use crate::record::record;

record! {
    /// What is hidden and what is locked; by default nothing.
    #[derive(Default)]
    pub struct Layers {
        /// Not seen, not printed, not caught, not selected. Figures count it all the same.
        pub hidden: Vec<LayerKind> = default,
        /// Seen and caught, but not selected.
        pub locked: Vec<LayerKind> = default,
    }
}

/// A layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LayerKind {
    /// Plots.
    Plots,
    /// Volumes.
    Volumes,
    /// Surfaces.
    Surfaces,
    /// Goods access, notes, guide lines and dimensions.
    Pins,
    /// What stands around the site.
    Context,
}

impl LayerKind {
    /// All from top to bottom.
    pub const ALL: [Self; 5] = [Self::Pins, Self::Volumes, Self::Plots, Self::Surfaces, Self::Context];

    /// The message key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Plots => "layer-plots",
            Self::Volumes => "layer-volumes",
            Self::Surfaces => "layer-surfaces",
            Self::Pins => "layer-pins",
            Self::Context => "layer-context",
        }
    }
}

impl Layers {
    /// Whether a layer is seen.
    #[must_use]
    pub fn shows(&self, layer: LayerKind) -> bool {
        !self.hidden.contains(&layer)
    }

    /// Whether what lies on a layer can be selected.
    #[must_use]
    pub fn touches(&self, layer: LayerKind) -> bool {
        self.shows(layer) && !self.locked.contains(&layer)
    }

    /// The same with a layer hidden or seen.
    #[must_use]
    pub fn with_hidden(mut self, layer: LayerKind, hidden: bool) -> Self {
        set(&mut self.hidden, layer, hidden);
        self
    }

    /// The same with a layer locked or free.
    #[must_use]
    pub fn with_locked(mut self, layer: LayerKind, locked: bool) -> Self {
        set(&mut self.locked, layer, locked);
        self
    }
}

fn set(layers: &mut Vec<LayerKind>, layer: LayerKind, on: bool) {
    layers.retain(|other| *other != layer);
    if on {
        layers.push(layer);
        layers.sort_unstable();
    }
}
