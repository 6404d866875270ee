//! What is seen on the canvas under the tool: map, tiles, plan. Scenes are kept until what they show changes.

use std::sync::Arc;

use egui::{Painter, Rect};

use super::super::paint::PaintedScene;
use super::super::theme::Theme;
use super::super::tiles::TileLayer;
use crate::basemap::{MapLook, Placed, schematic};
use crate::geometry::{Bounds, Outline};
use crate::i18n::{Lang, tr};
use crate::io::picture::credit_line;
use crate::look;
use crate::model::{Id, LayerKind, Project, credits_of, reaches_of_credited};
use crate::scene::{Camera, PlanOptions, PlanPart, Scene, grid, occupied, plan};
use crate::studio::map::MapState;
use crate::studio::tool::ToolKind;
use crate::studio::{Kind, Session, Settings, Studio};

/// How far beyond the window scenes reach, as part of the window: so that a small pan needs no new one.
const MARGIN: f64 = 0.35;

/// What stands farther than this from the view throws no shadow into it, in metres: that of 200 m of height.
const SHADOW_M: f64 = 60.0;

/// How much a picture covers of the drawing while it is placed.
const PLACING_OPACITY: f32 = 0.6;

/// A change of zoom by more than this asks for new scenes: labels and details depend on it.
const ZOOM_CHANGE: f64 = 1.15;

/// What a scene was made for.
#[derive(Clone, Debug, PartialEq)]
struct Made {
    revision: u64,
    variant: Id,
    lang: Lang,
    theme: look::Theme,
    origin_deg: [f64; 2],
    px_per_m: f64,
    reach: Bounds,
    /// What lights some of it up.
    light: Option<u64>,
    /// Whether the map has names.
    names: bool,
    /// How maps of shapes look.
    look: MapLook,
}

impl Made {
    fn serves(&self, wanted: &Self, view: &Bounds) -> bool {
        let zoom = self.px_per_m / wanted.px_per_m;
        self.lang == wanted.lang
            && self.theme == wanted.theme
            && self.origin_deg == wanted.origin_deg
            && self.light == wanted.light
            && self.names == wanted.names
            && self.look == wanted.look
            && self.reach.holds(view)
            && (1.0 / ZOOM_CHANGE..=ZOOM_CHANGE).contains(&zoom)
    }
}

/// A scene, what it was made for, and its meshes.
#[derive(Default)]
struct Layer {
    scene: Option<(Made, Arc<Scene>)>,
    painted: PaintedScene,
}

impl Layer {
    fn made(&self) -> Option<&Made> {
        self.scene.as_ref().map(|(made, _)| made)
    }

    fn paint(&mut self, painter: &Painter, rect: Rect, camera: &Camera) {
        if let Some((_, scene)) = &self.scene {
            self.painted.paint(painter, rect, scene, camera);
        }
    }
}

/// The scenes on the canvas.
#[derive(Default)]
pub struct CanvasView {
    placed: Option<([f64; 2], Placed)>,
    map: Layer,
    /// What stands around the site, and what is designed: scans and the grid lie between.
    around: Layer,
    plan: Layer,
    tiles: TileLayer,
    /// The lines of the coordinate grid, and their numbers.
    grid: [PaintedScene; 2],
    owed: Owed,
    /// What the drawing takes up, and at which step of which variant it did.
    taken: (Option<(u64, Id)>, Vec<Arc<Outline>>),
}

/// Whom the surroundings owe to, and how far those reach that were brought in.
#[derive(Default)]
struct Owed {
    /// Of which ones that is known: how many, the first, the last.
    of: Option<(usize, Id, Id)>,
    credits: Vec<String>,
    reaches: Vec<Bounds>,
}

impl CanvasView {
    /// Looks whom the surroundings owe to. They come and go together: while they are as many, from the same first to the
    /// same last, it is the same.
    fn look_whom_they_owe(&mut self, project: &Project) {
        let context = &project.context;
        let ends = context.iter().next().zip(context.iter().next_back());
        let key = ends.filter(|_| project.layers.shows(LayerKind::Context));
        let key = key.map(|(first, last)| (context.len(), first.id, last.id));
        if key != self.owed.of {
            self.owed = Owed { of: key, ..Owed::default() };
            if key.is_some() {
                self.owed.credits = credits_of(context.iter().map(|one| &**one));
                self.owed.reaches = reaches_of_credited(context.iter().map(|one| &**one));
            }
        }
    }

    /// Looks what the drawing takes up: there it would cut the names of the map.
    fn look_what_is_taken(&mut self, session: &Session) {
        let key = (session.revision(), session.variant().id);
        // While something is pulled names stay where they were: they would be set anew in every frame.
        let is_pulled = self.taken.0.is_some_and(|(_, variant)| variant == key.1) && session.history().in_gesture();
        if self.taken.0 != Some(key) && !is_pulled {
            let now = occupied(session.project(), session.variant());
            self.taken = (Some(key), now);
        }
    }

