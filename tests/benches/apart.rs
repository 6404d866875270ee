//! What a process of its own needs: this program starts itself again, once for each measurement, so that time counts
//! from the start of the process and memory is that of the work alone.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use maakblok::cli;
use maakblok::io::native;
use maakblok::studio::Session;

use super::bare;

/// The argument that makes this program a measured process.
const FLAG: &str = "--apart";

/// What a process needed.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// From its start to its end.
    pub time: Duration,
    /// The most memory that it held, in bytes; `None` where the system does not tell.
    pub peak_bytes: Option<u64>,
    /// What the work left in memory, in bytes.
    pub kept_bytes: Option<u64>,
}

/// Does the work if this is a measured process; says whether it was.
pub fn is_measured() -> bool {
    let args: Vec<String> = std::env::args().collect();
    let [_, flag, work, path] = args.as_slice() else { return false };
    if flag != FLAG {
        return false;
    }
    let before = memory("VmRSS:");
    // Held until memory has been read.
    let held: Box<dyn std::any::Any> = match work.as_str() {
        "bare" => {
            let text = std::fs::read(path).unwrap();
            let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
            bare::exchange(&text, &mut out).unwrap();
            out.flush().unwrap();
            Box::new(())
        }
        "session" => {
            let loaded = native::load(Path::new(path)).unwrap();
            Box::new(Session::new(loaded.project).unwrap())
        }
        format => {
            let mut io = cli::Io {
                stdin: &mut io::empty(),
                stdout: &mut io::stdout().lock(),
                stderr: &mut io::sink(),
                locale: String::new(),
                most_bytes: cli::MOST_BYTES,
                studio: None,
            };
            let args = ["maakblok", "report", path, "--format", format];
            assert_eq!(cli::run(args.map(Into::into), &mut io), cli::DONE, "the report is made");
            Box::new(())
        }
    };
    let kept = memory("VmRSS:").zip(before).map(|(after, before)| after.saturating_sub(before));
    drop(held);
    let words = |bytes: Option<u64>| bytes.map_or_else(|| "-".to_owned(), |bytes| bytes.to_string());
    eprintln!("{} {}", words(memory("VmHWM:")), words(kept));
    true
}

/// A line of this process's memory as Linux tells it, in bytes.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// Runs a piece of work in a process of its own a few times: the least of the times, as what else runs on the machine
/// only ever adds, and the most of the memory. Results go into a file, as they would for a user.
pub fn measure(work: &str, path: &Path, times: usize) -> Cost {
    let costs: Vec<Cost> = (0..times).map(|_| once(work, path)).collect();
    Cost {
        time: costs.iter().map(|cost| cost.time).min().unwrap(),
        peak_bytes: costs.iter().filter_map(|cost| cost.peak_bytes).max(),
        kept_bytes: costs.iter().filter_map(|cost| cost.kept_bytes).max(),
    }
}

fn once(work: &str, path: &Path) -> Cost {
    let out = tempfile::tempfile().unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([FLAG, work]).arg(path).stdin(Stdio::null()).stdout(out);
    let start = Instant::now();
    let output = command.output().unwrap();
    let time = start.elapsed();
    assert!(output.status.success(), "{work}: {}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let mut numbers = said.split_whitespace().map(|number| number.parse().ok());
    Cost { time, peak_bytes: numbers.next().flatten(), kept_bytes: numbers.next().flatten() }
}
