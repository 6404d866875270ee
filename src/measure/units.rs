//! The units that figures are told in.

use crate::formula::Unit;

/// What a figure is told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Square metres.
    M2,
    /// A share from 0 to 1, shown in percent.
    Share,
    /// Percent.
    Percent,
    /// A ratio or an index, or things without a unit.
    Plain,
    /// Jobs.
    Jobs,
    /// Homes.
    Homes,
    /// Student rooms.
    Rooms,
    /// People.
    Persons,
    /// Places to park.
    Places,
    /// Jobs per hectare.
    JobsPerHa,
    /// Homes per hectare.
    HomesPerHa,
    /// Jobs for each person.
    JobsPerPerson,
    /// Movements a day.
    TripsPerDay,
    /// Megawatt-hours a year.
    MwhPerYear,
    /// Cubic metres.
    M3,
    /// Cubic metres a year.
    M3PerYear,
    /// Tonnes.
    Tonnes,
    /// Tonnes a year.
    TonnesPerYear,
    /// Euros, shown in millions.
    Euros,
    /// Euros a year, shown in millions.
    EurosPerYear,
}

/// How a measure is kept and shown.
struct Ways {
    /// The unit of its number in reports.
    unit: &'static str,
    /// What that is called in reports, in no language; empty for counts and ratios.
    report: &'static str,
    /// The message of the unit it is shown in.
    message: Option<&'static str>,
    /// So many of what is shown are one of what is reported.
    shown: f64,
}

impl Measure {
    fn ways(self) -> Ways {
        let of = |unit, report, message, shown| Ways { unit, report, message, shown };
        match self {
            Self::M2 => of("m2", "m2", Some("unit-m2"), 1.0),
            Self::Share => of("", "share", Some("unit-percent"), 100.0),
            Self::Percent => of("", "percent", Some("unit-percent"), 1.0),
            Self::Plain => of("", "", None, 1.0),
            Self::Jobs => of("job", "", None, 1.0),
            Self::Homes => of("home", "", None, 1.0),
            Self::Rooms => of("room", "", None, 1.0),
            Self::Persons => of("person", "", None, 1.0),
            Self::Places => of("place", "", None, 1.0),
            Self::JobsPerHa => of("job/ha", "per_ha", Some("unit-per-ha"), 1.0),
            Self::HomesPerHa => of("home/ha", "per_ha", Some("unit-per-ha"), 1.0),
            Self::JobsPerPerson => of("job/person", "", None, 1.0),
            Self::TripsPerDay => of("trip/day", "per_day", Some("unit-per-day"), 1.0),
            Self::MwhPerYear => of("MWh/year", "mwh_per_year", Some("unit-mwh-year"), 1.0),
            Self::M3 => of("m3", "m3", Some("unit-m3"), 1.0),
            Self::M3PerYear => of("m3/year", "m3_per_year", Some("unit-m3-year"), 1.0),
            Self::Tonnes => of("t", "t", Some("unit-t"), 1.0),
            Self::TonnesPerYear => of("t/year", "t_per_year", Some("unit-t-year"), 1.0),
            Self::Euros => of("EUR", "eur", Some("unit-meur"), 1e-6),
            Self::EurosPerYear => of("EUR/year", "eur_per_year", Some("unit-meur-year"), 1e-6),
        }
    }

    /// The unit of its number in reports.
    #[must_use]
    pub fn unit(self) -> Unit {
        Unit::parse(self.ways().unit).unwrap_or(Unit::ONE)
    }

    /// The unit of its number in reports, as it is written: `MWh/year`.
    #[must_use]
    pub fn unit_text(self) -> &'static str {
        self.ways().unit
    }

    /// Base units in one of it.
    pub(super) fn unit_scale(self) -> f64 {
        match self {
            Self::M2 | Self::Plain | Self::Share | Self::Percent | Self::Jobs | Self::Homes | Self::Persons => 1.0,
            _ => self.unit().scale,
        }
    }

    /// What that is called in reports; empty for counts and ratios.
    #[must_use]
    pub fn report_name(self) -> &'static str {
        self.ways().report
    }

    /// The message key of the unit it is shown in; `None` for plain numbers.
    #[must_use]
    pub fn message_key(self) -> Option<&'static str> {
        self.ways().message
    }

    /// So many of what is shown are one of what is reported.
    #[must_use]
    pub fn shown_factor(self) -> f64 {
        self.ways().shown
    }
}
