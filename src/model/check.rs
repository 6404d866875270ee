//! What is wrong with a project, in the words of its reader.

use super::{Id, Project};

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Figures are right as defined, but the drawing may not be what was meant.
    Warning,
    /// A figure leaves something out because it cannot be measured.
    Error,
}

/// Where a fault is.
#[derive(Clone, Debug, PartialEq)]
pub struct Where {
    /// The variant, where the fault lies in one.
    pub variant: Option<Id>,
    /// The thing.
    pub id: Option<Id>,
    /// The path in the project file, such as `/variants/0/volumes/3`.
    pub path: String,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultKind {
    /// Placeholder until filled.
    Todo,
}

/// Something wrong with a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// How bad.
    pub severity: Severity,
    /// Where.
    pub at: Where,
}

/// Everything wrong with a project, in the order of the file.
#[must_use]
pub fn check(_project: &Project) -> Vec<Fault> {
    Vec::new()
}
