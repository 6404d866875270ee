//! One open project: what is in it, what is selected, which tool is in hand, and the caches that follow every edit.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::aids::Aids;
use super::chosen::{Chosen, Way};
use super::index::Index;
use super::map_edges::MapEdges;
use super::selection::Selection;
use super::sight::Isolated;
use super::tool::{Ctx, DRAG_PX, Effect, Event, Pointer, Purpose, Tool, ToolKind};
use crate::basemap;
use crate::crs::{CrsError, Frame};
use crate::edit::{Applied, Change, Edit, EditError, History, Label};
use crate::geometry::{Bounds, Point, distance_m};
use crate::i18n::Lang;
use crate::library::{Library, UseId};
use crate::measure::Sums;
use crate::model::{Id, Project, Region, SurfaceKind, Variant};
use crate::scene::Camera;

/// An open project.
pub struct Session {
    project: Project,
    variant: Id,
    /// The variant that was open before it.
    variant_before: Option<Id>,
    history: History,
    selection: Selection,
    index: Index,
    /// Where things are around the site, the same for all variants.
    context_index: Index,
    sums: BTreeMap<Id, Sums>,
    library: Arc<Library>,
    frame: Frame,
    /// Made when it is first asked for.
    map_edges: OnceLock<MapEdges>,
    tool: Tool,
    pub(super) aids: Aids,
    /// The only things that are seen, while some are isolated.
    pub(super) isolated: Option<Isolated>,
    /// Where the drawing is looked at from.
    pub camera: Camera,
    /// How the camera stood after it was last fitted to something, and to what.
    fitted: Option<(Camera, Bounds)>,
    /// The use that new volumes get.
    pub use_in_hand: UseId,
    /// What shapes become that do not say it themselves.
    pub purpose_in_hand: Purpose,
    /// The kind that new surfaces get.
    pub surface_in_hand: SurfaceKind,
    revision: u64,
    journalled: Vec<Edit>,
    pub(super) chosen: Chosen,
}

impl Session {
    /// Opens a project at its first variant that is not the baseline, looking at all of it.
    ///
    /// # Errors
    /// When the project's origin is not on earth.
    pub fn new(project: Project) -> Result<Self, CrsError> {
        let frame = Frame::new(project.origin.lon_deg, project.origin.lat_deg)?;
        let first = project.main_variant();
        let variant = first.map_or(Id(0), |variant| variant.id);
        let index = first.map(Index::new).unwrap_or_default();
        let context_index = Index::of_context(&project);
        let library = Library::with_overrides(&project.uses);
        let sums = BTreeMap::from([(variant, Sums::new(&project, variant))]);
        Ok(Self {
            project,
            variant,
            variant_before: None,
            history: History::default(),
            selection: Selection::default(),
            index,
            context_index,
            sums,
            library,
            frame,
            map_edges: OnceLock::new(),
            tool: Tool::default(),
            aids: Aids::default(),
            isolated: None,
            camera: Camera { centre_local: Point { x: 0.0, y: 0.0 }, px_per_m: 4.0, size_px: [0.0, 0.0] },
            fitted: None,
            use_in_hand: UseId::from("craft_workshop"),
            purpose_in_hand: Purpose::Volume,
            surface_in_hand: SurfaceKind::Yard,
            revision: first_revision(),
            journalled: Vec::new(),
            chosen: Chosen::default(),
        })
    }

    /// The project.
    #[must_use]
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The open variant. A session always has one, which [`Session::new`] and every edit see to; of a project without
    /// any, an empty one.
    #[must_use]
    pub fn variant(&self) -> &Variant {
        static NONE: std::sync::LazyLock<Variant> = std::sync::LazyLock::new(|| Variant::new(Id(0), ""));
        self.project.variant(self.variant).unwrap_or(&NONE)
    }

    /// The local frame.
    #[must_use]
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The uses.
    #[must_use]
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// What is selected.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Changes the selection.
    pub fn selection_mut(&mut self) -> &mut Selection {
        &mut self.selection
    }

    /// Where things are.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// What was done.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Something was done beside the project.
    pub(super) fn note(&mut self, label: Label) -> u64 {
        self.history.note(label)
    }

    /// The tool in hand.
    #[must_use]
    pub fn tool(&self) -> &Tool {
        &self.tool
    }

    /// Grows with every change of the project and of the open variant, and is never that of another session; caches
    /// compare it.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether two revisions are of one session.
    #[must_use]
    pub(super) fn is_of_same(a: u64, b: u64) -> bool {
        a >> REVISION_BITS == b >> REVISION_BITS
    }

    /// The sums of the open variant.
    #[must_use]
    pub fn sums(&self) -> Option<&Sums> {
        self.sums.get(&self.variant)
    }

