//! Hatching: the lines and dots of a family, clipped to an outline, on the picture.
//!
//! The pattern has a constant density on the picture, the angle of the paper, and hangs on the project's origin, so that
//! it travels with the drawing. It is clipped in `f64` before anything becomes small; painters only stroke what comes
//! out. Every pattern is made of families of parallel lines, whole or broken, that are cut where they cross the outline
//! (even-odd), so courts and any number of corners cost nothing extra.

use super::Camera;
use crate::geometry::{Outline, Point};
use crate::look::{Hatch, HatchKind};

/// A hatch on the picture, in pixels. Reuse one for many shapes: it keeps its memory.
#[derive(Clone, Debug, Default)]
pub struct HatchMarks {
    /// Lines from `[x, y]` to `[x, y]`.
    pub segments: Vec<[[f32; 2]; 2]>,
    /// Middles of dots.
    pub dots: Vec<[f32; 2]>,
    /// Width of the lines.
    pub width_px: f32,
    /// Radius of the dots.
    pub radius_px: f32,
    // Kept between calls.
    edges: Vec<[[f64; 2]; 2]>,
    crossings: Vec<(i64, f64)>,
}

/// One family of parallel lines: `angle_deg` counter-clockwise on the paper.
struct Rule {
    angle_deg: f64,
    spacing: f64,
    /// Where on the line a stroke begins, how long it is, and after what length the next begins.
    dash: Option<(f64, f64, f64)>,
    /// Every other line is moved along by half a period.
    stagger: bool,
    /// Lines are moved sideways by this.
    offset: f64,
}

impl HatchMarks {
    /// Fills itself with the hatch of `outline` as `camera` shows it; nothing where the shape is lower or narrower than
    /// `drop_below_px` (LOOK: 14).
    pub fn lay(&mut self, outline: &Outline, camera: &Camera, hatch: &Hatch, px_per_mm: f64, drop_below_px: f64) {
        self.segments.clear();
        self.dots.clear();
        self.width_px = (f64::from(hatch.stroke_mm) * px_per_mm).max(0.5) as f32;
        self.radius_px = (f64::from(hatch.radius_mm) * px_per_mm) as f32;
        let Some(bounds) = outline.bounds() else { return };
        if bounds.width_m().min(bounds.height_m()) * camera.px_per_m < drop_below_px {
            return;
        }
        self.edges.clear();
        self.edges.extend(outline.edges().map(|(a, b)| [camera.screen_from_world(a), camera.screen_from_world(b)]));
        if !self.edges.iter().flatten().flatten().all(|v| v.is_finite()) {
            return;
        }
        let spacing = (f64::from(hatch.spacing_mm) * px_per_mm).max(1.0);
        let angle_deg = f64::from(hatch.angle_deg);
        let arm = f64::from(hatch.arm_mm) * px_per_mm;
        let plain = |angle_deg| Rule { angle_deg, spacing, dash: None, stagger: false, offset: 0.0 };
        match hatch.kind {
            HatchKind::Lines => self.rule(camera, &plain(angle_deg)),
            HatchKind::Cross => {
                self.rule(camera, &plain(angle_deg));
                self.rule(camera, &plain(angle_deg + 90.0));
            }
            HatchKind::Dots => {
                let dot = Some((0.0, 0.0, spacing));
                self.rule(camera, &Rule { dash: dot, ..plain(angle_deg) });
            }
            HatchKind::Dashes => {
                let [stroke, gap] =
                    [0, 1].map(|i| hatch.dash_mm.get(i).map_or(spacing, |&mm| f64::from(mm) * px_per_mm));
                let dash = Some((0.0, stroke, stroke + gap));
                self.rule(camera, &Rule { dash, stagger: true, ..plain(angle_deg) });
            }
            HatchKind::Plus => {
                let dash = Some((-arm, 2.0 * arm, spacing));
                self.rule(camera, &Rule { dash, ..plain(angle_deg) });
                self.rule(camera, &Rule { dash, ..plain(angle_deg + 90.0) });
            }
            HatchKind::Chevrons => self.chevrons(camera, spacing, arm),
        }
    }

