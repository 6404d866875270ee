//! Reading a journal: what a crash left, made into a project again.

use std::path::Path;

use super::{AFTER, BEFORE, FORMAT, Header, Line, VERSION};
use crate::edit::{Edit, Label, renumbered};
use crate::io::digest::{Digest, Fingerprint};
use crate::io::repair::repair;
use crate::model::{Project, Variant};

/// What a journal holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovery {
    /// The project with the edits made again: where they belong to a file that is no longer there as it was
    /// ([`Self::base_matches`]), on top of what is there now. `None` when they do not fit that, or nothing could be read.
    pub project: Option<Project>,
    /// What the edits build on, and the edits themselves, so that each can be taken back; nothing when `project` is none.
    pub replay: Option<(Project, Vec<Edit>)>,
    /// How many edits were made again, or would have been.
    pub edits: usize,
    /// Their names, the oldest first.
    pub labels: Vec<Label>,
    /// Whether all lines were sound. A last line that was cut off does not count: it was never promised.
    pub complete: bool,
    /// Whether the project file is the one the edits were made on.
    pub base_matches: bool,
    /// Bytes of the journal that were understood.
    pub(super) whole_bytes: u64,
    /// The number of the line that comes next.
    pub(super) next_line: u64,
}

impl Recovery {
    /// The name of the last edit.
    #[must_use]
    pub fn last_label(&self) -> Option<&Label> {
        self.labels.last()
    }
}

/// What a journal that nobody holds has to offer on top of the project file as it is now; `None` when that is nothing.
///
/// Reads without locking and changes nothing. `base` is the project file; a project that was never saved has none.
#[must_use]
pub fn recover(journal: &Path, base: Option<(&Project, &Fingerprint)>) -> Option<Recovery> {
    recover_bytes(&std::fs::read(journal).ok()?, base)
}

/// A line of which the digest is right, without the digest.
fn sound(line: &[u8]) -> Option<Vec<u8>> {
    let line = line.strip_prefix(BEFORE)?;
    let (digest, rest) = line.split_at_checked(16)?;
    let rest = rest.strip_prefix(AFTER)?;
    (Digest::of(rest).to_string().as_bytes() == digest).then(|| [b"{", rest].concat())
}

/// The lines with whether each was ended.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (&[u8], bool)> {
    bytes.split_inclusive(|b| *b == b'\n').map(|line| match line.strip_suffix(b"\n") {
        Some(line) => (line, true),
        None => (line, false),
    })
}

/// Whether there is something in it to lose: an edit, or a project that was never saved and is not blank. A last line
/// that was cut off is nothing: it was never promised.
pub(super) fn holds_anything(bytes: &[u8]) -> bool {
    let mut lines = lines(bytes);
    let first = lines.next();
    if lines.any(|(line, ended)| ended || sound(line).is_some()) {
        return true;
    }
    let project = first.and_then(|(line, _)| read_header(line)).and_then(|header| header.project);
    project.is_some_and(|project| !is_blank(&project))
}

fn read_header(line: &[u8]) -> Option<Header<Project>> {
    let header: Header<Project> = serde_json::from_slice(&sound(line)?).ok()?;
    (header.format == FORMAT && header.version == VERSION).then_some(header)
}

fn is_blank(project: &Project) -> bool {
    let empty = |v: &Variant| {
        v.plots.is_empty()
            && v.buildings.is_empty()
            && v.volumes.is_empty()
            && v.surfaces.is_empty()
            && v.goods_access.is_empty()
            && v.entrances.is_empty()
            && v.notes.is_empty()
            && v.marks.is_empty()
            && v.arrays.is_empty()
            && v.recipes.is_empty()
            && v.relations.is_empty()
    };
    project.context.is_empty() && project.variants.iter().all(empty)
}

/// An edit with where its line begins and its number.
struct Placed {
    edit: Edit,
    start: u64,
    n: u64,
}

pub(super) fn recover_bytes(bytes: &[u8], base: Option<(&Project, &Fingerprint)>) -> Option<Recovery> {
    if !holds_anything(bytes) {
        return None;
    }
    let mut recovery = Recovery {
        project: None,
        replay: None,
        edits: 0,
        labels: Vec::new(),
        complete: true,
        base_matches: false,
        whole_bytes: 0,
        next_line: 1,
    };
    let mut lines = lines(bytes);
    let (first, ended) = lines.next()?;
    let Some(header) = read_header(first) else {
        recovery.complete = false;
        return Some(recovery);
    };
    recovery.whole_bytes = first.len() as u64 + u64::from(ended);
    let on_disk = base.map(|(_, fingerprint)| fingerprint.digest);
    let mut edits: Vec<Placed> = Vec::new();
    // After how many edits the file was about to be saved as what it is now.
    let mut saved_after = None;
    for (line, ended) in lines {
        let parsed = sound(line).and_then(|line| serde_json::from_slice::<Line<Edit>>(&line).ok());
        let Some(parsed) = parsed.filter(|parsed| parsed.n == recovery.next_line) else {
            recovery.complete = !ended;
            break;
        };
        if parsed.saving.is_some() && parsed.saving == on_disk {
            saved_after = Some(edits.len());
        }
        if let Some(edit) = parsed.edit {
            edits.push(Placed { edit, start: recovery.whole_bytes, n: parsed.n });
        }
        recovery.whole_bytes += line.len() as u64 + u64::from(ended);
        recovery.next_line += 1;
    }
    let start = match (header.project, base) {
        (Some(project), _) => Some((project, 0)),
        (None, Some((project, _))) if header.base == on_disk => Some((project.clone(), saved_after.unwrap_or(0))),
        (None, Some((project, _))) => saved_after.map(|count| (project.clone(), count)),
        (None, None) => None,
    };
    let Some((mut project, first)) = start else {
        let edits: Vec<Edit> = edits.into_iter().map(|placed| placed.edit).collect();
        recovery.labels = edits.iter().map(|edit| edit.label.clone()).collect();
        recovery.edits = recovery.labels.len();
        if let Some((theirs, _)) = base.filter(|_| !edits.is_empty()) {
            // Both sides may have given the same numbers to new things of their own.
            let edits = renumbered(&edits, theirs.next_id);
            let mut project = theirs.clone();
            let all_fit = edits.iter().try_for_each(|edit| edit.apply(&mut project).map(drop)).is_ok();
            if all_fit && repair(&mut project).is_empty() {
                recovery.project = Some(project);
                recovery.replay = Some((theirs.clone(), edits));
            }
        }
        return Some(recovery);
    };
    recovery.base_matches = true;
    let before = project.clone();
    let mut made = Vec::new();
    for Placed { edit, start, n } in edits.into_iter().skip(first) {
        if edit.apply(&mut project).is_err() {
            recovery.complete = false;
            (recovery.whole_bytes, recovery.next_line) = (start, n);
            break;
        }
        recovery.labels.push(edit.label.clone());
        made.push(edit);
    }
    recovery.edits = recovery.labels.len();
    if recovery.edits == 0 && recovery.complete && base.is_some() {
        return None;
    }
    // What had to be put right cannot be reached by making the edits again.
    recovery.replay = repair(&mut project).is_empty().then_some((before, made));
    recovery.project = Some(project);
    Some(recovery)
}
