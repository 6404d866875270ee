//! What a tool shows over the drawing: lines, handles, dimensions, the snap and the tag at the cursor.

use egui::{Color32, Painter, Pos2, Rect, Shape, Ui, Vec2, vec2};

use super::pos;
use crate::geometry::{Outline, Ring};
use crate::i18n::{Lang, NO_BREAK, number, tr};
use crate::look::{Dash, Role, Stroke as Weight, TypeRole};
use crate::model::MarkKind;
use crate::scene::Camera;
use crate::studio::tool::{FieldKind, HandleKind, Overlay, OverlayLine, OverlayPen};
use crate::studio::{Angles, Session, Snap, SnapKind};
use crate::ui::measures::{unit_of, value_of};
use crate::ui::paint::overlay::{self as hand, SnapSign};
use crate::ui::theme::{Run, Theme};

/// Paints it all but the tag at the cursor.
pub fn paint(painter: &Painter, theme: Theme, rect: Rect, camera: &Camera, overlay: &Overlay, lang: Lang) {
    for line in &overlay.lines {
        paint_line(painter, theme, rect, camera, line);
    }
    for dimension in &overlay.dimensions {
        let (a, b) = (pos(rect, camera, dimension.a), pos(rect, camera, dimension.b));
        let off = dimension.off.map(|at| pos(rect, camera, at));
        paint_dimension(painter, theme, a, b, off, &format!("{}{NO_BREAK}m", number(lang, dimension.length_m, 2)));
    }
    for (at, area_m2) in &overlay.areas {
        let text = format!("{}{NO_BREAK}m²", number(lang, *area_m2, 0));
        chip(painter, theme, pos(rect, camera, *at), &text);
    }
    for (kind, round) in [(HandleKind::Midpoint, true), (HandleKind::Vertex, false)] {
        let of_kind = overlay.handles.iter().filter(|handle| handle.kind == kind);
        let at: Vec<Pos2> = of_kind.map(|handle| pos(rect, camera, handle.at)).collect();
        hand::handles(painter, &at, round);
    }
    for handle in overlay.handles.iter().filter(|handle| handle.kind == HandleKind::Knob) {
        let (at, far) = (pos(rect, camera, handle.at), 6.0);
        let corners = [vec2(0.0, -far), vec2(far, 0.0), vec2(0.0, far), vec2(-far, 0.0)].map(|by| at + by);
        let (fill, line) = (theme.color(Role::Raised), theme.stroke(Weight::Selection, Role::Accent));
        painter.add(Shape::convex_polygon(corners.to_vec(), fill, line));
    }
    for handle in &overlay.handles {
        let HandleKind::Count(count) = handle.kind else { continue };
        number_box(painter, theme, pos(rect, camera, handle.at), count, handle.hot);
    }
    for handle in overlay.handles.iter().filter(|handle| handle.hot && !matches!(handle.kind, HandleKind::Count(_))) {
        painter.circle_filled(pos(rect, camera, handle.at), 4.5, theme.color(Role::Accent));
    }
    for (at, words) in &overlay.names {
        chip(painter, theme, pos(rect, camera, *at) + vec2(0.0, -22.0), words);
    }
    if let Some((bounds, touching)) = overlay.marquee {
        let frame = Rect::from_two_pos(pos(rect, camera, bounds.min), pos(rect, camera, bounds.max));
        hand::selection_box(painter, frame, touching);
    }
    if let Some(snap) = &overlay.snap {
        hand::snap(painter, pos(rect, camera, snap.at), sign(snap.kind));
    }
}

/// The line round something that is pointed at elsewhere.
pub fn pointed_at(painter: &Painter, rect: Rect, camera: &Camera, outline: &Outline) {
    let ring = |ring: &Ring| ring.points().iter().map(|p| pos(rect, camera, *p)).collect::<Vec<_>>();
    let rings: Vec<Vec<Pos2>> = outline.rings().iter().map(ring).collect();
    hand::selected(painter, &rings);
}

fn paint_line(painter: &Painter, theme: Theme, rect: Rect, camera: &Camera, line: &OverlayLine) {
    let points: Vec<Pos2> = line.points.iter().map(|p| pos(rect, camera, *p)).collect();
    match line.pen {
        OverlayPen::Live => hand::rubber(painter, &points, line.closed),
        OverlayPen::Selected => hand::selected(painter, &[points]),
        OverlayPen::Hover => hand::hovered(painter, &[points]),
        OverlayPen::Reference => hand::reference(painter, &points),
        OverlayPen::Guide => points.windows(2).for_each(|ends| hand::guide(painter, ends[0], ends[1])),
        OverlayPen::Refused | OverlayPen::Cut => {
            let role = if line.pen == OverlayPen::Refused { Role::Warning } else { Role::Accent };
            let closing = points.first().copied().filter(|_| line.closed);
            let whole: Vec<Pos2> = points.into_iter().chain(closing).collect();
            let (stroke, dash) = (theme.stroke(Weight::Selection, role), theme.dash(Dash::Guide));
            painter.extend(Shape::dashed_line(&whole, stroke, dash[0], dash[1]));
        }
    }
}

