//! A scene as PNG.
//!
//! Floor 8. The picture is painted in bands, each by a thread of its own; where the bands lie depends on the picture
//! alone, so the same scene gives the same bytes on every machine.

mod encode;
mod pictures;

use tiny_skia::{
    FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, PixmapMut, PixmapPaint, Rect, Stroke, StrokeDash,
    Transform,
};

pub use self::encode::encode;
pub(super) use self::encode::{encode_rgba, with_density};

use self::pictures::Reduced;
use super::picture::{Mark, PictureOptions, PlacedText, furniture, placed};
use crate::geometry::{Bounds, Outline, Point};
use crate::i18n::{Lang, tr_with};
use crate::library::Family;
use crate::look::text::OutlineBuilder;
use crate::look::{Rgba, Role};
use crate::scene::{Camera, HatchMarks, Pen, SIGN_LINE_PX, Scene, Shape, SignPart, Tone};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum PngError {
    /// No pixels, or more than can be held.
    Size {
        /// Width asked for.
        width: f64,
        /// Height asked for.
        height: f64,
    },
    /// The encoder failed.
    Encoding(#[from] image::ImageError),
}

impl PngError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Size { width, height } => {
                let args = [
                    ("width", width.to_string().into()),
                    ("height", height.to_string().into()),
                    ("longest", LONGEST_PX.to_string().into()),
                ];
                tr_with(lang, "picture-error-size", &args)
            }
            Self::Encoding(error) => tr_with(lang, "picture-error-encoding", &[("error", error.to_string().into())]),
        }
    }
}

/// Longest side of a picture.
pub const LONGEST_PX: u32 = 16_384;

/// Threads that paint, and bands of a picture.
const BANDS: u32 = 4;

/// What reaches farther than this from the picture is cut before it is painted, because painting counts in `f32`.
const FAR_PX: f64 = 8_192.0;

/// Paints a scene as `camera` shows it. The pixels are opaque.
///
/// # Errors
///
/// When the camera's size is not that of a picture.
pub fn render(scene: &Scene, camera: &Camera, options: &PictureOptions<'_>) -> Result<Pixmap, PngError> {
    let [width, height] = camera.size_px.map(f64::round);
    let sound = |side: f64| (1.0..=f64::from(LONGEST_PX)).contains(&side);
    let refused = PngError::Size { width, height };
    if !sound(width) || !sound(height) {
        return Err(refused);
    }
    let Some(mut pixmap) = Pixmap::new(width as u32, height as u32) else { return Err(refused) };
    let camera = Camera { size_px: [width, height], ..*camera };
    let marks = furniture(&camera, options);
    let reduced = Reduced::default();
    let (width, rows) = (pixmap.width(), pixmap.height().div_ceil(BANDS).max(64));
    std::thread::scope(|scope| {
        for (band, bytes) in pixmap.data_mut().chunks_mut(4 * width as usize * rows as usize).enumerate() {
            let top = f64::from(band as u32 * rows);
            let (marks, reduced) = (&marks, &reduced);
            scope.spawn(move || {
                let height = bytes.len() as u32 / width / 4;
                if let Some(pixels) = PixmapMut::from_bytes(bytes, width, height) {
                    Painter::new(pixels, &camera, top, options, reduced).paint(scene, marks);
                }
            });
        }
    });
    Ok(pixmap)
}

/// Paints a scene without anything around it, in the thread that asks; what is not drawn on stays clear. `None` for a size
/// that no picture has.
#[must_use]
pub fn render_sheet(scene: &Scene, camera: &Camera, options: &PictureOptions<'_>) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new(camera.size_px[0] as u32, camera.size_px[1] as u32)?;
    let reduced = Reduced::default();
    let mut painter = Painter::new(pixmap.as_mut(), camera, 0.0, options, &reduced);
    painter.shapes(scene);
    Some(pixmap)
}

/// Paints one band. Its camera shows the band alone, so everything is in pixels of the band.
struct Painter<'a> {
    pixels: PixmapMut<'a>,
    camera: Camera,
    top: f64,
    options: &'a PictureOptions<'a>,
    /// Pictures that are shown small.
    reduced: &'a Reduced,
    /// Kept between shapes, so that small ones cost no memory.
    builder: PathBuilder,
    hatch: HatchMarks,
}

