//! What panels and dialogs hand back: a wish, with everything it needs.

use std::path::PathBuf;

use super::command::Command;
use super::draft::LibraryStep;
use super::explaining::FiguresOf;
use super::levels::Levels;
use super::maps::MapStep;
use super::painting::PaintStep;
use super::picturing::PictureChoice;
use super::plot_filter::PlotFilter;
use super::presets::Preset;
use super::recipes::RecipeStep;
use super::snap::SnapSwitch;
use super::spread::Scatter;
use super::storey_change::{LevelChange, StoreyChange};
use super::tool::Purpose;
use super::underlays::UnderlayStep;
use crate::chart::{About, ChartId};
use crate::edit::Info;
use crate::library::UseId;
use crate::measure::AnyFigure;
use crate::model::{ArrayRule, Id, Layers, OwnFigure, Region, RelationKind, SurfaceKind, Target};
use crate::schedule::{Pasted, RowOf, ScheduleKind};

/// Where a slider was pulled to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pulled {
    /// The place, from 0 to 1.
    pub to: f32,
    /// Whether it was let go of there: what is done on the way is no step and is not written.
    pub let_go: bool,
}

/// What a path is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathFor {
    /// To open a project.
    Open,
    /// To save the project.
    Save,
    /// To import from.
    Import,
    /// To import from, with areas that say nothing of themselves as plots.
    ImportPlots,
    /// To lie under the drawing as a map.
    Map,
    /// To keep an area of a map in.
    KeepArea,
    /// To lie under the drawing as a picture.
    Underlay,
    /// To export to.
    Export,
    /// To write a picture of the plan to, as it was chosen.
    Picture,
    /// To write the library to.
    Library,
    /// To write the table that is shown to.
    Table,
    /// To write a chart to.
    Chart(ChartId),
}

