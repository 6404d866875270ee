//! Figures: what a variant amounts to.
//!
//! Floor 5. Formulas in the language of [`crate::formula`] over exact sums ([`Sums`]), each figure with its unit and
//! sources ([`FigureId`]). Sums follow an edit without starting over and equal a fresh computation exactly. A report
//! is written as text or CSV by [`table`], as JSON by `serde` or, one plot at a time, by [`ReportStream`].
//!
//! ```
//! use maakblok::geometry::{Outline, point};
//! use maakblok::measure::{FigureId, Sums};
//! use maakblok::model::{Id, Origin, Plot, Project};
//!
//! let mut project = Project::new("Werkhof", Origin::new(4.31, 50.83), "A");
//! let variant = project.variants[0].id;
//! let outline = Outline::rectangle(point(0.0, 0.0), point(96.0, 84.0));
//! project.variants[0].plots.insert(Plot::new(Id(2), "Werkhof", outline));
//! let figures = Sums::new(&project, variant).totals();
//! assert_eq!(figures.mid(FigureId::PlotArea), Some(8064.0));
//! assert_eq!(figures.mid(FigureId::Fsi), Some(0.0));
//! assert_eq!(figures.mid(FigureId::Osr), None);
//! ```

mod breakdown;
mod by_name;
mod catalogue;
mod coefficients;
mod cover;
mod evaluation;
pub mod explain;
mod figure_id;
mod figures;
pub mod fit;
mod floor;
mod follow;
mod ground;
mod households;
mod own;
mod pieces;
mod program;
mod report;
pub mod report_csv;
mod row;
mod scope;
mod stream;
mod sums;
pub mod table;
mod units;

pub use breakdown::{FloorOfBuilding, FloorOfLevel, FloorOfState, FloorOfUse, FloorPiece, lifts};
pub use by_name::ByName;
pub use catalogue::FigureId;
pub use coefficients::Coefficients;
pub use figure_id::{Base, FigureGroup};
pub use figures::{BySkill, FigureValue, Figures};
pub use own::{AnyFigure, OwnReady, check_all, check_brief, check_library, read_own};
pub use program::Undefined;
pub use report::{LevelAreas, PlotFigures, Report};
pub use scope::Scope;
pub use stream::{ReportStream, write_json};
pub use sums::Sums;
pub use units::Measure;
