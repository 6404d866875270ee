//! The program: arguments in, exit code out. Everything else is in the library.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use maakblok::cli::{self, Io, MOST_BYTES};
#[cfg(feature = "gui")]
use maakblok::i18n::Lang;
use maakblok::i18n::system_locale;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    // A way of drawing that does not work is no error as long as another does; in the end it is said in a sentence.
    let quiet = || EnvFilter::new("error,eframe=off,egui_wgpu=off,wgpu=off,wgpu_core=off,wgpu_hal=off");
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_env("MAAKBLOK_LOG").unwrap_or_else(|_| quiet()))
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr)
        .init();
    #[cfg(feature = "gui")]
    let mut open = |project: Option<std::path::PathBuf>, renderer, lang: Option<Lang>| {
        let words = lang.or_else(|| Lang::from_locale(&system_locale())).unwrap_or_default();
        maakblok::ui::run(project.as_deref(), window::order(renderer), lang).map_err(|err| err.text(words))
    };
    let mut io = Io {
        stdin: &mut io::stdin().lock(),
        stdout: &mut io::stdout().lock(),
        // Not locked: other threads must be able to tell what goes wrong while the window is open.
        stderr: &mut io::stderr(),
        locale: system_locale(),
        most_bytes: MOST_BYTES,
        #[cfg(feature = "gui")]
        studio: Some(&mut open),
        #[cfg(not(feature = "gui"))]
        studio: None,
    };
    ExitCode::from(cli::run(std::env::args_os(), &mut io))
}

#[cfg(feature = "gui")]
mod window {
    use eframe::Renderer;
    use maakblok::cli::RendererChoice;

    /// What to draw with, the first that works.
    pub fn order(choice: RendererChoice) -> &'static [Renderer] {
        match choice {
            RendererChoice::Auto => &[Renderer::Wgpu, Renderer::Glow],
            RendererChoice::Wgpu => &[Renderer::Wgpu],
            RendererChoice::Glow => &[Renderer::Glow],
        }
    }
}
