//! Where the drawing lies on the picture.

use crate::geometry::{Bounds, Point};

/// Inches to a metre.
const INCH_M: f64 = 0.0254;

/// What a picture shows: its middle, its scale and its size. North is up.
///
/// Screen coordinates are in pixels from the upper left corner, y down; world coordinates are local metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The point in the middle of the picture.
    pub centre_local: Point,
    /// Pixels to a metre.
    pub px_per_m: f64,
    /// Width and height of the picture.
    pub size_px: [f64; 2],
}

impl Camera {
    /// A camera that shows `bounds` as large as fits within `margin_px` on all sides.
    ///
    /// Bounds without extent are shown at 1:500 or so rather than endlessly near.
    #[must_use]
    pub fn fit(bounds: Bounds, size_px: [f64; 2], margin_px: f64) -> Self {
        let room = |size: f64| (size - 2.0 * margin_px).max(1.0);
        let scale = (room(size_px[0]) / bounds.width_m()).min(room(size_px[1]) / bounds.height_m());
        let px_per_m = if scale.is_finite() { scale.clamp(1e-4, 1e4) } else { 8.0 };
        Self { centre_local: bounds.centre(), px_per_m, size_px }
    }

    /// The pixel of a point.
    #[must_use]
    pub fn screen_from_world(&self, at: Point) -> [f64; 2] {
        [
            (at.x - self.centre_local.x) * self.px_per_m + self.size_px[0] / 2.0,
            (self.centre_local.y - at.y) * self.px_per_m + self.size_px[1] / 2.0,
        ]
    }

    /// The point of a pixel.
    #[must_use]
    pub fn world_from_screen(&self, at: [f64; 2]) -> Point {
        Point {
            x: (at[0] - self.size_px[0] / 2.0) / self.px_per_m + self.centre_local.x,
            y: (self.size_px[1] / 2.0 - at[1]) / self.px_per_m + self.centre_local.y,
        }
    }

    /// What the picture shows of the world.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let half = Point { x: self.size_px[0], y: self.size_px[1] } / (2.0 * self.px_per_m);
        Bounds { min: self.centre_local - half, max: self.centre_local + half }
    }

    /// Pixels to a metre at a scale of one to `scale`, on a picture of that many pixels to the inch.
    ///
    /// ```
    /// use maakblok::scene::Camera;
    /// // At 1:500 a metre is two millimetres.
    /// assert!((Camera::px_per_m_at(500.0, 25.4) - 2.0).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn px_per_m_at(scale: f64, px_per_inch: f64) -> f64 {
        (px_per_inch / INCH_M / scale).clamp(1e-4, 1e4)
    }

    /// The denominator of the scale on a picture of that many pixels to the inch (96 on a plain screen).
    ///
    /// ```
    /// use maakblok::geometry::Point;
    /// use maakblok::scene::Camera;
    /// let camera = Camera { centre_local: Point::zero(), px_per_m: 96.0 / 0.0254 / 500.0, size_px: [100.0, 100.0] };
    /// assert!((camera.scale_denominator(96.0) - 500.0).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn scale_denominator(&self, px_per_inch: f64) -> f64 {
        px_per_inch / INCH_M / self.px_per_m
    }

    /// The same picture with the scale multiplied by `factor` and the point under `anchor_px` held still.
    #[must_use]
    pub fn zoomed(&self, factor: f64, anchor_px: [f64; 2]) -> Self {
        let held = self.world_from_screen(anchor_px);
        let px_per_m = (self.px_per_m * factor).clamp(1e-4, 1e4);
        Self { px_per_m, centre_local: held + (self.centre_local - held) * (self.px_per_m / px_per_m), ..*self }
    }

    /// The same picture with the world moved along by that many pixels.
    #[must_use]
    pub fn panned(&self, by_px: [f64; 2]) -> Self {
        let by = Point { x: -by_px[0], y: by_px[1] } / self.px_per_m;
        Self { centre_local: self.centre_local + by, ..*self }
    }
}
