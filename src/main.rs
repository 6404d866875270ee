//! The program: arguments in, exit code out. Everything else is in the library.

use std::io;
use std::process::ExitCode;

use maakblok::cli::{self, Io, MOST_BYTES};

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("MAAKBLOK_LOG"))
        .with_writer(io::stderr)
        .init();
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|locale| !locale.is_empty());
    #[cfg(feature = "gui")]
    let mut open = |project: Option<std::path::PathBuf>, renderer| {
        maakblok::ui::run(project.as_deref(), window::order(renderer)).map_err(|err| err.to_string())
    };
    let mut io = Io {
        stdin: &mut io::stdin().lock(),
        stdout: &mut io::stdout().lock(),
        // Not locked: other threads must be able to tell what goes wrong while the window is open.
        stderr: &mut io::stderr(),
        locale: locale.unwrap_or_default(),
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
