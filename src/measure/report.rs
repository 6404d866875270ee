//! The report of a variant: its totals, its regions, its levels and its plots.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde::ser::Serializer;

use super::coefficients::Coefficients;
use super::evaluation::Memory;
use super::figures::Figures;
use super::program::Tally;
use super::{FigureId, Sums};
use crate::cores;
use crate::model::{Id, Plot, Project, Region};

/// The figures of one plot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlotFigures {
    /// The plot.
    #[serde(skip)]
    pub plot: Id,
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

/// Floor area by level, the lowest first; 0 is the lowest storey above ground, −1 the first below it. In files an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LevelAreas(pub Vec<(i64, f64)>);

impl Serialize for LevelAreas {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(level, m2)| (level, m2)))
    }
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
    /// The gross floor area of each level of the variant in m².
    pub gfa_by_level_m2: LevelAreas,
    /// By plot, in order of id: the first [`FigureId::CORE`] figures of each.
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

impl Sums {
    /// Hands on the figures of every plot in order of id, one at a time: a hundred thousand of them at once fill memory. They
    /// are made on all cores ahead of where they are taken.
    pub fn with_plots<R>(
        &self,
        project: &Project,
        hand_on: impl FnOnce(&mut dyn Iterator<Item = PlotFigures>) -> R,
    ) -> R {
        let plots: Vec<&Plot> = project
            .variant(self.variant)
            .into_iter()
            .flat_map(|variant| variant.plots.iter().map(|plot| &**plot))
            .collect();
        let make = |memory: &mut Memory, plot: &&Plot| {
            let id = if plot.code.is_empty() { plot.id.to_string() } else { plot.code.clone() };
            let core = |tally: &Tally<'_>| Figures::of(tally, &self.keys, &self.coefficients, FigureId::CORE, memory);
            let figures = self.with_plot(plot.id, core)?;
            Some(PlotFigures { plot: plot.id, id, name: plot.name.clone(), region: plot.region.key(), figures })
        };
        cores::ahead(&plots, make, |made| hand_on(&mut made.flatten()))
    }

    /// The report without its plots; `None` when the variant is not there.
    #[must_use]
    pub fn report_head(&self, project: &Project) -> Option<Report> {
        let variant = project.variant(self.variant)?;
        let regions = Region::ALL.into_iter().filter_map(|region| Some((region.key(), self.region(region)?)));
        Some(Report {
            format: Report::FORMAT,
            version: Report::VERSION,
            project: project.name.clone(),
            variant: variant.name.clone(),
            area_basis: Report::AREA_BASIS,
            totals: self.totals(),
            regions: regions.collect(),
            gfa_by_level_m2: self.level_areas(project),
            plots: Vec::new(),
            coefficients: Arc::clone(&self.coefficients),
        })
    }

    /// The whole report; `None` when the variant is not there.
    #[must_use]
    pub fn report(&self, project: &Project) -> Option<Report> {
        let head = self.report_head(project)?;
        Some(Report { plots: self.with_plots(project, |plots| plots.collect()), ..head })
    }
}
