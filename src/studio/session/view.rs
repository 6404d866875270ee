//! Looking at the drawing: the camera of a session.

use super::Session;
use crate::geometry::{Bounds, FARTHEST_M, Point};
use crate::scene::Camera;

impl Session {
    /// Looks at all of the open variant, or at the site where it is empty.
    pub fn look_at_all(&mut self) {
        const EMPTY_HALF_M: f64 = 100.0;
        let origin = Point::default();
        self.look_at(self.variant().bounds().unwrap_or(Bounds { min: origin, max: origin }.grown(EMPTY_HALF_M)));
    }

    /// Whether a place in degrees WGS 84 is near enough to be drawn at.
    #[must_use]
    pub fn reaches(&self, lon_deg: f64, lat_deg: f64) -> bool {
        self.near([lon_deg, lat_deg]).is_some()
    }

    /// Bounds in local metres by two of their corners in degrees WGS 84: west, south, east, north. `None` off the earth.
    pub(in crate::studio) fn degrees_of(&self, Bounds { min, max }: Bounds) -> Option<[f64; 4]> {
        let [west, south] = self.frame().wgs84_from_local(min).ok()?;
        let [east, north] = self.frame().wgs84_from_local(max).ok()?;
        Some([west, south, east, north])
    }

    /// A place in degrees WGS 84 in local metres; `None` where it is too far to be drawn at.
    fn near(&self, [lon_deg, lat_deg]: [f64; 2]) -> Option<Point> {
        let at = self.frame().local_from_wgs84(lon_deg, lat_deg).ok()?;
        (at.x.hypot(at.y) < FARTHEST_M).then_some(at)
    }

    /// Looks at a place in degrees WGS 84, so large; stays where it is where that cannot be drawn at.
    pub fn look_at_place(&mut self, place_deg: [f64; 2], px_per_m: f64) {
        if let Some(at) = self.near(place_deg) {
            self.camera = Camera { centre_local: at, px_per_m, ..self.camera };
        }
    }

    /// Looks at a rectangle, with room around it.
    pub fn look_at(&mut self, bounds: Bounds) {
        /// Part of the window's lesser side left free all around.
        const MARGIN: f64 = 0.14;
        let size_px = self.camera.size_px;
        self.camera = Camera::fit(bounds, size_px, size_px[0].min(size_px[1]) * MARGIN);
        self.fitted = Some((self.camera, bounds));
    }

    /// The picture has another size: what was fitted into the old one, and not moved since, is fitted into the new one.
    pub fn resize(&mut self, size_px: [f64; 2]) {
        let fitted = self.fitted.filter(|(camera, _)| *camera == self.camera);
        self.camera.size_px = size_px;
        if let Some((_, bounds)) = fitted {
            self.look_at(bounds);
        }
    }

    /// Looks nearer (or, under 1, from farther) at the middle of the picture.
    pub fn zoom(&mut self, factor: f64) {
        let [width, height] = self.camera.size_px;
        self.camera = self.camera.zoomed(factor, [width / 2.0, height / 2.0]);
    }
}
