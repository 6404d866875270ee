//! What a point can be caught by, and which of it is switched off.

use serde::{Deserialize, Serialize};

/// What a point was caught by, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SnapKind {
    /// The first point of the line being drawn: a click closes it.
    Close,
    /// A corner, or the end of a line.
    Vertex,
    /// Where two edges cross, or an edge and a line that the drawing could go on along.
    Intersection,
    /// The middle of an edge.
    Midpoint,
    /// Where a line from the last point meets an edge squarely.
    Foot,
    /// On the line of an edge, beyond its end.
    Extension,
    /// An edge.
    Edge,
    /// On a held line, square beside a corner; in line with other shapes while moving.
    Aligned,
    /// As long as a side drawn before, or as the reference edge.
    Equal,
    /// An arc goes on in the direction of the side before it.
    Tangent,
    /// Square to the line before, or in its direction.
    Square,
    /// Parallel to the reference edge.
    Parallel,
    /// Square to the reference edge.
    Perpendicular,
    /// Along the project's axes.
    Axis,
    /// On a line whose direction is held.
    Held,
    /// The grid.
    Grid,
}

impl SnapKind {
    /// The message key of its name at the cursor.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Close => "snap-close",
            Self::Vertex => "snap-vertex",
            Self::Intersection => "snap-intersection",
            Self::Midpoint => "snap-midpoint",
            Self::Foot => "snap-foot",
            Self::Extension => "snap-extension",
            Self::Edge => "snap-edge",
            Self::Aligned => "snap-aligned",
            Self::Equal => "snap-equal",
            Self::Tangent => "snap-tangent",
            Self::Square => "snap-square",
            Self::Parallel => "snap-parallel",
            Self::Perpendicular => "snap-perpendicular",
            Self::Axis => "snap-axis",
            Self::Held => "snap-held",
            Self::Grid => "snap-grid",
        }
    }

    /// Whether it catches all along a line rather than in one place.
    pub(super) fn slides(self) -> bool {
        matches!(
            self,
            Self::Extension
                | Self::Edge
                | Self::Aligned
                | Self::Square
                | Self::Parallel
                | Self::Perpendicular
                | Self::Axis
        )
    }

    /// The switch that turns it off; closing an outline and what is held cannot be turned off.
    fn switch(self) -> Option<SnapSwitch> {
        Some(match self {
            Self::Close | Self::Tangent | Self::Held => return None,
            Self::Vertex => SnapSwitch::Vertex,
            Self::Intersection => SnapSwitch::Intersection,
            Self::Midpoint => SnapSwitch::Midpoint,
            Self::Foot | Self::Square => SnapSwitch::Square,
            Self::Extension => SnapSwitch::Extension,
            Self::Edge => SnapSwitch::Edge,
            Self::Aligned => SnapSwitch::Aligned,
            Self::Equal => SnapSwitch::Equal,
            Self::Parallel | Self::Perpendicular => SnapSwitch::Reference,
            Self::Axis => SnapSwitch::Axis,
            Self::Grid => SnapSwitch::Grid,
        })
    }
}

/// Something that can be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SnapSwitch {
    /// Corners and ends.
    Vertex,
    /// Crossings.
    Intersection,
    /// Middles.
    Midpoint,
    /// Square on an edge, and square to the last line.
    Square,
    /// Beyond the end of an edge.
    Extension,
    /// Edges.
    Edge,
    /// Parallel and square to the reference edge.
    Reference,
    /// The project's axes.
    Axis,
    /// Equal lengths.
    Equal,
    /// In line with others.
    Aligned,
    /// Whole measures.
    Grid,
    /// What stands around the site, whatever the kind.
    Context,
}

impl SnapSwitch {
    /// All in the order of the list.
    pub const ALL: [Self; 12] = [
        Self::Vertex,
        Self::Intersection,
        Self::Midpoint,
        Self::Edge,
        Self::Square,
        Self::Extension,
        Self::Reference,
        Self::Axis,
        Self::Equal,
        Self::Aligned,
        Self::Grid,
        Self::Context,
    ];

    /// The message key of its name in the list.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Vertex => "switch-vertex",
            Self::Intersection => "switch-intersection",
            Self::Midpoint => "switch-midpoint",
            Self::Square => "switch-square",
            Self::Extension => "switch-extension",
            Self::Edge => "switch-edge",
            Self::Reference => "switch-reference",
            Self::Axis => "switch-axis",
            Self::Equal => "switch-equal",
            Self::Aligned => "switch-aligned",
            Self::Grid => "switch-grid",
            Self::Context => "switch-context",
        }
    }
}

/// What is switched off; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapOff {
    /// Nothing catches at all.
    #[serde(default)]
    pub all: bool,
    /// These do not.
    #[serde(default)]
    pub kinds: std::collections::BTreeSet<SnapSwitch>,
}

impl SnapOff {
    /// Whether points may be caught by a kind.
    #[must_use]
    pub fn allows(&self, kind: SnapKind) -> bool {
        kind.switch().is_none_or(|switch| !self.all && !self.kinds.contains(&switch))
    }

    /// Switches something off or on again.
    pub fn toggle(&mut self, switch: SnapSwitch) {
        if !self.kinds.remove(&switch) {
            self.kinds.insert(switch);
        }
    }
}
