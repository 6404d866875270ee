//! The figures that can be shown, asked and explained.

use super::coefficients::Coefficients;
use super::{BySkill, Figures};
use crate::i18n::{Lang, number, range, tr};
use crate::library::sources;
use crate::num::Span;

/// A figure that can be shown, asked and explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureId {
    /// Plot area.
    PlotArea,
    /// Footprint.
    Footprint,
    /// Gross floor area above ground.
    Gfa,
    /// Gross floor area below ground.
    GfaBelow,
    /// Programme floor.
    Programme,
    /// Productive floor.
    Productive,
    /// Floor space index.
    Fsi,
    /// Ground space index.
    Gsi,
    /// Mean number of storeys.
    L,
    /// Open space ratio.
    Osr,
    /// Mixed-use index.
    Mxi,
    /// Productive share of all floor.
    ProductiveShare,
    /// Productive share of the ground floors.
    GroundProductiveShare,
    /// Entropy of the families.
    Entropy,
    /// Effective number of families.
    EffectiveUses,
    /// Dwellings.
    Dwellings,
    /// Student rooms.
    StudentRooms,
    /// Residents.
    Residents,
    /// Jobs.
    Jobs,
    /// Low-skilled jobs.
    JobsLowSkilled,
    /// Middle-skilled jobs.
    JobsMiddleSkilled,
    /// High-skilled jobs.
    JobsHighSkilled,
    /// Jobs per hectare of plot.
    JobsPerHa,
    /// Dwellings per hectare of plot.
    DwellingsPerHa,
    /// Goods movements a day.
    GoodsMovements,
}

/// What a figure says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FigureValue {
    /// One number; `None` where it is not defined.
    One(Option<f64>),
    /// A number with its low and high value.
    Range(Span),
}

impl FigureValue {
    /// The number to work with: the one, or the middle of three.
    #[must_use]
    pub fn mid(self) -> Option<f64> {
        match self {
            Self::One(value) => value,
            Self::Range(span) => Some(span.mid),
        }
    }

    fn scaled(self, factor: f64) -> Self {
        match self {
            Self::One(value) => Self::One(value.map(|value| value * factor)),
            Self::Range(span) => Self::Range(span * factor),
        }
    }
}

/// What a figure is taken of, to be said beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Of nothing else.
    None,
    /// Of the plot area.
    Plot,
    /// Of two densities, FSI and GSI.
    Densities,
    /// Of the programme floor.
    Programme,
    /// Of the programme on the ground floors.
    GroundProgramme,
}

/// What is fixed about a figure.
struct Traits {
    /// Its name in reports.
    key: &'static str,
    /// The stem of its messages, after `figure-`.
    message: &'static str,
    unit: Unit,
    decimals: u8,
    base: Base,
    /// Where its formula comes from.
    sources: &'static [&'static str],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    M2,
    /// A share from 0 to 1 in reports, shown in percent.
    Share,
    Percent,
    PerHa,
    PerDay,
    Plain,
}

impl FigureId {
    /// All figures in the order of reports.
    pub const ALL: [Self; 25] = [
        Self::PlotArea,
        Self::Footprint,
        Self::Gfa,
        Self::GfaBelow,
        Self::Programme,
        Self::Productive,
        Self::Fsi,
        Self::Gsi,
        Self::L,
        Self::Osr,
        Self::Mxi,
        Self::ProductiveShare,
        Self::GroundProductiveShare,
        Self::Entropy,
        Self::EffectiveUses,
        Self::Dwellings,
        Self::StudentRooms,
        Self::Residents,
        Self::Jobs,
        Self::JobsLowSkilled,
        Self::JobsMiddleSkilled,
        Self::JobsHighSkilled,
        Self::JobsPerHa,
        Self::DwellingsPerHa,
        Self::GoodsMovements,
    ];

    /// The twelve that matter most, in the order of the panel.
    pub const HEAD: [Self; 12] = [
        Self::Gfa,
        Self::Fsi,
        Self::Gsi,
        Self::L,
        Self::Jobs,
        Self::JobsPerHa,
        Self::Dwellings,
        Self::Residents,
        Self::Productive,
        Self::GroundProductiveShare,
        Self::Mxi,
        Self::GoodsMovements,
    ];

