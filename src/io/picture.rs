//! What the painters of pictures share: colours, widths, where text stands, and what stands around a drawing.
//!
//! Floor 8. A picture is the scene on its ground with title, scale bar, north and credits. Everything here is in pixels
//! from the upper left corner, y down.

use crate::geometry::Point;
use crate::i18n::Lang;
use crate::look::text::Face;
use crate::look::{Rgba, Role, Stroke, Theme, Tokens, TypeRole, tokens};
use crate::scene::{Anchor, Camera, FaceSide, Ink, Label, Paint, Pen, ScaleBar, Scene};

/// How a picture is made.
#[derive(Clone)]
pub struct PictureOptions<'a> {
    /// Its colours.
    pub theme: Theme,
    /// The look.
    pub tokens: &'a Tokens,
    /// The language of what stands around the drawing.
    pub lang: Lang,
    /// Whom the drawing owes to, at the lower right; may be empty.
    pub credits: &'a str,
    /// At the upper left; may be empty.
    pub title: &'a str,
    /// Whether a scale bar stands at the lower left.
    pub scale_bar: bool,
    /// Whether north is shown there.
    pub north: bool,
    /// Pixels of the picture for one logical pixel of the look: 1 on a plain screen, 2 on a fine one. The camera is in
    /// pixels of the picture.
    pub zoom: f64,
    /// Whether an SVG says its size in millimetres, as a sheet of paper has one.
    pub in_mm: bool,
    /// Whether faces are put into an SVG that has text (65 KB for each that is used), so that it looks the same
    /// everywhere.
    pub embed_fonts: bool,
}

impl PictureOptions<'_> {
    /// A picture with scale bar and north and nothing written on it.
    #[must_use]
    pub fn new(theme: Theme, lang: Lang) -> Self {
        Self {
            theme,
            tokens: tokens(),
            lang,
            credits: "",
            title: "",
            scale_bar: true,
            north: true,
            zoom: 1.0,
            in_mm: false,
            embed_fonts: true,
        }
    }

    /// The colour of a role.
    pub(super) fn color(&self, role: Role) -> Rgba {
        self.tokens.color(self.theme, role)
    }

    pub(super) fn fill(&self, paint: &Paint) -> Rgba {
        match paint {
            Paint::Role(role) => self.color(*role),
            Paint::Use(look) => self.tokens.use_color(self.theme, look),
            Paint::Face(look, side) => self.tokens.face_color(self.theme, look, *side == FaceSide::Right),
        }
    }

    fn ink(&self, ink: &Ink) -> Rgba {
        match ink {
            Ink::Role(role) => self.color(*role),
            Ink::OnUse(look) => self.tokens.on_use(self.theme, look),
        }
    }

    /// The width of a line, in pixels.
    pub(super) fn width(&self, stroke: Stroke) -> f64 {
        f64::from(self.tokens.stroke(stroke)) * self.zoom
    }

    /// The width of a line that may have one on the ground.
    pub(super) fn line_width(&self, pen: Pen, width_m: Option<f64>, camera: &Camera) -> f64 {
        width_m.map_or(0.0, |width| width * camera.px_per_m).max(self.width(pen.stroke))
    }

    /// Strokes and gaps of a broken line, in pixels; empty for a whole one.
    pub(super) fn dash(&self, pen: Pen) -> impl Iterator<Item = f64> {
        let steps = pen.dash.map_or(&[][..], |dash| self.tokens.dash(dash));
        steps.iter().map(|&step| f64::from(step) * self.zoom)
    }

    /// The ink of hatching in plan.
    pub(super) fn hatch_ink(&self) -> Rgba {
        let opacity = if self.theme == Theme::Print { "print" } else { "plan" };
        self.tokens.hatch_ink(self.theme).faded(self.tokens.number(&format!("/hatch_rule/opacity/{opacity}")))
    }

    /// Pixels to a millimetre of a hatch.
    pub(super) fn hatch_px_per_mm(&self) -> f64 {
        f64::from(self.tokens.number("/hatch_rule/screen_px_per_mm")) * self.zoom
    }

    /// Shapes lower than this have no hatch.
    pub(super) fn hatch_from_px(&self) -> f64 {
        f64::from(self.tokens.number("/hatch_rule/drop_below_px")) * self.zoom
    }
}

