//! Rates: what floor, ground and people are multiplied with, each with its unit, range, confidence and source.
//!
//! The defaults stand in `assets/library/rates.csv` and, for what belongs to a use alone, in `uses.csv`. A rate is of the
//! whole project, of a use (or, where the use has none, of its family, or of all uses), or of a kind of ground. A project
//! sets its own with [`OwnRates`]. None is law.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::own_rates::OwnRates;
use super::uses::{Confidence, Library, Use, UseIx};
use crate::num::Span;

/// The place of a rate in the list of all rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RateId(u16);

/// What a rate belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateKind {
    /// One value for the project.
    Project,
    /// A value for each use that has one.
    Use,
    /// A value for each kind of ground.
    Surface,
}

/// What is fixed about a rate.
#[derive(Debug)]
pub struct RateInfo {
    /// Its name in files and formulas; stable for ever.
    pub id: &'static str,
    /// What it belongs to.
    pub kind: RateKind,
    /// Its unit, such as `kWh/m2/year`; empty for plain numbers.
    pub unit: &'static str,
    /// No value may be less.
    pub least: f64,
    /// No value may be more.
    pub most: f64,
    /// The column of `uses.csv` that it comes from.
    field: Option<UseField>,
    /// The defaults by what they are of: a use, `family:` and a family, a kind of ground, or nothing.
    defaults: BTreeMap<&'static str, RateValue>,
}

/// A rate's value and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct RateValue {
    /// Low, mid, high number of what is counted: of areas for one, `low` is the largest.
    pub value: Span,
    /// How sure it is.
    pub confidence: Confidence,
    /// Where it comes from; empty when a project set it without saying.
    pub source: Arc<str>,
    /// Whether the project set it.
    pub is_own: bool,
}

/// Rates that `uses.csv` and a project's changes to its uses give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum UseField {
    AreaPerJob,
    Skill(usize),
    Goods,
    Electricity,
    Heat,
    Net,
}

/// Shares of jobs by skill.
const SKILLS: &str = "pattern of the Eurostat labour force survey by NACE, indicative";
/// Goods movements by use.
const FREIGHT: &str = "order of magnitude of LAET/FRETURB per use, indicative";
/// Energy of new buildings by use.
const ENERGY: &str = "default for new buildings by use, after CIBSE TM46 and process estimates, indicative";
/// Net over gross.
const NET: &str = "RICS measuring practice and Employment Density Guide, 3rd ed., HCA 2015: net to gross by use";

impl UseField {
    const ALL: [(&'static str, Self, &'static str, f64, f64); 8] = [
        ("area_per_job", Self::AreaPerJob, "m2/job", 1e-3, 1e6),
        ("skill_low", Self::Skill(0), "", 0.0, 1.0),
        ("skill_middle", Self::Skill(1), "", 0.0, 1.0),
        ("skill_high", Self::Skill(2), "", 0.0, 1.0),
        ("goods", Self::Goods, "trip/1000m2/day", 0.0, 1e6),
        ("electricity", Self::Electricity, "kWh/m2/year", 0.0, 1e5),
        ("heat", Self::Heat, "kWh/m2/year", 0.0, 1e5),
        ("net", Self::Net, "", 0.0, 1.0),
    ];

    /// Whether three numbers can stand for it; see [`RateInfo::allows`].
    pub(super) fn allows(self, value: Span) -> bool {
        // Those of `uses.csv` stand first among the rates.
        let place = Self::ALL.iter().position(|(_, field, ..)| *field == self);
        place.is_some_and(|place| ALL[place].allows(value))
    }