    /// Edits that were made since the last call and belong in the journal, in order.
    pub fn take_journalled(&mut self) -> Vec<Edit> {
        std::mem::take(&mut self.journalled)
    }

    /// Looks at all of the open variant, or at the site where it is empty.
    pub fn look_at_all(&mut self) {
        const EMPTY_HALF_M: f64 = 100.0;
        let origin = Point::default();
        self.look_at(self.variant().bounds().unwrap_or(Bounds { min: origin, max: origin }.grown(EMPTY_HALF_M)));
    }

    /// Looks at a rectangle, with room around it.
    pub fn look_at(&mut self, bounds: Bounds) {
        /// Part of the window's lesser side left free all around.
        const MARGIN: f64 = 0.14;
        let size_px = self.camera.size_px;
        self.camera = Camera::fit(bounds, size_px, size_px[0].min(size_px[1]) * MARGIN);
        self.fitted = Some((self.camera, bounds));
    }

    /// The picture has another size: what was fitted into the old one, and not moved since, is fitted into the new one.
    pub fn resize(&mut self, size_px: [f64; 2]) {
        let fitted = self.fitted.filter(|(camera, _)| *camera == self.camera);
        self.camera.size_px = size_px;
        if let Some((_, bounds)) = fitted {
            self.look_at(bounds);
        }
    }

    /// Looks nearer (or, under 1, from farther) at the middle of the picture.
    pub fn zoom(&mut self, factor: f64) {
        let [width, height] = self.camera.size_px;
        self.camera = self.camera.zoomed(factor, [width / 2.0, height / 2.0]);
    }

    /// Opens another variant.
    pub fn open_variant(&mut self, id: Id) {
        if id == self.variant || self.project.variant(id).is_none() {
            return;
        }
        self.drop_gesture();
        self.isolated = None;
        self.aids.reference = None;
        self.variant_before = Some(std::mem::replace(&mut self.variant, id));
        self.refresh_variant();
    }

    /// What is seen has changed.
    pub(super) fn redraw(&mut self) {
        self.revision += 1;
    }

    fn refresh_variant(&mut self) {
        if self.project.variant(self.variant).is_none() {
            self.variant = self.project.variants.first().map_or(Id(0), |variant| variant.id);
        }
        self.index = self.project.variant(self.variant).map(Index::new).unwrap_or_default();
        let (project, variant) = (&self.project, self.variant);
        self.sums.entry(variant).or_insert_with(|| Sums::new(project, variant));
        let variant = self.project.variant(variant);
        if let Some(variant) = variant {
            self.selection.prune(variant);
        }
        self.revision += 1;
    }

    /// Makes an edit.
    ///
    /// # Errors
    /// When it does not fit the project, which is then as it was.
    pub fn apply(&mut self, edit: Edit) -> Result<(), EditError> {
        if edit.is_empty() {
            return Ok(());
        }
        let applied = self.history.commit(&mut self.project, edit)?;
        if applied.serial == 0 {
            // Nothing has changed.
            return Ok(());
        }
        let in_gesture = self.history.in_gesture();
        self.follow(applied, !in_gesture);
        Ok(())
    }

    /// Takes back the last edit, and opens the variant it was made in. Returns its name.
    pub fn undo(&mut self) -> Option<Label> {
        self.drop_gesture();
        let applied = self.history.undo(&mut self.project)?;
        let (label, changed_in) = self.follow_step(applied, Way::Back);
        self.show_variant(changed_in);
        Some(label)
    }

    /// Makes the last undone edit again, and opens the variant it was made in. Returns its name.
    pub fn redo(&mut self) -> Option<Label> {
        self.drop_gesture();
        let applied = self.history.redo(&mut self.project)?;
        let (label, changed_in) = self.follow_step(applied, Way::Forth);
        self.show_variant(changed_in);
        Some(label)
    }

    /// Follows a step through the history; its name comes back, and in which variant it changed something.
    fn follow_step(&mut self, applied: Applied, way: Way) -> (Label, Option<Id>) {
        self.chosen.pass(applied.serial, way);
        // The edge may be gone, or elsewhere.
        self.aids.reference = None;
        let label = applied.forward.label.clone();
        let changed_in = applied.forward.changes.iter().find_map(Change::variant);
        self.follow(applied, true);
        (label, changed_in)
    }

    /// Opens the variant in which something changed: what changes out of sight looks like nothing.
    fn show_variant(&mut self, changed_in: Option<Id>) {
        if let Some(variant) = changed_in {
            self.open_variant(variant);
        }
    }

