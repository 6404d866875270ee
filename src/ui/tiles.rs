//! The maps under the drawing, painted: pictures of tiles as textures, names as a scene.
//!
//! What lies there, how it is fetched and drawn is the studio's work (`studio::map`); here pixels become textures, which are
//! held as `walkers` holds its tiles, and are laid corner by corner, so that they lie exactly under the drawing.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Color32, ColorImage, Context, Mesh, Painter, Pos2, Rect, Shape, TextureFilter, TextureOptions, pos2};
use walkers::{Tile, TilePiece};

use super::paint::PaintedScene;
use super::theme::Theme;
use crate::basemap::TileKind;
use crate::crs::Frame;
use crate::geometry::Outline;
use crate::look;
use crate::model::Id;
use crate::scene::{Camera, Pixels};
use crate::studio::map::{MapState, MapView, Maps};
use crate::studio::{PictureShows, Session, Settings, Studio};

/// Scans have fine lines, which break up when they are shown small unless they are reduced by steps.
const SCAN: TextureOptions = TextureOptions { mipmap_mode: Some(TextureFilter::Linear), ..TextureOptions::LINEAR };

/// The maps and what is painted of them.
#[derive(Default)]
pub struct TileLayer {
    maps: Option<Maps<Tile>>,
    names: PaintedScene,
    frame: Option<Arc<Frame>>,
    shown: Shown,
    /// The project's own pictures, each with the pixels that it was made of.
    pictures: BTreeMap<Id, (Arc<Pixels>, Tile)>,
}

/// What the last frame showed.
#[derive(Default)]
struct Shown {
    covers_all: bool,
    states: Vec<MapState>,
    names: Option<Arc<crate::scene::Scene>>,
}

impl TileLayer {
    /// Paints the pictures of the maps that are on; says whether they cover all of the view.
    pub fn paint(
        &mut self,
        painter: &Painter,
        rect: Rect,
        camera: &Camera,
        session: &Session,
        clear_of: &[Arc<Outline>],
        studio: &Studio,
    ) {
        let frame = session.frame();
        let settings: &Settings = &studio.settings;
        self.shown = Shown::default();
        if settings.maps.iter().all(|layer| !layer.on) {
            return;
        }
        if self.frame.as_ref().is_none_or(|held| held.origin_deg() != frame.origin_deg()) {
            self.frame = Some(Arc::new(frame.clone()));
        }
        let Some(frame) = self.frame.as_ref() else { return };
        let maps = self.maps.get_or_insert_with(|| Maps::new(&studio.services, &studio.gate, studio.cache.clone()));
        let ctx = painter.ctx();
        let view = MapView {
            frame,
            bounds: camera.bounds(),
            px_per_m: camera.px_per_m,
            density: f64::from(ctx.pixels_per_point()),
            theme: settings.theme,
            look: settings.map_look,
            strength: settings.map_strength,
            names: settings.map_names.then(|| studio.lang()),
            clear_of,
            services: studio.map_services(),
            written: studio.maps_written,
            now: studio.services.clock.now(),
        };
        let seen = maps.see(&settings.maps, &view, &mut |pixels| {
            texture(ctx, &within(&Arc::new(pixels), ctx), TextureOptions::LINEAR)
        });
        if let Some(again) = seen.again_at {
            ctx.request_repaint_after(again.saturating_sub(view.now));
        }
        let theme = Theme::of(ctx);
        for piece in &seen.pieces {
            let corners = piece.corners.map(|at| super::canvas::pos(rect, camera, at));
            let [left, top, right, bottom] = piece.part;
            let part = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
            let tile = TilePiece { tile: piece.picture.clone(), uv: part };
            painter.add(quad(&tile, corners, tint(theme, piece.kind, piece.opacity)));
        }
        self.shown = Shown { covers_all: seen.covers_all, states: maps.states(&settings.maps), names: seen.names };
    }

    /// Paints the pictures of the project, each covering at most so much.
    pub fn paint_underlays(&mut self, painter: &Painter, rect: Rect, camera: &Camera, studio: &Studio, most: f32) {
        let Some(session) = studio.session() else { return };
        let project = session.project();
        self.pictures.retain(|id, _| project.pictures.contains(*id));
        for underlay in project.underlays.iter().filter(|underlay| !underlay.hidden) {
            let PictureShows::Pixels(pixels) = studio.picture(underlay.picture) else { continue };
            let held = self.pictures.get(&underlay.picture).filter(|(of, _)| Arc::ptr_eq(of, &pixels));
            let tile = match held {
                Some((_, tile)) => tile.clone(),
                None => {
                    let tile = texture(painter.ctx(), &within(&pixels, painter.ctx()), SCAN);
                    self.pictures.insert(underlay.picture, (pixels, tile.clone()));
                    tile
                }
            };
            let corners = underlay.corners().map(|at| super::canvas::pos(rect, camera, at));
            let whole = TilePiece { tile, uv: Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)) };
            painter.add(quad(
                &whole,
                corners,
                tint(Theme::of(painter.ctx()), TileKind::Raster, underlay.opacity().min(most)),
            ));
        }
    }

    /// Paints the names over them.
    pub fn paint_names(&mut self, painter: &Painter, rect: Rect, camera: &Camera) {
        if let Some(names) = &self.shown.names {
            self.names.paint(painter, rect, names, camera);
        }
    }

    /// Whether a map lies under all of the drawing.
    #[must_use]
    pub fn covers_all(&self) -> bool {
        self.shown.covers_all
    }

    /// How each of the maps fares.
    #[must_use]
    pub fn states(&self) -> &[MapState] {
        &self.shown.states
    }
}

/// Pixels that fit into a texture.
fn within(pixels: &Arc<Pixels>, ctx: &Context) -> Arc<Pixels> {
    let most = ctx.input(|input| input.max_texture_side) as u32;
    let mut pixels = Arc::clone(pixels);
    while pixels.size.iter().any(|side| *side > most) {
        pixels = Arc::new(pixels.halved());
    }
    pixels
}

/// Pixels as a texture.
fn texture(ctx: &Context, pixels: &Pixels, options: TextureOptions) -> Tile {
    let [width, height] = pixels.size.map(|side| side as usize);
    let image = ColorImage::from_rgba_premultiplied([width, height], &pixels.rgba);
    Tile::Raster(ctx.load_texture("map", image, options))
}

/// Pictures of maps are made for paper: at night they are darkened. What we draw has the colours of the night already.
fn tint(theme: Theme, kind: TileKind, opacity: f32) -> Color32 {
    match (theme.look, kind) {
        (look::Theme::Night, TileKind::Raster) => theme.color(look::PICTURES_AT_NIGHT).gamma_multiply(opacity),
        _ => Color32::WHITE.gamma_multiply(opacity),
    }
}

/// A tile between its corners (north-west, north-east, south-east, south-west).
fn quad(piece: &TilePiece, corners: [Pos2; 4], tint: Color32) -> Shape {
    let Tile::Raster(texture) = &piece.tile;
    let mut mesh = Mesh::with_texture(texture.id());
    let uv = piece.uv;
    let uvs = [uv.left_top(), uv.right_top(), uv.right_bottom(), uv.left_bottom()];
    for (pos, uv) in corners.into_iter().zip(uvs) {
        mesh.vertices.push(egui::epaint::Vertex { pos, uv, color: tint });
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    Shape::mesh(mesh)
}
