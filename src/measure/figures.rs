//! The figures of a report, by the names that scripts rely on, and how they follow from sums.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::coefficients::Coefficients;
use super::floor::{Floor, UseKeys};
use super::formula;
use crate::library::Family;
use crate::model::{Region, State};
use crate::num::{Area, Span};

/// Jobs by skill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct BySkill {
    /// Low-skilled.
    pub low: f64,
    /// Middle-skilled.
    pub middle: f64,
    /// High-skilled.
    pub high: f64,
}

/// Everything measured of a plot, a region or a variant. `None` is «not defined» (no plot area, no floor) and is
/// written as `null`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Plot area in m².
    pub plot_area_m2: f64,
    /// Union of the volumes that stand on the ground and are not removed, in m², plot by plot; volumes on no plot
    /// count building by building.
    pub footprint_m2: f64,
    /// Gross floor area above ground in m².
    pub gfa_m2: f64,
    /// Gross floor area below ground in m².
    pub gfa_below_m2: f64,
    /// Gross floor area above ground that is programme, in m²: all but parking and plant.
    pub programme_m2: f64,
    /// Productive floor in m²: programme of uses that the library calls productive.
    pub productive_m2: f64,
    /// Gross floor area above ground by use in m².
    pub gfa_by_use_m2: BTreeMap<String, f64>,
    /// Gross floor area above ground by family in m².
    pub gfa_by_family_m2: BTreeMap<String, f64>,
    /// Gross floor area above and below ground by state in m²; removed floor stands here only.
    pub gfa_by_state_m2: BTreeMap<String, f64>,
    /// Floor space index: GFA / plot area.
    pub fsi: Option<f64>,
    /// Ground space index: footprint / plot area.
    pub gsi: Option<f64>,
    /// Mean number of storeys: FSI / GSI.
    pub l: Option<f64>,
    /// Open space ratio: (1 − GSI) / FSI.
    pub osr: Option<f64>,
    /// Mixed-use index: housing over programme GFA, in percent.
    pub mxi_percent: Option<f64>,
    /// Productive over programme GFA.
    pub productive_share: Option<f64>,
    /// The same over the lowest storey above ground of volumes on the ground.
    pub ground_productive_share: Option<f64>,
    /// Entropy of the families, 0 to 1.
    pub entropy: Option<f64>,
    /// Effective number of families.
    pub effective_uses: Option<f64>,
    /// Dwellings.
    pub dwellings: Span,
    /// Student rooms.
    pub student_rooms: f64,
    /// Residents.
    pub residents: Span,
    /// Jobs.
    pub jobs: Span,
    /// Jobs by use.
    pub jobs_by_use: BTreeMap<String, Span>,
    /// Jobs by skill, from `jobs.mid`.
    pub jobs_by_skill: BySkill,
    /// Jobs per hectare of plot, of `mid`.
    pub jobs_per_ha: Option<f64>,
    /// Dwellings per hectare of plot, of `mid`.
    pub dwellings_per_ha: Option<f64>,
    /// Goods movements a day.
    pub goods_movements_day: Span,
}

/// The figures of one plot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlotFigures {
    /// Its code where it has one, else its number.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `brussels`, `flanders` or `none`.
    pub region: &'static str,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
}

/// The figures of a variant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// `maakblok-report`.
    pub format: &'static str,
    /// 1.
    pub version: u32,
    /// The project's name.
    pub project: String,
    /// The variant's name.
    pub variant: String,
    /// What areas are measured on, in words.
    pub area_basis: &'static str,
    /// All of the variant.
    pub totals: Figures,
    /// By region, those that have a plot.
    pub regions: BTreeMap<&'static str, Figures>,
    /// By plot, in order of id.
    pub plots: Vec<PlotFigures>,
    /// What the figures were made with, for names and sources; not part of the file.
    #[serde(skip)]
    pub coefficients: Arc<Coefficients>,
}

impl Report {
    /// What [`Report::format`] says.
    pub const FORMAT: &'static str = "maakblok-report";
    /// What [`Report::version`] says.
    pub const VERSION: u32 = 1;
    /// What [`Report::area_basis`] says.
    pub const AREA_BASIS: &'static str = "plane areas in the local frame of the project (transverse Mercator on WGS 84, \
         scale 1 at its origin); gross floor area is footprint times storeys, courts excluded; base area is the plots as \
         drawn; what stands on no plot counts in totals but in no density";
}

/// What figures are made of.
pub(super) struct Scope<'a> {
    pub(super) plot_area: Area,
    pub(super) footprint: Area,
    /// The floor by region.
    pub(super) floors: &'a [(Region, &'a Floor)],
    /// Footprint and floor on no plot, which no density counts.
    pub(super) elsewhere: Option<(Area, &'a Floor)>,
}