impl<'a> Painter<'a> {
    fn new(
        pixels: PixmapMut<'a>,
        picture: &Camera,
        top: f64,
        options: &'a PictureOptions<'a>,
        reduced: &'a Reduced,
    ) -> Self {
        let height = f64::from(pixels.height());
        let down_m = (top + height / 2.0 - picture.size_px[1] / 2.0) / picture.px_per_m;
        let camera = Camera {
            centre_local: picture.centre_local - Point { x: 0.0, y: down_m },
            size_px: [picture.size_px[0], height],
            ..*picture
        };
        Self { pixels, camera, top, options, reduced, builder: PathBuilder::new(), hatch: HatchMarks::default() }
    }

    fn paint(&mut self, scene: &Scene, marks: &[Mark]) {
        self.pixels.fill(color(self.options.color(Role::Ground)));
        self.shapes(scene);
        for mark in marks {
            self.mark(mark);
        }
    }

    fn shapes(&mut self, scene: &Scene) {
        // Room for the widths of lines and for signs.
        let view = self.camera.bounds().grown(16.0 * self.options.zoom / self.camera.px_per_m);
        for shape in &scene.shapes {
            self.shape(shape, &view);
        }
    }

    fn shape(&mut self, shape: &Shape, view: &Bounds) {
        match shape {
            Shape::Area { outline, fill, hatch, pen } => {
                let Some(bounds) = outline.bounds().filter(|bounds| bounds.meets(view)) else { return };
                let fill = fill.as_ref().map(|paint| self.options.fill(paint));
                if bounds.width_m().max(bounds.height_m()) * self.camera.px_per_m < 1.5 {
                    self.speck(outline, &bounds, fill);
                    return;
                }
                if let Some(path) = self.outline_path(outline, &bounds, true) {
                    if let Some(fill) = fill {
                        self.pixels.fill_path(&path, &paint(fill), FillRule::EvenOdd, Transform::identity(), None);
                    }
                    if let Some(family) = hatch {
                        self.hatch(outline, *family);
                    }
                    let whole = self.is_near(&bounds);
                    if let Some(pen) = pen.filter(|_| whole) {
                        self.stroke(&path, pen, self.options.width(pen.stroke));
                    }
                    self.builder = path.clear();
                    if let Some(pen) = pen.filter(|_| !whole)
                        && let Some(path) = self.outline_path(outline, &bounds, false)
                    {
                        self.stroke(&path, pen, self.options.width(pen.stroke));
                        self.builder = path.clear();
                    }
                }
            }
            Shape::Line { points, pen, width_m } => {
                let Some(bounds) = Bounds::around(points.iter().copied()) else { return };
                if !bounds.grown(width_m.unwrap_or_default()).meets(view) {
                    return;
                }
                let width = self.options.line_width(*pen, *width_m, &self.camera);
                if let Some(path) = self.line_path(points, &bounds) {
                    self.stroke(&path, *pen, width);
                    self.builder = path.clear();
                }
            }
            Shape::Sign { at, kind, role } if view.contains(*at) => {
                let [x, y] = self.camera.screen_from_world(*at);
                for part in kind.parts() {
                    self.sign_part(part, [x as f32, y as f32], self.options.color(*role));
                }
            }
            Shape::Sign { .. } => {}
            Shape::Picture { pixels, corners, opacity } => self.picture(pixels, *corners, *opacity),
            Shape::Sheet { scene, tone } => self.sheet(scene, *tone, view),
            Shape::Label(label) => {
                if let Some(text) = placed(label, &self.camera, self.options) {
                    self.text(&text);
                }
            }
        }
    }