    /// Goes to a place in the list of edits.
    pub fn go_to(&mut self, place: usize) {
        self.drop_gesture();
        let mut changed_in = None;
        while self.history.place() != place {
            let way = if self.history.place() > place { Way::Back } else { Way::Forth };
            let applied = match way {
                Way::Back => self.history.undo(&mut self.project),
                Way::Forth => self.history.redo(&mut self.project),
            };
            let Some(applied) = applied else { break };
            changed_in = self.follow_step(applied, way).1.or(changed_in);
        }
        // Only the last is looked at: opening a variant indexes all that is in it.
        self.show_variant(changed_in);
    }

    /// Brings the caches up to what was just applied.
    fn follow(&mut self, applied: Applied, journal: bool) {
        let Applied { forward, inverse, .. } = applied;
        for (id, sums) in &mut self.sums {
            if self.project.variant(*id).is_some() {
                sums.follow(&self.project, &inverse);
            }
        }
        self.context_index.follow_context(&self.project, &inverse);
        let project = &self.project;
        self.sums.retain(|id, _| project.variant(*id).is_some());
        if inverse.changes.iter().any(|change| matches!(change, Change::Info(_))) {
            self.let_go_of_untouchable();
            self.library = Library::with_overrides(&self.project.uses);
            if let Ok(frame) = Frame::new(self.project.origin.lon_deg, self.project.origin.lat_deg) {
                self.frame = frame;
                self.map_edges = OnceLock::new();
            }
        }
        if self.project.variant(self.variant).is_some() {
            self.index.follow(&self.project, self.variant, &inverse);
            if let Some(variant) = self.project.variant(self.variant) {
                self.selection.prune(variant);
            }
        } else {
            // The one that was open before it, else the one beside it.
            let place = inverse.changes.iter().find_map(|change| match change {
                Change::Variant { id, place, .. } if *id == self.variant => Some(place.saturating_sub(1)),
                _ => None,
            });
            let before = self.variant_before.filter(|id| self.project.variant(*id).is_some());
            let beside = || place.and_then(|place| self.project.variants.get(place)).map(|variant| variant.id);
            if let Some(next) = before.or_else(beside) {
                self.variant = next;
            }
            self.refresh_variant();
        }
        if let Some(isolated) = &mut self.isolated {
            // What is drawn while others are out of sight is seen; an edit that takes something back makes nothing new.
            let made = forward.first_id.zip(forward.next_id);
            isolated.join(made.into_iter().flat_map(|(first, next)| (first..next).map(Id)));
        }
        self.revision += 1;
        if journal && !forward.is_empty() {
            self.journalled.push(forward);
        }
    }

    /// Takes a tool in hand; what the former had begun is taken back.
    pub fn take_tool(&mut self, kind: ToolKind) {
        self.drop_gesture();
        self.tool = Tool::new(kind);
        self.aids.let_go();
    }

    /// Puts a tool back in hand as it once was.
    pub(super) fn hand_back(&mut self, tool: Tool) {
        self.tool = tool;
    }

    /// Takes back a gesture that is in hand, so that what is done next does not become part of it.
    pub(super) fn settle(&mut self) {
        if self.history.in_gesture() {
            self.drop_gesture();
        }
    }

    fn drop_gesture(&mut self) {
        if self.history.in_gesture()
            && let Some(applied) = self.history.cancel_gesture(&mut self.project)
        {
            self.follow(applied, false);
        }
        if self.tool.is_busy() {
            self.tool = Tool::new(self.tool.kind());
            self.aids.let_go();
        }
    }

    /// The region of a place in local metres.
    #[must_use]
    pub fn region_at(&self, at: Point) -> Region {
        region_at(&self.frame, at)
    }

