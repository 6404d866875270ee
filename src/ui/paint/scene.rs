//! A scene on the screen.

use std::sync::Arc;

use egui::epaint::TextShape;
use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape as Drawn, Vec2, pos2, vec2};

use super::brush::{Brush, square};
use crate::geometry::{Bounds, Outline, Point};
use crate::library::Family;
use crate::look::text::Face;
use crate::look::{self, Role, tokens};
use crate::scene::{
    Anchor, Camera, FaceSide, HatchMarks, Ink, Label, Paint, Pen, SIGN_LINE_PX, Scene, Shape, SignKind, SignPart,
};
use crate::ui::theme::{Theme, baseline_of};

/// Shapes longer than this on the screen are hatched anew in every frame, cut to what is seen; shorter ones keep their
/// hatch until the scale changes.
const HATCH_KEPT_PX: f64 = 2_500.0;

/// Space for the widths of lines and for signs when deciding what is out of sight, in logical pixels.
const REACH_PX: f64 = 20.0;

/// A scene made ready for the screen: its areas are triangulated once, its colours looked up once.
///
/// Give it the scene in every frame; it starts anew when that is another one.
#[derive(Default)]
pub struct PaintedScene {
    scene: Option<Arc<Scene>>,
    theme: Option<look::Theme>,
    items: Vec<Item>,
    marks: HatchMarks,
    /// What was painted last, for as long as it can be shown again.
    sheet: Option<Sheet>,
}

/// A painted stretch of the drawing, larger than the view once the view has moved: while the scale stays, it is shown
/// again instead of being painted again.
struct Sheet {
    /// What it was painted for.
    camera: Camera,
    canvas: Rect,
    pixels_per_point: f32,
    /// What it reaches over.
    covers: Bounds,
    /// While the scale changes hatches are those of a scale nearby, grown; they are drawn anew when it rests.
    rough: bool,
    pieces: Vec<Piece>,
    report: PaintReport,
}

enum Piece {
    Mesh(Arc<Mesh>),
    /// Index of a label's shape, its ink and its casing.
    Label(usize, Color32, Option<Color32>),
}

/// What a frame cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaintReport {
    /// Shapes of the scene in sight.
    pub shapes: usize,
    /// Texts painted.
    pub labels: usize,
    /// Corners of all meshes.
    pub corners: usize,
}

struct Item {
    bounds: Bounds,
    kind: Kind,
}

enum Kind {
    Area(Area),
    /// Index of the shape in the scene, ink.
    Line {
        shape: usize,
        pen: Pen,
        color: Color32,
        width_m: f64,
    },
    Sign {
        at: Point,
        kind: SignKind,
        color: Color32,
    },
    Label {
        shape: usize,
        color: Color32,
        halo: Option<Color32>,
    },
}

struct Area {
    outline: Arc<Outline>,
    fill: Option<(Color32, Vec<Point>, Vec<u32>)>,
    /// Whether half a pixel of the fill closes the seam to its neighbours.
    seam: bool,
    hatch: Option<Family>,
    /// The hatch at a scale, about the middle of the bounds.
    hatched: Option<(f64, f32, Mesh)>,
    pen: Option<(Pen, Color32)>,
}

