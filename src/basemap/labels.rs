//! Which names fit on the map: the more important first, none over another, none twice side by side.

use std::sync::Arc;

use super::curve::Axis;
use crate::geometry::{Bounds, Outline, Point, distance_m};
use crate::look::{Role, TypeRole, tokens};
use crate::scene::{Anchor, HALO_PX, Ink, Label};

/// The same name is not set twice within this distance on the picture, in pixels.
const APART_PX: f64 = 260.0;

/// How far outside the view names are set, so that those inside do not depend on its edge, in pixels.
const AROUND_PX: f64 = 600.0;

/// Average advance of a letter in ems; the bundled face lies between 0.5 and 0.58 on names.
const LETTER_EM: f64 = 0.56;

/// Collects labels at one scale.
///
/// What lies up to [`AROUND_PX`] outside the view takes part too, so that names do not come and go while the map is
/// moved.
pub struct Board {
    px_per_m: f64,
    view: Bounds,
    taken_px: Vec<(Point, f64)>,
    set: Vec<(String, Point)>,
    labels: Vec<Label>,
    clear_of: Vec<(Bounds, Arc<Outline>)>,
    halo_px: f64,
}

/// A name on its way to the board.
pub struct Wish {
    /// Where, in local metres.
    pub at: Point,
    /// What.
    pub text: String,
    /// How.
    pub style: TypeRole,
    /// In which colour.
    pub role: Role,
    /// Its direction.
    pub angle_deg: f64,
    /// Where it stands.
    pub anchor: Anchor,
}

impl Board {
    /// An empty board for a view.
    pub fn new(px_per_m: f64, view: Bounds) -> Self {
        Self {
            px_per_m,
            view,
            taken_px: Vec::new(),
            set: Vec::new(),
            labels: Vec::new(),
            clear_of: Vec::new(),
            halo_px: HALO_PX,
        }
    }

    /// Keeps names off what is drawn over the map, which would cut them.
    #[must_use]
    pub fn clear_of(self, outlines: &[Arc<Outline>]) -> Self {
        let bounded = outlines.iter().filter_map(|outline| Some((outline.bounds()?, Arc::clone(outline))));
        Self { clear_of: bounded.collect(), ..self }
    }

    /// How far the casing of names reaches.
    #[must_use]
    pub fn haloed(self, halo_px: f64) -> Self {
        Self { halo_px, ..self }
    }

    /// The width of a text on the picture, in pixels; an estimate.
    pub fn width_px(text: &str, style: TypeRole) -> f64 {
        let style = tokens().type_style(style);
        text.chars().count() as f64 * (LETTER_EM * f64::from(style.size) + f64::from(style.spacing))
    }

    /// Keeps a place free of names, such as a sign's.
    pub fn reserve(&mut self, at: Point, radius_px: f64) {
        self.taken_px.push((at * self.px_per_m, radius_px));
    }

    /// Sets a name if there is room for it.
    pub fn put(&mut self, wish: Wish) -> bool {
        let Wish { at, text, style, role, angle_deg, anchor } = wish;
        if !self.view.grown(AROUND_PX / self.px_per_m).contains(at) {
            return false;
        }
        let beside = |(other, p): &(String, Point)| *other == text && distance_m(*p, at) * self.px_per_m < APART_PX;
        if self.set.iter().any(beside) {
            return false;
        }
        let width_px = Self::width_px(&text, style);
        let half_px = f64::from(tokens().type_style(style).size) * 0.6;
        let (sin, cos) = angle_deg.to_radians().sin_cos();
        let along = Point { x: cos, y: sin };
        let start_px = at * self.px_per_m
            + match anchor {
                Anchor::Centre => along * (-width_px / 2.0),
                Anchor::Left => Point { x: 0.0, y: 0.0 },
                Anchor::Below => along * (-width_px / 2.0) + Point { x: -sin, y: cos } * half_px,
            };
        // A line of discs of the text's height stands for it, whatever its direction.
        let count = (width_px / (2.0 * half_px)).ceil().max(1.0);
        let discs: Vec<Point> =
            (0..count as usize).map(|i| start_px + along * (width_px * (i as f64 + 0.5) / count)).collect();
        let clashes = |disc: &Point| {
            self.taken_px.iter().any(|(other, radius_px)| {
                let (d, least_px) = (*disc - *other, half_px + radius_px);
                d.x * d.x + d.y * d.y < least_px * least_px
            })
        };
        let is_covered = |disc: &Point| {
            let at = *disc / self.px_per_m;
            self.clear_of.iter().any(|(bounds, outline)| bounds.contains(at) && outline.contains(at))
        };
        if discs.iter().any(clashes) || discs.iter().any(is_covered) {
            return false;
        }
        self.taken_px.extend(discs.iter().map(|&disc| (disc, half_px)));
        let shown = self.view.grown(width_px / self.px_per_m).contains(at);
        self.set.push((text.clone(), at));
        if shown {
            let halo = Some(Role::MapLand);
            let (ink, halo_px) = (Ink::Role(role), self.halo_px);
            self.labels.push(Label { at, text, style, ink, halo, halo_px, angle_deg, anchor, room_m: None });
        }
        true
    }