    /// Paints a sheet by itself and lays it over what is there.
    fn sheet(&mut self, scene: &Scene, tone: Tone, view: &Bounds) {
        let Some(mut pixmap) = Pixmap::new(self.pixels.width(), self.pixels.height()) else { return };
        let mut painter = Painter {
            pixels: pixmap.as_mut(),
            camera: self.camera,
            top: self.top,
            options: self.options,
            reduced: self.reduced,
            builder: PathBuilder::new(),
            hatch: HatchMarks::default(),
        };
        scene.shapes.iter().for_each(|shape| painter.shape(shape, view));
        drop(painter);
        crate::scene::grey(pixmap.data_mut(), tone.grey);
        let paint = PixmapPaint { opacity: tone.opacity, ..PixmapPaint::default() };
        self.pixels.draw_pixmap(0, 0, pixmap.as_ref(), &paint, Transform::identity(), None);
    }

    /// A shape of about a pixel: as much of its colour as it covers.
    fn speck(&mut self, outline: &Outline, bounds: &Bounds, fill: Option<Rgba>) {
        let scale = self.camera.px_per_m;
        let (Some(fill), [x, y]) = (fill, self.camera.screen_from_world(bounds.centre())) else { return };
        let covered = (outline.area_m2().abs() * scale * scale).min(1.0) as f32;
        let side = (outline.area_m2().abs().sqrt() * scale).round().max(1.0);
        // On whole pixels: the painter trips over soft edges of rectangles that are hardly wider than one.
        let corner = |at: f64| (at - side / 2.0).round() as f32;
        if let Some(rect) = Rect::from_xywh(corner(x), corner(y), side as f32, side as f32) {
            let paint = Paint { anti_alias: false, ..paint(fill.faded(covered)) };
            self.pixels.fill_rect(rect, &paint, Transform::identity(), None);
        }
    }

    /// Whether the whole shape can be painted as it is.
    fn is_near(&self, bounds: &Bounds) -> bool {
        let reach = self.camera.bounds().grown(FAR_PX / self.camera.px_per_m);
        reach.holds(bounds)
    }

    /// The rings of an outline: cut at a far frame for filling, as loose lines within it for stroking when it reaches
    /// beyond.
    fn outline_path(&mut self, outline: &Outline, bounds: &Bounds, to_fill: bool) -> Option<Path> {
        let mut builder = std::mem::take(&mut self.builder);
        let near = self.is_near(bounds);
        let frame = self.camera.bounds().grown(FAR_PX / 2.0 / self.camera.px_per_m);
        for ring in outline.rings() {
            let cut;
            let points = if near {
                ring.points()
            } else if to_fill {
                cut = ring_within(ring.points(), &frame);
                &cut
            } else {
                for (a, b) in ring.edges() {
                    self.push_within(&mut builder, a, b, &frame);
                }
                continue;
            };
            for (i, &p) in points.iter().enumerate() {
                let [x, y] = self.camera.screen_from_world(p);
                if i == 0 {
                    builder.move_to(x as f32, y as f32);
                } else {
                    builder.line_to(x as f32, y as f32);
                }
            }
            builder.close();
        }
        builder.finish()
    }

    fn line_path(&mut self, points: &[Point], bounds: &Bounds) -> Option<Path> {
        let mut builder = std::mem::take(&mut self.builder);
        if self.is_near(bounds) {
            let closed = points.len() > 3 && points.first() == points.last();
            for (i, &p) in points[..points.len() - usize::from(closed)].iter().enumerate() {
                let [x, y] = self.camera.screen_from_world(p);
                if i == 0 {
                    builder.move_to(x as f32, y as f32);
                } else {
                    builder.line_to(x as f32, y as f32);
                }
            }
            if closed {
                builder.close();
            }
        } else {
            let frame = self.camera.bounds().grown(FAR_PX / 2.0 / self.camera.px_per_m);
            for pair in points.windows(2) {
                self.push_within(&mut builder, pair[0], pair[1], &frame);
            }
        }
        builder.finish()
    }

    fn push_within(&self, builder: &mut PathBuilder, a: Point, b: Point, frame: &Bounds) {
        if let Some((a, b)) = segment_within(a, b, frame) {
            let ([ax, ay], [bx, by]) = (self.camera.screen_from_world(a), self.camera.screen_from_world(b));
            builder.move_to(ax as f32, ay as f32);
            builder.line_to(bx as f32, by as f32);
        }
    }

