//! Typologies at work: from a plot, parameters and a programme to volumes, storeys, yards, goods access and entrances.
//!
//! Floor 5. Generators are pure: the same plot and the same values make the same block, whatever was there before. Each
//! works in the frame of its plot ([`Site`]) and makes blocks with names that stay ([`Made`]); what goes on their floors is
//! said by a [`Programme`]. A plot without room for all that was asked gets what fits, and what was [given up](GivenUp) is
//! said; one without room for anything is [refused](Refusal) with a reason.

mod blocks;
mod by_hand;
mod comb;
mod conversion;
mod crown;
mod drawn;
mod edges;
mod elements;
mod entrances;
mod follow;
mod knobs;
mod made;
mod params;
mod perimeter;
mod podium;
mod remake;
mod rows;
mod sheds;
mod site;
mod spacing;
mod stacked;

use std::collections::BTreeMap;

pub use by_hand::{Hands, by_hand, hands_on};
pub use drawn::{drawn_on, standing_on};
pub use edges::{REACH_M, front_of, guess_roles, with_front};
pub use elements::{element_name, element_title, entrance_key};
pub use follow::followed;
pub use knobs::Knob;
pub use made::dwellings;
pub use made::{GivenUp, Made, MadeAccess, MadeSurface, MadeVolume};
pub use params::{Param, ParamUnit, Values};
pub use remake::{Begun, made_by, remake};
pub use site::Site;

use crate::geometry::Outline;
use crate::i18n::{Lang, tr};
use crate::library::{Library, Programme};
use crate::model::{Drawn, EdgeRole, Recipe};
use made::Plan;

/// The version of the generators, which recipes remember: another one makes other blocks of the same values. Raised from the
/// first release on.
pub const VERSION: u32 = 1;

/// A way of making a block.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Generator {
    /// Wings along the edges of the plot, round courts, with gates.
    Perimeter,
    /// A low base that fills the plot, with towers on it.
    Podium,
    /// Rows with working streets between them, and smaller blocks on their roofs.
    Rows,
    /// A spine with teeth, and yards between them.
    Comb,
    /// Wings of workshops on both sides of decks, reached by a ramp or by lifts.
    Stacked,
    /// A tall hall with homes or offices round the edge of its roof.
    Crown,
    /// The ground cut into fields by streets, a building on each.
    Blocks,
    /// Sheds in units beside a yard.
    Sheds,
    /// A hall that is kept, with courts cut into it and storeys on its roof.
    Conversion,
    /// A block that was drawn, put where it fits.
    Drawn,
}

impl Generator {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Perimeter,
        Self::Podium,
        Self::Rows,
        Self::Comb,
        Self::Stacked,
        Self::Crown,
        Self::Blocks,
        Self::Sheds,
        Self::Conversion,
        Self::Drawn,
    ];

    /// Its name in files and messages.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Perimeter => "perimeter",
            Self::Podium => "podium",
            Self::Rows => "rows",
            Self::Comb => "comb",
            Self::Stacked => "stacked",
            Self::Crown => "crown",
            Self::Blocks => "blocks",
            Self::Sheds => "sheds",
            Self::Conversion => "conversion",
            Self::Drawn => "drawn",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|generator| generator.key() == key)
    }

    /// Its own parameters, then the setbacks that all have.
    #[must_use]
    pub fn params(self) -> Vec<&'static Param> {
        let own: &'static [Param] = match self {
            Self::Perimeter => &perimeter::PARAMS,
            Self::Podium => &podium::PARAMS,
            Self::Rows => &rows::PARAMS,
            Self::Comb => &comb::PARAMS,
            Self::Stacked => &stacked::PARAMS,
            Self::Crown => &crown::PARAMS,
            Self::Blocks => &blocks::PARAMS,
            Self::Sheds => &sheds::PARAMS,
            Self::Conversion => &conversion::PARAMS,
            Self::Drawn => &drawn::PARAMS,
        };
        own.iter().chain(&site::SETBACKS).collect()
    }

    /// Its parameter of that name.
    #[must_use]
    pub fn param(self, key: &str) -> Option<&'static Param> {
        self.params().into_iter().find(|param| param.key == key)
    }

    /// Draws its block into the frame of a plot.
    fn draw(self, plan: &mut Plan, site: &Site, values: &Values<'_>, drawn: Option<&Drawn>) {
        match self {
            Self::Perimeter => perimeter::draw(plan, site, values),
            Self::Podium => podium::draw(plan, site, values),
            Self::Rows => rows::draw(plan, site, values),
            Self::Comb => comb::draw(plan, site, values),
            Self::Stacked => stacked::draw(plan, site, values),
            Self::Crown => crown::draw(plan, site, values),
            Self::Blocks => blocks::draw(plan, site, values),
            Self::Sheds => sheds::draw(plan, site, values),
            Self::Conversion => match drawn {
                Some(standing) => {
                    let map = site.local_from_site.inverse().unwrap_or_default();
                    let standing = standing.mapped(|outline| outline.transformed(&map), |at| at);
                    conversion::convert(plan, site, values, &standing);
                }
                None => conversion::draw(plan, site, values),
            },
            Self::Drawn => drawn.into_iter().for_each(|drawn| drawn::draw(plan, site, values, drawn)),
        }
    }

    /// The parts of a programme that it takes storeys from.
    #[must_use]
    pub fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Perimeter => &["wing", "court"],
            Self::Podium => &["podium", "tower"],
            Self::Rows => &["row", "roof"],
            Self::Comb => &["spine", "tooth"],
            Self::Stacked => &["wing", "deck", "ramp"],
            Self::Crown => &["hall", "crown"],
            Self::Blocks => &["works", "homes"],
            Self::Sheds => &["shed"],
            Self::Conversion => &["hall", "added"],
            Self::Drawn => &[],
        }
    }
}