/// Text as it stands on a picture.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlacedText {
    /// What.
    pub text: String,
    /// Where its baseline begins.
    pub start: [f64; 2],
    /// Clockwise, in degrees.
    pub angle_deg: f64,
    pub face: Face,
    pub size: f64,
    pub spacing: f64,
    pub width: f64,
    pub color: Rgba,
    /// The casing under it, with the width of its line.
    pub halo: Option<(Rgba, f64)>,
}

impl PlacedText {
    /// Whether anything of it can be on a picture of that size.
    pub(super) fn meets(&self, [width, height]: [f64; 2]) -> bool {
        let reach = self.width + self.size;
        let [x, y] = self.start;
        x + reach >= 0.0 && x - reach <= width && y + reach >= 0.0 && y - reach <= height
    }
}

/// Where a label of a scene stands; `None` when it has no room or is out of sight.
pub(super) fn placed(label: &Label, camera: &Camera, options: &PictureOptions<'_>) -> Option<PlacedText> {
    let style = options.tokens.type_style(label.style);
    let face = Face::of(&style);
    let (size, spacing) = (f64::from(style.size) * options.zoom, f64::from(style.spacing) * options.zoom);
    let width = f64::from(face.width(&label.text, size as f32, spacing as f32));
    let room = label.room_m.map_or(f64::INFINITY, |room| room * camera.px_per_m);
    if width.max(size) > room || label.text.is_empty() || !(label.at.x + label.at.y).is_finite() {
        return None;
    }
    // Upright: from the lower left to the upper right at the steepest.
    let mut angle = label.angle_deg.rem_euclid(180.0);
    if angle > 90.0 {
        angle -= 180.0;
    }
    let cap = f64::from(face.cap_height()) * size;
    let (dx, dy) = match label.anchor {
        Anchor::Centre => (-width / 2.0, cap / 2.0),
        Anchor::Left => (6.0 * options.zoom, cap / 2.0),
        Anchor::Below => (-width / 2.0, -7.0 * options.zoom),
    };
    let (sin, cos) = (-angle).to_radians().sin_cos();
    let [x, y] = camera.screen_from_world(label.at);
    let halo = match (&label.ink, label.halo) {
        (_, Some(role)) => Some(options.color(role)),
        // The full hatch of a print stops around what is written on it.
        (Ink::OnUse(look), None) if options.theme == Theme::Print => {
            Some(options.tokens.use_color(options.theme, look))
        }
        _ => None,
    };
    let text = PlacedText {
        text: label.text.clone(),
        start: [x + dx * cos - dy * sin, y + dx * sin + dy * cos],
        angle_deg: -angle + 0.0,
        face,
        size,
        spacing,
        width,
        color: options.ink(&label.ink),
        halo: halo.map(|color| (color, 2.0 * label.halo_px * options.zoom)),
    };
    text.meets(camera.size_px).then_some(text)
}

/// What stands around the drawing.
pub(super) enum Mark {
    /// A filled polygon.
    Fill(Vec<[f64; 2]>, Rgba),
    /// Its outline.
    Outline(Vec<[f64; 2]>, Rgba, f64),
    /// Text.
    Text(PlacedText),
}

/// Whom what is shown owes to, in one line: each once, whoever names nobody left out.
#[must_use]
pub fn credit_line(credits: impl IntoIterator<Item = String>) -> String {
    let mut line: Vec<String> = Vec::new();
    for credit in credits {
        if !credit.is_empty() && !line.contains(&credit) {
            line.push(credit);
        }
    }
    line.join(" · ")
}

/// Title, north, scale bar and credits.
pub(super) fn furniture(camera: &Camera, options: &PictureOptions<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let z = options.zoom;
    let [width, height] = camera.size_px;
    let margin = 24.0 * z;
    let mut left = margin;
    if options.north {
        north(&mut marks, [left, height - margin], options);
        left += 30.0 * z;
    }
    if options.scale_bar {
        scale_bar(&mut marks, [left, height - margin], camera, options);
    }
    if !options.credits.is_empty() {
        let at = [width - 12.0 * z, height - 10.0 * z];
        marks.push(Mark::Text(written(options.credits, at, Side::Right, TypeRole::Caption, Role::Ink3, options)));
    }
    if !options.title.is_empty() {
        let at = [margin, margin + 16.0 * z];
        marks.push(Mark::Text(written(options.title, at, Side::Left, TypeRole::Title, Role::Ink1, options)));
    }
    marks
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Middle,
    Right,
}

