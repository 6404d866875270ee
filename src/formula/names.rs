//! What a formula can name: tables, what their rows have, facts of the site, functions.

use crate::library::{Family, RateId, RateKind};
use crate::model::{Region, State, SurfaceKind};

use super::unit::Dimension;

/// Rows that can be summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Floor above ground that is not removed, by use and state.
    Floor,
    /// Floor below ground that is not removed.
    Basement,
    /// All floor, above and below ground, removed too.
    Storeys,
    /// The ground of plots that is drawn as something and not built over.
    Surfaces,
    /// The families that have programme floor.
    Families,
    /// Homes whose number is known.
    CountedHomes,
}

impl Table {
    /// All tables with their names.
    pub const ALL: [(&'static str, Self); 6] = [
        ("floor", Self::Floor),
        ("basement", Self::Basement),
        ("storeys", Self::Storeys),
        ("surfaces", Self::Surfaces),
        ("families", Self::Families),
        ("counted_homes", Self::CountedHomes),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        name_in(&Self::ALL, self)
    }

    /// Whether its rows are pieces of floor.
    #[must_use]
    pub fn is_floor(self) -> bool {
        matches!(self, Self::Floor | Self::Basement | Self::Storeys)
    }
}

/// A fact of the site that no formula computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// The area of the plots, 0 without any.
    PlotsArea,
    /// The area of the plots, not defined without any.
    SiteArea,
    /// What is built over on plots, not defined without any.
    SiteFootprint,
    /// What is built over, on plots or not.
    Footprint,
    /// What is covered from above.
    Roof,
    /// What is covered from above on plots, not defined without any.
    SiteRoof,
}

impl Fact {
    /// All facts with their names.
    pub const ALL: [(&'static str, Self); 6] = [
        ("plots.area", Self::PlotsArea),
        ("site.area", Self::SiteArea),
        ("site.footprint", Self::SiteFootprint),
        ("ground.footprint", Self::Footprint),
        ("roof.area", Self::Roof),
        ("site.roof", Self::SiteRoof),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        name_in(&Self::ALL, self)
    }

    /// What it counts.
    #[must_use]
    pub fn dimension(self) -> Dimension {
        Dimension::AREA
    }
}

/// A number that a row has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribute {
    /// Its area.
    Area,
    /// Its share of the whole, of families.
    Share,
    /// How many homes, where they are counted.
    Homes,
    /// A rate of its use.
    OfUse(RateId),
    /// A rate of its kind of ground.
    OfSurface(RateId),
    /// Persons per home in its region.
    Household,
}

impl Attribute {
    /// The number of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "area" => Some(Self::Area),
            "share" => Some(Self::Share),
            "homes" => Some(Self::Homes),
            "region.household" => Some(Self::Household),
            _ => {
                let (owner, rate) = name.split_once('.')?;
                let rate = RateId::named(rate)?;
                match (owner, rate.info().kind) {
                    ("use", RateKind::Use) => Some(Self::OfUse(rate)),
                    ("surface", RateKind::Surface) => Some(Self::OfSurface(rate)),
                    _ => None,
                }
            }
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Area => "area".to_owned(),
            Self::Share => "share".to_owned(),
            Self::Homes => "homes".to_owned(),
            Self::OfUse(rate) => format!("use.{}", rate.info().id),
            Self::OfSurface(rate) => format!("surface.{}", rate.info().id),
            Self::Household => "region.household".to_owned(),
        }
    }

    /// Whether the rows of a table have it.
    #[must_use]
    pub fn is_of(self, table: Table) -> bool {
        match self {
            Self::Area => table != Table::CountedHomes,
            Self::Share => table == Table::Families,
            Self::Homes => table == Table::CountedHomes,
            Self::OfUse(_) => table.is_floor(),
            Self::OfSurface(_) => table == Table::Surfaces,
            Self::Household => table.is_floor() || table == Table::CountedHomes,
        }
    }
}

/// Something that is so of a row or is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// Its use is productive.
    Productive,
    /// Its use is programme: neither parking nor plant.
    Programme,
    /// It is on the lowest storey above ground of a volume on the ground.
    Ground,
    /// It is below ground.
    Below,
    /// It stands on a plot.
    OnPlot,
    /// It is floor of homes whose number is known.
    HomesCounted,
    /// There is nothing built below it.
    OnSoil,
}

impl Flag {
    /// All of them with their names.
    pub const ALL: [(&'static str, Self); 7] = [
        ("use.productive", Self::Productive),
        ("use.programme", Self::Programme),
        ("ground", Self::Ground),
        ("below", Self::Below),
        ("on_plot", Self::OnPlot),
        ("homes_counted", Self::HomesCounted),
        ("on_soil", Self::OnSoil),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        name_in(&Self::ALL, self)
    }

    /// Whether the rows of a table have it.
    #[must_use]
    pub fn is_of(self, table: Table) -> bool {
        match self {
            Self::OnSoil => table == Table::Surfaces,
            Self::OnPlot => table.is_floor() || table == Table::CountedHomes,
            _ => table.is_floor(),
        }
    }
}

/// What a row is, of several kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Its use.
    Use,
    /// The family of its use, or itself.
    Family,
    /// Whether it is new, existing, kept or removed.
    State,
    /// The kind of ground.
    Surface,
    /// The region it lies in.
    Region,
}

