//! The command line: the studio's work without its window.
//!
//! Floor 10. [`run`] takes arguments and streams, so that tests need no process. Results go to standard output,
//! messages to standard error as `maakblok: …`; exit codes are 0 (done), 1 (understood, but with faults) and 2 (not
//! read, not written, or wrong arguments). What touches other floors' formats goes through `doors`.

mod args;
mod doors;
mod verbs;

use std::ffi::OsString;
use std::io::{self, BufWriter, Read, Write};
use std::path::PathBuf;

use clap::Parser as _;

use crate::i18n::{Arg, Lang, tr_with};
use args::{Cli, Verb};

/// Done.
pub const DONE: u8 = 0;
/// Understood, but with faults.
pub const FAULTY: u8 = 1;
/// Not read, not written, or wrong arguments.
pub const FAILED: u8 = 2;

/// Input larger than this is refused, in bytes.
pub const MOST_BYTES: u64 = 1 << 30;

/// The outer world of a run.
pub struct Io<'a> {
    /// Where `-` is read from.
    pub stdin: &'a mut dyn Read,
    /// Where results go.
    pub stdout: &'a mut dyn Write,
    /// Where messages go.
    pub stderr: &'a mut dyn Write,
    /// The locale of the system, such as `nl_BE.UTF-8`; may be empty.
    pub locale: String,
    /// Input larger than this is refused; [`MOST_BYTES`] outside tests.
    pub most_bytes: u64,
    /// Opens the studio; `None` in a program without a window.
    pub studio: Option<&'a mut OpenStudio<'a>>,
}

/// Opens the studio with a project or at its start screen and returns when it is closed, or says why it cannot.
pub type OpenStudio<'a> = dyn FnMut(Option<PathBuf>, RendererChoice) -> Result<(), String> + 'a;

/// What the window draws with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum RendererChoice {
    /// wgpu, else OpenGL.
    #[default]
    Auto,
    /// wgpu only.
    Wgpu,
    /// OpenGL only.
    Glow,
}

/// Runs the program with arguments (the first is its own name) and returns the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, io: &mut Io<'_>) -> u8 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return wrong_arguments(&error, io),
    };
    let lang = cli.lang.map(Lang::from).or_else(|| Lang::from_locale(&io.locale)).unwrap_or_default();
    let mut run = Run {
        stdin: io.stdin,
        out: BufWriter::with_capacity(1 << 16, io.stdout),
        stderr: io.stderr,
        lang,
        most_bytes: io.most_bytes,
        stdin_is_used: false,
    };
    let code = match cli.verb {
        Some(_) if cli.project.is_some() => Err(run.failed("cli-two-verbs", &[])),
        None => Ok(studio(cli.project, cli.renderer, io.studio.take(), &mut run)),
        Some(Verb::Report(args)) => verbs::report(&args, &mut run),
        Some(Verb::Check(args)) => verbs::check(&args, &mut run),
        Some(Verb::Import(args)) => verbs::import(&args, &mut run),
        Some(Verb::Export(args)) => verbs::export(&args, &mut run),
        Some(Verb::Render(args)) => verbs::render(&args, &mut run),
        Some(Verb::Pack { .. }) => Err(run.not_yet("pack")),
    };
    let flushed = run.out.flush().map_err(Failure::Stdout);
    match code.and_then(|code| flushed.map(|()| code)) {
        Ok(code) => code,
        // The reader has seen enough (`| head`): that is no failure.
        Err(Failure::Stdout(error)) if error.kind() == io::ErrorKind::BrokenPipe => DONE,
        Err(Failure::Stdout(error)) => {
            run.say(&run.words("cli-stdout", &[("error", error.to_string())]));
            FAILED
        }
        Err(Failure::Told(code, text)) => {
            run.say(&text);
            code
        }
    }
}

/// Opens the studio.
fn studio(
    project: Option<PathBuf>,
    renderer: RendererChoice,
    open: Option<&mut OpenStudio<'_>>,
    run: &mut Run<'_>,
) -> u8 {
    let text = match open {
        Some(open) => match open(project, renderer) {
            Ok(()) => return DONE,
            Err(why) => why,
        },
        None => run.words("cli-no-window", &[]),
    };
    run.say(&text);
    FAILED
}

/// Help and version are results; everything else about arguments is a message.
fn wrong_arguments(error: &clap::Error, io: &mut Io<'_>) -> u8 {
    let text = error.render().to_string();
    // Where nothing can be written any more, nothing can be said about it either.
    if error.use_stderr() {
        let text = text.strip_prefix("error: ").unwrap_or(&text);
        let _ = write!(io.stderr, "maakblok: {text}");
        FAILED
    } else {
        let _ = write!(io.stdout, "{text}");
        DONE
    }
}

/// Why a verb stopped.
enum Failure {
    /// Standard output does not take any more.
    Stdout(io::Error),
    /// Anything else: the exit code and the sentence.
    Told(u8, String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Stdout(error)
    }
}

/// A run under way.
struct Run<'a> {
    stdin: &'a mut dyn Read,
    out: BufWriter<&'a mut dyn Write>,
    stderr: &'a mut dyn Write,
    lang: Lang,
    most_bytes: u64,
    stdin_is_used: bool,
}

impl Run<'_> {
    /// A message on standard error.
    fn say(&mut self, text: &str) {
        // A closed standard error leaves nobody to tell.
        let _ = writeln!(self.stderr, "maakblok: {text}");
    }

    fn words(&self, key: &str, args: &[(&str, String)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
        tr_with(self.lang, key, &args)
    }

    fn failed(&self, key: &str, args: &[(&str, String)]) -> Failure {
        Failure::Told(FAILED, self.words(key, args))
    }

    /// The refusal of what a later version brings.
    fn not_yet(&self, what: &str) -> Failure {
        self.failed("cli-not-yet", &[("what", what.to_owned())])
    }
}
