//! Maakblok: a desktop studio for the productive city.
//!
//! The house has floors; a module uses lower floors only. `src/README.md` is its map, and a test keeps it true.

pub mod crs;
pub mod edit;
pub mod geometry;
pub mod i18n;
pub mod library;
pub mod look;
pub mod measure;
pub mod model;
pub mod num;
pub mod record;
pub mod scene;