    fn of(self, known: &Use) -> Option<RateValue> {
        let (value, source) = match self {
            Self::AreaPerJob => (known.m2_per_job?, known.source.as_str()),
            Self::Skill(at) => (Span::exact(known.skills?[at]), SKILLS),
            Self::Goods => (known.goods_per_1000m2_day, FREIGHT),
            Self::Electricity => (Span::exact(known.electricity_kwh_m2_y), ENERGY),
            Self::Heat => (Span::exact(known.heat_kwh_m2_y), ENERGY),
            Self::Net => (Span::exact(known.nia_per_gfa), NET),
        };
        let field = if let Self::Skill(_) = self { Self::Skill(0) } else { self };
        if known.own.fields.contains(&field) {
            let said = known.own.confidence.filter(|_| self == Self::AreaPerJob);
            let confidence = said.unwrap_or(Confidence::Low);
            return Some(RateValue { value, confidence, source: Arc::from(known.own.source.as_str()), is_own: true });
        }
        // Where a use of a project's own says nothing, nobody does.
        let is_own = known.source.is_empty();
        let source = if is_own { Arc::from("") } else { Arc::from(source) };
        let confidence = match self {
            Self::AreaPerJob => known.confidence,
            Self::Net => Confidence::Medium,
            _ => Confidence::Low,
        };
        Some(RateValue { value, confidence, source, is_own })
    }
}

impl Use {
    /// Where all its numbers come from, for a copy of them that stands under one source: each source with what it is of.
    /// `None` where nobody says.
    #[must_use]
    pub fn told_sources(&self) -> Option<String> {
        let mut sources: Vec<(String, Vec<&str>)> = Vec::new();
        for (name, field, ..) in UseField::ALL {
            let Some(found) = field.of(self).filter(|found| !found.source.is_empty()) else { continue };
            match sources.iter_mut().find(|(known, _)| **known == *found.source) {
                Some((_, names)) => names.push(name),
                None => sources.push((found.source.to_string(), vec![name])),
            }
        }
        let told = sources.into_iter().map(|(source, names)| format!("{} ({})", source, names.join(", ")));
        Some(told.collect::<Vec<_>>().join("; ")).filter(|told| !told.is_empty())
    }
}

/// One line of `rates.csv`. Without numbers there is no default, and a project has to say.
#[derive(Deserialize)]
struct Row<'a> {
    id: &'a str,
    kind: RateKind,
    of: &'a str,
    low: Option<f64>,
    mid: Option<f64>,
    high: Option<f64>,
    unit: &'a str,
    least: f64,
    most: f64,
    confidence: Confidence,
    source: &'a str,
}

static ALL: LazyLock<Vec<RateInfo>> = LazyLock::new(|| {
    let plain = |(id, field, unit, least, most)| {
        let defaults = BTreeMap::new();
        RateInfo { id, kind: RateKind::Use, unit, least, most, field: Some(field), defaults }
    };
    let mut all: Vec<RateInfo> = UseField::ALL.map(plain).into();
    for record in lines() {
        let Ok(row) = record.deserialize::<Row<'static>>(None) else { continue };
        if all.last().is_none_or(|last| last.id != row.id) {
            let Row { id, kind, unit, least, most, .. } = row;
            all.push(RateInfo { id, kind, unit, least, most, field: None, defaults: BTreeMap::new() });
        }
        if let (Some(last), Some(low), Some(mid), Some(high)) = (all.last_mut(), row.low, row.mid, row.high) {
            let value = Span { low, mid, high };
            let given = RateValue { value, confidence: row.confidence, source: Arc::from(row.source), is_own: false };
            last.defaults.insert(row.of, given);
        }
    }
    all
});

/// The lines of the file, kept for as long as the program runs so that names can be borrowed from them.
fn lines() -> &'static [csv::StringRecord] {
    static LINES: LazyLock<Vec<csv::StringRecord>> = LazyLock::new(|| {
        let text = include_str!("../../assets/library/rates.csv");
        csv::Reader::from_reader(text.as_bytes()).into_records().filter_map(Result::ok).collect()
    });
    &LINES
}

impl RateId {
    /// All rates, those of `uses.csv` first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..ALL.len() as u16).map(Self)
    }

    /// The rate of that name.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        ALL.iter().position(|info| info.id == id).map(|at| Self(at as u16))
    }

    /// What is fixed about it.
    #[must_use]
    pub fn info(self) -> &'static RateInfo {
        &ALL[usize::from(self.0)]
    }

    fn place(self) -> usize {
        usize::from(self.0)
    }
}

