//! Lines and fills as triangles with soft edges, collected into one mesh.
//!
//! egui softens the edges of its own shapes but not those of meshes, and it makes one shape of every dash. The brush
//! softens its own and puts everything between two texts into one mesh, which is what makes a thousand volumes cheap.

use egui::epaint::Vertex;
use egui::{Color32, Mesh, Pos2, Rect, Shape, Vec2, pos2, vec2};

/// Points nearer than this are one, in logical pixels.
const SAME: f32 = 0.01;

/// A corner is bevelled when its mitre would be longer than about three half widths.
const SHARPEST: f32 = -0.8;

/// Draws into a mesh.
#[derive(Clone, Debug)]
pub struct Brush {
    mesh: Mesh,
    /// Width of a soft edge: one physical pixel.
    soft: f32,
    /// What lies outside is left out.
    clip: Rect,
    /// Kept between lines.
    path: Vec<Pos2>,
}

/// How a line is built up across: the rails on which its vertices run.
#[derive(Clone, Copy)]
struct Rails {
    inner: f32,
    outer: f32,
    color: Color32,
}

impl Brush {
    /// A brush for a screen of that many pixels to the logical pixel, which leaves out what lies outside `clip`.
    #[must_use]
    pub fn new(pixels_per_point: f32, clip: Rect) -> Self {
        Self { mesh: Mesh::default(), soft: 1.0 / pixels_per_point.max(0.1), clip, path: Vec::new() }
    }

    /// What was drawn since the last time; `None` when it was nothing.
    pub fn take(&mut self) -> Option<Shape> {
        self.take_mesh().map(Shape::mesh)
    }

    /// The same as a mesh.
    pub fn take_mesh(&mut self) -> Option<Mesh> {
        (!self.mesh.is_empty()).then(|| std::mem::take(&mut self.mesh))
    }

