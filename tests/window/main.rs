//! Tests of the window, without a screen.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on fails where it stands; one that is skipped says so"
)]

#[cfg(feature = "gui")]
mod charts;
#[cfg(feature = "gui")]
mod drawing;
#[cfg(feature = "gui")]
mod hands;
#[cfg(feature = "gui")]
mod journey;
#[cfg(feature = "gui")]
mod kit;
#[cfg(feature = "gui")]
mod narrow;
#[cfg(feature = "gui")]
mod painting;
#[cfg(feature = "gui")]
mod policy;
#[cfg(feature = "gui")]
mod pulls;
#[cfg(feature = "gui")]
mod recipes;
#[cfg(feature = "gui")]
mod refused;
#[cfg(feature = "gui")]
mod resized;
#[cfg(feature = "gui")]
mod screens;
#[cfg(feature = "gui")]
mod tables;
#[cfg(feature = "gui")]
mod touch;
#[cfg(feature = "gui")]
mod typing;
#[cfg(feature = "gui")]
#[path = "../core/werkhof.rs"]
#[allow(dead_code, reason = "another test uses more of it")]
mod werkhof;
#[cfg(feature = "inspect")]
mod wire;
#[cfg(feature = "gui")]
mod working;