/// Why three numbers cannot stand for a rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RateFault {
    /// They do not lie within its bounds, in its unit.
    Bounds {
        /// The least that can be.
        least: f64,
        /// The most that can be.
        most: f64,
    },
    /// The first must be the largest.
    MustFall,
    /// The first must be the smallest.
    MustRise,
}

impl RateInfo {
    /// Whether its low value is the largest: so many m² for one.
    #[must_use]
    pub fn falls(&self) -> bool {
        self.unit.starts_with("m2/")
    }

    /// Whether its values can be changed one by one in a project; those of `uses.csv` are changed with their use.
    #[must_use]
    pub fn is_of_table(&self) -> bool {
        self.field.is_none()
    }

    /// Whether three numbers can stand for it: finite, within its bounds, and in order.
    #[must_use]
    pub fn allows(&self, value: Span) -> bool {
        let Span { low, mid, high } = value;
        let in_order = if self.falls() { low >= mid && mid >= high } else { low <= mid && mid <= high };
        in_order && self.is_within(value)
    }

    /// Why three numbers cannot stand for it; `None` where they can.
    #[must_use]
    pub fn fault(&self, value: Span) -> Option<RateFault> {
        match (self.allows(value), self.is_within(value)) {
            (true, _) => None,
            (false, false) => Some(RateFault::Bounds { least: self.least, most: self.most }),
            (false, true) if self.falls() => Some(RateFault::MustFall),
            (false, true) => Some(RateFault::MustRise),
        }
    }

    /// Whether three numbers are finite and within its bounds, in whatever order.
    fn is_within(&self, Span { low, mid, high }: Span) -> bool {
        [low, mid, high].iter().all(|number| (self.least..=self.most).contains(number))
    }

    /// What its defaults are of, in order: a use, `family:` and a family, a kind of ground, or nothing.
    pub fn subjects(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.defaults.keys().copied()
    }

    /// The default of a subject exactly.
    #[must_use]
    pub fn default_of(&self, subject: &str) -> Option<&RateValue> {
        self.defaults.get(subject)
    }
}

/// Every rate of a project, its own over the defaults, looked up once.
#[derive(Clone, Debug, PartialEq)]
pub struct RateTable {
    project: Vec<Option<RateValue>>,
    /// By rate, then by the place of the use in the library.
    uses: Vec<Vec<Option<RateValue>>>,
    own: OwnRates,
}

impl RateTable {
    /// The rates of a library with a project's own on top. One that cannot stand leaves the default in place; the check
    /// names it.
    #[must_use]
    pub fn new(library: &Library, own: &OwnRates) -> Self {
        let mut table = Self { project: vec![None; ALL.len()], uses: vec![Vec::new(); ALL.len()], own: own.clone() };
        for rate in RateId::all() {
            let info = rate.info();
            match info.kind {
                RateKind::Project => table.project[rate.place()] = table.of(rate, &[""]),
                RateKind::Use => {
                    let of_use = |known: &Use| {
                        let family = format!("family:{}", known.family.key());
                        table.of(rate, &[known.id.as_str(), &family, ""]).or_else(|| info.field?.of(known))
                    };
                    table.uses[rate.place()] = library.uses().iter().map(of_use).collect();
                }
                RateKind::Surface => {}
            }
        }
        table
    }

    /// The first of the subjects that the project or, failing that, the defaults have a value for: at each subject the
    /// project's own comes first.
    fn of(&self, rate: RateId, subjects: &[&str]) -> Option<RateValue> {
        let info = rate.info();
        subjects.iter().find_map(|subject| {
            let own = self.own.get(info.id, subject).filter(|own| info.allows(own.value()));
            let own = own.map(|own| RateValue {
                value: own.value(),
                confidence: own.confidence.unwrap_or(Confidence::Low),
                source: Arc::from(own.sourced().as_str()),
                is_own: true,
            });
            own.or_else(|| info.defaults.get(subject).cloned())
        })
    }