    /// How many corners wait to be taken.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.mesh.vertices.len()
    }

    /// Triangles without soft edges: give them a line or a [`seam`](Self::seam).
    pub fn triangles(&mut self, points: impl IntoIterator<Item = Pos2>, indices: &[u32], color: Color32) {
        let first = self.mesh.vertices.len() as u32;
        self.mesh.vertices.extend(points.into_iter().map(|at| Vertex::untextured(at, color)));
        self.mesh.indices.extend(indices.iter().map(|i| i + first));
    }

    /// Something drawn before about the origin, grown and moved.
    pub fn stamp(&mut self, mesh: &Mesh, factor: f32, by: Vec2) {
        let first = self.mesh.vertices.len() as u32;
        self.mesh.vertices.extend(mesh.vertices.iter().map(|v| Vertex { pos: v.pos * factor + by, ..*v }));
        self.mesh.indices.extend(mesh.indices.iter().map(|i| i + first));
    }

    /// A convex polygon with soft edges.
    pub fn convex(&mut self, points: &[Pos2], color: Color32) {
        let last = points.len() as u32;
        if last < 3 {
            return;
        }
        let indices: Vec<u32> = (1..last - 1).flat_map(|i| [0, i, i + 1]).collect();
        self.triangles(points.iter().copied(), &indices, color);
        self.seam(points, color);
    }

    /// Closes the seam about a fill: half a pixel of its own colour.
    pub fn seam(&mut self, ring: &[Pos2], color: Color32) {
        self.line(ring, true, 0.5, color);
    }

    /// A filled disc.
    pub fn disc(&mut self, centre: Pos2, radius: f32, color: Color32) {
        if !self.clip.expand(radius + 1.0).contains(centre) {
            return;
        }
        let steps = steps_for(radius);
        let (inner, outer) = ((radius - self.soft / 2.0).max(0.0), radius + self.soft / 2.0);
        let first = self.mesh.vertices.len() as u32;
        self.mesh.colored_vertex(centre, color);
        for i in 0..steps {
            let out = Vec2::angled(std::f32::consts::TAU * i as f32 / steps as f32);
            self.mesh.colored_vertex(centre + out * inner, color);
            self.mesh.colored_vertex(centre + out * outer, Color32::TRANSPARENT);
        }
        for i in 0..steps {
            let (a, b) = (first + 1 + 2 * i, first + 1 + 2 * ((i + 1) % steps));
            self.mesh.indices.extend([first, a, b, a, a + 1, b + 1, a, b + 1, b]);
        }
    }

    /// A circle.
    pub fn circle(&mut self, centre: Pos2, radius: f32, width: f32, color: Color32) {
        if !self.clip.expand(radius + width).contains(centre) {
            return;
        }
        let steps = steps_for(radius);
        let ring: Vec<Pos2> = (0..steps)
            .map(|i| centre + Vec2::angled(std::f32::consts::TAU * i as f32 / steps as f32) * radius)
            .collect();
        self.line(&ring, true, width, color);
    }

    /// A line through points, mitred; a line thinner than a pixel is a pixel at a part of its colour.
    pub fn line(&mut self, points: &[Pos2], closed: bool, width: f32, color: Color32) {
        if width <= 0.0 || color == Color32::TRANSPARENT {
            return;
        }
        let mut path = std::mem::take(&mut self.path);
        path.clear();
        for &p in points {
            if path.last().is_none_or(|last: &Pos2| last.distance(p) > SAME) {
                path.push(p);
            }
        }
        let mut closed = closed;
        while path.len() > 1 && closed && path[0].distance(path[path.len() - 1]) <= SAME {
            path.pop();
        }
        closed &= path.len() > 2;
        let near = self.clip.expand(width + 2.0);
        let edges = if closed { path.len() } else { path.len().saturating_sub(1) };
        let seen = |i: usize| near.intersects(Rect::from_two_pos(path[i], path[(i + 1) % path.len()]));
        if (0..edges).all(seen) {
            self.strip(&path, closed, width, color);
        } else {
            // Runs of what is in sight, each as a line of its own: where they end nobody sees it.
            let mut i = 0;
            while i < edges {
                if !seen(i) {
                    i += 1;
                    continue;
                }
                let mut end = i;
                while end < edges && seen(end) {
                    end += 1;
                }
                let run: Vec<Pos2> = (i..=end).map(|k| path[k % path.len()]).collect();
                self.strip(&run, false, width, color);
                i = end;
            }
        }
        self.path = path;
    }

    /// A straight line with hard ends, for hatches: half as many corners as a [`line`](Self::line).
    pub fn segment(&mut self, a: Pos2, b: Pos2, width: f32, color: Color32) {
        let along = b - a;
        if along.length_sq() <= SAME * SAME {
            return;
        }
        let rails = self.rails(width, color);
        let across = along.normalized().rot90();
        self.section(a, across, rails, false);
        self.section(b, across, rails, true);
    }

    /// A line with round joints and ends, for roads and water.
    pub fn band(&mut self, points: &[Pos2], width: f32, color: Color32) {
        if width <= 3.0 {
            return self.line(points, false, width, color);
        }
        let near = self.clip.expand(width);
        for pair in points.windows(2) {
            if near.intersects(Rect::from_two_pos(pair[0], pair[1])) {
                self.strip(pair, false, width, color);
            }
        }
        for &at in points {
            self.disc(at, width / 2.0, color);
        }
    }

    /// A broken line: strokes and gaps in turn, beginning with a stroke at the first point.
    pub fn dashes(&mut self, points: &[Pos2], closed: bool, rhythm: &[f32], width: f32, color: Color32) {
        let period: f32 = rhythm.iter().sum();
        if rhythm.len() < 2 || period.is_nan() || period <= 0.1 {
            return self.line(points, closed, width, color);
        }
        let near = self.clip.expand(width + 2.0);
        let count = points.len();
        let edges = if closed { count } else { count.saturating_sub(1) };
        // The stroke that is being drawn, and how far along the rhythm the pen is.
        let mut stroke: Vec<Pos2> = Vec::new();
        let mut at = 0.0;
        for i in 0..edges {
            let (a, b) = (points[i], points[(i + 1) % count]);
            let length = a.distance(b);
            if length <= SAME {
                continue;
            }
            let along = (b - a) / length;
            let Some((from, to)) = within(a, b, near) else {
                self.end_stroke(&mut stroke, width, color);
                at = (at + length) % period;
                continue;
            };
            if from > 0.0 {
                self.end_stroke(&mut stroke, width, color);
            }
            let (mut t, end) = (from * length, to * length);
            at = (at + t) % period;
            while t < end {
                let (drawn, left) = phase(rhythm, at);
                let step = left.min(end - t);
                if drawn {
                    if stroke.is_empty() {
                        stroke.push(a + along * t);
                    }
                    stroke.push(a + along * (t + step));
                }
                if drawn && step == left {
                    self.end_stroke(&mut stroke, width, color);
                }
                t += step.max(SAME);
                at = (at + step.max(SAME)) % period;
            }
            if to < 1.0 {
                self.end_stroke(&mut stroke, width, color);
                at = (at + length - end) % period;
            }
        }
        self.end_stroke(&mut stroke, width, color);
    }

    fn end_stroke(&mut self, stroke: &mut Vec<Pos2>, width: f32, color: Color32) {
        if stroke.len() > 1 {
            self.line(stroke, false, width, color);
        }
        stroke.clear();
    }

    /// The triangles of a line: cross-sections at its points, joined.
    fn strip(&mut self, path: &[Pos2], closed: bool, width: f32, color: Color32) {
        let n = path.len();
        if n < 2 {
            return;
        }
        let rails = self.rails(width, color);
        let direction = |i: usize| (path[(i + 1) % n] - path[i]).normalized();
        let first = self.mesh.vertices.len() as u32;
        let half = self.soft / 2.0;
        let clear = Rails { color: Color32::TRANSPARENT, ..rails };
        let mut before = if closed { direction(n - 1).rot90() } else { Vec2::ZERO };
        for i in 0..n {
            if !closed && i == 0 {
                let d = direction(0);
                before = d.rot90();
                self.section(path[0] - d * half, d.rot90(), clear, false);
                self.section(path[0] + d * half, d.rot90(), rails, true);
            } else if !closed && i + 1 == n {
                let d = direction(n - 2);
                self.section(path[i] - d * half, d.rot90(), rails, true);
                self.section(path[i] + d * half, d.rot90(), clear, true);
            } else {
                let (a, b) = (before, direction(i).rot90());
                before = b;
                let bend = a.dot(b);
                let joined = i > 0;
                if bend > SHARPEST {
                    self.section(path[i], (a + b) / (1.0 + bend), rails, joined);
                } else {
                    self.section(path[i], a, rails, joined);
                    self.section(path[i], b, rails, true);
                }
            }
        }
        if closed {
            let count = rail_count(rails);
            let last = self.mesh.vertices.len() as u32 - count;
            self.join(last, first, count);
        }
    }

    fn rails(&self, width: f32, color: Color32) -> Rails {
        if width < self.soft {
            return Rails { inner: 0.0, outer: self.soft, color: color.gamma_multiply(width / self.soft) };
        }
        Rails { inner: (width - self.soft) / 2.0, outer: (width + self.soft) / 2.0, color }
    }

    fn section(&mut self, at: Pos2, across: Vec2, rails: Rails, joined: bool) {
        let count = rail_count(rails);
        let here = self.mesh.vertices.len() as u32;
        let (inner, outer) = (across * rails.inner, across * rails.outer);
        let corner = Vertex::untextured;
        let clear = Color32::TRANSPARENT;
        if count == 4 {
            self.mesh.vertices.extend_from_slice(&[
                corner(at - outer, clear),
                corner(at - inner, rails.color),
                corner(at + inner, rails.color),
                corner(at + outer, clear),
            ]);
        } else {
            self.mesh.vertices.extend_from_slice(&[
                corner(at - outer, clear),
                corner(at, rails.color),
                corner(at + outer, clear),
            ]);
        }
        if joined {
            self.join(here - count, here, count);
        }
    }

    fn join(&mut self, from: u32, to: u32, count: u32) {
        for k in 0..count - 1 {
            let (a, b) = (from + k, to + k);
            self.mesh.indices.extend([a, a + 1, b + 1, a, b + 1, b]);
        }
    }
}