impl PaintedScene {
    /// Paints the scene into `canvas` as `camera` shows it: its pixels are logical pixels from the canvas's upper left
    /// corner. An opacity set on the painter holds for all of it.
    pub fn paint(&mut self, painter: &Painter, canvas: Rect, scene: &Arc<Scene>, camera: &Camera) -> PaintReport {
        let theme = Theme::of(painter.ctx());
        let same = self.scene.as_ref().is_some_and(|before| Arc::ptr_eq(before, scene));
        let stale = !same || self.theme != Some(theme.look);
        if stale {
            self.items = scene.shapes.iter().enumerate().filter_map(|(i, s)| prepare(theme, i, s)).collect();
            self.scene = Some(Arc::clone(scene));
            self.theme = Some(theme.look);
        }
        if stale {
            self.sheet = None;
        }
        let clip = painter.clip_rect().intersect(canvas);
        if !clip.is_positive() || camera.px_per_m.is_nan() || camera.px_per_m <= 0.0 {
            return PaintReport::default();
        }
        let painter = painter.with_clip_rect(clip);
        let pixels_per_point = painter.pixels_per_point();
        let fits = |sheet: &&Sheet| {
            sheet.camera.px_per_m == camera.px_per_m
                && sheet.pixels_per_point == pixels_per_point
                && sheet.canvas.size() == canvas.size()
        };
        let known = self.sheet.as_ref().filter(fits);
        if known.is_none_or(|sheet| sheet.rough || !sheet.covers.holds(&camera.bounds())) {
            // A view that moves at one scale will move on: paint around it too.
            let moves = known.is_some_and(|sheet| !sheet.covers.holds(&camera.bounds()));
            let margin_px = if moves { f64::from(canvas.width().max(canvas.height())) * 0.3 } else { 0.0 };
            let at_rest = known.is_some();
            let sheet = self.paint_sheet(theme, canvas, pixels_per_point, camera, margin_px, at_rest, scene);
            if sheet.rough {
                painter.ctx().request_repaint();
            }
            self.sheet = Some(sheet);
        }
        self.show(&painter, theme, canvas, camera, scene)
    }

    #[allow(clippy::too_many_arguments, reason = "all that a sheet depends on, and private")]
    fn paint_sheet(
        &mut self,
        theme: Theme,
        canvas: Rect,
        pixels_per_point: f32,
        camera: &Camera,
        margin_px: f64,
        at_rest: bool,
        scene: &Scene,
    ) -> Sheet {
        let reach = canvas.expand(margin_px as f32 + 1.0);
        let mut frame = Frame {
            theme,
            camera,
            canvas,
            pixels_per_point,
            at_rest,
            rough: false,
            brush: Brush::new(pixels_per_point, reach),
            ring: Vec::new(),
            pieces: Vec::new(),
            report: PaintReport::default(),
        };
        let covers = camera.bounds().grown(margin_px / camera.px_per_m);
        for item in &mut self.items {
            let around_m = match &item.kind {
                Kind::Line { width_m, .. } => width_m / 2.0,
                Kind::Label { .. } => 200.0 / camera.px_per_m,
                Kind::Area(_) | Kind::Sign { .. } => 0.0,
            };
            if item.bounds.grown(around_m + REACH_PX / camera.px_per_m).meets(&covers) {
                frame.report.shapes += 1;
                frame.item(item, scene, &mut self.marks);
            }
        }
        frame.flush();
        let Frame { pieces, report, rough, .. } = frame;
        Sheet { camera: *camera, canvas, pixels_per_point, covers, rough, pieces, report }
    }

    fn show(&self, painter: &Painter, theme: Theme, canvas: Rect, camera: &Camera, scene: &Scene) -> PaintReport {
        let Some(sheet) = &self.sheet else { return PaintReport::default() };
        let mut report = sheet.report;
        let [x, y] = camera.screen_from_world(sheet.camera.centre_local);
        let [was_x, was_y] = sheet.camera.size_px.map(|side| side / 2.0);
        let moved = vec2((x - was_x) as f32, (y - was_y) as f32) + (canvas.min - sheet.canvas.min);
        for piece in &sheet.pieces {
            match piece {
                Piece::Mesh(mesh) if moved == Vec2::ZERO => {
                    painter.add(Drawn::Mesh(Arc::clone(mesh)));
                }
                Piece::Mesh(mesh) => {
                    let mut mesh = Mesh::clone(mesh);
                    mesh.translate(moved);
                    painter.add(Drawn::mesh(mesh));
                }
                Piece::Label(shape, color, halo) => {
                    if let Some(Shape::Label(label)) = scene.shapes.get(*shape) {
                        let [x, y] = camera.screen_from_world(label.at);
                        let at = canvas.min + vec2(x as f32, y as f32);
                        report.labels += usize::from(paint_label(painter, theme, camera, at, label, *color, *halo));
                    }
                }
            }
        }
        report
    }

