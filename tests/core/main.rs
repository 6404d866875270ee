//! Tests of the core, in one binary: no window, no network, no clock.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on fails where it stands; one that is skipped says so"
)]

mod cases;
mod check;
mod cli;
mod colours;
mod crs;
mod damage;
mod exchange;
mod floors;
mod generate;
mod geometry;
mod journal;
mod maps;
mod measure;
mod native;
mod pictures;
mod puppet;
mod sample;
mod save;
mod studio;
mod synthetic;
mod werkhof;