fn rail_count(rails: Rails) -> u32 {
    if rails.inner > 0.0 { 4 } else { 3 }
}

/// Corners of a circle that looks round.
fn steps_for(radius: f32) -> u32 {
    (8.0 + 3.0 * radius.max(0.0).sqrt() * 1.6).clamp(8.0, 64.0) as u32
}

/// Whether the pen is down at a place of the rhythm, and how far until that changes.
fn phase(rhythm: &[f32], at: f32) -> (bool, f32) {
    let mut left = at;
    for (i, &step) in rhythm.iter().enumerate() {
        if left < step {
            return (i % 2 == 0, step - left);
        }
        left -= step;
    }
    (true, rhythm[0])
}

/// The part of a segment within a rectangle, as parts of its length (Liang and Barsky).
pub(super) fn within(a: Pos2, b: Pos2, rect: Rect) -> Option<(f32, f32)> {
    let d = b - a;
    let (mut from, mut to) = (0.0f32, 1.0f32);
    let sides =
        [(-d.x, a.x - rect.left()), (d.x, rect.right() - a.x), (-d.y, a.y - rect.top()), (d.y, rect.bottom() - a.y)];
    for (p, q) in sides {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    (from < to).then_some((from, to))
}

/// The corners of a rectangle, in order.
pub(super) fn corners(rect: Rect) -> [Pos2; 4] {
    [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()]
}

/// A square about a point.
pub(super) fn square(centre: Pos2, side: f32) -> Rect {
    Rect::from_center_size(pos2(centre.x, centre.y), vec2(side, side))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brush() -> Brush {
        Brush::new(1.0, Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0)))
    }

    /// The area that a mesh covers, each corner weighing as its opacity.
    fn ink(brush: &Brush) -> f32 {
        let mesh = &brush.mesh;
        mesh.triangles()
            .map(|t| {
                let [a, b, c] = t.map(|i| mesh.vertices[i as usize]);
                let opacity = [a, b, c].iter().map(|v| f32::from(v.color.a()) / 255.0).sum::<f32>() / 3.0;
                ((b.pos - a.pos).x * (c.pos - a.pos).y - (b.pos - a.pos).y * (c.pos - a.pos).x).abs() / 2.0 * opacity
            })
            .sum()
    }

    #[test]
    fn a_line_has_as_much_ink_as_it_is_long_and_wide() {
        for (width, soft_width) in [(2.0, 2.0), (1.0, 1.0), (0.6, 0.6)] {
            let mut brush = brush();
            brush.line(&[pos2(10.0, 50.0), pos2(60.0, 50.0)], false, width, Color32::BLACK);
            let expected = 50.0 * soft_width;
            assert!((ink(&brush) - expected).abs() < 0.05 * expected, "{width}: {}", ink(&brush));
        }
    }

    #[test]
    fn a_square_is_mitred_and_closed() {
        let mut brush = brush();
        brush.line(&corners(square(pos2(50.0, 50.0), 40.0)), true, 2.0, Color32::BLACK);
        assert_eq!(brush.waiting(), 16);
        assert!((ink(&brush) - 160.0 * 2.0).abs() < 4.0, "{}", ink(&brush));
        assert!(brush.mesh.vertices.iter().any(|v| v.pos.distance(pos2(28.5, 28.5)) < 0.01), "the mitre reaches out");
    }

    #[test]
    fn dashes_run_round_corners_and_keep_their_share() {
        let mut brush = brush();
        let path = [pos2(10.0, 10.0), pos2(50.0, 10.0), pos2(50.0, 50.0)];
        brush.dashes(&path, false, &[6.0, 2.0], 1.0, Color32::BLACK);
        // 80 px in periods of 8: ten strokes of 6.
        assert!((ink(&brush) - 60.0).abs() < 1.5, "{}", ink(&brush));
    }

    #[test]
    fn a_long_broken_line_costs_only_what_is_in_sight() {
        let mut brush = brush();
        brush.dashes(&[pos2(-1.0e6, 50.0), pos2(1.0e6, 50.0)], false, &[4.0, 3.0], 1.0, Color32::BLACK);
        assert!(brush.waiting() < 300, "{}", brush.waiting());
        brush.line(&[pos2(-50.0, -50.0), pos2(-10.0, -90.0)], false, 1.0, Color32::BLACK);
        assert!(brush.waiting() < 300);
    }

    #[test]
    fn a_disc_has_its_area() {
        let mut brush = brush();
        brush.disc(pos2(50.0, 50.0), 10.0, Color32::BLACK);
        let area = std::f32::consts::PI * 100.0;
        assert!((ink(&brush) - area).abs() < 0.05 * area, "{}", ink(&brush));
    }
}
