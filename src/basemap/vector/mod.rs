//! Vector maps in our own look: tiles of several schemas brought to some fifteen classes, drawn as shapes with roles.
//!
//! The same shapes are painted on the screen and go into SVG, so a map looks the same wherever it is shown, and stays
//! sharp when it is enlarged.

mod class;
mod draw;
mod mvt;
mod names;
mod tile;

pub use class::{Form, MapClass, class_of, class_of_tags, rank_of as rank_of_tags};
pub use draw::{MapLook, draw_tile, draw_tiles, ring_inside};
pub use mvt::{Drawn, Key, LayerWriter, MapShape, Tile as MvtTile};
pub use names::{NameStyle, name_tiles};
pub use tile::{MapFeature, VectorTile, names as names_of_words};
