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
    /// A built example, with its figures.
    pub reference: String,
    /// Where these figures come from.
    pub source: String,
}

impl Typology {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        &self.names[lang.index()]
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