    fn traits(self) -> Traits {
        use Base::{Densities, GroundProgramme, None as NoBase, Plot, Programme};
        use Unit::{M2, PerDay, PerHa, Percent, Plain, Share};
        let of = |key, message, unit, decimals, base, sources| Traits { key, message, unit, decimals, base, sources };
        match self {
            Self::PlotArea => of("plot_area_m2", "plot-area", M2, 0, NoBase, &[]),
            Self::Footprint => of("footprint_m2", "footprint", M2, 0, NoBase, &[]),
            Self::Gfa => of("gfa_m2", "gfa", M2, 0, NoBase, &[]),
            Self::GfaBelow => of("gfa_below_m2", "gfa-below", M2, 0, NoBase, &[]),
            Self::Programme => of("programme_m2", "programme", M2, 0, NoBase, &[]),
            Self::Productive => of("productive_m2", "productive", M2, 0, NoBase, &[PRODUCTIVE]),
            Self::Fsi => of("fsi", "fsi", Plain, 2, Plot, &[sources::SPACEMATRIX]),
            Self::Gsi => of("gsi", "gsi", Plain, 2, Plot, &[sources::SPACEMATRIX]),
            Self::L => of("l", "l", Plain, 1, Densities, &[sources::SPACEMATRIX]),
            Self::Osr => of("osr", "osr", Plain, 2, Plot, &[sources::SPACEMATRIX]),
            Self::Mxi => of("mxi_percent", "mxi", Percent, 0, Programme, &[sources::MXI]),
            Self::ProductiveShare => of("productive_share", "productive-share", Share, 0, Programme, &[PRODUCTIVE]),
            Self::GroundProductiveShare => {
                of("ground_productive_share", "ground-productive", Share, 1, GroundProgramme, &[PRODUCTIVE])
            }
            Self::Entropy => of("entropy", "entropy", Plain, 2, Programme, &[sources::ENTROPY]),
            Self::EffectiveUses => of("effective_uses", "effective-uses", Plain, 1, Programme, &[sources::ENTROPY]),
            Self::Dwellings => of("dwellings", "dwellings", Plain, 0, NoBase, &[]),
            Self::StudentRooms => of("student_rooms", "student-rooms", Plain, 0, NoBase, &[]),
            Self::Residents => of("residents", "residents", Plain, 0, NoBase, &[]),
            Self::Jobs => of("jobs", "jobs", Plain, 0, NoBase, &[]),
            Self::JobsLowSkilled => of("jobs_by_skill.low", "jobs-low-skilled", Plain, 0, NoBase, &[SKILLS]),
            Self::JobsMiddleSkilled => of("jobs_by_skill.middle", "jobs-middle-skilled", Plain, 0, NoBase, &[SKILLS]),
            Self::JobsHighSkilled => of("jobs_by_skill.high", "jobs-high-skilled", Plain, 0, NoBase, &[SKILLS]),
            Self::JobsPerHa => of("jobs_per_ha", "jobs-per-ha", PerHa, 0, Plot, &[]),
            Self::DwellingsPerHa => of("dwellings_per_ha", "dwellings-per-ha", PerHa, 0, Plot, &[]),
            Self::GoodsMovements => of("goods_movements_day", "goods-movements", PerDay, 0, NoBase, &[FREIGHT]),
        }
    }

