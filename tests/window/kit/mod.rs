//! The widget kit: how it looks, what it is called, how it is worked from the keyboard.
//!
//! Missing glyphs and unnamed controls fail every test here. With `MAAKBLOK_PICTURES` set to a folder, the gallery is
//! written there as PNG.

mod fields;
mod gallery;
mod keyboard;
mod layers;

pub(super) use gallery::save;

use egui_kittest::{Harness, HarnessBuilder};
use maakblok::look;
use maakblok::ui::Theme;

/// A window of that size with the theme in force.
fn window<S>(theme: look::Theme, size: [f32; 2]) -> HarnessBuilder<S> {
    let theme = Theme::new(theme).with_reduced_motion(true);
    Harness::<S>::builder().with_size(size).with_context_setup(move |ctx| theme.install(ctx))
}
