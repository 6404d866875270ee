//! Charts of a scope: where it stands among densities and mixes, and what its floor and its jobs are made of.
//!
//! Floor 7. A chart is a [`Scene`] whose metres are logical pixels, so that the window, SVG and PNG paint the same one; the
//! numbers under it come along as a table for CSV, and its dots and bars as [`Spot`]s for the pointer. Nothing here is
//! computed that is not a figure or a floor area of [`crate::measure`].

mod balance;
mod bars;
mod dots;
mod jobs;
mod mix;
mod sheet;
mod spacematrix;

use std::sync::Arc;

use crate::geometry::point;
use crate::i18n::{Lang, part_of, tr};
use crate::library::{Library, UseId};
use crate::look::{Role, TypeRole};
use crate::measure::{FigureId, Figures, Scope, Sums};
use crate::model::{Id, Project, State};
use crate::scene::{Camera, Scene};
pub use jobs::{SkillPart, skill_parts};
use sheet::{Frame, Sheet, Side};
pub use spacematrix::{HEIGHTS_L, OPENNESS_OSR, top_fsi};

/// Which chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChartId {
    /// Floor space index over coverage, after Berghauser Pont and Haupt.
    #[default]
    Spacematrix,
    /// Housing, work and amenities as parts of a whole, after van den Hoek.
    Mix,
    /// Floor of the buildings by use.
    Buildings,
    /// Floor of the levels by use.
    Storeys,
    /// Jobs by use with their range, and by skill.
    Jobs,
    /// What is there, stays, goes and comes.
    Balance,
}

impl ChartId {
    /// All charts in order.
    pub const ALL: [Self; 6] =
        [Self::Spacematrix, Self::Mix, Self::Buildings, Self::Storeys, Self::Jobs, Self::Balance];

    /// Its name in files, and in messages after `chart-of-`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Spacematrix => "spacematrix",
            Self::Mix => "mix",
            Self::Buildings => "buildings",
            Self::Storeys => "storeys",
            Self::Jobs => "jobs",
            Self::Balance => "balance",
        }
    }

    /// Its short name.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        tr(lang, &format!("chart-of-{}", self.key()))
    }

    /// What it shows, in one sentence.
    #[must_use]
    pub fn about(self, lang: Lang) -> String {
        tr(lang, &format!("chart-about-{}", self.key()))
    }
}

/// A project that others compare with.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Its name.
    pub name: String,
    /// Coverage and floor space index.
    pub density: Option<[f64; 2]>,
    /// Housing, working, amenities as parts of a whole.
    pub mix: Option<[f64; 3]>,
}

impl Reference {
    /// The figures of a whole project under its name.
    #[must_use]
    pub fn of(project: &Project) -> Option<Self> {
        let sums = Sums::new(project, project.variants.first()?.id);
        let figures = sums.totals();
        Some(Self { name: project.name.clone(), density: density_of(&figures), mix: mix_of(&figures) })
    }
}

/// What is asked of a chart.
pub struct Ask<'a> {
    /// The project.
    pub project: &'a Project,
    /// What its variant amounts to.
    pub sums: &'a Sums,
    /// Of what.
    pub scope: &'a Scope,
    /// What the scope is called.
    pub scope_name: &'a str,
    /// The uses.
    pub library: &'a Library,
    /// The language of its words.
    pub lang: Lang,
    /// Width and height in logical pixels.
    pub size_px: [f64; 2],
    /// What lies under it.
    pub paper: Role,
    /// Written above it, where it stands alone.
    pub title: Option<&'a str>,
    /// Built projects to compare with.
    pub references: &'a [Reference],
    /// Where the scope stood before: coverage and floor space index, the oldest first.
    pub trail: &'a [[f64; 2]],
}

/// A place in a chart that says more under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Its rectangle from the upper left corner: left, top, right, bottom, in logical pixels.
    pub rect_px: [f64; 4],
    /// What it says.
    pub words: String,
    /// What it stands for in the project.
    pub about: Option<About>,
}

