//! What floor space is multiplied with: the uses and rates of a project.

use std::sync::Arc;

use crate::library::{Library, PeopleRates, are_areas_for_one, is_area_for_one, is_household};
use crate::model::{Project, Region};

/// The uses and rates a project is measured with, the project's own over the library's.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficients {
    /// The uses.
    pub library: Arc<Library>,
    /// The rates.
    pub rates: PeopleRates,
    /// Which rates are the project's own.
    pub own: OwnRates,
}

/// Which rates a project sets itself, so that an explanation names the right source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnRates {
    /// m² per dwelling.
    pub dwelling_m2: bool,
    /// m² per student room.
    pub student_room_m2: bool,
    /// Persons per dwelling, in any region.
    pub household: bool,
}

impl Coefficients {
    /// Those of a project. A rate that is not sound leaves the library's in place; the check names it.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        let library = Library::with_overrides(&project.uses);
        let mut rates = PeopleRates::default();
        let mut own = OwnRates::default();
        let given = &project.rates;
        if let Some(m2) = given.dwelling_m2.filter(are_areas_for_one) {
            rates.dwelling_m2 = m2;
            own.dwelling_m2 = true;
        }
        if let Some(m2) = given.student_room_m2.filter(|m2| is_area_for_one(*m2)) {
            rates.student_room_m2 = m2;
            own.student_room_m2 = true;
        }
        let households = [given.household_brussels, given.household_flanders, given.household_elsewhere];
        for (rate, own_rate) in rates.household.iter_mut().zip(households) {
            if let Some(persons) = own_rate.filter(|persons| is_household(*persons)) {
                *rate = persons;
                own.household = true;
            }
        }
        Self { library, rates, own }
    }

    /// Persons per dwelling in a region.
    #[must_use]
    pub fn household(&self, region: Region) -> f64 {
        let [brussels, flanders, elsewhere] = self.rates.household;
        match region {
            Region::Brussels => brussels,
            Region::Flanders => flanders,
            Region::None => elsewhere,
        }
    }
}
