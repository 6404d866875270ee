//! What a figure is called, what it is told in, and where it comes from.

use super::figures::{FigureValue, Figures};
use super::program::{Undefined, built_in};
use super::units::Measure;
use super::{Coefficients, FigureId};
use crate::formula::names::{Attribute, Fact};
use crate::formula::{Expr, Number, Operator, Speaker, rate_name};
use crate::i18n::{Lang, has_message, number, range, tr, tr_with};
use crate::library::Library;
use crate::num::round_parts;

/// What is fixed about a figure.
pub(super) struct Traits {
    /// Its name in reports and formulas.
    pub(super) key: &'static str,
    pub(super) measure: Measure,
    /// Decimals where it stands large.
    pub(super) decimals: u8,
    pub(super) shape: Shape,
    pub(super) formula: &'static str,
    /// Where its formula comes from.
    pub(super) sources: &'static [&'static str],
}

/// Whether a figure is one number or has a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    One,
    Range,
}

/// What a figure is taken of, to be said beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Of nothing, or of something that its formula says best.
    None,
    /// Of the plot area.
    Plot,
    /// Of the programme floor.
    Programme,
}

/// Figures about one matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureGroup {
    /// Areas and densities.
    Areas,
    /// The mix of uses.
    Mix,
    /// Homes and people.
    People,
    /// Jobs.
    Jobs,
    /// What is there, stays, goes and comes.
    Change,
    /// Goods and places to park.
    Traffic,
    /// Open ground, green and water.
    Ground,
    /// Energy and heat.
    Energy,
    /// Materials, waste, carbon.
    Matter,
    /// Cost and rent.
    Money,
}

impl FigureGroup {
    /// All of them, in the order of lists.
    pub const ALL: [Self; 10] = [
        Self::Areas,
        Self::Mix,
        Self::People,
        Self::Jobs,
        Self::Change,
        Self::Traffic,
        Self::Ground,
        Self::Energy,
        Self::Matter,
        Self::Money,
    ];

    /// The message key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Areas => "figures-areas",
            Self::Mix => "figures-mix",
            Self::People => "figures-people",
            Self::Jobs => "figures-jobs",
            Self::Change => "figures-change",
            Self::Traffic => "figures-traffic",
            Self::Ground => "figures-ground",
            Self::Energy => "figures-energy",
            Self::Matter => "figures-matter",
            Self::Money => "figures-money",
        }
    }
}

/// Endings of keys that name a unit and not the figure.
const UNITS: [&str; 10] =
    ["_mwh_year", "_m3_year", "_t_year", "_eur_year", "_percent", "_m2", "_m3", "_eur", "_day", "_t"];

