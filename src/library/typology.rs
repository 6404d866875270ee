//! Typologies as data: a way of making a block, the values of its parameters, what goes on its floors, and the built
//! example that they come from.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Programme;
use crate::i18n::Lang;

/// A typology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typology {
    /// Its number in the catalogue, such as `T01`.
    pub id: String,
    /// Its name in English, Dutch and French.
    pub names: [String; 3],
    /// The generator that makes it, by name.
    pub generator: String,
    /// The values of the generator's parameters that are not the usual ones.
    pub values: BTreeMap<String, f64>,
    /// What goes on its floors.
    pub programme: Programme,
    /// The floor space index that it usually has, from and to.
    pub fsi: [f64; 2],
    /// The part of its floor that is productive, in percent, from and to.
    pub productive_percent: [f64; 2],
    /// The smallest plot that it makes sense on, in m².
    pub least_plot_m2: f64,
    /// Width and depth in metres of a plot that it is at home on.
    pub usual_plot_m: [f64; 2],
    /// The built example as the generator draws it, with what is published of it.
    #[serde(default)]
    pub built: Option<Built>,
    /// A built example with its figures, in English, Dutch and French.
    pub references: [String; 3],
    /// Where these figures come from: names of publications and dates as year, month and day, the same in every language.
    pub source: String,
}

/// What follows the number of a typology that has the values of its built example.
pub const AS_BUILT: &str = " as built";

/// A built example: the values with which the generator comes to what is published of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Built {
    /// What it is called, and where it is.
    pub name: String,
    /// Width and depth of its plot in metres; of its shape nothing is said.
    pub plot_m: [f64; 2],
    /// The values that are not the usual ones.
    pub values: BTreeMap<String, f64>,
    /// What is on its floors, where that is not what the typology says.
    #[serde(default)]
    pub programme: Option<Programme>,
    /// Gross floor of a dwelling in m², where it is published.
    #[serde(default)]
    pub dwelling_m2: Option<f64>,
    /// What is published, by the names of reports, such as `gfa_by_use_m2.housing`; `floors` is the number of storeys where
    /// it is highest.
    pub published: BTreeMap<String, f64>,
    /// What differs from it and why, and what was not published, in English, Dutch and French.
    pub notes: [String; 3],
}

impl Typology {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        &self.names[lang.index()]
    }

    /// A built example with its figures, in a language.
    #[must_use]
    pub fn reference(&self, lang: Lang) -> &str {
        &self.references[lang.index()]
    }

    /// The typology and its built example, by what a recipe that began with the values of that is called: `T01 as built`.
    #[must_use]
    pub fn built_named(id: &str) -> Option<(&'static Self, &'static Built)> {
        let typology = Self::named(id.strip_suffix(AS_BUILT)?)?;
        Some((typology, typology.built.as_ref()?))
    }

    /// Those that come with the program, in order of their numbers.
    ///
    /// # Panics
    /// Never: the file is part of the program, and a test reads it.
    #[must_use]
    pub fn built_in() -> &'static [Self] {
        static ALL: LazyLock<Vec<Typology>> = LazyLock::new(|| {
            let text = include_str!("../../assets/library/typologies.json");
            serde_json::from_str(text).expect("the catalogue of typologies is sound")
        });
        &ALL
    }

    /// The built-in one of a number.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        Self::built_in().iter().find(|typology| typology.id == id)
    }
}