/// A dimension beside its line: ticks across the ends, the length on a chip of ground.
fn paint_dimension(painter: &Painter, theme: Theme, a: Pos2, b: Pos2, off: Option<Pos2>, text: &str) {
    const OFFSET_PX: f32 = 22.0;
    const TICK_PX: f32 = 5.0;
    const LEAST_PX: f32 = 34.0;
    let along = b - a;
    if along.length() < LEAST_PX {
        return;
    }
    let unit = along.normalized();
    // Beside the line, on the side where the shape is not.
    let left = Vec2::new(unit.y, -unit.x);
    let across = if off.is_some_and(|off| (off - a).dot(left) > 0.0) { -left } else { left };
    let (from, to) = (a + across * OFFSET_PX, b + across * OFFSET_PX);
    let stroke = theme.stroke(Weight::Fine, Role::Accent);
    painter.line_segment([from, to], stroke);
    for end in [from, to] {
        let slant = (unit + across).normalized() * TICK_PX;
        painter.line_segment([end - slant, end + slant], theme.stroke(Weight::Edge, Role::Accent));
    }
    for (end, start) in [(from, a), (to, b)] {
        painter.line_segment([start + across * 4.0, end + across * 3.0], theme.stroke(Weight::Hair, Role::Accent));
    }
    chip(painter, theme, from + (to - from) / 2.0, text);
}

/// A measure on a chip of ground.
fn chip(painter: &Painter, theme: Theme, middle: Pos2, text: &str) {
    let galley = painter.layout_job(theme.line(TypeRole::Dimension, Role::Accent, text));
    let chip = Rect::from_center_size(middle, galley.size() + Vec2::new(8.0, 2.0));
    painter.rect_filled(chip, theme.radius(), theme.color(Role::Ground));
    painter.galley(chip.center() - galley.size() / 2.0, galley, theme.color(Role::Accent));
}

/// A number that can be pulled: a box with the number in it.
fn number_box(painter: &Painter, theme: Theme, middle: Pos2, count: u32, hot: bool) {
    let (fill, ink) = if hot { (Role::Accent, Role::Panel) } else { (Role::Raised, Role::Accent) };
    let galley = painter.layout_job(theme.line(TypeRole::Dimension, ink, &count.to_string()));
    let size = Vec2::new((galley.size().x + 8.0).max(16.0), 16.0);
    let rect = Rect::from_center_size(middle, size);
    painter.rect_filled(rect, theme.radius(), theme.color(fill));
    painter.rect_stroke(rect, theme.radius(), theme.stroke(Weight::Fine, Role::Accent), egui::StrokeKind::Inside);
    painter.galley(rect.center() - galley.size() / 2.0, galley, theme.color(ink));
}

/// The sign of a snap: the shape tells the kind.
fn sign(kind: SnapKind) -> SnapSign {
    match kind {
        SnapKind::Vertex | SnapKind::Close => SnapSign::End,
        SnapKind::Midpoint => SnapSign::Midpoint,
        SnapKind::Edge => SnapSign::OnEdge,
        SnapKind::Intersection => SnapSign::Intersection,
        SnapKind::Square | SnapKind::Foot | SnapKind::Perpendicular => SnapSign::Perpendicular,
        SnapKind::Held | SnapKind::Extension => SnapSign::Extension,
        SnapKind::Parallel | SnapKind::Equal | SnapKind::Tangent => SnapSign::Parallel,
        SnapKind::Aligned | SnapKind::Axis => SnapSign::Axis,
        SnapKind::Grid => SnapSign::Grid,
    }
}

/// The message key of what a point was caught by, at the cursor.
fn named_key(session: &Session, snap: Snap) -> &'static str {
    let marks = &session.variant().marks;
    let is_guide = snap.of.and_then(|id| marks.get(id)).is_some_and(|mark| mark.kind == MarkKind::Guide);
    if is_guide && snap.kind == SnapKind::Edge { "snap-guide" } else { snap.kind.key() }
}

