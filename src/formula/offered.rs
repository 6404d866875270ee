//! What can be written in a formula, to choose from: pieces that stand as they are, group by group.

use super::names::{Fact, Function};
use crate::library::{Family, RateId, RateKind};
use crate::model::{State, SurfaceKind};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// A sum over floor or ground: a formula of its own.
    Sum,
    /// A fact of the site.
    Fact,
    /// A rate of the project.
    Rate,
    /// A rate of the use of each piece of floor: stands within a sum.
    OfUse,
    /// A function.
    Function,
}

impl Group {
    /// All groups, in the order of a list.
    pub const ALL: [Self; 5] = [Self::Sum, Self::Fact, Self::Rate, Self::OfUse, Self::Function];

    /// Its message key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Sum => "formula-sums",
            Self::Fact => "formula-facts",
            Self::Rate => "formula-rates",
            Self::OfUse => "formula-of-use",
            Self::Function => "formula-functions",
        }
    }

    /// The pieces of the group.
    #[must_use]
    pub fn pieces(self) -> Vec<String> {
        match self {
            Self::Sum => sums(),
            Self::Fact => Fact::ALL.map(|(name, _)| name.to_owned()).to_vec(),
            Self::Rate => rates(RateKind::Project).map(|rate| rate.info().id.to_owned()).collect(),
            Self::OfUse => rates(RateKind::Use).map(|rate| format!("use.{}", rate.info().id)).collect(),
            Self::Function => Function::ALL.map(|(name, function)| format!("{name}({})", parts(function))).to_vec(),
        }
    }
}

fn rates(kind: RateKind) -> impl Iterator<Item = RateId> {
    RateId::all().filter(move |rate| rate.info().kind == kind)
}

fn sums() -> Vec<String> {
    let mut sums: Vec<String> = ["sum(area)", "sum(area of basement)", "sum(area where use.productive)"]
        .into_iter()
        .chain(["sum(area where use.programme)", "sum(area where ground)", "sum(area where on_plot)"])
        .map(str::to_owned)
        .collect();
    sums.extend(Family::ALL.map(|family| format!("sum(area where use.family = {})", family.key())));
    sums.extend(State::ALL.map(|state| format!("sum(area of storeys where state = {})", state.key())));
    sums.extend(SurfaceKind::ALL.map(|kind| format!("sum(area of surfaces where kind = {})", kind.key())));
    sums.push("sum(area / use.area_per_job where use.productive)".to_owned());
    sums
}

/// Letters in the place of what a function takes.
fn parts(function: Function) -> String {
    const LETTERS: [&str; 3] = ["a", "b", "c"];
    let least = (*function.takes().start()).min(LETTERS.len());
    LETTERS[..least].join(", ")
}