/// A wish.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A command by name.
    Run(Command),
    /// A command with the measure it takes, in the unit of that.
    RunWith(Command, f64),
    /// Open a project file.
    Open(PathBuf),
    /// Open one of the cases that come with the program, as a new project.
    OpenCase(usize),
    /// A new project at a place in degrees WGS 84.
    NewAt {
        /// Longitude.
        lon_deg: f64,
        /// Latitude.
        lat_deg: f64,
        /// What the place is called.
        name: String,
    },
    /// Change the maps under the drawing.
    Map(MapStep),
    /// Change a picture under the drawing.
    Underlay(Id, UnderlayStep),
    /// How plans go onto pictures.
    ChoosePicture(PictureChoice),
    /// A picture is written so.
    WritePicture,
    /// Keep what is in view of a service, by its id, for use without a network.
    KeepArea(String),
    /// Put a text on the clipboard.
    CopyText(String),
    /// Look at a place in degrees WGS 84.
    LookAtPlace {
        /// Longitude.
        lon_deg: f64,
        /// Latitude.
        lat_deg: f64,
        /// How large it is seen, in pixels to a metre.
        px_per_m: f64,
    },
    /// A path was chosen or typed.
    Path(PathFor, PathBuf),
    /// The path dialog was closed.
    NoPath,
    /// A question was answered with its choice of that number.
    Answer(usize),
    /// Open another variant.
    OpenVariant(Id),
    /// Name a variant.
    NameVariant(Id, String),
    /// Set whether a variant is the baseline.
    Baseline(Id, bool),
    /// Go to a place in the list of edits.
    GoTo(usize),
    /// Select just these.
    Select(Vec<Id>),
    /// Select what a finding is about, with the storey, and look at it.
    Show(Id, Option<usize>),
    /// Select a storey of the selected volume.
    SelectStorey(Option<usize>),
    /// Hide, show, lock and free layers.
    Layers(Layers),
    /// Change the project's own data.
    Info(Box<Info>),
    /// Name a plot.
    NamePlot(Id, String),
    /// Say on which side of the border a plot lies.
    Region(Id, Region),
    /// Name a volume.
    NameVolume(Id, String),
    /// Name a building.
    NameBuilding(Id, String),
    /// Put a building on a plot, or on none.
    Rehouse(Id, Option<Id>),
    /// Put the typology of that number on plots.
    PlaceTypology(String, Vec<Id>),
    /// Select what a dot or a bar of a chart stands for.
    SelectAbout(About),
    /// What is at work on a plot, or stands there, is saved as a typology under a name.
    SaveTypology(Id, String),
    /// The typologies on plots get values by lot.
    Scatter(Vec<Id>, Scatter),
    /// A relation between volumes is named.
    Relate(Vec<Id>, RelationKind),
    /// A relation is let go.
    Unrelate(Id),
    /// Plots are looked for.
    FilterPlots(PlotFilter),
    /// Long work that can be called off is.
    CallOff,
    /// A typology of the project's own is removed.
    RemoveTypology(String),
    /// Work on a recipe.
    Recipe(Id, RecipeStep),
    /// Set the level of a volume's lowest floor, in metres.
    Base(Id, f64),
    /// Say how many dwellings a volume has, or leave it to the estimate.
    Dwellings(Id, Option<u32>),
    /// Select levels in every selected volume.
    SelectLevels(Levels),
    /// Select these, and levels in them.
    SelectStoreys(Vec<Id>, Levels),
    /// Change every selected storey.
    Levels(LevelChange),
    /// Paint in the strip.
    Paint(PaintStep),
    /// Change storeys of volumes.
    Storeys(Vec<Id>, StoreyChange),
    /// Say what a surface is.
    SurfaceKind(Id, SurfaceKind),
    /// Name a surface.
    NameSurface(Id, String),
    /// Take a use in hand for new volumes.
    UseInHand(UseId),
    /// Give an array another rule.
    ArrayRule(Id, ArrayRule),
    /// Bring the copies of an array up to what they are copies of.
    UpdateArray(Id),
    /// Leave the copies of an array as they are, without a rule.
    DetachArray(Id),
    /// Switch something that catches points off or on.
    SnapSwitch(SnapSwitch),
    /// Say what shapes become that do not say it themselves.
    PurposeInHand(Purpose),
    /// Take a kind in hand for new surfaces.
    SurfaceInHand(SurfaceKind),
    /// Change the library that is being edited.
    Library(LibraryStep),
    /// Have a use give way to another, everywhere.
    ReplaceUse(UseId, UseId),
    /// Show a chart, or none.
    Chart(Option<ChartId>),
    /// Write a chart to a file.
    ExportChart(ChartId),
    /// Forget where the project stood before.
    ClearTrail,
    /// Show a table, or none.
    Table(Option<ScheduleKind>),
    /// Take a text from a spreadsheet into the table.
    PasteTable(Box<Pasted>),
    /// A text was typed into a cell of the table, by its row and column.
    TypeCell(RowOf, usize, String),
    /// Copy rows of the table that is shown.
    CopyTable(Vec<usize>),
    /// Write rows of a table to a file, or the workbook of all tables.
    ExportTable(Vec<usize>),
    /// Explain a figure, or stop explaining.
    Explain(Option<AnyFigure>),
    /// Point at a row of the explanation.
    ExplainRow(Option<usize>),
    /// Copy the explanation as text.
    CopyExplanation,
    /// Say which figures shall stand large.
    Preset(Preset),
    /// Let a figure stand large among the user's own, or no longer, by its name in reports.
    Pin(String),
    /// Set the target of a figure.
    Target(Target),
    /// Set the figures of the project's own.
    OwnFigures(Vec<OwnFigure>),
    /// Say something else in the brief.
    BriefNotes(String),
    /// Say of what figures shall be taken.
    FiguresOf(FiguresOf),
    /// Let a notice go.
    Dismiss(u64),
    /// A notice's button was pressed.
    NoticeButton(u64),
}
