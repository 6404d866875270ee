//! The uses: workshops, docks, offices, homes and what they need and bring.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::drawn::UseLook;
use super::rates::UseField;
use crate::i18n::Lang;
use crate::num::Span;

/// The name of a use in files and figures, such as `craft_workshop`; stable for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct UseId(#[schemars(with = "String")] CompactString);

impl UseId {
    /// What stands in the place of a use where there is no floor: the air of a hall, an atrium, a lift shaft.
    pub const VOID: &str = "void";

    /// Whether there is no floor.
    #[must_use]
    pub fn is_void(&self) -> bool {
        self.0 == Self::VOID
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for UseId {
    fn from(id: &str) -> Self {
        Self(id.into())
    }
}

impl std::borrow::Borrow<str> for UseId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for UseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A family of uses, in the order of every stack, legend and bar: productive first, homes late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Making things.
    Making,
    /// Repair and reuse.
    Reuse,
    /// Storing and moving goods.
    Logistics,
    /// Growing food.
    Growing,
    /// Trade and food.
    Trade,
    /// Offices and studios.
    Office,
    /// Schools, care, culture, sport, hotels.
    Facilities,
    /// Homes.
    Housing,
    /// Cars and bikes.
    Parking,
    /// Energy and plant.
    Technical,
}

impl Family {
    /// All families in order.
    pub const ALL: [Self; 10] = [
        Self::Making,
        Self::Reuse,
        Self::Logistics,
        Self::Growing,
        Self::Trade,
        Self::Office,
        Self::Facilities,
        Self::Housing,
        Self::Parking,
        Self::Technical,
    ];

    /// Its name in files, tokens and messages of translation.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Making => "making",
            Self::Reuse => "reuse",
            Self::Logistics => "logistics",
            Self::Growing => "growing",
            Self::Trade => "trade",
            Self::Office => "office",
            Self::Facilities => "facilities",
            Self::Housing => "housing",
            Self::Parking => "parking",
            Self::Technical => "technical",
        }
    }

    /// Whether its floor is programme: all but parking and plant.
    #[must_use]
    pub fn is_programme(self) -> bool {
        !matches!(self, Self::Parking | Self::Technical)
    }

    /// The number of families a project allows as programme, the base of the entropy measure.
    pub const PROGRAMME_COUNT: usize = 8;
}

/// How sure a coefficient is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// An estimate.
    Low,
    /// From a source that fits in part.
    Medium,
    /// From a published source that fits.
    High,
}

impl Confidence {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// What it is called.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        let key = match self {
            Self::Low => "confidence-low",
            Self::Medium => "confidence-medium",
            Self::High => "confidence-high",
        };
        crate::i18n::tr(lang, key)
    }
}

/// A use with its defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// Its stable name.
    pub id: UseId,
    /// Its family.
    pub family: Family,
    /// Whether its floor counts as productive.
    pub productive: bool,
    /// What people call it, in the order of [`Lang::ALL`].
    pub names: [String; 3],
    /// How it is drawn.
    pub look: UseLook,
    /// Default storey height, floor to floor, in metres.
    pub floor_to_floor_m: f64,
    /// Clear height it asks for, in metres.
    pub clear_height_m: f64,
    /// Live load its floor must carry, in kN/m².
    pub live_load_kn_m2: f64,
    /// Plan depth it works in, least and most, in metres.
    pub plan_depth_m: (f64, f64),
    /// Nuisance class, 0 (quiet) to 4 (to be kept apart).
    pub nuisance_class: u8,
    /// Gross floor area per job in m²: `low` is sparse (few jobs), `high` is dense; `None` where there are no jobs.
    pub m2_per_job: Option<Span>,
    /// Shares of its jobs by skill (low, middle, high), summing to 1; `None` where there are no jobs.
    pub skills: Option<[f64; 3]>,
    /// Goods movements per 1,000 m² and day.
    pub goods_per_1000m2_day: Span,
    /// Electricity in kWh per m² and year.
    pub electricity_kwh_m2_y: f64,
    /// Heat in kWh per m² and year.
    pub heat_kwh_m2_y: f64,
    /// Net internal over gross floor area.
    pub nia_per_gfa: f64,
    /// How sure the density of jobs is.
    pub confidence: Confidence,
    /// Where the library has it from; empty for a use of a project's own.
    pub source: String,
    /// What a project set itself.
    pub(super) own: OwnNumbers,
}

/// Which numbers of a use a project set, and where it has them from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OwnNumbers {
    /// Those it set.
    pub fields: Vec<UseField>,
    /// How sure it is, when it says so.
    pub confidence: Option<Confidence>,
    /// Where they come from; empty when it does not say.
    pub source: String,
}

impl Use {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        &self.names[lang.index()]
    }
}

/// The height of a storey of which nothing is known, in metres.
pub(super) const PLAIN_STOREY_M: f64 = 4.0;

/// The place of a use in a [`Library`]; only meaningful with that library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UseIx(pub u16);

/// The uses that a project works with.
#[derive(Clone, Debug, PartialEq)]
pub struct Library {
    pub(super) uses: Vec<Use>,
    /// Which are not offered in lists.
    pub(super) hidden: Vec<bool>,
    pub(super) by_id: BTreeMap<UseId, UseIx>,
}

