//! What floor space is multiplied with, and by what formulas.

use std::sync::{Arc, OnceLock};

use super::own::{OwnReady, read_own};
use super::program::Program;
use crate::library::{Library, RateId, RateTable, UseId};
use crate::model::Project;

/// The uses and rates a project is measured with, the project's own over the library's, and the formulas with them.
#[derive(Clone, Debug)]
pub struct Coefficients {
    /// The uses.
    pub library: Arc<Library>,
    /// The rates.
    pub rates: RateTable,
    /// Figures of the project's own.
    pub(super) own: Vec<OwnReady>,
    pub(super) program: Program,
}

impl Coefficients {
    /// Those of a project. A rate that is not sound leaves the library's in place; the check names it.
    #[must_use]
    pub fn of(project: &Project) -> Arc<Self> {
        static BUILT_IN: OnceLock<Arc<Coefficients>> = OnceLock::new();
        if project.uses.is_empty() && project.rates.is_empty() && project.brief.figures.is_empty() {
            return Arc::clone(BUILT_IN.get_or_init(|| Arc::new(Self::with(project))));
        }
        Arc::new(Self::with(project))
    }

    fn with(project: &Project) -> Self {
        let library = Library::with_overrides(&project.uses);
        let rates = RateTable::new(&library, &project.rates);
        let own = read_own(&project.brief.figures, &library);
        let program = Program::new(&library, &rates, &own);
        Self { library, rates, own, program }
    }

    /// Where the density of jobs of a use comes from; `None` where the project does not say.
    pub(super) fn density_source(&self, id: &UseId) -> Option<&str> {
        let found = self.rates.of_use(RateId::named("area_per_job")?, self.library.ix(id)?)?;
        Some(&*found.source).filter(|source| !source.is_empty())
    }
}

/// Formulas follow from uses and rates.
impl PartialEq for Coefficients {
    fn eq(&self, other: &Self) -> bool {
        self.library == other.library && self.rates == other.rates && self.own == other.own
    }
}
