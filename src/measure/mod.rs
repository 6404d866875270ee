//! Figures: what a variant amounts to.
//!
//! Floor 5. Small pure functions ([`formula`]) over exact sums ([`Sums`]), each figure with its unit, formula and
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
//! assert_eq!(figures.plot_area_m2, 8064.0);
//! assert_eq!(FigureId::Fsi.value(&figures).mid(), Some(0.0));
//! assert_eq!(figures.osr, None);
//! ```

mod coefficients;
mod figure_id;
mod figures;
mod floor;
mod follow;
pub mod formula;
mod ground;
mod stream;
mod sums;
pub mod table;

pub use coefficients::{Coefficients, OwnRates};
pub use figure_id::{Base, FigureId, FigureValue};
pub use figures::{BySkill, Figures, PlotFigures, Report};
pub use stream::{ReportStream, write_json};
pub use sums::Sums;