    /// Paints everything under the tool.
    pub fn paint(&mut self, painter: &Painter, theme: Theme, rect: Rect, session: &Session, studio: &Studio) {
        let (settings, lang) = (&studio.settings, studio.lang());
        let camera = session.camera;
        let lit = session.lit();
        let view = camera.bounds();
        self.look_whom_they_owe(session.project());
        let margin = MARGIN * view.width_m().max(view.height_m());
        let wanted = Made {
            revision: session.revision(),
            variant: session.variant().id,
            lang,
            theme: settings.theme,
            origin_deg: session.frame().origin_deg(),
            px_per_m: camera.px_per_m,
            reach: view.grown(margin),
            light: lit.as_ref().map(|lit| lit.number),
            names: settings.map_names,
            look: settings.map_look,
        };
        painter.rect_filled(rect, 0.0, theme.color(look::Role::MapLand));
        // Where tiles of a region end, and until any come, the built-in map is seen.
        if settings.map && !self.tiles.covers_all() {
            if !self.map.made().is_some_and(|made| made.serves(&wanted, &view)) {
                let origin = wanted.origin_deg;
                if self.placed.as_ref().is_none_or(|(at, _)| *at != origin) {
                    self.placed = Some((origin, schematic().place(session.frame())));
                }
                if let Some((_, placed)) = &self.placed {
                    let names = wanted.names.then_some(wanted.lang);
                    let scene = placed.drawn(names, Some(wanted.reach), wanted.px_per_m);
                    self.map.scene = Some((wanted.clone(), Arc::new(scene)));
                }
            }
            self.map.paint(painter, rect, &camera);
            // Where surroundings were brought in they stand for the coarse map.
            for Bounds { min, max } in self.owed.reaches.iter().copied() {
                let corner = |at| super::pos(rect, &camera, at);
                let place = Rect::from_two_pos(corner(min), corner(max));
                painter.rect_filled(place, 0.0, theme.color(look::Role::MapLand));
            }
        }
        self.look_what_is_taken(session);
        self.tiles.paint(painter, rect, &camera, session, &self.taken.1, studio);
        let fresh = |made: &Made| {
            made.revision == wanted.revision && made.variant == wanted.variant && made.serves(&wanted, &view)
        };
        if !self.plan.made().is_some_and(fresh) {
            // What replaces the drawing of a moment ago will hardly be panned: while something is dragged, every frame
            // needs a new scene, and then only of what is seen.
            let edited = self.plan.made().is_some_and(|made| made.revision != wanted.revision);
            let wanted = Made { reach: if edited { view } else { wanted.reach }, ..wanted };
            let found = session.index().meeting(wanted.reach.grown(SHADOW_M));
            let of = |kind| found.iter().filter(move |(k, _)| *k == kind).map(|(_, id)| *id).collect::<Vec<_>>();
            let (plots, volumes) = (of(Kind::Plot), of(Kind::Volume));
            let options = PlanOptions {
                view: Some(wanted.reach),
                px_per_m: Some(wanted.px_per_m),
                volumes: Some(&volumes),
                plots: Some(&plots),
                only: session.isolated(),
                lit: lit.as_ref().map(|lit| &*lit.volumes),
                figure_ground: wanted.look == MapLook::FigureGround,
                ..PlanOptions::new(wanted.lang, session.library())
            };
            let of = |part| plan(session.project(), session.variant(), &PlanOptions { part, ..options.clone() });
            self.around.scene = Some((wanted.clone(), Arc::new(of(PlanPart::Surroundings))));
            self.plan.scene = Some((wanted, Arc::new(of(PlanPart::Design))));
        }
        self.around.paint(painter, rect, &camera);
        // While it is placed it lies over the drawing, which would hide the points that are looked for.
        let is_placing = session.tool().kind() == ToolKind::Tie;
        if !is_placing {
            self.tiles.paint_underlays(painter, rect, &camera, studio, 1.0);
        }
        self.tiles.paint_names(painter, rect, &camera);
        // Its numbers stand at the sides of the picture: it is made for just this one.
        let mut numbers = None;
        if let Some(of) = settings.grid_of() {
            let [lines, over] = grid(session.frame(), &camera, of, lang);
            self.grid[0].paint(painter, rect, &Arc::new(lines), &camera);
            numbers = Some(Arc::new(over));
        }
        self.plan.paint(painter, rect, &camera);
        if is_placing {
            self.tiles.paint_underlays(painter, rect, &camera, studio, PLACING_OPACITY);
        }
        if let Some(numbers) = numbers {
            self.grid[1].paint(painter, rect, &numbers, &camera);
        }
    }

    /// How each of the maps fares.
    #[must_use]
    pub fn map_states(&self) -> Vec<MapState> {
        self.tiles.states().to_vec()
    }

    /// Whose map is shown.
    #[must_use]
    pub fn credits(&self, settings: &Settings, lang: Lang) -> String {
        let tiles = self.tiles.states().iter().filter(|state| state.is_seen).map(|state| state.credit.clone());
        let schematic = (settings.map && !self.tiles.covers_all()).then(|| tr(lang, "credit-schematic"));
        credit_line(tiles.chain(self.owed.credits.iter().cloned()).chain(schematic))
    }
}
