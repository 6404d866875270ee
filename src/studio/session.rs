//! One open project: what is in it, what is selected, which tool is in hand, and the caches that follow every edit.

mod belongs;
mod gesture;
mod recipe_index;
pub(super) mod recipes;
mod steps;
mod view;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use super::aids::Aids;
use super::chosen::Chosen;
use super::explaining::{Explaining, FiguresOf};
use super::fitting::FitSaid;
use super::index::Index;
use super::levels::Levels;
use super::map_edges::MapEdges;
use super::selection::Selection;
use super::sight::Isolated;
use super::tool::{Ctx, Purpose, Tool};
use crate::basemap;
use crate::crs::{CrsError, Frame};
use crate::edit::{Edit, History, Label};
use crate::geometry::{Bounds, Point};
use crate::i18n::Lang;
use crate::library::{Library, UseId};
use crate::measure::Sums;
use crate::measure::explain::Spot;
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
    /// What was painted in the sweep in hand and shall take the height of its use.
    pub(super) painted: Vec<Spot>,
    /// Of what figures are taken.
    pub(super) figures_of: FiguresOf,
    /// The figure that is being explained.
    pub(super) explaining: Option<Explaining>,
    pub(super) next_light: u64,
    revision: u64,
    /// What threads read, of which revision; gone when none of them does any more.
    snapshot: Mutex<(u64, Weak<Project>)>,
    /// What the recipe in hand makes.
    made: Mutex<Option<recipes::KeptMade>>,
    /// Which recipe is on a plot and which made a thing.
    recipe_index: recipe_index::RecipeIndex,
    /// The last entry of the list of changes of which it was said what it did to recipes.
    pub(super) told_of_recipes: u64,
    /// What came of the last fit, until something else changes.
    pub(super) fit_said: Option<FitSaid>,
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
        let recipe_index = first.map(recipe_index::RecipeIndex::new).unwrap_or_default();
        let context_index = Index::of_context(&project);
        let library = Library::with_overrides(&project.uses);
        let sums = BTreeMap::from([(variant, Sums::new(&project, variant))]);
        let mut session = Self {
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
            painted: Vec::new(),
            figures_of: FiguresOf::default(),
            explaining: None,
            next_light: 1,
            revision: first_revision(),
            snapshot: Mutex::new((0, Weak::new())),
            made: Mutex::new(None),
            recipe_index,
            told_of_recipes: 0,
            fit_said: None,
            journalled: Vec::new(),
            chosen: Chosen::default(),
        };
        session.sum_baseline();
        Ok(session)
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

    /// Selects a storey of the one selected volume.
    pub fn select_storey(&mut self, storey: Option<usize>) {
        if let Some(variant) = self.project.variant(self.variant) {
            self.selection.set_storey(storey, variant);
        }
    }

    /// Selects levels in every selected volume.
    pub fn select_levels(&mut self, levels: Levels) {
        if let Some(variant) = self.project.variant(self.variant) {
            self.selection.set_levels(levels, variant);
        }
    }

    /// Whether storeys are selected, and not whole volumes.
    #[must_use]
    pub fn has_levels(&self) -> bool {
        !self.selection.levels().is_empty()
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

    pub(super) fn kept_made(&self) -> &Mutex<Option<recipes::KeptMade>> {
        &self.made
    }

    /// Whether two revisions are of one session.
    #[must_use]
    pub fn is_of_same(a: u64, b: u64) -> bool {
        a >> REVISION_BITS == b >> REVISION_BITS
    }

    /// The project as it is now, for threads to read. All that ask between two edits share one copy: to copy a hundred
    /// thousand buildings takes as long as a frame.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Project> {
        let mut known = self.snapshot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(project) = known.1.upgrade().filter(|_| known.0 == self.revision) {
            return project;
        }
        let project = Arc::new(self.project.clone());
        *known = (self.revision, Arc::downgrade(&project));
        project
    }

    /// The sums of the open variant.
    #[must_use]
    pub fn sums(&self) -> Option<&Sums> {
        self.sums.get(&self.variant)
    }

    /// The sums of the site as it is today, where another variant is open.
    #[must_use]
    pub fn baseline_sums(&self) -> Option<&Sums> {
        let baseline = self.project.variants.iter().find(|variant| variant.baseline)?;
        self.sums.get(&baseline.id).filter(|_| baseline.id != self.variant)
    }

    /// Edits that were made since the last call and belong in the journal, in order.
    pub fn take_journalled(&mut self) -> Vec<Edit> {
        std::mem::take(&mut self.journalled)
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
        let open = self.project.variant(self.variant);
        self.index = open.map(Index::new).unwrap_or_default();
        self.recipe_index = open.map(recipe_index::RecipeIndex::new).unwrap_or_default();
        let (project, variant) = (&self.project, self.variant);
        self.sums.entry(variant).or_insert_with(|| Sums::new(project, variant));
        self.sum_baseline();
        let variant = self.project.variant(variant);
        if let Some(variant) = variant {
            self.selection.prune(variant);
        }
        self.revision += 1;
    }

    /// Sums up the site as it is today, once there is one: other variants are compared with it.
    pub(super) fn sum_baseline(&mut self) {
        let project = &self.project;
        if let Some(id) = project.variants.iter().find(|variant| variant.baseline).map(|variant| variant.id) {
            self.sums.entry(id).or_insert_with(|| Sums::new(project, id));
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
            sums: self.sums(),
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
            recipe_in_hand: &|| self.recipe_in_hand(),
            lock_of: &|pointer| self.aids.lock_of(pointer, self.project.axes()),
            lang,
            region_at: &region_at,
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;

    #[test]
    fn threads_share_a_copy_until_the_project_changes() {
        let mut session = Session::new(Project::new("A", Origin::new(4.3, 50.85), "V")).expect("it lies on earth");
        let (first, again) = (session.snapshot(), session.snapshot());
        assert!(Arc::ptr_eq(&first, &again));
        let edit =
            crate::studio::operate::with_info(&session, Label::new("edit-project"), |info| info.name = "B".into());
        session.apply(edit).expect("it fits");
        let later = session.snapshot();
        assert_eq!((later.name.as_str(), first.name == "B"), ("B", false));
        assert!(Arc::ptr_eq(&later, &session.snapshot()));
    }
}