    /// Whether the scene it holds is this one.
    #[must_use]
    pub fn holds(&self, scene: &Arc<Scene>) -> bool {
        self.scene.as_ref().is_some_and(|held| Arc::ptr_eq(held, scene))
    }
}

fn prepare(theme: Theme, index: usize, shape: &Shape) -> Option<Item> {
    let (bounds, kind) = match shape {
        Shape::Area { outline, fill, hatch, pen } => {
            let fill = fill.as_ref().map(|paint| match paint {
                Paint::Role(role) => theme.color(*role),
                Paint::Use(look) => theme.use_color(look),
                Paint::Face(look, side) => theme.face_color(look, *side == FaceSide::Right),
            });
            let covered = pen.is_some_and(|pen| pen.dash.is_none() && tokens().stroke(pen.stroke) >= 1.0);
            let seam = !covered && fill.is_some_and(|fill| fill.a() == 255);
            let fill = fill.map(|color| {
                let (points, indices) = outline.triangles();
                (color, points, indices)
            });
            let pen = pen.map(|pen| (pen, theme.color(pen.role)));
            let outline = Arc::clone(outline);
            (outline.bounds()?, Kind::Area(Area { outline, fill, seam, hatch: *hatch, hatched: None, pen }))
        }
        Shape::Line { points, pen, width_m } => {
            let color = theme.color(pen.role);
            let width_m = width_m.unwrap_or_default();
            (Bounds::around(points.iter().copied())?, Kind::Line { shape: index, pen: *pen, color, width_m })
        }
        Shape::Sign { at, kind, role } => {
            (Bounds { min: *at, max: *at }, Kind::Sign { at: *at, kind: *kind, color: theme.color(*role) })
        }
        // They are textures, which the canvas keeps, and sheets of a map, which come as such.
        Shape::Picture { .. } | Shape::Sheet { .. } => return None,
        Shape::Label(label) => {
            let color = match &label.ink {
                Ink::Role(role) => theme.color(*role),
                Ink::OnUse(look) => theme.on_use(look),
            };
            let halo = match (&label.ink, label.halo) {
                (_, Some(role)) => Some(theme.color(role)),
                // The full hatch of a print stops around what is written on it.
                (Ink::OnUse(of), None) if theme.look == look::Theme::Print => Some(theme.use_color(of)),
                _ => None,
            };
            (Bounds { min: label.at, max: label.at }, Kind::Label { shape: index, color, halo })
        }
    };
    let finite = [bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y].into_iter().all(f64::is_finite);
    finite.then_some(Item { bounds, kind })
}

/// One painting: where things go, and what has been drawn since the last text.
struct Frame<'a> {
    theme: Theme,
    camera: &'a Camera,
    canvas: Rect,
    pixels_per_point: f32,
    /// Whether the scale is that of the frame before.
    at_rest: bool,
    /// Whether a hatch of another scale was used.
    rough: bool,
    brush: Brush,
    /// Kept between shapes.
    ring: Vec<Pos2>,
    pieces: Vec<Piece>,
    report: PaintReport,
}

