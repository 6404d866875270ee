//! The figures of a report, by the names that scripts rely on.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::num::Span;

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
    /// Union of the volumes that stand on the ground and are not removed, in m².
    pub footprint_m2: f64,
    /// Gross floor area above ground in m².
    pub gfa_m2: f64,
    /// Gross floor area below ground in m².
    pub gfa_below_m2: f64,
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
}

/// A figure that can be shown, asked and explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureId {
    /// Placeholder until filled.
    Gfa,
}
