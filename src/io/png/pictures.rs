//! Pictures on a picture: tiles of maps, scans and aerial views, laid by their corners.

use std::sync::{Arc, Mutex, PoisonError};

use tiny_skia::{FillRule, FilterQuality, Paint, Pattern, PixmapRef, SpreadMode, Transform};

use super::Painter;
use crate::geometry::Point;
use crate::scene::Pixels;

/// Pictures that are shown at less than half their size, halved as often as that needs: else they would flicker between their
/// pixels. Made once for all bands of a picture.
#[derive(Default)]
pub(super) struct Reduced(Mutex<Vec<Entry>>);

/// A picture, how wide it is shown, and what serves for that.
struct Entry {
    of: Arc<Pixels>,
    wide_px: f64,
    now: Arc<Pixels>,
}

impl Reduced {
    fn of(&self, pixels: &Arc<Pixels>, wide_px: f64) -> Arc<Pixels> {
        if wide_px * 2.0 > f64::from(pixels.size[0]) {
            return Arc::clone(pixels);
        }
        // Whoever else wants the same waits for it.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |entry: &&Entry| Arc::ptr_eq(&entry.of, pixels) && (entry.wide_px - wide_px).abs() < 0.5;
        if let Some(entry) = known.iter().find(same) {
            return Arc::clone(&entry.now);
        }
        let mut now = Arc::clone(pixels);
        while now.size[0] > 1 && wide_px * 2.0 <= f64::from(now.size[0]) {
            now = Arc::new(now.halved());
        }
        known.push(Entry { of: Arc::clone(pixels), wide_px, now: Arc::clone(&now) });
        now
    }
}

impl Painter<'_> {
    pub(super) fn picture(&mut self, pixels: &Arc<Pixels>, corners: [Point; 4], opacity: f32) {
        let corners = corners.map(|corner| self.camera.screen_from_world(corner));
        let [nw, ne, _, sw] = corners;
        let (across, down) = ([ne[0] - nw[0], ne[1] - nw[1]], [sw[0] - nw[0], sw[1] - nw[1]]);
        if !corners.iter().any(|corner| corner[1] >= 0.0) || !corners.iter().any(|c| c[1] <= self.camera.size_px[1]) {
            return;
        }
        let pixels = self.reduced.of(pixels, across[0].hypot(across[1]));
        let Some(source) = PixmapRef::from_bytes(&pixels.rgba, pixels.size[0], pixels.size[1]) else { return };
        let [width, height] = pixels.size.map(f64::from);
        let transform = Transform::from_row(
            (across[0] / width) as f32,
            (across[1] / width) as f32,
            (down[0] / height) as f32,
            (down[1] / height) as f32,
            nw[0] as f32,
            nw[1] as f32,
        );
        let mut builder = std::mem::take(&mut self.builder);
        builder.move_to(corners[0][0] as f32, corners[0][1] as f32);
        corners[1..].iter().for_each(|corner| builder.line_to(corner[0] as f32, corner[1] as f32));
        builder.close();
        if let Some(path) = builder.finish() {
            let shader = Pattern::new(source, SpreadMode::Pad, FilterQuality::Bilinear, opacity, transform);
            // Neighbours share their sides: without soft edges there is no seam between them.
            let paint = Paint { shader, anti_alias: false, ..Paint::default() };
            self.pixels.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
            self.builder = path.clear();
        }
    }
}
