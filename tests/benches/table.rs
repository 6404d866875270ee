//! The table at the end: what was measured in this run, beside the aims and the bare loops.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::apart::Cost;

/// What was measured, by the name of a group and of a case in it.
pub struct Measured {
    /// Where criterion writes.
    pub folder: PathBuf,
    /// When this run began: older results are not this run's.
    pub since: SystemTime,
}

impl Measured {
    fn median(&self, id: &str) -> Option<Duration> {
        let path = self.folder.join(id).join("new/estimates.json");
        if std::fs::metadata(&path).ok()?.modified().ok()? < self.since {
            return None;
        }
        let estimates: serde_json::Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        Some(Duration::from_secs_f64(estimates["median"]["point_estimate"].as_f64()? / 1e9))
    }
}

/// A line of the table: words, the name of the measurement, an aim in milliseconds, and its bare loop.
pub struct Row(pub &'static str, pub &'static str, pub Option<f64>, pub Option<&'static str>);

/// Prints the lines of what was measured.
pub fn print(measured: &Measured, rows: &[Row]) {
    head();
    for Row(words, id, aim_ms, bare) in rows {
        let Some(median) = measured.median(id) else { continue };
        line(words, *aim_ms, median, bare.and_then(|bare| measured.median(bare)));
    }
}

/// A line for a process of its own.
pub struct Apart {
    pub words: &'static str,
    /// Its aims, in milliseconds and megabytes.
    pub aims: Option<[f64; 2]>,
    pub cost: Cost,
    /// What the bare loop took.
    pub bare: Cost,
}

/// Prints the lines of processes of their own.
pub fn print_apart(rows: &[Apart]) {
    println!("\nIn a process of its own, from its start to its end\n");
    head();
    for Apart { words, aims, cost, bare } in rows {
        line(words, aims.map(|[ms, _]| ms), cost.time, Some(bare.time));
        let Some((peak, bare)) = cost.peak_bytes.zip(bare.peak_bytes) else { continue };
        let mb = |bytes: u64| bytes as f64 / 1e6;
        println!(
            "| {words}: most memory | {} | {:.0} MB{} | {:.0} MB | {} |",
            aims.map_or_else(String::new, |[_, aim]| format!("{aim:.0} MB")),
            mb(peak),
            missed(aims.map(|[_, aim]| mb(peak) / aim)),
            mb(bare),
            ratio(peak as f64 / bare as f64),
        );
    }
}

fn head() {
    println!("| work | aim | measured | bare loop | ratio |\n|---|--:|--:|--:|--:|");
}

fn line(words: &str, aim_ms: Option<f64>, took: Duration, bare: Option<Duration>) {
    println!(
        "| {words} | {} | {}{} | {} | {} |",
        aim_ms.map_or_else(String::new, |ms| time(Duration::from_secs_f64(ms / 1e3))),
        time(took),
        missed(aim_ms.map(|ms| took.as_secs_f64() * 1e3 / ms)),
        bare.map_or_else(String::new, time),
        bare.map_or_else(String::new, |bare| ratio(took.as_secs_f64() / bare.as_secs_f64())),
    );
}

fn missed(part_of_aim: Option<f64>) -> String {
    part_of_aim.filter(|part| *part > 1.0).map_or_else(String::new, |part| format!(" (missed: {part:.2} × the aim)"))
}

fn ratio(ratio: f64) -> String {
    match ratio {
        ratio if ratio < 0.01 => "< 0.01".to_owned(),
        ratio if ratio < 10.0 => format!("{ratio:.2}"),
        ratio => format!("{ratio:.0}"),
    }
}

fn time(time: Duration) -> String {
    let us = time.as_secs_f64() * 1e6;
    match us {
        us if us < 1.0 => format!("{:.0} ns", us * 1e3),
        us if us < 100.0 => format!("{us:.1} µs"),
        us if us < 1e3 => format!("{us:.0} µs"),
        us if us < 1e5 => format!("{:.1} ms", us / 1e3),
        us if us < 1e6 => format!("{:.0} ms", us / 1e3),
        us => format!("{:.2} s", us / 1e6),
    }
}