impl FigureId {
    /// Its name in reports. A point leads into a map: `jobs_by_skill.low`.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.traits().key
    }

    /// What stands before the point in its key.
    pub(super) fn stem(self) -> Option<&'static str> {
        self.key().split_once('.').map(|(stem, _)| stem)
    }

    /// The figure of that name in reports.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|figure| figure.key() == key)
    }

    /// What it is told in.
    #[must_use]
    pub fn measure(self) -> Measure {
        self.traits().measure
    }

    /// Its formula, as it is written.
    #[must_use]
    pub fn formula(self) -> &'static str {
        self.traits().formula
    }

    /// Its formula, read.
    #[must_use]
    pub fn expr(self) -> &'static Expr {
        &built_in()[self as usize]
    }

    /// The message key of its name.
    #[must_use]
    pub fn message_key(self) -> String {
        let key = self.key();
        let stem = UNITS.iter().find_map(|unit| key.strip_suffix(unit)).unwrap_or(key);
        format!("figure-{}", stem.replace(['.', '_'], "-"))
    }

    /// What people call it, in lower case.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        tr(lang, &self.message_key())
    }

    /// Its formula in words.
    #[must_use]
    pub fn formula_words(self, library: &Library, lang: Lang) -> String {
        let figure = |place: usize| Self::ALL.get(place).map(|figure| figure.name(lang)).unwrap_or_default();
        Speaker { lang, library, figure: &figure }.formula(self.expr())
    }

    /// What it is taken of.
    #[must_use]
    pub fn base(self) -> Base {
        let Number::Two(Operator::Over, _, divisor) = &self.expr().node else { return Base::None };
        match divisor.node {
            Number::Fact(Fact::SiteArea) => Base::Plot,
            Number::Figure(place) if Self::ALL.get(place) == Some(&Self::Programme) => Base::Programme,
            _ => Base::None,
        }
    }

    /// Why it has no value, in words.
    #[must_use]
    pub fn why_not(self, reason: Undefined, lang: Lang) -> String {
        let own = format!("{}-none", self.message_key());
        match reason {
            Undefined::NothingElse if has_message(lang, &own) => tr(lang, &own),
            Undefined::NothingElse => tr(lang, "undefined-nothing-else"),
            Undefined::Faulty => tr(lang, "undefined-faulty"),
            Undefined::NoPlot => tr(lang, "undefined-no-plot"),
            Undefined::NoProgramme => tr(lang, "undefined-no-programme"),
            Undefined::Nothing(figure) => tr_with(lang, "undefined-nothing", &[("name", figure.name(lang).into())]),
            Undefined::NoRate(rate) => tr_with(lang, "undefined-no-rate", &[("name", rate_name(rate, lang).into())]),
        }
    }

    /// The unit it is shown in, such as `m²`; empty for plain numbers.
    #[must_use]
    pub fn unit(self, lang: Lang) -> String {
        self.measure().message_key().map_or_else(String::new, |key| tr(lang, key))
    }

    /// Its unit in reports, by names that do not change with the language; empty for counts and ratios.
    #[must_use]
    pub fn report_unit(self) -> &'static str {
        self.measure().report_name()
    }

    /// Decimals where it stands large.
    #[must_use]
    pub fn decimals(self) -> u8 {
        self.traits().decimals
    }

    /// Decimals where it is explained: shares and percentages to a tenth.
    #[must_use]
    pub fn decimals_in_detail(self) -> u8 {
        match self.measure() {
            Measure::Share | Measure::Percent => 1,
            _ => self.decimals(),
        }
    }

    /// Whether it is told with a low and a high value.
    #[must_use]
    pub fn has_range(self) -> bool {
        self.traits().shape == Shape::Range
    }

    /// What it is about.
    #[must_use]
    pub fn group(self) -> FigureGroup {
        use FigureGroup as G;
        match self {
            Self::PlotArea
            | Self::Footprint
            | Self::Gfa
            | Self::GfaBelow
            | Self::Programme
            | Self::Productive
            | Self::Fsi
            | Self::Gsi
            | Self::L
            | Self::Osr
            | Self::Gia
            | Self::Nia
            | Self::Roof => G::Areas,
            Self::Mxi
            | Self::ProductiveShare
            | Self::GroundProductiveShare
            | Self::Entropy
            | Self::EffectiveUses
            | Self::MixWorking
            | Self::MixAmenities => G::Mix,
            Self::Dwellings
            | Self::StudentRooms
            | Self::Residents
            | Self::DwellingsPerHa
            | Self::HomesStudio
            | Self::HomesOneBed
            | Self::HomesTwoBed
            | Self::HomesThreeBed
            | Self::HomesFourBed => G::People,
            Self::Jobs
            | Self::JobsLowSkilled
            | Self::JobsMiddleSkilled
            | Self::JobsHighSkilled
            | Self::JobsPerHa
            | Self::JobsPerResident
            | Self::JobsHousingBalance => G::Jobs,
            Self::GfaToday
            | Self::GfaKept
            | Self::GfaNew
            | Self::GfaRemoved
            | Self::ProductiveToday
            | Self::ProductiveLost
            | Self::ProductiveNew
            | Self::ProductiveBalance => G::Change,
            Self::GoodsMovements
            | Self::LorryMovements
            | Self::LoadingBays
            | Self::CarPlaces
            | Self::VanPlaces
            | Self::BikePlaces
            | Self::CarPlacesDrawn => G::Traffic,
            Self::OpenGround
            | Self::Green
            | Self::FullSoil
            | Self::Yard
            | Self::Biotope
            | Self::RainRoof
            | Self::Runoff
            | Self::RainTank
            | Self::RainUse
            | Self::RainCover => G::Ground,
            Self::Pv | Self::Electricity | Self::Heat | Self::PvCover | Self::RecoverableHeat | Self::HeatMatch => {
                G::Energy
            }
            Self::Waste | Self::Handled | Self::Material | Self::Demolition | Self::Carbon | Self::CarbonSaved => {
                G::Matter
            }
            Self::Cost | Self::Rent => G::Money,
        }
    }

    /// The figure that stands beside it as a caption.
    #[must_use]
    pub fn companion(self) -> Option<Self> {
        (self == Self::L).then_some(Self::Osr)
    }

    /// What it is in the unit it is shown in: shares in percent.
    #[must_use]
    pub fn value(self, figures: &Figures) -> FigureValue {
        figures.get(self).scaled(self.measure().shown_factor())
    }

    /// Its number as it stands large, without unit; a dash when it is not defined.
    #[must_use]
    pub fn number(self, figures: &Figures, lang: Lang) -> String {
        number(lang, self.shown(figures).unwrap_or(f64::NAN), self.decimals())
    }

    /// Its middle number as it is shown; `None` where it is not defined. Jobs by skill are rounded so that the three add up to
    /// the jobs shown.
    #[must_use]
    pub fn shown(self, figures: &Figures) -> Option<f64> {
        const SKILLS: [FigureId; 3] =
            [FigureId::JobsLowSkilled, FigureId::JobsMiddleSkilled, FigureId::JobsHighSkilled];
        let mid = self.value(figures).mid();
        let Some(at) = SKILLS.iter().position(|skill| *skill == self) else { return mid };
        let parts: Option<Vec<f64>> = SKILLS.iter().map(|skill| skill.value(figures).mid()).collect();
        parts.map_or(mid, |parts| round_parts(&parts, self.decimals()).get(at).copied())
    }

    /// Its range such as `151 – 258`; `None` for figures without one.
    #[must_use]
    pub fn range(self, figures: &Figures, lang: Lang) -> Option<String> {
        match self.value(figures) {
            FigureValue::Range(Some(span)) => Some(range(lang, span.low, span.high, self.decimals())),
            FigureValue::One(_) | FigureValue::Range(None) => None,
        }
    }

    /// Where its formula and coefficients come from, each source once: those of the formula, of the rates, and of the
    /// uses that take part in these figures.
    #[must_use]
    pub fn sources(self, figures: &Figures, coefficients: &Coefficients, lang: Lang) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut add = |source: &str| {
            let source = if source.is_empty() { tr(lang, "source-this-project") } else { source.to_owned() };
            if seen.insert(source.clone()) {
                all.push(source);
            }
        };
        for figure in self.needs() {
            figure.traits().sources.iter().for_each(|source| add(source));
            figure.expr().visit(&mut |part| match &part.node {
                Number::Rate(rate) => {
                    if let Some(found) = coefficients.rates.project(*rate) {
                        add(&found.source);
                    }
                }
                Number::Attribute(Attribute::OfUse(rate)) => {
                    for id in figures.gfa_by_use_m2.keys() {
                        let ix = coefficients.library.ix(&id.into());
                        if let Some(found) = ix.and_then(|ix| coefficients.rates.of_use(*rate, ix)) {
                            add(&found.source);
                        }
                    }
                }
                Number::Attribute(Attribute::OfSurface(rate)) => {
                    for kind in crate::model::SurfaceKind::ALL {
                        if let Some(found) = coefficients.rates.of_surface(*rate, kind.key()) {
                            add(&found.source);
                        }
                    }
                }
                Number::Attribute(Attribute::Household) => {
                    for region in crate::model::Region::ALL {
                        let rate = super::households::rate(region);
                        if let Some(found) = rate.and_then(|rate| coefficients.rates.project(rate)) {
                            add(&found.source);
                        }
                    }
                }
                _ => {}
            });
        }
        all
    }

    /// Itself and the figures that its formula needs, each once.
    #[must_use]
    pub fn needs(self) -> Vec<Self> {
        let mut all = vec![self];
        let mut at = 0;
        while let Some(figure) = all.get(at).copied() {
            figure.expr().visit(&mut |part| {
                if let Number::Figure(place) = part.node
                    && let Some(needed) = Self::ALL.get(place)
                    && !all.contains(needed)
                {
                    all.push(*needed);
                }
            });
            at += 1;
        }
        all
    }
}
