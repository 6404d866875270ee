//! The program: arguments in, exit code out. Everything else is in the library.

use std::io;
use std::process::ExitCode;

use maakblok::cli::{self, Io, MOST_BYTES};
#[cfg(feature = "gui")]
use maakblok::i18n::Lang;
use maakblok::i18n::system_locale;

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("MAAKBLOK_LOG"))
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