    fn stroke(&mut self, path: &Path, pen: Pen, width: f64) {
        let dash: Vec<f32> = self.options.dash(pen).map(|step| step as f32).collect();
        let stroke = Stroke {
            width: width as f32,
            // Roads are joined round, what is built is mitred.
            line_join: if pen.round || width > 4.0 * self.options.zoom { LineJoin::Round } else { LineJoin::Miter },
            line_cap: if pen.round { LineCap::Round } else { LineCap::Butt },
            dash: if dash.is_empty() { None } else { StrokeDash::new(dash, 0.0) },
            ..Stroke::default()
        };
        let ink = self.options.color(pen.role);
        self.pixels.stroke_path(path, &paint(ink), &stroke, Transform::identity(), None);
    }

    fn hatch(&mut self, outline: &Outline, family: Family) {
        let options = self.options;
        let mut marks = std::mem::take(&mut self.hatch);
        let rule = options.tokens.hatch(family);
        marks.lay(outline, &self.camera, rule, options.hatch_px_per_mm(), options.hatch_from_px());
        let ink = paint(options.hatch_ink());
        let mut builder = PathBuilder::new();
        for [a, b] in &marks.segments {
            builder.move_to(a[0], a[1]);
            builder.line_to(b[0], b[1]);
        }
        if let Some(path) = builder.finish() {
            let stroke = Stroke { width: marks.width_px, ..Stroke::default() };
            self.pixels.stroke_path(&path, &ink, &stroke, Transform::identity(), None);
        }
        let mut builder = PathBuilder::new();
        for [x, y] in &marks.dots {
            builder.push_circle(*x, *y, marks.radius_px);
        }
        if let Some(path) = builder.finish() {
            self.pixels.fill_path(&path, &ink, FillRule::Winding, Transform::identity(), None);
        }
        self.hatch = marks;
    }

    fn sign_part(&mut self, part: &SignPart, [x, y]: [f32; 2], own: Rgba) {
        let zoom = self.options.zoom as f32;
        let place = Transform::from_row(zoom, 0.0, 0.0, zoom, x, y);
        let line = Stroke { width: SIGN_LINE_PX, ..Stroke::default() };
        let inside = |role: &Option<Role>| paint(role.map_or(own, |role| self.options.color(role)));
        match part {
            SignPart::Disc { radius, fill } => {
                if let Some(path) = PathBuilder::from_circle(0.0, 0.0, *radius) {
                    self.pixels.fill_path(&path, &inside(fill), FillRule::Winding, place, None);
                    self.pixels.stroke_path(&path, &paint(own), &line, place, None);
                }
            }
            SignPart::Polygon { points, fill } => {
                if let Some(path) = path_of(points.iter().map(|p| p.map(f64::from)), true) {
                    self.pixels.fill_path(&path, &inside(fill), FillRule::Winding, place, None);
                }
            }
            SignPart::Line { points } => {
                if let Some(path) = path_of(points.iter().map(|p| p.map(f64::from)), false) {
                    self.pixels.stroke_path(&path, &paint(own), &line, place, None);
                }
            }
        }
    }

    fn mark(&mut self, mark: &Mark) {
        let moved = |points: &[[f64; 2]]| path_of(points.iter().map(|[x, y]| [*x, y - self.top]), true);
        match mark {
            Mark::Fill(points, fill) => {
                if let Some(path) = moved(points) {
                    self.pixels.fill_path(&path, &paint(*fill), FillRule::Winding, Transform::identity(), None);
                }
            }
            Mark::Outline(points, ink, width) => {
                if let Some(path) = moved(points) {
                    let stroke = Stroke { width: *width as f32, ..Stroke::default() };
                    self.pixels.stroke_path(&path, &paint(*ink), &stroke, Transform::identity(), None);
                }
            }
            Mark::Text(text) => {
                let text = PlacedText { start: [text.start[0], text.start[1] - self.top], ..text.clone() };
                self.text(&text);
            }
        }
    }

