//! The window: everything that names `egui`.
//!
//! Floor 10. [`theme`] puts the tokens of the look into egui, [`icons`] draws the icons, [`kit`] holds the small widgets
//! that every panel is made of, [`paint`] draws a [`Scene`](crate::scene::Scene). Panels read the studio and hand back
//! [`Action`](crate::studio::Action)s; the canvas hands events to the tool in hand. A project changes below, in
//! [`studio`](crate::studio), never here.

pub mod all_figures;
mod app;
mod canvas;
mod charts;
mod commands;
mod context_menu;
mod dialogs;
mod explain;
mod figures;
pub mod icons;
mod inspector;
mod keep_area;
mod keys;
pub mod kit;
mod layout;
mod library;
mod lists;
mod map_sources;
mod measures;
mod menu;
mod network;
mod notices;
mod overlays;
pub mod paint;
mod palette;
mod picture_sheet;
mod plot_filter;
mod rail;
mod run;
mod seams;
mod snapping;
mod start;
mod status;
mod strip;
mod tables;
mod targets;
pub mod theme;
mod tiles;
mod top_bar;
mod typologies;

pub use app::App;
pub use network::SystemNetwork;
pub use run::{StartError, run};

pub use icons::{Icon, icon};
pub use theme::Theme;