/// One line of `uses.csv`.
#[derive(Deserialize)]
struct Row {
    id: String,
    family: Family,
    productive: u8,
    name_en: String,
    name_nl: String,
    name_fr: String,
    floor_to_floor_m: f64,
    clear_height_m: f64,
    live_load_kn_m2: f64,
    plan_depth_min_m: f64,
    plan_depth_max_m: f64,
    nuisance_class: u8,
    m2_gfa_per_job_dense: Option<f64>,
    m2_gfa_per_job_mid: Option<f64>,
    m2_gfa_per_job_sparse: Option<f64>,
    skill_low_pct: Option<f64>,
    skill_mid_pct: Option<f64>,
    skill_high_pct: Option<f64>,
    goods_movements_per_1000m2_day_low: f64,
    goods_movements_per_1000m2_day_mid: f64,
    goods_movements_per_1000m2_day_high: f64,
    electricity_kwh_m2_y: f64,
    heat_kwh_m2_y: f64,
    nia_per_gfa: f64,
    confidence: Confidence,
    source: String,
}

impl From<Row> for Use {
    fn from(row: Row) -> Self {
        let m2_per_job = match (row.m2_gfa_per_job_sparse, row.m2_gfa_per_job_mid, row.m2_gfa_per_job_dense) {
            (Some(low), Some(mid), Some(high)) => Some(Span { low, mid, high }),
            _ => None,
        };
        let skills = match (row.skill_low_pct, row.skill_mid_pct, row.skill_high_pct) {
            (Some(low), Some(mid), Some(high)) => Some([low / 100.0, mid / 100.0, high / 100.0]),
            _ => None,
        };
        Self {
            look: UseLook::given(row.id.as_str(), row.family),
            id: UseId(row.id.into()),
            family: row.family,
            productive: row.productive != 0,
            names: [row.name_en, row.name_nl, row.name_fr],
            floor_to_floor_m: row.floor_to_floor_m,
            clear_height_m: row.clear_height_m,
            live_load_kn_m2: row.live_load_kn_m2,
            plan_depth_m: (row.plan_depth_min_m, row.plan_depth_max_m),
            nuisance_class: row.nuisance_class,
            m2_per_job,
            skills,
            goods_per_1000m2_day: Span {
                low: row.goods_movements_per_1000m2_day_low,
                mid: row.goods_movements_per_1000m2_day_mid,
                high: row.goods_movements_per_1000m2_day_high,
            },
            electricity_kwh_m2_y: row.electricity_kwh_m2_y,
            heat_kwh_m2_y: row.heat_kwh_m2_y,
            nia_per_gfa: row.nia_per_gfa,
            confidence: row.confidence,
            source: row.source,
            own: OwnNumbers::default(),
        }
    }
}

static BUILT_IN: LazyLock<Arc<Library>> = LazyLock::new(|| {
    let text = include_str!("../../assets/library/uses.csv");
    let mut uses: Vec<Use> = csv::Reader::from_reader(text.as_bytes())
        .deserialize::<Row>()
        .filter_map(|row| row.ok().map(Use::from))
        .collect();
    uses.sort_by_key(|u| u.family);
    Arc::new(Library::from_uses(uses))
});

impl Library {
    /// The uses that come with the program, in order of family; a test checks that every line of the file is there.
    #[must_use]
    pub fn built_in() -> Arc<Self> {
        Arc::clone(&BUILT_IN)
    }

    fn from_uses(uses: Vec<Use>) -> Self {
        let by_id = uses.iter().enumerate().map(|(i, u)| (u.id.clone(), UseIx(i as u16))).collect();
        Self { hidden: vec![false; uses.len()], uses, by_id }
    }

    /// The place of a use.
    #[must_use]
    pub fn ix(&self, id: &UseId) -> Option<UseIx> {
        self.by_id.get(id).copied()
    }

    /// The use at a place.
    #[must_use]
    pub fn at(&self, ix: UseIx) -> &Use {
        &self.uses[usize::from(ix.0)]
    }

    /// The height of a storey of a use, in metres; that of a plain floor where the use is not known.
    #[must_use]
    pub fn storey_height_m(&self, id: &UseId) -> f64 {
        self.get(id).map_or(PLAIN_STOREY_M, |known| known.floor_to_floor_m)
    }

    /// The use of that name.
    #[must_use]
    pub fn get(&self, id: &UseId) -> Option<&Use> {
        self.ix(id).map(|ix| self.at(ix))
    }

    /// Whether people live there; nobody does in a use that is not known.
    #[must_use]
    pub fn is_home(&self, id: &UseId) -> bool {
        self.get(id).is_some_and(|known| known.family == Family::Housing)
    }

    /// What people call a use; of one that is not known, its name in files.
    #[must_use]
    pub fn use_name(&self, id: &UseId, lang: Lang) -> String {
        self.get(id).map_or_else(|| id.to_string(), |known| known.name(lang).to_owned())
    }

    /// All uses, in order of family for the built-in ones, a project's own last.
    #[must_use]
    pub fn uses(&self) -> &[Use] {
        &self.uses
    }

    /// The uses to offer in lists, in order of family: a project's own stand with theirs.
    pub fn offered(&self) -> impl Iterator<Item = &Use> {
        let shown = self.uses.iter().zip(&self.hidden).filter(|(_, hidden)| !**hidden);
        let mut offered: Vec<&Use> = shown.map(|(known, _)| known).collect();
        offered.sort_by_key(|known| known.family);
        offered.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_a_use() {
        let lines = include_str!("../../assets/library/uses.csv").lines().count() - 1;
        let library = Library::built_in();
        assert_eq!(library.uses().len(), lines);
        assert_eq!(lines, 27);
        for u in library.uses() {
            assert!(!u.source.is_empty(), "{} has no source", u.id);
            if let Some(skills) = u.skills {
                assert!((skills.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{} skills", u.id);
            }
            if let Some(m2) = u.m2_per_job {
                assert!(m2.low >= m2.mid && m2.mid >= m2.high, "{}: sparse needs most floor per job", u.id);
            }
        }
    }
}
