//! Colours, strokes, type and sizes by role, from `assets/themes/tokens.json`.
//!
//! Floor 2. Code asks for a role, never for a value; a test reads the sources for literal colours. The same roles serve
//! the window, SVG and PNG, so that screen and print agree. Colours are sRGB with straight alpha.

mod shade;
pub mod text;
mod tokens;

pub use tokens::{Hatch, HatchKind, Tokens, TypeStyle, tokens};

use crate::library::{FREE_TINTS, hex_bytes};

/// A colour: sRGB, straight alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgba(pub [u8; 4]);

impl Rgba {
    /// The colour of `#RRGGBB` or `#RRGGBBAA`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let opaque = hex_bytes(text).map(|[r, g, b]| [r, g, b, 255]);
        opaque.or_else(|| hex_bytes(text)).map(Self)
    }

    /// A tint near it, away from the ink that stands on it: each step a little farther, and after the last from the first.
    #[must_use]
    pub fn stepped(self, step: u8, on: Self) -> Self {
        /// A step that an eye tells from the next.
        const PART: f32 = 0.09;
        let [r, g, b, a] = self.0;
        // The colour itself is that of a built-in use.
        let part = PART * f32::from(step % FREE_TINTS + 1);
        let towards = if on.luminance() < 0.5 { 255.0 } else { 0.0 };
        let mix = |channel: u8| (f32::from(channel) + (towards - f32::from(channel)) * part).round() as u8;
        Self([mix(r), mix(g), mix(b), a])
    }

    /// The contrast with another colour after WCAG 2.2, 1 to 21; opacity is left aside.
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Relative luminance after WCAG 2.2, 0 to 1.
    fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b, _] = self.0;
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    /// The same colour at a part of its opacity.
    #[must_use]
    pub fn faded(self, opacity: f32) -> Self {
        let [r, g, b, a] = self.0;
        Self([r, g, b, (f32::from(a) * opacity.clamp(0.0, 1.0)).round() as u8])
    }
}

/// A theme of the window and of pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Light: warm paper, black ink.
    #[default]
    Paper,
    /// Dark, for projection.
    Night,
    /// White, for paper.
    Print,
}

impl Theme {
    /// All themes.
    pub const ALL: [Self; 3] = [Self::Paper, Self::Night, Self::Print];

    /// Its name in tokens, settings and messages of translation.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Night => "night",
            Self::Print => "print",
        }
    }
}

macro_rules! keyed {
    ($(#[$meta:meta])* pub enum $name:ident { $( $(#[$item_meta:meta])* $item:ident = $key:literal ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$item_meta])* $item ),* }
        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[ $( Self::$item ),* ];
            /// Its path in the tokens.
            #[must_use]
            pub fn key(self) -> &'static str { match self { $( Self::$item => $key ),* } }
        }
    };
}

/// Pictures are made for paper: at night their colours are multiplied by this one, on the screen and in files.
pub const PICTURES_AT_NIGHT: Role = Role::HairlineStrong;