    /// Its name in reports. A point leads into a map: `jobs_by_skill.low`.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.traits().key
    }

    /// The figure of that name in reports.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.key() == key)
    }

    /// The message key of its name; with `-formula` and `-none` behind it those of its formula and of the reason why
    /// it has no value.
    #[must_use]
    pub fn message_key(self) -> String {
        format!("figure-{}", self.traits().message)
    }

    /// What people call it, in lower case.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        tr(lang, &self.message_key())
    }

    /// Its formula in words.
    #[must_use]
    pub fn formula(self, lang: Lang) -> String {
        tr(lang, &format!("{}-formula", self.message_key()))
    }

    /// Whether it may have no value.
    #[must_use]
    pub fn may_be_undefined(self) -> bool {
        self.traits().base != Base::None
    }

    /// Why it has no value when it has none; `None` for a figure that always has one.
    #[must_use]
    pub fn reason_when_undefined(self, lang: Lang) -> Option<String> {
        self.may_be_undefined().then(|| tr(lang, &format!("{}-none", self.message_key())))
    }

    /// The message key of the unit it is shown in; `None` for plain numbers.
    #[must_use]
    pub fn unit_key(self) -> Option<&'static str> {
        match self.traits().unit {
            Unit::M2 => Some("unit-m2"),
            Unit::Share | Unit::Percent => Some("unit-percent"),
            Unit::PerHa => Some("unit-per-ha"),
            Unit::PerDay => Some("unit-per-day"),
            Unit::Plain => None,
        }
    }

    /// The unit it is shown in, such as `m²`; empty for plain numbers.
    #[must_use]
    pub fn unit(self, lang: Lang) -> String {
        self.unit_key().map_or_else(String::new, |key| tr(lang, key))
    }

    /// Its unit in reports, by names that do not change with the language; empty for counts and ratios.
    #[must_use]
    pub fn report_unit(self) -> &'static str {
        match self.traits().unit {
            Unit::M2 => "m2",
            Unit::Share => "share",
            Unit::Percent => "percent",
            Unit::PerHa => "per_ha",
            Unit::PerDay => "per_day",
            Unit::Plain => "",
        }
    }

    /// Decimals where it stands large.
    #[must_use]
    pub fn decimals(self) -> u8 {
        self.traits().decimals
    }

    /// Decimals where it is explained: shares and percentages to a tenth.
    #[must_use]
    pub fn decimals_in_detail(self) -> u8 {
        match self.traits().unit {
            Unit::Share | Unit::Percent => 1,
            _ => self.decimals(),
        }
    }

    /// What it is taken of.
    #[must_use]
    pub fn base(self) -> Base {
        self.traits().base
    }

    /// The figure that stands beside it as a caption.
    #[must_use]
    pub fn companion(self) -> Option<Self> {
        (self == Self::L).then_some(Self::Osr)
    }

    /// What it is in a report: shares from 0 to 1.
    #[must_use]
    pub fn report_value(self, figures: &Figures) -> FigureValue {
        use FigureValue::{One, Range};
        let BySkill { low, middle, high } = figures.jobs_by_skill;
        match self {
            Self::PlotArea => One(Some(figures.plot_area_m2)),
            Self::Footprint => One(Some(figures.footprint_m2)),
            Self::Gfa => One(Some(figures.gfa_m2)),
            Self::GfaBelow => One(Some(figures.gfa_below_m2)),
            Self::Programme => One(Some(figures.programme_m2)),
            Self::Productive => One(Some(figures.productive_m2)),
            Self::Fsi => One(figures.fsi),
            Self::Gsi => One(figures.gsi),
            Self::L => One(figures.l),
            Self::Osr => One(figures.osr),
            Self::Mxi => One(figures.mxi_percent),
            Self::ProductiveShare => One(figures.productive_share),
            Self::GroundProductiveShare => One(figures.ground_productive_share),
            Self::Entropy => One(figures.entropy),
            Self::EffectiveUses => One(figures.effective_uses),
            Self::Dwellings => Range(figures.dwellings),
            Self::StudentRooms => One(Some(figures.student_rooms)),
            Self::Residents => Range(figures.residents),
            Self::Jobs => Range(figures.jobs),
            Self::JobsLowSkilled => One(Some(low)),
            Self::JobsMiddleSkilled => One(Some(middle)),
            Self::JobsHighSkilled => One(Some(high)),
            Self::JobsPerHa => One(figures.jobs_per_ha),
            Self::DwellingsPerHa => One(figures.dwellings_per_ha),
            Self::GoodsMovements => Range(figures.goods_movements_day),
        }
    }

    /// What it is in the unit it is shown in: shares in percent.
    #[must_use]
    pub fn value(self, figures: &Figures) -> FigureValue {
        let value = self.report_value(figures);
        if self.traits().unit == Unit::Share { value.scaled(100.0) } else { value }
    }

    /// Its number as it stands large, without unit; a dash when it is not defined.
    #[must_use]
    pub fn number(self, figures: &Figures, lang: Lang) -> String {
        number(lang, self.value(figures).mid().unwrap_or(f64::NAN), self.decimals())
    }

    /// Its range such as `151 – 258`; `None` for figures without one.
    #[must_use]
    pub fn range(self, figures: &Figures, lang: Lang) -> Option<String> {
        match self.value(figures) {
            FigureValue::One(_) => None,
            FigureValue::Range(span) => Some(range(lang, span.low, span.high, self.decimals())),
        }
    }

    /// Where its formula and coefficients come from, each source once: those of the formula, of the rates, and of the
    /// uses that take part in these figures.
    #[must_use]
    pub fn sources(self, figures: &Figures, coefficients: &Coefficients, lang: Lang) -> Vec<String> {
        let mut all: Vec<String> = self.traits().sources.iter().map(|&source| source.to_owned()).collect();
        let mut rate = |own: bool, source: &str| {
            all.push(if own { tr(lang, "source-this-project") } else { source.to_owned() });
        };
        let own = coefficients.own;
        if matches!(self, Self::Dwellings | Self::Residents | Self::DwellingsPerHa) {
            rate(own.dwelling_m2, sources::DWELLING_M2);
        }
        if matches!(self, Self::StudentRooms | Self::Residents) {
            rate(own.student_room_m2, sources::STUDENT_ROOM_M2);
        }
        if self == Self::Residents {
            rate(own.household, sources::HOUSEHOLD);
        }
        let is_jobs = matches!(self, Self::Jobs | Self::JobsPerHa);
        let by_use = matches!(
            self,
            Self::JobsLowSkilled | Self::JobsMiddleSkilled | Self::JobsHighSkilled | Self::GoodsMovements
        );
        if is_jobs || by_use {
            let part = figures.gfa_by_use_m2.keys().filter_map(|id| coefficients.library.get(&id.as_str().into()));
            for found in part.filter(|found| by_use || found.m2_per_job.is_some()) {
                if found.source.is_empty() {
                    all.push(tr(lang, "source-this-project"));
                } else if is_jobs {
                    all.push(found.source.clone());
                }
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|source| !source.is_empty() && seen.insert(source.clone()));
        all
    }
}

/// Which uses are productive.
const PRODUCTIVE: &str =
    "definition of this program after the 90 % footprint rule of the ZEMU/OGSO (plusofficearchitects + WRKSHP, 2016)";
/// Shares of jobs by skill.
const SKILLS: &str = "pattern of the Eurostat labour force survey by NACE, indicative";
/// Goods movements by use.
const FREIGHT: &str = "order of magnitude of LAET/FRETURB per use, indicative";
