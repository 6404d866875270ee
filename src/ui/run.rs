//! Starting the window: with `wgpu`, and where that finds no graphics card to draw with, with OpenGL.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use eframe::egui_wgpu::WgpuSetup;
use eframe::wgpu::{Adapter, Backend, DeviceType, Surface};
use eframe::{NativeOptions, Renderer};

use super::app::App;
use super::dialogs::SystemDialogs;
use super::network::SystemNetwork;
use crate::i18n::{Lang, tr_with};
use crate::studio::{Folders, Services, SystemClock};

/// Why no window could be opened.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum StartError {
    /// There is no screen to open it on.
    NoDisplay,
    /// Nothing could draw in it: what each way of drawing said.
    NoWindow(String),
}

impl StartError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        /// What Debian calls that which draws the window.
        const PACKAGES: &str = "libxkbcommon-x11-0 libgl1 libegl1 libgl1-mesa-dri libvulkan1 mesa-vulkan-drivers";
        match self {
            Self::NoDisplay => tr_with(lang, "start-no-display", &[("packages", PACKAGES.into())]),
            Self::NoWindow(why) => {
                tr_with(lang, "start-no-window", &[("why", why.as_str().into()), ("packages", PACKAGES.into())])
            }
        }
    }
}

/// Opens the window and returns when it is closed.
///
/// `order` is what to draw with, the first that works; `lang` is the language asked for this time, where it is not the one
/// in the user's settings.
///
/// # Errors
/// When there is no screen, or nothing on this machine can draw.
pub fn run(file: Option<&Path>, order: &[Renderer], lang: Option<Lang>) -> Result<(), StartError> {
    if cfg!(target_os = "linux") {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        if !set("DISPLAY") && !set("WAYLAND_DISPLAY") {
            return Err(StartError::NoDisplay);
        }
    }
    let mut failures = Vec::new();
    for (place, &renderer) in order.iter().enumerate() {
        let is_last = place + 1 == order.len();
        match open(file.map(Path::to_owned), renderer, is_last, lang) {
            Ok(()) => return Ok(()),
            Err(err) => failures.push(format!("{renderer}: {}", plain(&err.to_string()))),
        }
    }
    Err(StartError::NoWindow(failures.join("; ")))
}

/// What an error says, without the places in sources that some libraries put before it.
fn plain(error: &str) -> &str {
    error.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": ")).map_or(error, |(_, words)| words)
}

/// The graphics card that `wgpu` shall draw with. Where the processor only plays one, OpenGL draws two to three times
/// as fast, so that is none.
fn graphics_card(adapters: &[Adapter], surface: Option<&Surface<'_>>) -> Result<Adapter, String> {
    let rank = |adapter: &Adapter| {
        let info = adapter.get_info();
        let kind = match info.device_type {
            DeviceType::DiscreteGpu => 0,
            DeviceType::IntegratedGpu => 1,
            DeviceType::VirtualGpu => 2,
            DeviceType::Other => 3,
            DeviceType::Cpu => return None,
        };
        let shows = surface.is_none_or(|surface| adapter.is_surface_supported(surface));
        shows.then_some((info.backend == Backend::Gl, kind))
    };
    let ranked = adapters.iter().filter_map(|adapter| Some((rank(adapter)?, adapter)));
    ranked
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, adapter)| adapter.clone())
        .ok_or_else(|| "no graphics card".to_owned())
}

/// Opens the window with one way of drawing; unless it is the last resort, only with a graphics card.
fn open(file: Option<PathBuf>, renderer: Renderer, is_last_resort: bool, lang: Option<Lang>) -> eframe::Result {
    let size = [1440.0, 900.0];
    let viewport = egui::ViewportBuilder::default()
        .with_title("Maakblok")
        .with_app_id("maakblok")
        .with_inner_size(size)
        .with_min_inner_size([900.0, 600.0]);
    let mut options = NativeOptions {
        viewport,
        renderer,
        system_font_fallback: false,
        // There are no gradients, and it costs time on every pixel.
        dithering: false,
        ..NativeOptions::default()
    };
    if !is_last_resort && let WgpuSetup::CreateNew(setup) = &mut options.wgpu_options.wgpu_setup {
        setup.native_adapter_selector = Some(Arc::new(graphics_card));
    }
    eframe::run_native(
        "maakblok",
        options,
        Box::new(move |creation| {
            let context = Arc::new(OnceLock::new());
            let _ = context.set(creation.egui_ctx.clone());
            let services = Services {
                clock: Arc::new(SystemClock::default()),
                dialogs: Arc::new(SystemDialogs),
                network: Arc::new(SystemNetwork::default()),
                folders: Folders::of_user(),
                wake: Arc::new(move || {
                    if let Some(context) = context.get() {
                        let context: &egui::Context = context;
                        context.request_repaint();
                    }
                }),
                threads: true,
            };
            Ok(Box::new(App::new(services, file, lang)))
        }),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn errors_of_libraries_lose_their_places_in_sources() {
        assert_eq!(super::plain("os error at src/linux/mod.rs:788: no connection"), "no connection");
        assert_eq!(super::plain("no adapter: none fits"), "no adapter: none fits");
    }
}
