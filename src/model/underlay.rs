//! Scans and aerial pictures under the drawing, placed by points that are known in both.
//!
//! The picture itself stands apart from where it lies: moving an underlay writes six numbers, not a picture.

use std::sync::Arc;

use super::{At, Id};
use crate::geometry::{Bounds, MOST_TOLD, Point, TieFit, WorldFromPixel, met, tied, world_from_pixel};
use crate::record::record;

record! {
    /// A picture in a project, or a way to one beside it.
    pub struct Picture {
        /// Its number.
        pub id: Id,
        /// The file it came from: its name, or, of a linked one, the way to it.
        pub file: String,
        /// The bytes of the file in base64, where it is stored in the project; empty where it is linked.
        pub base64: Arc<str> = default,
    }
}

record! {
    /// A picture laid under the drawing.
    pub struct Underlay {
        /// Its number.
        pub id: Id,
        /// What it is called.
        pub name: String = default,
        /// Which picture.
        pub picture: Id,
        /// Width and height of the picture in pixels.
        pub size_px: [u32; 2],
        /// Where a pixel (u to the right, v down, from the upper left corner) lies in local metres: x = a·u + b·v + c,
        /// y = d·u + e·v + f, as `[a, b, c, d, e, f]`.
        pub world_from_pixel: WorldFromPixel,
        /// How much it lets through, from 0 (nothing) to 1 (all).
        pub transparency: f64 = default,
        /// Whether it is hidden.
        pub hidden: bool = default,
        /// Whether it stays where it is.
        pub locked: bool = default,
        /// Whether points may stretch and shear it; otherwise it keeps its shape.
        pub stretches: bool = default,
        /// The points that it was placed by, the oldest first.
        pub ties: Vec<Tie> = default,
    }
}

record! {
    /// A place that is known in a picture and on the ground.
    pub struct Tie {
        /// In the picture, in pixels.
        pub pixel: [f64; 2],
        /// On the ground, as `[x, y]` in local metres.
        #[schemars(with = "[f64; 2]")]
        pub at: At,
    }
}

/// More points than this place no picture better.
pub const MOST_TIES: usize = MOST_TOLD;

impl Underlay {
    /// Its corners in local metres: upper left, upper right, lower right, lower left.
    #[must_use]
    pub fn corners(&self) -> [Point; 4] {
        let [width, height] = self.size_px.map(f64::from);
        [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]]
            .map(|pixel| world_from_pixel(self.world_from_pixel, pixel))
    }

    /// The rectangle around it.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around(self.corners())
    }

    /// How much it covers, from 0 to 1.
    #[must_use]
    pub fn opacity(&self) -> f32 {
        (1.0 - self.transparency).clamp(0.0, 1.0) as f32
    }

    /// How well it meets its points as it lies; `None` where it has none.
    #[must_use]
    pub fn fit(&self) -> Option<TieFit> {
        (!self.ties.is_empty()).then(|| met(&self.tied_points(), self.world_from_pixel))
    }

    /// The same laid anew by its points; `None` when they do not tell how.
    #[must_use]
    pub fn laid(&self) -> Option<Self> {
        let fit = tied(&self.tied_points(), self.world_from_pixel, self.stretches)?;
        Some(Self { world_from_pixel: fit.map, ..self.clone() })
    }

    fn tied_points(&self) -> Vec<([f64; 2], Point)> {
        self.ties.iter().map(|tie| (tie.pixel, tie.at.0)).collect()
    }

    /// The same with one more point, laid anew; the oldest gives way when there are too many. `None` when the points do
    /// not tell how it lies.
    #[must_use]
    pub fn with_tie(&self, pixel: [f64; 2], at: Point) -> Option<Self> {
        let mut with = self.clone();
        // A place that was tied before belongs elsewhere now.
        let near = |tie: &Tie| (tie.pixel[0] - pixel[0]).hypot(tie.pixel[1] - pixel[1]) < 3.0;
        with.ties.retain(|tie| !near(tie));
        with.ties.push(Tie { pixel, at: At(at), extra: crate::record::Extra::default() });
        if with.ties.len() > MOST_TIES {
            with.ties.remove(0);
        }
        with.laid()
    }
}

impl Picture {
    /// Whether its file stands beside the project and not in it.
    #[must_use]
    pub fn is_linked(&self) -> bool {
        self.base64.is_empty()
    }
}