    fn text(&mut self, text: &PlacedText) {
        if !text.meets(self.camera.size_px) {
            return;
        }
        let scale = text.size as f32 / text.face.units_per_em();
        let mut letters = Letters { builder: PathBuilder::new(), scale, x: 0.0 };
        for c in text.text.chars() {
            text.face.outline(c, &mut letters);
            letters.x += text.face.advance(c) * text.size as f32 + text.spacing as f32;
        }
        let Some(path) = letters.builder.finish() else { return };
        let (sin, cos) = (text.angle_deg as f32).to_radians().sin_cos();
        let place = Transform::from_row(cos, sin, -sin, cos, text.start[0] as f32, text.start[1] as f32);
        if let Some((halo, width)) = text.halo {
            let stroke = Stroke { width: width as f32, line_join: LineJoin::Round, ..Stroke::default() };
            self.pixels.stroke_path(&path, &paint(halo), &stroke, place, None);
        }
        self.pixels.fill_path(&path, &paint(text.color), FillRule::Winding, place, None);
    }
}

/// Takes the outlines of letters in, turned from font units with y up to pixels with y down.
struct Letters {
    builder: PathBuilder,
    scale: f32,
    x: f32,
}

impl Letters {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, -y * self.scale)
    }
}

impl OutlineBuilder for Letters {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.builder.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.builder.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

fn color(Rgba([r, g, b, a]): Rgba) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(r, g, b, a)
}

fn paint(ink: Rgba) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(color(ink));
    paint
}

fn path_of(points: impl Iterator<Item = [f64; 2]>, closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for (i, [x, y]) in points.enumerate() {
        if i == 0 {
            builder.move_to(x as f32, y as f32);
        } else {
            builder.line_to(x as f32, y as f32);
        }
    }
    if closed {
        builder.close();
    }
    builder.finish()
}

/// The part of a ring within a rectangle (Sutherland and Hodgman): right for filling, with lines along the frame.
fn ring_within(points: &[Point], frame: &Bounds) -> Vec<Point> {
    let mut kept = points.to_vec();
    let sides: [&dyn Fn(Point) -> f64; 4] =
        [&|p| p.x - frame.min.x, &|p| frame.max.x - p.x, &|p| p.y - frame.min.y, &|p| frame.max.y - p.y];
    for side in sides {
        let mut next = Vec::with_capacity(kept.len() + 4);
        for (i, &p) in kept.iter().enumerate() {
            let q = kept[(i + 1) % kept.len()];
            let (at_p, at_q) = (side(p), side(q));
            if at_p >= 0.0 {
                next.push(p);
            }
            if (at_p >= 0.0) != (at_q >= 0.0) {
                next.push(p + (q - p) * (at_p / (at_p - at_q)));
            }
        }
        kept = next;
    }
    kept
}

/// The part of a segment within a rectangle (Liang and Barsky).
fn segment_within(a: Point, b: Point, frame: &Bounds) -> Option<(Point, Point)> {
    let d = b - a;
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (step, room) in
        [(-d.x, a.x - frame.min.x), (d.x, frame.max.x - a.x), (-d.y, a.y - frame.min.y), (d.y, frame.max.y - a.y)]
    {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            from = from.max(room / step);
        } else {
            to = to.min(room / step);
        }
    }
    (from < to).then(|| (a + d * from, a + d * to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    #[test]
    fn what_is_far_is_cut_at_the_frame() {
        let frame = Bounds { min: point(0.0, 0.0), max: point(10.0, 10.0) };
        let cut = ring_within(&[point(-90.0, 5.0), point(5.0, -90.0), point(100.0, 5.0), point(5.0, 100.0)], &frame);
        assert!((Outline::from_points(cut).area_m2() - 100.0).abs() < 1e-6);
        let (a, b) = segment_within(point(-10.0, 5.0), point(30.0, 5.0), &frame).expect("it crosses the frame");
        assert_eq!((a, b), (point(0.0, 5.0), point(10.0, 5.0)));
        assert!(segment_within(point(-10.0, 11.0), point(30.0, 11.0), &frame).is_none());
    }
}