/// What is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// How.
    pub generator: Generator,
    /// The values of its parameters by name; those left out are the usual ones.
    pub values: &'a BTreeMap<String, f64>,
    /// What goes on its floors.
    pub programme: &'a Programme,
    /// The block that is put, for the generator that puts one.
    pub drawn: Option<&'a Drawn>,
    /// What lies behind the edges of the plot.
    pub sides: Sides<'a>,
    /// The uses, for their heights.
    pub library: &'a Library,
}

/// What lies behind the edges of a plot, and how a block is laid out between them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sides<'a> {
    /// What lies behind each edge, in the order of the outline's edges; a neighbour where it is left out.
    pub roles: &'a [EdgeRole],
    /// The number of each edge, which it keeps when others come or go; its place where it is left out.
    pub numbers: &'a [u32],
    /// Whether left and right change places.
    pub mirrored: bool,
}

impl<'a> Sides<'a> {
    /// Those of a recipe.
    #[must_use]
    pub fn of(recipe: &'a Recipe) -> Self {
        Self { roles: &recipe.roles, numbers: &recipe.edges, mirrored: recipe.mirrored }
    }

    /// What lies behind an edge, by its place.
    #[must_use]
    pub fn role(&self, at: usize) -> EdgeRole {
        self.roles.get(at).copied().unwrap_or_default()
    }

    /// The number of an edge, by its place.
    #[must_use]
    pub fn number(&self, at: usize) -> u32 {
        self.numbers.get(at).copied().unwrap_or(at as u32)
    }
}

/// Why nothing can be made on a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its outline crosses itself or has no area.
    #[error("the outline of the plot has a fault")]
    FaultyPlot,
    /// It is smaller than any block.
    #[error("the plot is smaller than any block")]
    TooSmall,
    /// The distances to its edges leave nothing.
    #[error("the distances to the edges of the plot leave nothing to build on")]
    NothingLeft,
    /// What is left is nowhere wide enough.
    #[error("the plot is nowhere wide enough")]
    TooNarrow,
    /// It is to be made in a way that this version does not know.
    #[error("this version does not know how that is made")]
    UnknownGenerator,
}

impl Refusal {
    /// As people read it.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        tr(
            lang,
            match self {
                Self::FaultyPlot => "refusal-faulty-plot",
                Self::TooSmall => "refusal-too-small",
                Self::NothingLeft => "refusal-nothing-left",
                Self::TooNarrow => "refusal-too-narrow",
                Self::UnknownGenerator => "refusal-unknown-generator",
            },
        )
    }
}

/// What comes of making a block: the block, or why there is none.
pub type Making = Result<Made, Refusal>;

/// Makes a block on a plot.
///
/// # Errors
/// When the plot has no room for anything.
pub fn make(plot: &Outline, ask: &Ask<'_>) -> Making {
    let values = Values::new(ask.generator.params(), ask.values);
    let site = Site::new(plot, ask.sides, &values)?;
    let mut plan = Plan::default();
    ask.generator.draw(&mut plan, &site, &values, ask.drawn);
    // Goods come from somewhere: where the generator says nothing, from the street in front.
    if plan.accesses.is_empty() && !plan.blocks.is_empty() {
        plan.accesses.extend(site.street_fronts().first().map(|(at, _)| ("block".to_owned(), *at)));
    }
    entrances::put(&mut plan, &site, ask.drawn);
    plan.setbacks(&site, &values);
    if plan.blocks.is_empty() {
        return Err(Refusal::TooNarrow);
    }
    Ok(Made::of(plan, &site, ask))
}