impl Kind {
    /// All of them with their names.
    pub const ALL: [(&'static str, Self); 5] = [
        ("use", Self::Use),
        ("use.family", Self::Family),
        ("state", Self::State),
        ("kind", Self::Surface),
        ("region", Self::Region),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        name_in(&Self::ALL, self)
    }

    /// Whether the rows of a table have it.
    #[must_use]
    pub fn is_of(self, table: Table) -> bool {
        match self {
            Self::Use | Self::State => table.is_floor(),
            Self::Family => table.is_floor() || table == Table::Families,
            Self::Surface => table == Table::Surfaces,
            Self::Region => table.is_floor() || table == Table::CountedHomes,
        }
    }

    /// The words for what it can be; uses are looked up in the library.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Self::Use => Vec::new(),
            Self::Family => Family::ALL.map(Family::key).to_vec(),
            Self::State => State::ALL.map(State::key).to_vec(),
            Self::Surface => SurfaceKind::ALL.map(SurfaceKind::key).to_vec(),
            Self::Region => Region::ALL.map(Region::key).to_vec(),
        }
    }
}

/// A function of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The middle of a range, alone.
    Mid,
    /// The low end of a range.
    Low,
    /// The high end of a range.
    High,
    /// The lesser of two or more.
    Min,
    /// The greater of two or more.
    Max,
    /// To the nearest whole.
    Round,
    /// Up to the next whole.
    Ceil,
    /// Down to the whole below.
    Floor,
    /// The square root.
    Sqrt,
    /// The natural logarithm.
    Ln,
    /// How even two are.
    Evenness,
    /// A part of one and the rest of another: share × a + (1 − share) × b.
    Blend,
    /// The first of two where it is defined, else the second.
    Or,
}

impl Function {
    /// All functions with their names.
    pub const ALL: [(&'static str, Self); 13] = [
        ("mid", Self::Mid),
        ("low", Self::Low),
        ("high", Self::High),
        ("min", Self::Min),
        ("max", Self::Max),
        ("round", Self::Round),
        ("ceil", Self::Ceil),
        ("floor", Self::Floor),
        ("sqrt", Self::Sqrt),
        ("ln", Self::Ln),
        ("evenness", Self::Evenness),
        ("blend", Self::Blend),
        ("first_known", Self::Or),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        name_in(&Self::ALL, self)
    }

    /// How many parts it takes.
    #[must_use]
    pub fn takes(self) -> std::ops::RangeInclusive<usize> {
        match self {
            Self::Min | Self::Max => 2..=8,
            Self::Evenness | Self::Or => 2..=2,
            Self::Blend => 3..=3,
            _ => 1..=1,
        }
    }
}

fn name_in<T: Copy + PartialEq>(all: &[(&'static str, T)], wanted: T) -> &'static str {
    all.iter().find(|(_, one)| *one == wanted).map_or("", |(name, _)| name)
}

/// Names of rows, with the figure that people mean by them outside of a sum.
pub(super) const FIGURES_LIKE: [(&str, &str); 2] = [("area", "gfa_m2"), ("homes", "dwellings")];

/// The one of that name.
pub(super) fn named<T: Copy>(all: &[(&'static str, T)], name: &str) -> Option<T> {
    all.iter().find(|(known, _)| *known == name).map(|(_, one)| *one)
}

/// The name most like what was written, when it is near enough to be meant.
#[must_use]
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let written = written.to_lowercase();
    let most = (written.chars().count() / 3).max(1);
    let by_distance = names.into_iter().map(|name| (distance(&written, name), name));
    by_distance.filter(|(distance, _)| *distance <= most).min().map(|(_, name)| name.to_owned())
}

/// How many letters have to be changed, put in or left out.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = corner + usize::from(from != *to);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_is_near_to_what_is_written() {
        let names = ["housing", "making", "office"];
        assert_eq!(nearest("hosing", names).as_deref(), Some("housing"));
        assert_eq!(nearest("Offices", names).as_deref(), Some("office"));
        assert_eq!(nearest("swimming", names), None);
        assert_eq!((distance("kitten", "sitting"), distance("", "abc"), distance("a", "a")), (3, 3, 0));
    }

    #[test]
    fn names_lead_back_to_what_they_name() {
        for name in ["area", "use.area_per_job", "surface.biotope", "region.household"] {
            assert_eq!(Attribute::named(name).map(Attribute::name).as_deref(), Some(name));
        }
        assert_eq!(Attribute::named("use.pv_per_roof"), None, "it is of the project, not of a use");
        for (name, table) in Table::ALL {
            assert_eq!(table.name(), name);
        }
    }
}
