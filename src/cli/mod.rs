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

/// Opens the studio with a project or at its start screen, in the language that the arguments ask for, and returns when it
/// is closed, or says why it cannot.
pub type OpenStudio<'a> = dyn FnMut(Option<PathBuf>, RendererChoice, Option<Lang>) -> Result<(), String> + 'a;

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
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => return wrong_arguments(&error, lang_of(&args, &io.locale), io),
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
        None => {
            let asked = cli.lang.map(Lang::from);
            Ok(studio(cli.project, cli.renderer, asked, io.studio.take(), &mut run))
        }
        Some(Verb::Report(args)) => verbs::report(&args, &mut run),
        Some(Verb::Check(args)) => verbs::check(&args, &mut run),
        Some(Verb::Import(args)) => verbs::import(&args, &mut run),
        Some(Verb::Export(args)) => verbs::export(&args, &mut run),
        Some(Verb::Render(args)) => verbs::render(&args, &mut run),
        Some(Verb::Pack(args)) => verbs::pack(&args, &mut run),
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
    lang: Option<Lang>,
    open: Option<&mut OpenStudio<'_>>,
    run: &mut Run<'_>,
) -> u8 {
    let text = match open {
        Some(open) => match open(project, renderer, lang) {
            Ok(()) => return DONE,
            Err(why) => why,
        },
        None => run.words("cli-no-window", &[]),
    };
    run.say(&text);
    FAILED
}

/// The language of messages about arguments that could not be read: what they ask for as far as it can be told.
fn lang_of(args: &[OsString], locale: &str) -> Lang {
    let args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    let beside = args.windows(2).find(|pair| pair[0] == "--lang").map(|pair| &*pair[1]);
    let asked = beside.or_else(|| args.iter().find_map(|arg| arg.strip_prefix("--lang=")));
    asked.and_then(Lang::from_locale).or_else(|| Lang::from_locale(locale)).unwrap_or_default()
}

/// Help and version are results; everything else about arguments is a message.
fn wrong_arguments(error: &clap::Error, lang: Lang, io: &mut Io<'_>) -> u8 {
    // The library speaks English only, and says more there than is worth repeating.
    let text =
        if lang == Lang::En || !error.use_stderr() { error.render().to_string() } else { argument_words(error, lang) };
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

/// What is wrong with the arguments, in the words of our catalogue.
fn argument_words(error: &clap::Error, lang: Lang) -> String {
    use clap::error::{ContextKind, ErrorKind};
    let said = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let [argument, value] = [ContextKind::InvalidArg, ContextKind::InvalidValue].map(said);
    let words = |key: &str| {
        let subcommand = said(ContextKind::InvalidSubcommand);
        let name = if argument.is_empty() { subcommand } else { argument.clone() };
        tr_with(lang, key, &[("argument", name.into()), ("value", value.as_str().into())])
    };
    let mut text = words(match error.kind() {
        ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand => "cli-args-unknown",
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => "cli-args-missing",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "cli-args-value",
        ErrorKind::ArgumentConflict => "cli-args-conflict",
        _ => "cli-args-wrong",
    });
    for option in ["origin", "size", "crs", "bbox", "zooms"] {
        if error.kind() == ErrorKind::ValueValidation && argument.starts_with(&format!("--{option}")) {
            text = format!("{text}. {}", words(&format!("cli-args-hint-{option}")));
        }
    }
    let valid = said(ContextKind::ValidValue);
    if !valid.is_empty() {
        text = format!("{text} ({valid})");
    }
    let usage = said(ContextKind::Usage);
    format!("{text}\n\n{usage}\n\n{}\n", words("cli-args-help"))
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