/// The tag at the cursor: the inference in words on accent, below it length, bearing and area. Returns its upper left
/// corner, where there is one.
pub fn cursor_tag(
    ui: &Ui,
    theme: Theme,
    rect: Rect,
    session: &Session,
    overlay: &Overlay,
    at: Pos2,
    lang: Lang,
) -> Option<Pos2> {
    let camera = &session.camera;
    let named = overlay.snap.filter(|snap| snap.kind != SnapKind::Grid);
    if named.is_none() && overlay.readout.is_empty() {
        return None;
    }
    let painter = ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Foreground, ui.scope_id().with("cursor-tag")));
    let painter = painter.with_clip_rect(rect);
    let cells = cells(theme, overlay, session.drawing().angles, lang);
    let galleys: Vec<_> = cells.into_iter().map(|cell| painter.layout_job(cell)).collect();
    let pad = theme.space(3);
    let cell_width = |width: f32| width + 2.0 * pad;
    let body: f32 = galleys.iter().map(|g| cell_width(g.size().x) + 4.0).sum::<f32>() + 4.0;
    let title = named.map(|snap: Snap| {
        painter.layout_job(theme.line(TypeRole::Small, Role::OnAccent, &tr(lang, named_key(session, snap))))
    });
    let width = title.as_ref().map_or(0.0, |t| t.size().x + 2.0 * pad).max(body);
    let (title_height, body_height) =
        (title.as_ref().map_or(0.0, |_| 20.0), if galleys.is_empty() { 0.0 } else { 32.0 });
    let size = Vec2::new(width, title_height + body_height);
    let place = place_tag(rect, at, ahead(rect, camera, overlay), size);
    let tag = Rect::from_min_size(place, size);
    let anchor = overlay.snap.map_or(at, |snap| pos(rect, camera, snap.at));
    painter.line_segment([anchor, tag.clamp(anchor)], theme.stroke(Weight::Fine, Role::Accent));
    painter.add(theme.shadow().as_shape(tag, theme.radius()));
    painter.rect(
        tag,
        theme.radius(),
        theme.color(Role::Raised),
        theme.stroke(Weight::Fine, Role::HairlineStrong),
        egui::StrokeKind::Outside,
    );
    if let Some(title) = title {
        let head = Rect::from_min_size(tag.min, Vec2::new(width, title_height));
        painter.rect_filled(head, theme.radius(), theme.color(Role::Accent));
        painter.galley(head.left_center() + Vec2::new(pad, -title.size().y / 2.0), title, Color32::PLACEHOLDER);
    }
    let mut x = tag.min.x + 4.0;
    for galley in galleys {
        let cell = Rect::from_min_size(
            Pos2::new(x, tag.min.y + title_height + 4.0),
            Vec2::new(cell_width(galley.size().x), 24.0),
        );
        painter.rect_filled(cell, theme.radius(), theme.color(Role::Field));
        let to = cell.left_center() + Vec2::new(pad, -galley.size().y / 2.0);
        x = cell.max.x + 4.0;
        painter.galley(to, galley, Color32::PLACEHOLDER);
    }
    Some(place)
}

/// Where the hand is going: along the last length that is shown.
fn ahead(rect: Rect, camera: &Camera, overlay: &Overlay) -> Vec2 {
    let last = overlay.dimensions.last();
    last.map_or(Vec2::ZERO, |line| pos(rect, camera, line.b) - pos(rect, camera, line.a))
}

/// Beside the cursor on the side where the hand is going, so that what it drew stays free; above and to the right while it
/// goes nowhere, and on the other side near an edge of the canvas.
pub(super) fn place_tag(rect: Rect, at: Pos2, ahead: Vec2, size: Vec2) -> Pos2 {
    const AWAY_PX: f32 = 44.0;
    let (after, before) = (at + Vec2::splat(AWAY_PX), at - Vec2::splat(AWAY_PX) - size);
    let fits_right = after.x + size.x < rect.max.x;
    let fits_left = before.x > rect.min.x;
    let right = if ahead.x < 0.0 { !fits_left } else { fits_right || !fits_left };
    let fits_above = before.y > rect.min.y;
    let fits_below = after.y + size.y < rect.max.y;
    let above = if ahead.y > 0.0 { !fits_below } else { fits_above || !fits_below };
    Pos2::new(if right { after.x } else { before.x }, if above { before.y } else { after.y }).round()
}

fn cells(theme: Theme, overlay: &Overlay, angles: Angles, lang: Lang) -> Vec<egui::text::LayoutJob> {
    let known = overlay.readout.iter().filter_map(|field| Some((field.kind, field.value?)));
    let cell = |(kind, value): (FieldKind, f64)| {
        let (text, unit) = (value_of(kind, value, angles, lang), unit_of(kind));
        let value = |gap_px| Run::after(gap_px, TypeRole::Body, Role::Ink1, &text);
        let unit = Run::after(3.0, TypeRole::Caption, Role::Ink3, unit);
        // Metres, degrees and square metres speak for themselves; what else there is says what it is.
        match kind {
            FieldKind::Length | FieldKind::Width | FieldKind::Bearing | FieldKind::Area => {
                theme.runs(&[Run::new(TypeRole::Body, Role::Ink1, &text), unit])
            }
            _ => {
                let name = tr(lang, kind.key());
                theme.runs(&[Run::new(TypeRole::Small, Role::Ink2, &name), value(5.0), unit])
            }
        }
    };
    known.map(cell).collect()
}
