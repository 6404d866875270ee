//! Of what figures are taken: all of a variant, a region, a plot, or some volumes on their own.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::evaluation::Memory;
use super::figures::Figures;
use super::floor::UseKeys;
use super::program::Tally;
use super::{FigureId, Sums};
use crate::model::{Id, Project, Region, Variant, Volume};

/// Of what figures are taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of the variant.
    #[default]
    All,
    /// The plots of a region.
    Region(Region),
    /// A plot and what stands on it.
    Plot(Id),
    /// Some volumes on their own: a building, a selection. They stand on no area, so they have no densities.
    Volumes(BTreeSet<Id>),
}

impl Scope {
    /// The volumes that count in it, in order.
    pub fn volumes<'a>(&'a self, variant: &'a Variant) -> impl Iterator<Item = &'a Arc<Volume>> + 'a {
        variant.volumes.iter().filter(move |volume| match self {
            Self::All => true,
            Self::Region(region) => {
                let plot = variant.plot_of(volume).and_then(|plot| variant.plots.get(plot));
                plot.is_some_and(|plot| plot.region == *region)
            }
            Self::Plot(plot) => variant.plot_of(volume) == Some(*plot),
            Self::Volumes(volumes) => volumes.contains(&volume.id),
        })
    }
}

impl Sums {
    /// The figures of a scope; `None` where it names something that is not there.
    #[must_use]
    pub fn of(&self, project: &Project, scope: &Scope) -> Option<Figures> {
        self.with_scope(project, scope, |tally, keys| {
            Figures::of(tally, keys, self.coefficients(), FigureId::ALL.len(), &mut Memory::default())
        })
    }

    /// Runs something with all that a scope amounts to, and the uses met in it.
    pub(super) fn with_scope<T>(
        &self,
        project: &Project,
        scope: &Scope,
        run: impl FnOnce(&Tally<'_>, &UseKeys) -> T,
    ) -> Option<T> {
        match scope {
            Scope::All => Some(self.with_totals(|tally| run(tally, &self.keys))),
            Scope::Region(region) => self.with_region(*region, |tally| run(tally, &self.keys)),
            Scope::Plot(plot) => self.with_plot(*plot, |tally| run(tally, &self.keys)),
            Scope::Volumes(volumes) => self.with_volumes(project, volumes.iter().copied(), run),
        }
    }
}
