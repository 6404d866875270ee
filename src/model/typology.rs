//! Typologies of a project's own: saved from a recipe, as a way of making a block with other values, or from a block that was
//! drawn, as it stands.

use std::collections::BTreeMap;

use super::{At, Storey, SurfaceKind};
use crate::geometry::Outline;
use crate::library::{AS_BUILT, Programme, Typology};
use crate::record::record;

record! {
    /// A typology that was saved under a name.
    pub struct OwnTypology {
        /// What it is called; no other of the project is called so.
        pub name: String,
        /// What is worth knowing of it.
        pub note: String = default,
        /// The generator that makes it, by name.
        pub generator: String,
        /// The values of the generator's parameters that are not the usual ones.
        pub values: BTreeMap<String, f64> = default,
        /// What goes on its floors.
        pub programme: Programme = default,
        /// The block that was drawn, for the generator that puts one where it fits.
        pub drawn: Option<Drawn> = default,
        /// Gross floor of a dwelling in m², where it is known; else the rates say it.
        pub dwelling_m2: Option<f64> = default,
        /// Width and depth in metres of the plot that it was saved from.
        pub plot_m: [f64; 2] = default,
    }
}

record! {
    /// A block as it was drawn, in a frame of its own: `x` along the street and `y` into the plot, in metres. Of what stood on a
    /// plot and is converted there, in local metres.
    #[derive(Default)]
    pub struct Drawn {
        /// Its volumes, those that stand on others after these.
        pub volumes: Vec<DrawnVolume> = default,
        /// The ground between them.
        pub surfaces: Vec<DrawnSurface> = default,
        /// Where goods come in.
        #[schemars(with = "Vec<[f64; 2]>")]
        pub accesses: Vec<At> = default,
        /// Where people come in.
        #[schemars(with = "Vec<[f64; 2]>")]
        pub entrances: Vec<At> = default,
    }
}

record! {
    /// A volume of a block that was drawn.
    pub struct DrawnVolume {
        /// What it is called.
        pub name: String,
        /// What its building is called; volumes with one name are one building.
        pub building: String = default,
        /// Its outline.
        pub footprint: Outline,
        /// Its base level in metres.
        pub base_m: f64 = default,
        /// Its storeys from the bottom up.
        pub storeys: Vec<Storey> = default,
        /// The number of dwellings, where it is known.
        pub dwellings: Option<u32> = default,
    }
}

record! {
    /// A piece of ground of a block that was drawn.
    pub struct DrawnSurface {
        /// What it is called.
        pub name: String = default,
        /// What it is.
        pub kind: SurfaceKind,
        /// Its boundary.
        pub outline: Outline,
    }
}

impl DrawnVolume {
    /// What its building is called: as it is where nothing else is said.
    #[must_use]
    pub fn building_name(&self) -> &str {
        if self.building.is_empty() { &self.name } else { &self.building }
    }
}

impl Drawn {
    /// The same through a map.
    #[must_use]
    pub fn mapped(&self, map: impl Fn(&Outline) -> Outline, at: impl Fn(At) -> At) -> Self {
        let mut mapped = self.clone();
        mapped.volumes.iter_mut().for_each(|volume| volume.footprint = map(&volume.footprint));
        mapped.surfaces.iter_mut().for_each(|surface| surface.outline = map(&surface.outline));
        mapped.accesses.iter_mut().chain(&mut mapped.entrances).for_each(|place| *place = at(*place));
        mapped
    }
}

/// What a recipe begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The number or the name of the typology.
    pub typology: String,
    /// The generator, by name.
    pub generator: String,
    /// The values that are not the usual ones.
    pub values: BTreeMap<String, f64>,
    /// What goes on its floors.
    pub programme: Programme,
    /// The block that was drawn, if it is one.
    pub drawn: Option<Drawn>,
    /// Gross floor of a dwelling in m², where it is known.
    pub dwelling_m2: Option<f64>,
}

impl Start {
    /// With the values of the built example of a typology.
    #[must_use]
    pub fn as_built(typology: &Typology) -> Option<Self> {
        let built = typology.built.as_ref()?;
        Some(Self {
            values: built.values.clone(),
            programme: built.programme.clone().unwrap_or_else(|| typology.programme.clone()),
            dwelling_m2: built.dwelling_m2,
            typology: format!("{}{AS_BUILT}", typology.id),
            ..Self::from(typology)
        })
    }
}

impl From<&Typology> for Start {
    fn from(typology: &Typology) -> Self {
        Self {
            typology: typology.id.clone(),
            generator: typology.generator.clone(),
            values: typology.values.clone(),
            programme: typology.programme.clone(),
            drawn: None,
            dwelling_m2: None,
        }
    }
}

impl From<&OwnTypology> for Start {
    fn from(own: &OwnTypology) -> Self {
        Self {
            typology: own.name.clone(),
            generator: own.generator.clone(),
            values: own.values.clone(),
            programme: own.programme.clone(),
            drawn: own.drawn.clone(),
            dwelling_m2: own.dwelling_m2,
        }
    }
}
