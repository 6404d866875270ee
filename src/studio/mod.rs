//! The editor without a window: what is open, what is selected, which tool is in hand, what a command does.
//!
//! Floor 9. Panels read a [`Session`] and hand back [`Action`]s; only this module changes a session. Tools are state
//! machines on local metres. Clock, dialogs, threads and folders come in from outside ([`Services`]), so that a test
//! plays the whole studio without a screen.

mod action;
mod aids;
mod answers;
mod arrays;
mod carry_out;
pub mod cases;
mod cells;
mod charting;
mod chosen;
mod clip;
pub mod command;
mod document;
mod draft;
mod drafting;
mod entry;
mod explaining;
mod files;
mod findings;
mod handing_on;
mod homes;
mod index;
mod latest;
mod levels;
mod map_edges;
mod names;
mod operate;
mod operation;
mod painting;
mod paths;
mod presets;
mod question;
mod recovery;
mod reshape;
mod selection;
mod services;
mod session;
mod settings;
mod sight;
pub mod snap;
mod state;
mod storey_change;
mod storeys;
mod tabling;
mod tasks;
pub mod tool;
mod typology;

pub use action::{Action, PathFor};
pub use aids::{Arrow, Axis, Drawing, REFERENCE_AFTER_S};
pub use charting::ChartWish;
pub use command::{Command, Key, Shortcut};
pub use document::Document;
pub use draft::{Draft, LibraryStep, defaults};
pub use drafting::Effect;
pub use entry::{Angles, Entry, EntryField, Input, InputFault, measure};
pub use explaining::{FiguresOf, Lit, scope_words};
pub use index::{Index, Kind, kind_of};
pub use levels::Levels;
pub use map_edges::MapEdges;
pub use operation::{Operation, Side, operate};
pub use painting::PaintStep;
pub use paths::title_key;
pub use presets::{MOST_FIGURES, Preset, figures_of};
pub use question::Question;
pub use selection::Selection;
pub use services::{Clock, DialogAnswer, Dialogs, FileFilter, Folders, NoDialogs, Services, SystemClock};
pub use session::Session;
pub use settings::{Coordinates, PanelSizes, Recent, Settings};
pub use sight::{Isolated, Sight};
pub use snap::{Snap, SnapKind, SnapOff, SnapSwitch};
pub use state::{Notice, NoticeLevel, Panels, Screen, Studio, selected_volumes};
pub use storey_change::{LevelChange, StoreyChange};
pub use tasks::{TaskId, Tasks};
