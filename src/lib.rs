//! Maakblok: a desktop studio for the productive city.
//!
//! The house has floors; a module uses lower floors only, which a test sees to. `src/README.md` is its map.

pub mod basemap;
pub mod chart;
pub mod cli;
pub mod cores;
pub mod crs;
pub mod edit;
pub mod formula;
pub mod generate;
pub mod geometry;
pub mod i18n;
pub mod io;
pub mod library;
pub mod look;
pub mod measure;
pub mod model;
pub mod num;
pub mod record;
pub mod scene;
pub mod schedule;
pub mod studio;
#[cfg(feature = "gui")]
pub mod ui;
