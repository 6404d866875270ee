//! What is seen on the canvas under the tool: map, tiles, plan. Scenes are kept until what they show changes.

use std::sync::Arc;

use egui::{Painter, Rect};

use super::super::paint::PaintedScene;
use super::super::theme::Theme;
use super::super::tiles::TileLayer;
use crate::basemap::{Placed, schematic};
use crate::geometry::{Bounds, Outline, point};
use crate::i18n::{Lang, tr};
use crate::io::picture::credit_line;
use crate::look;
use crate::model::{Context, ContextShape, Id, LayerKind, Project, credits_of, reach_of_credited};
use crate::scene::{Camera, PlanOptions, Scene, grid, plan};
use crate::studio::map::MapState;
use crate::studio::tool::ToolKind;
use crate::studio::{Kind, Session, Settings, Studio};

/// How far beyond the window scenes reach, as part of the window: so that a small pan needs no new one.
const MARGIN: f64 = 0.35;

/// What stands farther than this from the view throws no shadow into it, in metres: that of 200 m of height.
const SHADOW_M: f64 = 60.0;

/// Names of the map keep off plots while there are no more than this.
const MOST_PLOTS: usize = 200;

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
}

impl Made {
    fn serves(&self, wanted: &Self, view: &Bounds) -> bool {
        let zoom = self.px_per_m / wanted.px_per_m;
        self.lang == wanted.lang
            && self.theme == wanted.theme
            && self.origin_deg == wanted.origin_deg
            && self.light == wanted.light
            && self.names == wanted.names
            && self.reach.holds(view)
            && (1.0 / ZOOM_CHANGE..=ZOOM_CHANGE).contains(&zoom)
    }
}

/// What surroundings take up: each area of a few, the whole of many.
fn surroundings(project: &Project) -> Vec<Arc<Outline>> {
    if !project.layers.shows(LayerKind::Context) {
        return Vec::new();
    }
    let context = || project.context.iter().map(|one| &**one);
    if project.context.len() > MOST_PLOTS {
        let whole = context().filter_map(Context::bounds).reduce(Bounds::union);
        let corners = |Bounds { min, max }| [min, point(max.x, min.y), max, point(min.x, max.y)];
        return whole.map(|whole| Arc::new(Outline::from_points(corners(whole)))).into_iter().collect();
    }
    context()
        .filter_map(|one| match &one.shape {
            ContextShape::Area(outline) => Some(Arc::new(outline.clone())),
            ContextShape::Line(_) => None,
        })
        .collect()
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
    plan: Layer,
    tiles: TileLayer,
    /// The lines of the coordinate grid, and their numbers.
    grid: [PaintedScene; 2],
    owed: Owed,
    /// The outlines of the plots, and at which step of which variant they were so.
    plots: (Option<(u64, Id)>, Vec<Arc<Outline>>),
}

/// Whom the surroundings owe to, and how far those reach that were brought in.
#[derive(Default)]
struct Owed {
    /// Of which ones that is known: how many, the first, the last.
    of: Option<(usize, Id, Id)>,
    credits: Vec<String>,
    reach: Option<Bounds>,
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
                self.owed.reach = reach_of_credited(context.iter().map(|one| &**one));
            }
        }
    }

    /// Looks where the plots are: what is drawn there would cut the names of the map.
    fn look_at_plots(&mut self, session: &Session) {
        let key = (session.revision(), session.variant().id);
        if self.plots.0 != Some(key) {
            let plots = &session.variant().plots;
            // Of a whole register of parcels the names would have nowhere to stand.
            let shown = session.project().layers.shows(LayerKind::Plots) && plots.len() <= MOST_PLOTS;
            let mut now: Vec<_> = plots.iter().filter(|_| shown).map(|plot| Arc::new(plot.outline.clone())).collect();
            now.extend(surroundings(session.project()));
            self.plots = (Some(key), now);
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
            if let Some(Bounds { min, max }) = self.owed.reach {
                let corner = |at| super::pos(rect, &camera, at);
                let place = Rect::from_two_pos(corner(min), corner(max));
                painter.rect_filled(place, 0.0, theme.color(look::Role::MapLand));
            }
        }
        self.look_at_plots(session);
        self.tiles.paint(painter, rect, &camera, session, &self.plots.1, studio);
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
                ..PlanOptions::new(wanted.lang, session.library())
            };
            let scene = plan(session.project(), session.variant(), &options);
            self.plan.scene = Some((wanted, Arc::new(scene)));
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
