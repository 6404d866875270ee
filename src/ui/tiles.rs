//! Map tiles from the network, as an extra that the user switches on.
//!
//! `walkers` fetches, decodes and keeps them, in threads of its own and with a cache on the disk. They are placed corner
//! by corner through the project's frame, so that they lie exactly under the drawing. When nothing comes the built-in
//! map stays, the status line says so, and after a while another try is made.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui::{Color32, Context, Mesh, Painter, Pos2, Rect, Shape, pos2};
use walkers::sources::{Attribution, TileSource};
use walkers::{HeaderValue, HttpOptions, HttpTiles, Tile, Tiles as _};

use super::theme::Theme;
use crate::basemap::{self, Service, TileGrid, tile_corners_local, tiles_in_view};
use crate::crs::Frame;
use crate::look;
use crate::scene::Camera;

/// How long nothing may come before it counts as failing.
const PATIENCE: Duration = Duration::from_secs(4);

/// How long to wait before another try.
const RETRY: Duration = Duration::from_secs(30);

/// What the program calls itself towards tile servers, as their policy asks.
const USER_AGENT: &str =
    concat!("Maakblok/", env!("CARGO_PKG_VERSION"), " (desktop studio; ", env!("CARGO_PKG_NAME"), ")");

/// A service as walkers wants it.
struct Source(&'static Service);

impl TileSource for Source {
    fn tile_url(&self, tile: walkers::TileId) -> String {
        let tile = basemap::TileId { x: tile.x, y: tile.y, zoom: tile.zoom };
        self.0.tile_url(tile).unwrap_or_default()
    }

    fn attribution(&self) -> Attribution {
        Attribution { text: &self.0.attribution, url: &self.0.attribution_url, logo_light: None, logo_dark: None }
    }

    fn max_zoom(&self) -> u8 {
        self.0.max_zoom
    }
}

/// The layer of tiles.
#[derive(Default)]
pub struct TileLayer {
    /// The service that they come from.
    service: Option<&'static Service>,
    tiles: Option<HttpTiles>,
    /// Where tiles are kept on the disk.
    pub cache: Option<PathBuf>,
    asked_since: Option<Instant>,
    failing_since: Option<Instant>,
    covered: bool,
    /// The tiles that the last frame wanted and did not have whole.
    missing: HashSet<walkers::TileId>,
}

impl TileLayer {
    /// Paints the tiles that a service has of a view and asks for those that are missing.
    pub fn paint(
        &mut self,
        painter: &Painter,
        rect: Rect,
        camera: &Camera,
        (service, frame): (&'static Service, &Frame),
        theme: Theme,
    ) {
        let ctx = painter.ctx();
        if self.service.is_some_and(|other| other.id != service.id) {
            self.stop();
        }
        if self.failing_since.is_some_and(|since| since.elapsed() > RETRY) {
            // A tile that failed is not asked for again by the same source.
            self.stop();
        }
        self.service = Some(service);
        let cache = self.cache.clone();
        let tiles = self.tiles.get_or_insert_with(|| {
            let mut options = HttpOptions { cache, ..HttpOptions::default() };
            options.user_agent = Some(HeaderValue::from_static(USER_AGENT));
            HttpTiles::with_options(Source(service), options, ctx.clone())
        });
        let in_view = tiles_in_view(frame, camera.bounds(), camera.px_per_m, TileGrid::default()).into_iter();
        let wanted = in_view.filter(|tile| service.serves(*tile));
        // A piece of a coarser tile that lay in the cache says nothing of the network.
        let mut shown = 0;
        let mut missing = HashSet::new();
        let mut come = false;
        for tile in wanted {
            let id = walkers::TileId { x: tile.x, y: tile.y, zoom: tile.zoom };
            let Some(piece) = tiles.at(id) else {
                missing.insert(id);
                continue;
            };
            shown += 1;
            if piece.uv.width() < 1.0 {
                missing.insert(id);
            } else {
                come |= self.missing.contains(&id);
            }
            let corners = tile_corners_local(frame, tile).map(|p| super::canvas::pos(rect, camera, p));
            let Tile::Raster(texture) = &piece.tile;
            // They let something through, which shall not be the map below.
            painter.add(Shape::convex_polygon(corners.to_vec(), theme.color(look::Role::MapLand), egui::Stroke::NONE));
            painter.add(quad(texture.id(), corners, piece.uv, tint(theme)));
        }
        self.covered = shown > 0;
        let complete = missing.is_empty();
        self.missing = missing;
        self.watch(come, complete, ctx);
    }

    /// Nothing coming for a while is a failure; a tile that was missing a moment ago and is there now ends it. Those
    /// that lay in the cache when a view first asked for them do not count.
    fn watch(&mut self, come: bool, complete: bool, ctx: &Context) {
        if complete || come {
            self.asked_since = None;
            self.failing_since = None;
            return;
        }
        let since = *self.asked_since.get_or_insert_with(Instant::now);
        if since.elapsed() > PATIENCE {
            self.failing_since.get_or_insert_with(Instant::now);
            ctx.request_repaint_after(RETRY);
        } else {
            ctx.request_repaint_after(PATIENCE);
        }
    }

    /// Asks for nothing any more.
    pub fn stop(&mut self) {
        let cache = self.cache.take();
        *self = Self { cache, ..Self::default() };
    }

    /// Whether tiles lie under the drawing now.
    #[must_use]
    pub fn covers(&self) -> bool {
        self.covered
    }

    /// Whether they lie under all of it.
    #[must_use]
    pub fn covers_all(&self) -> bool {
        self.covered && self.service.is_some_and(|service| service.cover_deg.is_none())
    }

    /// How well they are coming; `None` when they are not wanted.
    #[must_use]
    pub fn failing(&self) -> Option<bool> {
        self.tiles.as_ref().map(|_| self.failing_since.is_some())
    }

    /// Whom they owe to.
    #[must_use]
    pub fn credit(&self) -> &'static str {
        self.service.map_or("", |service| &service.attribution)
    }
}

/// Tiles are quieter than the drawing: paler on paper, darker at night.
fn tint(theme: Theme) -> Color32 {
    match theme.look {
        look::Theme::Night => theme.color(look::Role::HairlineStrong),
        _ => theme.faded(look::Role::Raised, 0.8),
    }
}

/// A tile between its corners (north-west, north-east, south-east, south-west).
fn quad(texture: egui::TextureId, corners: [Pos2; 4], uv: Rect, tint: Color32) -> Shape {
    let mut mesh = Mesh::with_texture(texture);
    let uvs = [uv.left_top(), uv.right_top(), uv.right_bottom(), uv.left_bottom()];
    for (pos, uv) in corners.into_iter().zip(uvs) {
        mesh.vertices.push(egui::epaint::Vertex { pos, uv: pos2(uv.x, uv.y), color: tint });
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    Shape::mesh(mesh)
}