/// What a dot or a bar stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// A plot or a building.
    Thing(Id),
    /// All that has floor at a level, counted as [`FloorOfLevel`](crate::measure::FloorOfLevel) does.
    Level(i64),
    /// All that has floor of a use.
    Use(UseId),
    /// All that has floor in some states.
    States(&'static [State]),
    /// All that the figures are of.
    Whole,
}

/// A chart, ready to be painted.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Its shapes; a metre is a logical pixel, and the upper left corner of the chart is the origin.
    pub scene: Arc<Scene>,
    /// Width and height in logical pixels.
    pub size_px: [f64; 2],
    /// What says more under the pointer, the topmost last.
    pub spots: Vec<Spot>,
    /// Its numbers with a line of heads, as CSV has them: no grouping, a point before decimals.
    pub table: Vec<Vec<String>>,
    /// What it says in words, for those who cannot see it.
    pub said: String,
}

impl Chart {
    /// Draws one.
    #[must_use]
    pub fn new(id: ChartId, ask: &Ask<'_>) -> Self {
        let mut sheet = Sheet::new(ask.paper);
        let [width, height] = ask.size_px;
        let mut frame = Frame { left: 0.0, top: 0.0, right: width, bottom: height };
        if let Some(title) = ask.title {
            frame = Frame { left: 32.0, top: 104.0, right: width - 32.0, bottom: height - 28.0 };
            sheet.text([32.0, 34.0], Side::Right, TypeRole::Title, Role::Ink1, &id.name(ask.lang));
            sheet.text([32.0, 58.0], Side::Right, TypeRole::Small, Role::Ink1, title);
            sheet.text([32.0, 76.0], Side::Right, TypeRole::Small, Role::Ink2, &id.about(ask.lang));
        }
        match id {
            ChartId::Spacematrix => spacematrix::draw(&mut sheet, frame, ask),
            ChartId::Mix => mix::draw(&mut sheet, frame, ask),
            ChartId::Buildings => bars::buildings(&mut sheet, frame, ask),
            ChartId::Storeys => bars::storeys(&mut sheet, frame, ask),
            ChartId::Jobs => jobs::draw(&mut sheet, frame, ask),
            ChartId::Balance => balance::draw(&mut sheet, frame, ask),
        }
        let said = part_of(ask.lang, &id.name(ask.lang), &sheet.spots_in_words());
        Self { scene: Arc::new(sheet.scene), size_px: ask.size_px, spots: sheet.spots, table: sheet.table, said }
    }

    /// The camera that shows all of it, with so many pixels of the picture for a logical one.
    #[must_use]
    pub fn camera(&self, zoom: f64) -> Camera {
        let [width, height] = self.size_px;
        Camera {
            centre_local: point(width / 2.0, -height / 2.0),
            px_per_m: zoom,
            size_px: [width * zoom, height * zoom],
        }
    }

    /// The topmost place at a point that says something.
    #[must_use]
    pub fn spot_at(&self, [x, y]: [f64; 2]) -> Option<&Spot> {
        let holds = |spot: &&Spot| {
            let [left, top, right, bottom] = spot.rect_px;
            (left..=right).contains(&x) && (top..=bottom).contains(&y)
        };
        self.spots.iter().rev().find(holds)
    }
}

/// Coverage and floor space index, where there are any.
#[must_use]
pub fn density_of(figures: &Figures) -> Option<[f64; 2]> {
    Some([figures.mid(FigureId::Gsi)?, figures.mid(FigureId::Fsi)?])
}

/// Housing, working and amenities as parts of a whole; `None` without programme floor.
#[must_use]
pub fn mix_of(figures: &Figures) -> Option<[f64; 3]> {
    let [housing, working, amenities] =
        [FigureId::Mxi, FigureId::MixWorking, FigureId::MixAmenities].map(|id| figures.mid(id));
    let parts = [housing?, working?, amenities?].map(|part| part.max(0.0));
    let whole: f64 = parts.iter().sum();
    (whole > 0.0 && whole.is_finite()).then(|| parts.map(|part| part / whole))
}

/// A number as CSV has it.
fn plain(value: f64, decimals: usize) -> String {
    if value.is_finite() { format!("{value:.decimals$}") } else { String::new() }
}