    /// The names set, in order of importance.
    pub fn finish(self) -> Vec<Label> {
        self.labels
    }
}

/// The direction of a line as an upright angle in degrees, in (−90, 90].
pub fn upright_deg(direction: Point) -> f64 {
    let angle = direction.y.atan2(direction.x).to_degrees();
    if angle > 90.0 {
        angle - 180.0
    } else if angle <= -90.0 {
        angle + 180.0
    } else {
        angle
    }
}

/// Distances along a line of that length, about `step_m` apart; the step is a power of two so that zooming in keeps them.
pub fn marks(length_m: f64, step_m: f64) -> impl Iterator<Item = f64> {
    let step_m = step_m.log2().ceil().exp2().max(1.0);
    (0..(length_m / step_m) as u32 + 1).map(move |i| (f64::from(i) + 0.5) * step_m)
}

/// Text along a line about a distance along it, where it is straight enough; tried a little before and after too.
/// `beside_px` moves it to the left of the line's direction. Whether there was room.
pub fn name_along(
    board: &mut Board,
    axis: &Axis,
    along_m: f64,
    text: &str,
    style: TypeRole,
    beside_px: f64,
    px_per_m: f64,
) -> bool {
    let half_m = Board::width_px(text, style) / 2.0 / px_per_m;
    for shift in [0.0, 0.35, -0.35, 0.7, -0.7, 1.1, -1.1] {
        let middle_m = along_m + shift * 2.0 * half_m;
        let (Some((a, _)), Some((m, _)), Some((b, _))) =
            (axis.at(middle_m - half_m), axis.at(middle_m), axis.at(middle_m + half_m))
        else {
            continue;
        };
        let chord = b - a;
        let length_m = chord.x.hypot(chord.y);
        let sag_px = ((m.x - a.x) * chord.y - (m.y - a.y) * chord.x).abs() / length_m * px_per_m;
        if length_m < 1.99 * half_m || sag_px > 3.0 {
            continue;
        }
        let side = Point { x: -chord.y, y: chord.x } / length_m * (beside_px / px_per_m);
        let wish = Wish {
            at: m + side,
            text: text.to_owned(),
            style,
            role: Role::MapLabel,
            angle_deg: upright_deg(chord),
            anchor: Anchor::Centre,
        };
        if board.put(wish) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    fn wish(text: &str, x: f64, y: f64) -> Wish {
        Wish {
            at: point(x, y),
            text: text.into(),
            style: TypeRole::MapStreet,
            role: Role::MapLabel,
            angle_deg: 0.0,
            anchor: Anchor::Centre,
        }
    }

    #[test]
    fn no_name_lies_over_another_or_stands_twice() {
        let view = Bounds { min: point(-1000.0, -1000.0), max: point(1000.0, 1000.0) };
        let mut board = Board::new(1.0, view);
        assert!(board.put(wish("Buda", 0.0, 0.0)));
        assert!(!board.put(wish("Haren", 10.0, 5.0)), "over the first");
        assert!(!board.put(wish("Buda", 0.0, 100.0)), "again, near");
        assert!(board.put(wish("Haren", 0.0, 40.0)));
        assert!(board.put(wish("Buda", 0.0, 400.0)));
        assert_eq!(board.finish().len(), 3);
    }

    #[test]
    fn text_is_never_upside_down() {
        assert_eq!(upright_deg(point(-1.0, 0.0)), 0.0);
        assert_eq!(upright_deg(point(0.0, -1.0)), 90.0);
        assert!((upright_deg(point(-1.0, 1.0)) + 45.0).abs() < 1e-9);
    }
}