    /// A rate of the whole project.
    #[must_use]
    pub fn project(&self, rate: RateId) -> Option<&RateValue> {
        self.project[rate.place()].as_ref()
    }

    /// A rate of a use.
    #[must_use]
    pub fn of_use(&self, rate: RateId, ix: UseIx) -> Option<&RateValue> {
        self.uses[rate.place()].get(usize::from(ix.0))?.as_ref()
    }

    /// A rate of a kind of ground, by its name in files.
    #[must_use]
    pub fn of_surface(&self, rate: RateId, kind: &str) -> Option<RateValue> {
        self.of(rate, &[kind, ""])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_a_sound_rate() {
        let text = include_str!("../../assets/library/rates.csv");
        assert_eq!(lines().len(), text.lines().count() - 1);
        let known = lines().iter().filter(|line| line.deserialize::<Row<'_>>(None).is_ok()).count();
        assert_eq!(known, lines().len(), "every line has its columns");
        let library = Library::built_in();
        for info in ALL.iter() {
            assert!(ALL.iter().filter(|other| other.id == info.id).count() == 1, "{} stands in one block", info.id);
            for (subject, given) in &info.defaults {
                assert!(info.allows(given.value), "{} of {subject:?}", info.id);
                assert!(!given.source.is_empty(), "{} of {subject:?} has no source", info.id);
                let is_known = match info.kind {
                    RateKind::Project => subject.is_empty(),
                    RateKind::Use => {
                        subject.is_empty()
                            || subject.starts_with("family:")
                            || library.get(&(*subject).into()).is_some()
                    }
                    RateKind::Surface => true,
                };
                assert!(is_known, "{} is of {subject:?}", info.id);
            }
        }
    }

    #[test]
    fn a_use_takes_its_own_rate_then_that_of_its_family() {
        let library = Library::built_in();
        let table = RateTable::new(&library, &OwnRates::default());
        let of = |rate: &str, id: &str| {
            let (Some(rate), Some(ix)) = (RateId::named(rate), library.ix(&id.into())) else {
                panic!("{rate} of {id}")
            };
            table.of_use(rate, ix).map(|found| found.value.mid)
        };
        assert_eq!(of("lorry_share", "food_production"), Some(0.35));
        assert_eq!(of("lorry_share", "craft_workshop"), Some(0.25), "as all of its family");
        assert_eq!(of("lorry_share", "school"), Some(0.05), "as all uses");
        assert_eq!(of("m2_per_car", "school"), None, "nobody says");
        assert_eq!(of("area_per_job", "office"), Some(16.0));
        assert_eq!(of("area_per_job", "housing"), None);
    }

    #[test]
    fn a_project_sets_rates_of_its_own() {
        let library = Library::built_in();
        let mut own = OwnRates::default();
        own.set("pv_per_roof", "", Span::exact(120.0), "measured 2025");
        own.set("m2_per_car", "office", Span { low: 300.0, mid: 250.0, high: 200.0 }, "");
        own.set("rain_m_year", "", Span::exact(f64::NAN), "");
        let table = RateTable::new(&library, &own);
        let project = |id: &str| RateId::named(id).and_then(|rate| table.project(rate).cloned());
        assert_eq!(project("pv_per_roof").map(|rate| (rate.value.mid, rate.is_own)), Some((120.0, true)));
        assert_eq!(project("rain_m_year").map(|rate| rate.value.mid), Some(0.837), "what cannot be leaves the default");
        let (Some(rate), Some(office), Some(studio)) =
            (RateId::named("m2_per_car"), library.ix(&"office".into()), library.ix(&"studio".into()))
        else {
            panic!("they are known")
        };
        assert_eq!(table.of_use(rate, office).map(|rate| rate.value.low), Some(300.0));
        assert_eq!(table.of_use(rate, studio).map(|rate| rate.value.low), Some(200.0), "the family's stays");
    }
}
