//! The columns of each schedule.

use crate::i18n::{Lang, UNDEFINED, number, tr};
use crate::measure::FigureId;

/// Of what a schedule is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScheduleKind {
    /// Plots.
    #[default]
    Plots,
    /// Buildings.
    Buildings,
    /// Storeys.
    Storeys,
}

/// What a column holds, as far as it can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnId {
    /// The name of a plot or a building, or of the volume of a storey.
    Name,
    /// The side of the border that a plot lies on.
    Region,
    /// The plot that a building stands on.
    Plot,
    /// The uses of a storey.
    Uses,
    /// The height of a storey.
    Height,
    /// What becomes of a storey.
    State,
    /// A figure.
    Figure(FigureId),
    /// Something that follows from the drawing.
    Fact,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// What it holds.
    pub id: ColumnId,
    /// Its name in messages and files.
    pub key: &'static str,
    /// The unit of a fact.
    unit: &'static str,
    /// Decimals of a fact.
    decimals: u8,
    /// Whether its numbers have a range.
    pub has_range: bool,
    /// Whether its numbers can be added.
    pub adds: bool,
    /// How wide it is, in parts.
    pub parts: f32,
}

const fn words(id: ColumnId, key: &'static str, parts: f32) -> Column {
    Column { id, key, unit: "", decimals: 0, has_range: false, adds: false, parts }
}

const fn fact(id: ColumnId, key: &'static str, unit: &'static str, decimals: u8, adds: bool) -> Column {
    Column { id, key, unit, decimals, has_range: false, adds, parts: 1.0 }
}

const fn figure(figure: FigureId, key: &'static str, adds: bool, has_range: bool) -> Column {
    Column { id: ColumnId::Figure(figure), key, unit: "", decimals: 0, has_range, adds, parts: 1.0 }
}

const PLOTS: &[Column] = &[
    words(ColumnId::Name, "name", 1.75),
    words(ColumnId::Region, "region", 2.8),
    figure(FigureId::PlotArea, "plot_area_m2", true, false),
    figure(FigureId::Footprint, "footprint_m2", true, false),
    figure(FigureId::Gfa, "gfa_m2", true, false),
    figure(FigureId::GfaBelow, "gfa_below_m2", true, false),
    figure(FigureId::Fsi, "fsi", false, false),
    figure(FigureId::Gsi, "gsi", false, false),
    figure(FigureId::L, "l", false, false),
    Column { parts: 1.15, ..figure(FigureId::ProductiveShare, "productive_share", false, false) },
    figure(FigureId::Mxi, "mxi_percent", false, false),
    Column { parts: 1.1, ..figure(FigureId::Dwellings, "dwellings", true, true) },
    figure(FigureId::Jobs, "jobs", true, true),
];

const BUILDINGS: &[Column] = &[
    words(ColumnId::Name, "name", 1.9),
    words(ColumnId::Plot, "plot", 1.6),
    fact(ColumnId::Fact, "storeys_above", "", 0, false),
    fact(ColumnId::Fact, "top_m", "m", 2, false),
    figure(FigureId::Footprint, "footprint_m2", true, false),
    figure(FigureId::Gfa, "gfa_m2", true, false),
    figure(FigureId::GfaBelow, "gfa_below_m2", true, false),
    figure(FigureId::ProductiveShare, "productive_share", false, false),
    figure(FigureId::Dwellings, "dwellings", true, true),
    figure(FigureId::Jobs, "jobs", true, true),
];

const STOREYS: &[Column] = &[
    words(ColumnId::Fact, "plot", 1.4),
    words(ColumnId::Fact, "building", 1.5),
    words(ColumnId::Name, "volume", 1.5),
    fact(ColumnId::Fact, "level", "", 0, false),
    words(ColumnId::Uses, "uses", 2.2),
    words(ColumnId::State, "state", 1.2),
    fact(ColumnId::Height, "height_m", "m", 2, false),
    fact(ColumnId::Fact, "area_m2", "m²", 0, true),
];

impl ScheduleKind {
    /// All in order.
    pub const ALL: [Self; 3] = [Self::Plots, Self::Buildings, Self::Storeys];

    /// Its name in files and messages.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Plots => "plots",
            Self::Buildings => "buildings",
            Self::Storeys => "storeys",
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        tr(lang, &format!("table-of-{}", self.key()))
    }

    /// Its columns.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Plots => PLOTS,
            Self::Buildings => BUILDINGS,
            Self::Storeys => STOREYS,
        }
    }
}

impl Column {
    /// Its name.
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        match self.id {
            ColumnId::Figure(figure) => figure.name(lang),
            _ => tr(lang, &format!("column-{}", self.key.replace('_', "-"))),
        }
    }

    /// What stands over it: as short as it is still understood, with its unit.
    #[must_use]
    pub fn head(&self, lang: Lang) -> String {
        let ColumnId::Figure(_) = self.id else { return self.title(lang) };
        tr(lang, &format!("head-{}", self.key.replace('_', "-")))
    }

    /// Its name with its unit.
    #[must_use]
    pub fn title(&self, lang: Lang) -> String {
        let unit = self.unit(lang);
        if unit.is_empty() { self.name(lang) } else { format!("{} ({unit})", self.name(lang)) }
    }

    /// Its unit.
    #[must_use]
    pub fn unit(&self, lang: Lang) -> String {
        match self.id {
            ColumnId::Figure(figure) => figure.unit(lang),
            _ => self.unit.to_owned(),
        }
    }

    /// Whether it holds numbers, which stand at the right.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self.id, ColumnId::Figure(_) | ColumnId::Height)
            || matches!(self.key, "storeys_above" | "top_m" | "level" | "area_m2")
    }

    /// Whether its cells can be changed.
    #[must_use]
    pub fn can_be_changed(&self) -> bool {
        !matches!(self.id, ColumnId::Figure(_) | ColumnId::Fact)
    }

    /// Its decimals.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        match self.id {
            ColumnId::Figure(figure) => figure.decimals(),
            _ => self.decimals,
        }
    }

    /// A number of it, without the unit.
    #[must_use]
    pub fn number_text(&self, value: Option<f64>, lang: Lang) -> String {
        let text = |value: f64| number(lang, value, self.decimals());
        value.map_or_else(|| UNDEFINED.to_owned(), text)
    }
}