    /// Lays one family of lines, or of dots when its strokes have no length.
    fn rule(&mut self, camera: &Camera, rule: &Rule) {
        let (sin, cos) = rule.angle_deg.to_radians().sin_cos();
        // The paper's angle turns the other way on the screen, where y goes down.
        let (along, across) = ([cos, -sin], [sin, cos]);
        let origin = camera.screen_from_world(Point::zero());
        let turned = |p: [f64; 2]| {
            let d = [p[0] - origin[0], p[1] - origin[1]];
            [d[0] * along[0] + d[1] * along[1], d[0] * across[0] + d[1] * across[1] - rule.offset]
        };
        let screen = |t: f64, d: f64| {
            let d = d + rule.offset;
            [(origin[0] + t * along[0] + d * across[0]) as f32, (origin[1] + t * along[1] + d * across[1]) as f32]
        };
        // Only what the picture shows, with a little around it.
        let [w, h] = camera.size_px;
        let corners = [[0.0, 0.0], [w, 0.0], [w, h], [0.0, h]].map(turned);
        let range = |axis: usize| {
            let values = corners.map(|c| c[axis]);
            (values.into_iter().fold(f64::MAX, f64::min) - 4.0, values.into_iter().fold(f64::MIN, f64::max) + 4.0)
        };
        let ((t_min, t_max), (d_min, d_max)) = (range(0), range(1));
        let (k_min, k_max) = ((d_min / rule.spacing).floor() as i64, (d_max / rule.spacing).ceil() as i64);

        self.crossings.clear();
        for &[a, b] in &self.edges {
            let (a, b) = (turned(a), turned(b));
            let (low, high) = if a[1] <= b[1] { (a, b) } else { (b, a) };
            // A line at a corner belongs to the edge that goes up from it, so that it is counted once.
            let first = ((low[1] / rule.spacing).ceil() as i64).max(k_min);
            let beyond = ((high[1] / rule.spacing).ceil() as i64).min(k_max + 1);
            for k in first..beyond {
                let part = (k as f64 * rule.spacing - low[1]) / (high[1] - low[1]);
                self.crossings.push((k, low[0] + part * (high[0] - low[0])));
            }
        }
        self.crossings.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut i = 0;
        while i + 1 < self.crossings.len() {
            let ((k, from), (l, to)) = (self.crossings[i], self.crossings[i + 1]);
            if k != l {
                // Cannot happen for closed rings; a stray crossing is left out rather than paired wrongly.
                i += 1;
                continue;
            }
            i += 2;
            let (from, to) = (from.max(t_min), to.min(t_max));
            if from >= to {
                continue;
            }
            let d = k as f64 * rule.spacing;
            let Some((start, length, period)) = rule.dash else {
                self.segments.push([screen(from, d), screen(to, d)]);
                continue;
            };
            let start = start + if rule.stagger && k.rem_euclid(2) == 1 { period / 2.0 } else { 0.0 };
            let mut n = ((from - start - length) / period).ceil();
            loop {
                let t = start + n * period;
                if t > to {
                    break;
                }
                if length == 0.0 {
                    self.dots.push(screen(t, d));
                } else if (t + length).min(to) > t.max(from) {
                    self.segments.push([screen(t.max(from), d), screen((t + length).min(to), d)]);
                }
                n += 1.0;
            }
        }
    }

    /// Small roofs in rows, every other row moved by half: whole ones only.
    fn chevrons(&mut self, camera: &Camera, spacing: f64, arm: f64) {
        let rise = arm * 0.6;
        let feet = Rule { angle_deg: 0.0, spacing, dash: Some((0.0, 0.0, spacing)), stagger: true, offset: 0.0 };
        self.rule(camera, &feet);
        let dots = std::mem::take(&mut self.dots);
        for &[x, y] in &dots {
            let (x, y) = (f64::from(x), f64::from(y));
            let (left, tip, right) = ([x - arm, y], [x, y - rise], [x + arm, y]);
            if self.holds(tip) && !self.crosses(left, tip) && !self.crosses(tip, right) {
                let f = |p: [f64; 2]| [p[0] as f32, p[1] as f32];
                self.segments.push([f(left), f(tip)]);
                self.segments.push([f(tip), f(right)]);
            }
        }
        self.dots = dots;
        self.dots.clear();
    }

    /// Whether a line meets the outline.
    fn crosses(&self, p: [f64; 2], q: [f64; 2]) -> bool {
        let side =
            |a: [f64; 2], b: [f64; 2], c: [f64; 2]| (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        self.edges.iter().any(|&[a, b]| side(a, b, p) * side(a, b, q) <= 0.0 && side(p, q, a) * side(p, q, b) <= 0.0)
    }

    /// Whether a pixel lies in the outline (even-odd).
    fn holds(&self, [x, y]: [f64; 2]) -> bool {
        let mut inside = false;
        for &[a, b] in &self.edges {
            if (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) {
                inside = !inside;
            }
        }
        inside
    }
}