keyed! {
    /// What a colour is for.
    pub enum Role {
        /// Under the drawing.
        Ground = "ground",
        /// Chrome.
        Panel = "panel",
        /// Popovers and live fields.
        Raised = "raised",
        /// Input fields.
        Field = "field",
        /// Under the pointer.
        Hover = "hover",
        /// Seams.
        Hairline = "hairline",
        /// Outlines of controls, isolines.
        HairlineStrong = "hairline_strong",
        /// Text and lines.
        Ink1 = "ink1",
        /// Labels.
        Ink2 = "ink2",
        /// Units and captions.
        Ink3 = "ink3",
        /// What cannot be used now.
        Disabled = "disabled",
        /// You: selection, focus, snap, typed value, target, link.
        Accent = "accent",
        /// A soft ground for the accent.
        AccentSoft = "accent_soft",
        /// Text on accent.
        OnAccent = "on_accent",
        /// The line round the selected.
        Selection = "selection",
        /// The fill of an empty selected shape.
        SelectionFill = "selection_fill",
        /// A verdict against.
        Warning = "warning",
        /// Its ground.
        WarningSoft = "warning_soft",
        /// A verdict for.
        Good = "good",
        /// Its ground.
        GoodSoft = "good_soft",
        /// The one shadow, of popovers.
        Shadow = "shadow",
        /// Over what waits behind a dialog.
        Scrim = "scrim",
        /// Map: land.
        MapLand = "map.land",
        /// Map: water.
        MapWater = "map.water",
        /// Map: the edge of water.
        MapWaterEdge = "map.water_edge",
        /// Map: railways.
        MapRail = "map.rail",
        /// Map: roads.
        MapRoad = "map.road",
        /// Map: the edge of roads.
        MapRoadEdge = "map.road_edge",
        /// Map: green.
        MapGreen = "map.green",
        /// Map: buildings.
        MapBuilding = "map.building",
        /// Map: the edge of buildings.
        MapBuildingEdge = "map.building_edge",
        /// Map: names.
        MapLabel = "map.label",
        /// Map: the regional border.
        MapBorder = "map.border",
        /// Drawing: plot boundary.
        PlotLine = "draw.plot_line",
        /// Drawing: setback line.
        Setback = "draw.setback",
        /// Drawing: edge of a volume.
        VolumeEdge = "draw.volume_edge",
        /// Drawing: line between storeys, parapet.
        StoreyLine = "draw.storey_line",
        /// Drawing: what is cut.
        Cut = "draw.cut",
        /// Drawing: a snap found.
        Snap = "draw.snap",
        /// Drawing: guides.
        Guide = "draw.guide",
        /// Drawing: cast shadow.
        DrawShadow = "draw.shadow",
        /// Drawing: another variant, seen through.
        Ghost = "draw.ghost",
        /// Drawing: dimensions.
        Dimension = "draw.dimension",
        /// Drawing: a working yard.
        Yard = "draw.yard",
        /// Drawing: a deck.
        Deck = "draw.deck",
        /// Drawing: goods access.
        Access = "draw.access",
    }
}

keyed! {
    /// The weight of a line.
    pub enum Stroke {
        /// What is inside.
        Hair = "hair",
        /// What is measured.
        Fine = "fine",
        /// What is built.
        Edge = "edge",
        /// What is cut.
        Cut = "cut",
        /// The ground.
        Ground = "ground",
        /// Round the selected.
        Selection = "selection",
        /// Under the line round the selected.
        SelectionCasing = "selection_casing",
        /// Round what is under the pointer.
        Hover = "hover",
        /// A seam of panels.
        PanelRule = "panel_rule",
        /// Map buildings.
        MapBuilding = "map_building",
        /// Map railways.
        MapRail = "map_rail",
        /// The edge of map water.
        MapWaterEdge = "map_water_edge",
    }
}

keyed! {
    /// The rhythm of a broken line.
    pub enum Dash {
        /// Plot boundary.
        PlotLine = "plot_line",
        /// Setback.
        Setback = "setback",
        /// What is overhead.
        Overhead = "overhead",
        /// Guides.
        Guide = "guide",
        /// Centre line.
        CentreLine = "centre_line",
        /// Drop line.
        DropLine = "drop_line",
        /// Regional border.
        RegionBorder = "region_border",
        /// Another variant, and what will go.
        Ghost = "ghost",
        /// Lines of equal openness in a chart.
        Isoline = "isoline",
    }
}

keyed! {
    /// What text is for.
    pub enum TypeRole {
        /// Captions of figures.
        Caption = "caption",
        /// Small text.
        Small = "small",
        /// Text.
        Body = "body",
        /// Labels of weight.
        Label = "label",
        /// Leading lines.
        Lead = "lead",
        /// Titles.
        Title = "title",
        /// Headlines.
        Headline = "headline",
        /// The name of the program.
        Wordmark = "wordmark",
        /// Figures in a narrow window.
        FigureSmall = "figure_small",
        /// Figures.
        FigureLarge = "figure_large",
        /// The figure being explained.
        FigureExplain = "figure_explain",
        /// Street names on the map.
        MapStreet = "map_street",
        /// Names of water on the map.
        MapWater = "map_water",
        /// Names of regions on the map.
        MapRegion = "map_region",
        /// Dimensions.
        Dimension = "dimension",
        /// Levels and storey counts.
        Level = "level",
    }
}