impl Scope<'_> {
    /// All figures of it.
    pub(super) fn figures(&self, keys: &UseKeys, coefficients: &Coefficients) -> Figures {
        let on_plots = self.floor_on_plots();
        let elsewhere = self.elsewhere.filter(|(_, floor)| !floor.is_empty());
        let mut figures = match elsewhere {
            None => of_floor(&on_plots, keys, coefficients),
            Some((_, floor)) => {
                let mut all = on_plots.clone().into_owned();
                all.add(floor);
                of_floor(&all, keys, coefficients)
            }
        };
        figures.plot_area_m2 = self.plot_area.m2();
        figures.footprint_m2 = (self.footprint + elsewhere.map_or(Area::ZERO, |(footprint, _)| footprint)).m2();
        for (region, floor) in self.floors.iter().copied().chain(elsewhere.map(|(_, floor)| (Region::None, floor))) {
            let rooms = formula::student_rooms(floor.student_housing(keys).m2(), coefficients.rates.student_room_m2);
            let homes = dwellings(floor, keys, coefficients);
            figures.residents += formula::residents(homes, coefficients.household(region), rooms);
        }

        let (gfa, footprint, plot) = (on_plots.gfa().m2(), self.footprint.m2(), self.plot_area.m2());
        figures.fsi = formula::fsi(gfa, plot);
        figures.gsi = formula::gsi(footprint, plot);
        figures.l = formula::l(gfa, footprint, plot);
        figures.osr = formula::osr(gfa, footprint, plot);
        let (jobs_on_plots, dwellings_on_plots) = match elsewhere {
            None => (figures.jobs.mid, figures.dwellings.mid),
            Some(_) => {
                let jobs = jobs_by_use(&on_plots, keys).map(|(_, _, jobs)| jobs.mid).sum();
                (jobs, dwellings(&on_plots, keys, coefficients).mid)
            }
        };
        figures.jobs_per_ha = formula::per_ha(jobs_on_plots, plot);
        figures.dwellings_per_ha = formula::per_ha(dwellings_on_plots, plot);
        figures
    }

    fn floor_on_plots(&self) -> Cow<'_, Floor> {
        if let [(_, only)] = self.floors {
            return Cow::Borrowed(only);
        }
        let mut sum = Floor::default();
        for (_, floor) in self.floors {
            sum.add(floor);
        }
        Cow::Owned(sum)
    }
}

/// The figures that need neither ground nor region.
fn of_floor(floor: &Floor, keys: &UseKeys, coefficients: &Coefficients) -> Figures {
    let mut figures = Figures {
        gfa_m2: floor.gfa().m2(),
        gfa_below_m2: floor.below.m2(),
        programme_m2: floor.programme(keys).m2(),
        productive_m2: floor.productive(keys).m2(),
        dwellings: dwellings(floor, keys, coefficients),
        student_rooms: formula::student_rooms(floor.student_housing(keys).m2(), coefficients.rates.student_room_m2),
        ..Figures::default()
    };
    let mut by_family = [Area::ZERO; Family::ALL.len()];
    for &(key, area) in &floor.by_use {
        let id = keys.id(key).as_str();
        if !id.is_empty() {
            figures.gfa_by_use_m2.insert(id.to_owned(), area.m2());
        }
        if let Some(known) = keys.known(key) {
            by_family[known.family as usize] += area;
            figures.goods_movements_day += formula::goods_movements_day(area.m2(), known.goods_per_1000m2_day);
        }
    }
    for (id, skills, jobs) in jobs_by_use(floor, keys) {
        figures.jobs += jobs;
        figures.jobs_by_use.insert(id.to_owned(), jobs);
        if let Some([low, middle, high]) = skills {
            figures.jobs_by_skill.low += jobs.mid * low;
            figures.jobs_by_skill.middle += jobs.mid * middle;
            figures.jobs_by_skill.high += jobs.mid * high;
        }
    }
    for (state, area) in State::ALL.into_iter().zip(floor.by_state) {
        if !area.is_zero() {
            figures.gfa_by_state_m2.insert(state.key().to_owned(), area.m2());
        }
    }
    for (family, area) in Family::ALL.into_iter().zip(by_family) {
        if !area.is_zero() {
            figures.gfa_by_family_m2.insert(family.key().to_owned(), area.m2());
        }
    }
    let of = |family: Family| by_family[family as usize].m2();
    let programme: Vec<f64> = Family::ALL.into_iter().filter(|family| family.is_programme()).map(of).collect();
    figures.mxi_percent = formula::mxi_percent(of(Family::Housing), figures.programme_m2);
    figures.productive_share = formula::productive_share(figures.productive_m2, figures.programme_m2);
    figures.ground_productive_share =
        formula::productive_share(floor.ground_productive.m2(), floor.ground_programme.m2());
    figures.entropy = formula::entropy(&programme);
    figures.effective_uses = formula::effective_uses(&programme);
    figures
}

fn dwellings(floor: &Floor, keys: &UseKeys, coefficients: &Coefficients) -> Span {
    let known = floor.dwellings_known as f64;
    formula::dwellings(floor.housing_estimated(keys).m2(), known, coefficients.rates.dwelling_m2)
}

/// The uses that bring jobs, with their shares by skill, in the order of the library.
fn jobs_by_use<'a>(
    floor: &'a Floor,
    keys: &'a UseKeys,
) -> impl Iterator<Item = (&'a str, Option<[f64; 3]>, Span)> + 'a {
    floor.by_use.iter().filter_map(|&(key, area)| {
        let known = keys.known(key)?;
        let jobs = formula::jobs(area.m2(), known.m2_per_job?);
        (jobs != Span::default()).then_some((known.id.as_str(), known.skills, jobs))
    })
}
