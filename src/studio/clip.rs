//! The clipboard: what is selected as the text of a small project, and such a text put into the open variant.
//!
//! The text is a project file like any other, so it goes from window to window, and into a file. What is pasted is a copy:
//! new ids, names that are free, buildings of its own on the plot that lies under them.

use std::collections::BTreeSet;

use super::action::Action;
use super::command::Command;
use super::index::kind_of;
use super::operate::{self, name_of};
use super::session::Session;
use super::sight::layer_of;
use super::snap::grid_step_m;
use super::state::Studio;
use super::tool::carry::{copies_into, with_carried};
use crate::crs::Frame;
use crate::edit::{Change, Edit, EditBuilder, Info, Label, brought_uses};
use crate::geometry::{Bounds, Point, Transform};
use crate::i18n::{Lang, tr, tr_with};
use crate::io::native;
use crate::library::UseId;
use crate::model::{Entity, Id, LayerKind, Project, Table, Variant};

impl Studio {
    /// What is selected goes to the clipboard.
    pub(super) fn copy(&mut self) {
        if let Some((name, _)) = self.take_to_clipboard() {
            self.say(tr_with(self.lang(), "say-copied", &[("name", name.into())]), None);
        }
    }

    /// What is selected goes to the clipboard, and from the drawing.
    pub(super) fn cut(&mut self) {
        let lang = self.lang();
        let Some((name, ids)) = self.take_to_clipboard() else { return };
        let Some(session) = self.session() else { return };
        let mut edit = operate::delete(session, &ids, lang);
        edit.label = Label::about("edit-cut-out", name.clone());
        self.apply(edit);
        self.say_done(tr_with(lang, "say-cut-out", &[("name", name.into())]));
    }

    /// Asks the window for the text of the clipboard.
    pub(super) fn ask_clipboard(&mut self, at: PasteAt) {
        (self.paste_at, self.wants_clipboard) = (at, true);
    }

    /// Puts a text of the clipboard into the open variant, if it is a project.
    pub fn paste(&mut self, text: &str) {
        let (lang, at) = (self.lang(), std::mem::take(&mut self.paste_at));
        if let Err(why) = self.can_run(Command::Paste) {
            return self.say(tr(lang, why), None);
        }
        let Some(session) = self.session_mut() else { return };
        session.settle();
        session.keep_made();
        let Some(Pasted { edit, ids, notes, layers }) = pasted(session, text, at, lang) else {
            return self.say(tr(lang, "say-nothing-to-paste"), None);
        };
        if let Some(why) = layers.into_iter().find_map(|layer| session.why_not_drawn(layer)) {
            return self.say(tr(lang, why), None);
        }
        let text = edit.label.text(lang);
        self.apply(edit);
        self.act(Action::Select(ids));
        if notes.is_empty() { self.say_done(text) } else { self.inform(text, notes) }
    }

    /// Takes what is selected with what stands on it. Returns what it is called and all that was taken; `None` when nothing
    /// was.
    fn take_to_clipboard(&mut self) -> Option<(String, Vec<Id>)> {
        let lang = self.lang();
        let session = self.session()?;
        let selected = session.selection().to_vec();
        let ids = session.with_ctx(lang, |ctx| with_carried(ctx, &selected));
        let text = copied(session, &ids)?;
        let name = name_of(session.variant(), &selected, lang);
        self.to_clipboard = Some(text);
        Some((name, ids))
    }
}

/// Where what is pasted goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PasteAt {
    /// Its middle to the pointer; to the middle of what is seen while the pointer is elsewhere.
    #[default]
    Pointer,
    /// Where it was, on earth.
    Place,
}

/// What a text on the clipboard comes to in the open variant.
struct Pasted {
    /// What puts it there.
    edit: Edit,
    /// What was put there.
    ids: Vec<Id>,
    /// What there is to say, a sentence each.
    notes: Vec<String>,
    /// The layers that it lies on.
    layers: BTreeSet<LayerKind>,
}