fn written(
    text: &str,
    [x, y]: [f64; 2],
    side: Side,
    style: TypeRole,
    ink: Role,
    options: &PictureOptions<'_>,
) -> PlacedText {
    let style = options.tokens.type_style(style);
    let face = Face::of(&style);
    let (size, spacing) = (f64::from(style.size) * options.zoom, f64::from(style.spacing) * options.zoom);
    let width = f64::from(face.width(text, size as f32, spacing as f32));
    let before = match side {
        Side::Left => 0.0,
        Side::Middle => width / 2.0,
        Side::Right => width,
    };
    let halo = Some((options.color(Role::Ground), 3.0 * options.zoom));
    PlacedText {
        text: text.to_owned(),
        start: [x - before, y],
        angle_deg: 0.0,
        face,
        size,
        spacing,
        width,
        color: options.color(ink),
        halo,
    }
}

/// An arrow whose east half is filled, standing on `[x, y]`.
fn north(marks: &mut Vec<Mark>, [x, y]: [f64; 2], options: &PictureOptions<'_>) {
    let z = options.zoom;
    let ink = options.color(Role::Ink1);
    let at = |dx: f64, dy: f64| [x + dx * z, y + dy * z];
    let arrow = vec![at(6.0, -24.0), at(12.0, 0.0), at(6.0, -5.0), at(0.0, 0.0)];
    marks.push(Mark::Outline(arrow.clone(), options.color(Role::Ground), 4.0 * z));
    marks.push(Mark::Fill(arrow.clone(), options.color(Role::Ground)));
    marks.push(Mark::Fill(vec![arrow[0], arrow[1], arrow[2]], ink));
    marks.push(Mark::Outline(arrow, ink, 1.2 * z));
}

/// The scale bar, as long as there is room for.
fn scale_bar(marks: &mut Vec<Mark>, [x, y]: [f64; 2], camera: &Camera, options: &PictureOptions<'_>) {
    let z = options.zoom;
    let widest_px = (300.0 * z).min(camera.size_px[0] * 0.4);
    let Some(bar) = ScaleBar::fitting(camera.px_per_m, widest_px) else { return };
    let (ink, ground) = (options.color(Role::Ink1), options.color(Role::Ground));
    let rectangle =
        |from: f64, to: f64, top: f64, bottom: f64| vec![[from, top], [to, top], [to, bottom], [from, bottom]];
    let along = |part: f64| x + part * bar.length_m * camera.px_per_m;
    let (top, bottom) = (y - 4.0 * z, y);
    marks.push(Mark::Fill(rectangle(x - 1.5 * z, along(1.0) + 1.5 * z, top - 1.5 * z, bottom + 1.5 * z), ground));
    marks.push(Mark::Fill(rectangle(x, along(1.0), top, bottom), ink));
    for (from, to) in ScaleBar::LIGHT {
        marks.push(Mark::Fill(rectangle(along(from), along(to) - z, top + z, bottom - z), ground));
    }
    for mark in ScaleBar::MARKS {
        let text = bar.label(mark, options.lang);
        let at = [along(mark), top - 6.0 * z];
        marks.push(Mark::Text(written(&text, at, Side::Middle, TypeRole::Caption, Role::Ink1, options)));
    }
}

/// What a picture of a scene shows when nobody says otherwise: all of it.
#[must_use]
pub fn camera_for(scene: &Scene, size_px: [f64; 2]) -> Camera {
    let margin = (size_px[0].min(size_px[1]) * 0.08).min(80.0);
    scene.bounds().map_or(Camera { centre_local: Point::zero(), px_per_m: 4.0, size_px }, |bounds| {
        Camera::fit(bounds, size_px, margin)
    })
}
