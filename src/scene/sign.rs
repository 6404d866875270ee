//! How signs look: a few shapes of constant size around a point, for every painter.

use super::{Heading, SignKind};
use crate::look::Role;

/// A piece of a sign, in logical pixels from its point, y down. `None` stands for the sign's own colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SignPart {
    /// A disc with an outline of 1.2 px in the sign's colour.
    Disc {
        /// Its radius.
        radius: f32,
        /// Its fill.
        fill: Option<Role>,
    },
    /// A filled polygon, convex.
    Polygon {
        /// Its corners.
        points: &'static [[f32; 2]],
        /// Its fill.
        fill: Option<Role>,
    },
    /// A line of 1.2 px.
    Line {
        /// Its points.
        points: &'static [[f32; 2]],
    },
}

/// Width of the lines of signs in logical pixels.
pub const SIGN_LINE_PX: f32 = 1.2;

impl SignKind {
    /// Its pieces, in painter's order.
    #[must_use]
    pub fn parts(self) -> &'static [SignPart] {
        match self {
            Self::Dot => &[SignPart::Disc { radius: 2.4, fill: None }],
            Self::Corner => &[SignPart::Disc { radius: 2.6, fill: Some(Role::Raised) }],
            // A plate with an arrow into the plot.
            Self::Access(Heading::East) => &EAST,
            Self::Access(Heading::North) => &NORTH,
            Self::Access(Heading::West) => &WEST,
            Self::Access(Heading::South) => &SOUTH,
            // A sheet with its corner turned down and two lines of writing.
            Self::Note => &[
                SignPart::Polygon {
                    points: &[[-7.0, -8.0], [3.0, -8.0], [7.0, -4.0], [7.0, 8.0], [-7.0, 8.0]],
                    fill: Some(Role::Raised),
                },
                SignPart::Line {
                    points: &[[-7.0, -8.0], [3.0, -8.0], [7.0, -4.0], [7.0, 8.0], [-7.0, 8.0], [-7.0, -8.0]],
                },
                SignPart::Line { points: &[[-4.0, -1.0], [4.0, -1.0]] },
                SignPart::Line { points: &[[-4.0, 3.0], [2.0, 3.0]] },
            ],
        }
    }
}

/// A plate with an arrow, turned as its corners are.
macro_rules! arrow {
    ($shaft:expr, $head:expr) => {
        [
            SignPart::Polygon { points: &[[-8.0, -8.0], [8.0, -8.0], [8.0, 8.0], [-8.0, 8.0]], fill: None },
            SignPart::Polygon { points: &$shaft, fill: Some(Role::Ground) },
            SignPart::Polygon { points: &$head, fill: Some(Role::Ground) },
        ]
    };
}

static EAST: [SignPart; 3] =
    arrow!([[-5.0, -1.2], [1.0, -1.2], [1.0, 1.2], [-5.0, 1.2]], [[0.5, -4.5], [5.5, 0.0], [0.5, 4.5]]);
static NORTH: [SignPart; 3] =
    arrow!([[-1.2, 5.0], [-1.2, -1.0], [1.2, -1.0], [1.2, 5.0]], [[-4.5, -0.5], [0.0, -5.5], [4.5, -0.5]]);
static WEST: [SignPart; 3] =
    arrow!([[5.0, 1.2], [-1.0, 1.2], [-1.0, -1.2], [5.0, -1.2]], [[-0.5, 4.5], [-5.5, 0.0], [-0.5, -4.5]]);
static SOUTH: [SignPart; 3] =
    arrow!([[1.2, -5.0], [1.2, 1.0], [-1.2, 1.0], [-1.2, -5.0]], [[4.5, 0.5], [0.0, 5.5], [-4.5, 0.5]]);