impl Frame<'_> {
    fn at(&self, p: Point) -> Pos2 {
        let [x, y] = self.camera.screen_from_world(p);
        pos2((x + f64::from(self.canvas.left())) as f32, (y + f64::from(self.canvas.top())) as f32)
    }

    fn flush(&mut self) {
        self.report.corners += self.brush.waiting();
        if let Some(mesh) = self.brush.take_mesh() {
            self.pieces.push(Piece::Mesh(Arc::new(mesh)));
        }
    }

    fn item(&mut self, item: &mut Item, scene: &Scene, marks: &mut HatchMarks) {
        let bounds = item.bounds;
        match &mut item.kind {
            Kind::Area(area) => self.area(area, &bounds, marks),
            Kind::Line { shape, pen, color, width_m } => {
                if let Some(Shape::Line { points, .. }) = scene.shapes.get(*shape) {
                    self.line(points, *pen, *color, *width_m);
                }
            }
            Kind::Sign { at, kind, color } => self.sign(*at, *kind, *color),
            Kind::Label { shape, color, halo } => {
                self.flush();
                self.pieces.push(Piece::Label(*shape, *color, *halo));
            }
        }
    }

    fn area(&mut self, area: &mut Area, bounds: &Bounds, marks: &mut HatchMarks) {
        let scale = self.camera.px_per_m;
        if bounds.width_m().max(bounds.height_m()) * scale < 1.5 {
            return self.speck(area, bounds);
        }
        if let Some((color, points, indices)) = &area.fill {
            let mut brush = std::mem::replace(&mut self.brush, Brush::new(1.0, Rect::NOTHING));
            brush.triangles(points.iter().map(|&p| self.at(p)), indices, *color);
            self.brush = brush;
            if area.seam {
                for ring in area.outline.rings() {
                    self.load(ring.points());
                    self.brush.seam(&self.ring, *color);
                }
            }
        }
        if let Some(family) = area.hatch {
            self.hatch(area, bounds, family, marks);
        }
        if let Some((pen, color)) = area.pen {
            for ring in area.outline.rings() {
                self.load(ring.points());
                self.pen(true, pen, color, tokens().stroke(pen.stroke));
            }
        }
    }

    fn load(&mut self, points: &[Point]) {
        let mut ring = std::mem::take(&mut self.ring);
        ring.clear();
        ring.extend(points.iter().map(|&p| self.at(p)));
        self.ring = ring;
    }

    fn pen(&mut self, closed: bool, pen: Pen, color: Color32, width: f32) {
        match pen.dash {
            Some(dash) => self.brush.dashes(&self.ring, closed, tokens().dash(dash), width, color),
            None => self.brush.line(&self.ring, closed, width, color),
        }
    }

    /// A shape of about a pixel: as much of its colour as it covers.
    fn speck(&mut self, area: &Area, bounds: &Bounds) {
        let Some((color, ..)) = area.fill else { return };
        let pixels = (area.outline.area_m2().abs() * self.camera.px_per_m * self.camera.px_per_m) as f32;
        let spot = square(self.at(bounds.centre()), pixels.sqrt().max(1.0));
        let color = color.gamma_multiply(pixels.min(1.0));
        self.brush.triangles(super::brush::corners(spot), &[0, 1, 2, 0, 2, 3], color);
    }

    fn hatch(&mut self, area: &mut Area, bounds: &Bounds, family: Family, marks: &mut HatchMarks) {
        let theme = self.theme;
        let place = if theme.look == look::Theme::Print { "print" } else { "plan" };
        let (scale, soft) = (self.camera.px_per_m, self.pixels_per_point);
        let [width, height] = [bounds.width_m() * scale, bounds.height_m() * scale];
        let from = f64::from(theme.size("/hatch_rule/drop_below_px"));
        if width.min(height) < from {
            return;
        }
        let per_mm = f64::from(theme.size("/hatch_rule/screen_px_per_mm"));
        let rule = tokens().hatch(family);
        if width.max(height) > HATCH_KEPT_PX {
            marks.lay(&area.outline, self.camera, rule, per_mm, from);
            let ink = theme.hatch_ink(place);
            let to_screen = self.canvas.min.to_vec2();
            return lay(&mut self.brush, marks, to_screen, ink);
        }
        let near = |kept: f64| if self.at_rest { kept == scale } else { (0.8..1.25).contains(&(scale / kept)) };
        if area.hatched.as_ref().is_none_or(|(kept, p, _)| !near(*kept) || *p != soft) {
            let about = Camera { centre_local: bounds.centre(), px_per_m: scale, size_px: [width + 2.0, height + 2.0] };
            marks.lay(&area.outline, &about, rule, per_mm, from);
            let mut brush = Brush::new(soft, Rect::EVERYTHING);
            let middle = vec2((width / 2.0 + 1.0) as f32, (height / 2.0 + 1.0) as f32);
            lay(&mut brush, marks, -middle, theme.hatch_ink(place));
            area.hatched = Some((scale, soft, brush.take_mesh().unwrap_or_default()));
        }
        if let Some((kept, _, mesh)) = &area.hatched {
            self.rough |= *kept != scale;
            let by = self.at(bounds.centre()).to_vec2();
            self.brush.stamp(mesh, (scale / kept) as f32, by);
        }
    }

    fn line(&mut self, points: &[Point], pen: Pen, color: Color32, width_m: f64) {
        let ground = (width_m * self.camera.px_per_m) as f32;
        let width = tokens().stroke(pen.stroke).max(ground);
        let closed = points.len() > 3 && points.first() == points.last();
        self.load(points);
        if pen.dash.is_none() && width > 3.0 {
            self.brush.band(&self.ring, width, color);
        } else {
            self.pen(closed, pen, color, width);
        }
    }

    fn sign(&mut self, at: Point, kind: SignKind, color: Color32) {
        let at = self.at(at);
        let inside = |fill: &Option<Role>| fill.map_or(color, |role| self.theme.color(role));
        for part in kind.parts() {
            match part {
                SignPart::Disc { radius, fill } => {
                    self.brush.disc(at, *radius, inside(fill));
                    self.brush.circle(at, *radius, SIGN_LINE_PX, color);
                }
                SignPart::Polygon { points, fill } => {
                    let points: Vec<Pos2> = points.iter().map(|&[x, y]| at + vec2(x, y)).collect();
                    self.brush.convex(&points, inside(fill));
                }
                SignPart::Line { points } => {
                    let points: Vec<Pos2> = points.iter().map(|&[x, y]| at + vec2(x, y)).collect();
                    self.brush.line(&points, false, SIGN_LINE_PX, color);
                }
            }
        }
    }
}