/// Things of the open variant as the text of a project; `None` when there are none.
fn copied(session: &Session, ids: &[Id]) -> Option<String> {
    let ids: BTreeSet<Id> = ids.iter().copied().collect();
    let (project, v) = (session.project(), session.variant());
    let mut part = Variant::new(v.id, v.name.clone());
    part.plots = part_of(&v.plots, &ids);
    part.volumes = part_of(&v.volumes, &ids);
    part.buildings = part_of(&v.buildings, &part.volumes.iter().map(|volume| volume.building).collect());
    part.surfaces = part_of(&v.surfaces, &ids);
    part.goods_access = part_of(&v.goods_access, &ids);
    part.entrances = part_of(&v.entrances, &ids);
    part.notes = part_of(&v.notes, &ids);
    part.marks = part_of(&v.marks, &ids);
    part.recipes = v.recipes.iter().filter(|recipe| ids.contains(&recipe.plot)).map(|r| (**r).clone()).collect();
    if all_ids(&part).is_empty() {
        return None;
    }
    let storeys = part.volumes.iter().flat_map(|volume| &volume.storeys);
    let used: BTreeSet<&UseId> =
        storeys.flat_map(|storey| storey.uses.shares().iter().map(|share| &share.id)).collect();
    let mut clip = Project::new(project.name.clone(), project.origin.clone(), "");
    clip.uses = project.uses.iter().filter(|own| used.contains(&own.id)).cloned().collect();
    clip.next_id = project.next_id;
    clip.variants = vec![part];
    // Numbers that are none cannot be written; such a project cannot be saved either, and says so there.
    let bytes = native::write(&clip).ok()?;
    String::from_utf8(bytes).ok()
}

/// What a text of the clipboard comes to; `None` when it is no project, or an empty one.
fn pasted(session: &Session, text: &str, at: PasteAt, lang: Lang) -> Option<Pasted> {
    let clip = native::read(text.as_bytes()).ok()?.project;
    let from = clip.main_variant()?;
    let ids = all_ids(from);
    let bounds = bounds_of(from)?;
    let project = session.project();
    let by = match at {
        PasteAt::Pointer => {
            let seen = session.camera.bounds();
            let pointer = session.last_pointer().world;
            let to = if seen.contains(pointer) { pointer } else { seen.centre() };
            // Whole steps, so that what stood on whole measures still does.
            let (step_m, way) = (grid_step_m(session.camera.px_per_m), to - bounds.centre());
            Point { x: (way.x / step_m).round() * step_m, y: (way.y / step_m).round() * step_m }
        }
        PasteAt::Place => place_of(session.frame(), &clip, bounds.centre()),
    };
    let label = Label::about("edit-paste", name_of(from, &ids, lang));
    let mut edit = EditBuilder::new(project, session.variant().id, label);
    let (uses, notes) = brought_uses(project, &clip, lang);
    if !uses.is_empty() {
        let mut info = Info::of(project);
        info.uses.extend(uses);
        edit.push(Change::Info(Box::new(info)));
    }
    let map = Transform::translation(by);
    let layers = ids.iter().map(|id| layer_of(kind_of(from, *id))).collect();
    let ids = session.with_ctx(lang, |ctx| copies_into(&mut edit, ctx, from, &ids, &[map]));
    Some(Pasted { edit: edit.finish(), ids: ids.into_iter().flatten().collect(), notes, layers })
}

/// How far a place of another project is away, in the local metres of this one.
fn place_of(here: &Frame, clip: &Project, at: Point) -> Point {
    let there = Frame::new(clip.origin.lon_deg, clip.origin.lat_deg).ok();
    let there = there.filter(|there| there.origin_deg() != here.origin_deg());
    let moved = there.and_then(|there| {
        let [lon_deg, lat_deg] = there.wgs84_from_local(at).ok()?;
        here.local_from_wgs84(lon_deg, lat_deg).ok()
    });
    moved.map_or_else(Point::default, |moved| moved - at)
}

/// The things of a table with those ids.
fn part_of<T: Entity + Clone>(table: &Table<T>, ids: &BTreeSet<Id>) -> Table<T> {
    table.iter().filter(|thing| ids.contains(&thing.id())).map(|thing| T::clone(thing)).collect()
}

/// Everything that is drawn in a variant, plots first.
fn all_ids(v: &Variant) -> Vec<Id> {
    let plots = v.plots.iter().map(|thing| thing.id);
    let volumes = v.volumes.iter().map(|thing| thing.id);
    let surfaces = v.surfaces.iter().map(|thing| thing.id);
    let doors = v.goods_access.iter().map(|thing| thing.id).chain(v.entrances.iter().map(|thing| thing.id));
    let pins = doors.chain(v.notes.iter().map(|thing| thing.id));
    let marks = v.marks.iter().map(|thing| thing.id);
    plots.chain(volumes).chain(surfaces).chain(pins).chain(marks).collect()
}

/// The smallest rectangle around all shapes, or where there are none around points and lines.
fn bounds_of(v: &Variant) -> Option<Bounds> {
    let doors = v.goods_access.iter().map(|access| access.at).chain(v.entrances.iter().map(|entrance| entrance.at));
    let pins = doors.chain(v.notes.iter().map(|note| note.at)).map(|at| at.0);
    let points = pins.chain(v.marks.iter().flat_map(|mark| [mark.a.0, mark.b.0]));
    v.bounds().or_else(|| Bounds::around(points))
}