    /// Runs something with what a tool sees.
    pub fn with_ctx<T>(&self, lang: Lang, run: impl FnOnce(&Ctx<'_>) -> T) -> T {
        let region_at = |at| region_at(&self.frame, at);
        run(&Ctx {
            project: &self.project,
            variant: self.variant(),
            index: &self.index,
            context: &self.context_index,
            map: &|| self.aids.drawing.map.then(|| self.map_edges.get_or_init(|| MapEdges::new(&self.frame))),
            selection: &self.selection,
            sight: self.sight(),
            library: &self.library,
            use_in_hand: &self.use_in_hand,
            purpose_in_hand: self.purpose_in_hand,
            surface_in_hand: self.surface_in_hand,
            alt: self.aids.pointer.alt,
            px_per_m: self.camera.px_per_m,
            is_typing: self.aids.entry.is_some(),
            typed: &self.aids.typed,
            drawing: &self.aids.drawing,
            reference: self.aids.reference,
            lock_of: &|pointer| self.aids.lock_of(pointer, self.project.axes()),
            lang,
            region_at: &region_at,
        })
    }

    /// Hands an event to the tool and carries out what it wants. Returns message keys of what is to be told.
    pub fn tool_event(&mut self, event: Event, lang: Lang) -> Vec<&'static str> {
        // While something is typed Shift is for its digits; what was held when it began still is.
        let event = match &self.aids.entry {
            Some(entry) => event.with_shift(entry.shift),
            None => event,
        };
        if let Some(why) = self.why_not_begun(event) {
            return vec![why];
        }
        let pointer = event.pointer();
        if let Some(pointer) = pointer {
            self.follow_pointer(pointer, matches!(event, Event::Press(_)));
        }
        // A gesture that is worked out anew from where it began sees the project as it was then.
        if self.tool.works_from_start()
            && event != Event::Leave
            && self.history.in_gesture()
            && let Some(applied) = self.history.restart_gesture(&mut self.project)
        {
            self.follow(applied, false);
        }
        if matches!(event, Event::Press(_)) {
            self.aids.before_press = Some((self.tool.clone(), self.history.mark()));
        }
        let may_make = match event {
            Event::Move(_) | Event::Leave => false,
            Event::Set(_) => true,
            _ => self.tool.is_busy(),
        };
        let before = may_make.then(|| (self.tool.clone(), self.history.mark()));
        let mut tool = std::mem::take(&mut self.tool);
        let effects = self.with_ctx(lang, |ctx| tool.step(event, ctx));
        self.tool = tool;
        if let Event::Move(pointer) = event {
            self.aids.follow(&self.tool, pointer.time_s);
        }
        let said = self.carry_out(effects);
        if let Some((tool, mark)) = before {
            let (is_edit, is_set) = (self.history.mark() > mark, matches!(event, Event::Set(_)));
            let goes_on = is_set && said.is_empty() && self.tool.is_busy();
            let again = if is_edit { tool.to_make_again(event) } else { goes_on.then_some(tool) };
            if let Some(tool) = again {
                self.remember_made(tool, self.last_pointer(), is_edit);
            }
        }
        if matches!(event, Event::Press(_)) {
            self.aids.forget_typed();
        }
        if matches!(event, Event::Press(_) | Event::Set(_)) || !self.tool.is_busy() {
            self.aids.lock = None;
        }
        said
    }

    /// Why the tool in hand does not begin to draw, as a message key.
    fn why_not_begun(&self, event: Event) -> Option<&'static str> {
        let begins = matches!(event, Event::Press(_)) && !self.tool.is_busy();
        let layer = self.tool.kind().draws_on(self.purpose_in_hand).filter(|_| begins)?;
        self.why_not_drawn(layer)
    }

    /// Notes where the pointer is. A click, or for a line that goes on the way to its next point, makes what was typed for
    /// good.
    fn follow_pointer(&mut self, pointer: Pointer, is_press: bool) {
        let far_px = distance_m(self.last_pointer().world, pointer.world) * self.camera.px_per_m;
        self.aids.pointer = pointer;
        self.aids.moved_px += far_px;
        let is_retyped = self.aids.entry.as_ref().is_some_and(|entry| entry.again);
        if is_press || (self.aids.moved_px > DRAG_PX && self.tool.is_busy() && !is_retyped) {
            self.aids.made = None;
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Vec<&'static str> {
        let mut said = Vec::new();
        for effect in effects {
            match effect {
                Effect::Select(ids) => self.select(ids),
                Effect::SelectAlso(ids) => self.select_also(ids),
                Effect::Toggle(id) => self.selection.toggle(id),
                Effect::BeginGesture => self.history.begin_gesture(),
                Effect::Apply(edit) => {
                    if self.apply(edit).is_err() {
                        said.push("say-edit-failed");
                    }
                }
                Effect::EndGesture => self.journalled.extend(self.history.end_gesture()),
                Effect::CancelGesture => {
                    if let Some(applied) = self.history.cancel_gesture(&mut self.project) {
                        self.follow(applied, false);
                    }
                }
                Effect::Switch(kind) => self.take_tool(kind),
                Effect::Say(key) => said.push(key),
            }
        }
        said
    }
}

/// How many bits count the revisions of one session; those above tell sessions apart.
const REVISION_BITS: u32 = 40;

/// Where a session's revisions begin: far beyond those of the sessions before it, so that what was drawn of another
/// project is never taken for this one.
fn first_revision() -> u64 {
    static SESSIONS: AtomicU64 = AtomicU64::new(1);
    SESSIONS.fetch_add(1, Ordering::Relaxed) << REVISION_BITS
}

fn region_at(frame: &Frame, at: Point) -> Region {
    frame.wgs84_from_local(at).map_or(Region::None, |[lon_deg, lat_deg]| basemap::region_at(lon_deg, lat_deg))
}