/// Paints a label that has room and is in sight; whether it was.
fn paint_label(
    painter: &Painter,
    theme: Theme,
    camera: &Camera,
    at: Pos2,
    label: &Label,
    color: Color32,
    halo: Option<Color32>,
) -> bool {
    let style = tokens().type_style(label.style);
    let face = Face::of(&style);
    let width = face.width(&label.text, style.size, style.spacing);
    let room = label.room_m.map_or(f64::INFINITY, |room| room * camera.px_per_m);
    let seen = painter.clip_rect().expand(width + style.line).contains(at);
    if label.text.is_empty() || !seen || f64::from(width.max(style.size)) > room {
        return false;
    }
    // Upright: from the lower left to the upper right at the steepest.
    let mut angle = label.angle_deg.rem_euclid(180.0);
    if angle > 90.0 {
        angle -= 180.0;
    }
    let angle = -(angle.to_radians() as f32);
    let cap = face.cap_height() * style.size;
    let start = match label.anchor {
        Anchor::Centre => vec2(-width / 2.0, cap / 2.0),
        Anchor::Left => vec2(6.0, cap / 2.0),
        Anchor::Below => vec2(-width / 2.0, -7.0),
    };
    let pos = at + egui::emath::Rot2::from_angle(angle) * (start - vec2(0.0, baseline_of(style)));
    let mut job = egui::text::LayoutJob::single_section(label.text.clone(), theme.format_in(label.style, color));
    job.break_on_newline = false;
    let galley = painter.layout_job(job);
    if let Some(casing) = halo {
        // The look's casing is a little more than a pixel wide; a wide one needs more copies, so that it has no teeth.
        let (count, reach) = if label.halo_px > crate::scene::HALO_PX { (12, label.halo_px as f32) } else { (4, 1.2) };
        for step in 0..count {
            let offset = Vec2::angled(std::f32::consts::TAU * step as f32 / count as f32) * reach;
            let shape = TextShape::new(pos + offset, Arc::clone(&galley), casing).with_angle(angle);
            painter.add(shape.with_override_text_color(casing));
        }
    }
    painter.add(Drawn::Text(TextShape::new(pos, galley, color).with_angle(angle)));
    true
}

/// Puts the marks of a hatch on the brush.
fn lay(brush: &mut Brush, marks: &HatchMarks, by: Vec2, ink: Color32) {
    for [a, b] in &marks.segments {
        brush.segment(pos2(a[0], a[1]) + by, pos2(b[0], b[1]) + by, marks.width_px, ink);
    }
    for [x, y] in &marks.dots {
        brush.disc(pos2(*x, *y) + by, marks.radius_px, ink);
    }
}
