//! What charts are drawn with: lines, areas, dots and words in logical pixels, y down as on a screen.

use std::sync::Arc;

use super::{About, Spot};
use crate::geometry::{Outline, Point, point};
use crate::library::{Library, UseLook};
use crate::look::text::Face;
use crate::look::{Dash, Role, Stroke, TypeRole, tokens};
use crate::measure::FloorOfUse;
use crate::scene::{Anchor, Ink, Label, Paint, Pen, Scene, Shape};

/// A rectangle in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Frame {
    pub fn width(&self) -> f64 {
        (self.right - self.left).max(1.0)
    }

    pub fn height(&self) -> f64 {
        (self.bottom - self.top).max(1.0)
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// On which side of its point text stands; its middle is on the point's height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

/// A chart while it is drawn.
pub(super) struct Sheet {
    pub scene: Scene,
    pub spots: Vec<Spot>,
    pub table: Vec<Vec<String>>,
    paper: Role,
}

/// How far a dot reaches for the pointer, in logical pixels.
const REACH_PX: f64 = 7.0;

impl Sheet {
    pub fn new(paper: Role) -> Self {
        Self { scene: Scene::default(), spots: Vec::new(), table: Vec::new(), paper }
    }

    pub fn line(&mut self, points: &[[f64; 2]], role: Role, stroke: Stroke) {
        self.pen_line(points, Pen::new(role, stroke));
    }

    pub fn dashed(&mut self, points: &[[f64; 2]], role: Role, stroke: Stroke, dash: Dash) {
        self.pen_line(points, Pen::dashed(role, stroke, dash));
    }

    fn pen_line(&mut self, points: &[[f64; 2]], pen: Pen) {
        let points = points.iter().copied().map(up).collect();
        self.scene.push(Shape::Line { points, pen, width_m: None });
    }

    /// A rectangle in the colour and hatch of a use; white where the use is not known.
    pub fn use_area(&mut self, frame: Frame, look: Option<&UseLook>) {
        let fill = look.map_or(Paint::Role(Role::Field), |look| Paint::Use(look.clone()));
        let pen = Some(Pen::new(Role::Ink1, Stroke::Hair));
        self.scene.push(Shape::Area {
            outline: rectangle(frame),
            fill: Some(fill),
            hatch: look.map(|look| look.hatch),
            pen,
        });
    }

    pub fn area(&mut self, frame: Frame, fill: Option<Role>, pen: Option<Pen>) {
        let fill = fill.map(Paint::Role);
        self.scene.push(Shape::Area { outline: rectangle(frame), fill, hatch: None, pen });
    }

    pub fn dot(&mut self, at: [f64; 2], radius: f64, fill: Role, pen: Option<Pen>) {
        const CORNERS: u32 = 32;
        let corner = |i: u32| {
            let (sin, cos) = (std::f64::consts::TAU * f64::from(i) / f64::from(CORNERS)).sin_cos();
            up([at[0] + radius * cos, at[1] + radius * sin])
        };
        let outline = Arc::new(Outline::from_points((0..CORNERS).map(corner)));
        self.scene.push(Shape::Area { outline, fill: Some(Paint::Role(fill)), hatch: None, pen });
    }

    /// Writes something and answers where it stands.
    pub fn text(&mut self, at: [f64; 2], side: Side, style: TypeRole, role: Role, words: &str) -> Frame {
        self.label(at, side, style, role, words, None)
    }

    /// The same, on a casing where lines run under it.
    pub fn cased(&mut self, at: [f64; 2], side: Side, style: TypeRole, role: Role, words: &str) -> Frame {
        self.label(at, side, style, role, words, Some(self.paper))
    }

    fn label(
        &mut self,
        at: [f64; 2],
        side: Side,
        style: TypeRole,
        role: Role,
        words: &str,
        halo: Option<Role>,
    ) -> Frame {
        let frame = text_frame(at, side, style, words);
        self.scene.push(Shape::Label(Label {
            at: up([(frame.left + frame.right) / 2.0, at[1]]),
            text: words.to_owned(),
            style,
            ink: Ink::Role(role),
            halo,
            halo_px: crate::scene::HALO_PX,
            angle_deg: 0.0,
            anchor: Anchor::Centre,
            room_m: None,
        }));
        frame
    }

    /// Lets the surroundings of a point say something.
    pub fn spot(&mut self, [x, y]: [f64; 2], words: String, about: Option<About>) {
        let rect_px = [x - REACH_PX, y - REACH_PX, x + REACH_PX, y + REACH_PX];
        self.spots.push(Spot { rect_px, words, about });
    }

    /// Lets a rectangle say something.
    pub fn spot_in(&mut self, frame: Frame, words: String, about: Option<About>) {
        self.spots.push(Spot { rect_px: [frame.left, frame.top, frame.right, frame.bottom], words, about });
    }

    /// Uses side by side in a bar that is `px_per_m2` long for a square metre; where it ends comes back.
    pub fn uses_bar(&mut self, bar: Frame, px_per_m2: f64, uses: &[FloorOfUse], library: &Library) -> f64 {
        let mut left = bar.left;
        for of in uses.iter().filter(|of| of.area_m2 > 0.0) {
            let right = left + of.area_m2 * px_per_m2;
            let look = library.get(&of.id).map(|known| &known.look);
            self.use_area(Frame { left, right, ..bar }, look);
            left = right;
        }
        left
    }

    /// One line in the table.
    pub fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.table.push(cells.map(str::to_owned).to_vec());
    }

    /// The words of the first spots, one after the other.
    pub fn spots_in_words(&self) -> String {
        const MOST: usize = 12;
        let words: Vec<&str> = self.spots.iter().map(|spot| spot.words.as_str()).take(MOST).collect();
        words.join("; ")
    }
}

/// Where text would stand.
pub(super) fn text_frame(at: [f64; 2], side: Side, style: TypeRole, words: &str) -> Frame {
    let style = tokens().type_style(style);
    let width = f64::from(Face::of(&style).width(words, style.size, style.spacing));
    let left = match side {
        Side::Left => at[0] - width,
        Side::Middle => at[0] - width / 2.0,
        Side::Right => at[0],
    };
    let half = f64::from(style.size) / 2.0;
    Frame { left, top: at[1] - half, right: left + width, bottom: at[1] + half }
}

/// A text cut to a width, with an ellipsis where something is missing.
pub(super) fn cut(words: &str, style: TypeRole, most_px: f64) -> String {
    let width = |words: &str| text_frame([0.0, 0.0], Side::Right, style, words).right;
    if width(words) <= most_px {
        return words.to_owned();
    }
    let mut kept = words.to_owned();
    while !kept.is_empty() && width(&format!("{kept}…")) > most_px {
        kept.pop();
    }
    format!("{}…", kept.trim_end())
}

fn up([x, y]: [f64; 2]) -> Point {
    point(x, -y)
}

fn rectangle(frame: Frame) -> Arc<Outline> {
    Arc::new(Outline::rectangle(up([frame.left, frame.top]), up([frame.right, frame.bottom])))
}
