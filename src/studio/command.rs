//! Every command of the studio, once: menu, shortcut, palette and tests read this list.

mod group;
mod key;
mod meaning;

pub use group::Group;
pub use key::{Key, Shortcut};

macro_rules! commands {
    ($( $(#[$meta:meta])* $name:ident: $key:literal, $icon:expr, $shortcut:expr, $group:ident; )*) => {
        /// Something the user can ask for by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command { $( $(#[$meta])* $name ),* }

        impl Command {
            /// All commands in the order of menus.
            pub const ALL: &'static [Self] = &[ $( Self::$name ),* ];

            /// Its name in messages of translation: `cmd-KEY`, `cmd-KEY-tip` and `cmd-KEY-words`.
            #[must_use]
            pub fn key(self) -> &'static str { match self { $( Self::$name => $key ),* } }

            /// Its icon, by the name of the file.
            #[must_use]
            pub fn icon(self) -> Option<&'static str> { match self { $( Self::$name => $icon ),* } }

            /// Its shortcut.
            #[must_use]
            pub fn shortcut(self) -> Option<Shortcut> { match self { $( Self::$name => $shortcut ),* } }

            /// The menu it stands in.
            #[must_use]
            pub fn group(self) -> Group { match self { $( Self::$name => Group::$group ),* } }
        }
    };
}

commands! {
    /// A new project.
    New: "new", Some("plus"), Some(Shortcut::ctrl('N')), File;
    /// Open a file.
    Open: "open", Some("open"), Some(Shortcut::ctrl('O')), File;
    /// Save.
    Save: "save", Some("save"), Some(Shortcut::ctrl('S')), File;
    /// Save under another name.
    SaveAs: "save-as", Some("save"), Some(Shortcut::ctrl_shift('S')), File;
    /// Bring in a GeoJSON.
    Import: "import", Some("import"), Some(Shortcut::ctrl('I')), File;
    /// Bring in areas of a file as plots.
    ImportPlots: "import-plots", Some("import"), None, File;
    /// Hand on: picture, exchange file, figures.
    Export: "export", Some("export"), Some(Shortcut::ctrl('E')), File;
    /// A picture of the plan: what it shows, its page, its scale.
    Picture: "picture", Some("plan"), None, File;
    /// Hand on: uses, rates and the brief alone.
    ExportLibrary: "export-library", Some("export"), None, File;
    /// Back to the start screen.
    Start: "start", None, None, File;
    /// Close the program.
    Quit: "quit", Some("close"), Some(Shortcut::ctrl('Q')), File;

    /// Take back.
    Undo: "undo", Some("undo"), Some(Shortcut::ctrl('Z')), Edit;
    /// Do again.
    Redo: "redo", Some("redo"), Some(Shortcut::ctrl_shift('Z')), Edit;
    /// The list of changes.
    UndoList: "undo-list", Some("undo"), Some(Shortcut::ctrl('H')), Edit;
    /// What the check found.
    Findings: "findings", Some("warning"), Some(Shortcut::ctrl_shift('H')), Edit;
    /// What is selected goes to the clipboard, and from the drawing.
    ClipCut: "clip-cut", Some("cut"), Some(Shortcut::ctrl('X')), Edit;
    /// What is selected goes to the clipboard.
    ClipCopy: "clip-copy", Some("copy"), Some(Shortcut::ctrl('C')), Edit;
    /// What is on the clipboard, at the pointer.
    Paste: "paste", Some("import"), Some(Shortcut::ctrl('V')), Edit;
    /// What is on the clipboard, where it was.
    PasteInPlace: "paste-in-place", Some("import"), Some(Shortcut::ctrl_shift('V')), Edit;
    /// Remove what is selected.
    Delete: "delete", Some("close"), Some(Shortcut::key(Key::Delete)), Edit;
    /// A copy of what is selected, beside it.
    Duplicate: "duplicate", Some("plus"), Some(Shortcut::ctrl('D')), Edit;
    /// Select everything.
    SelectAll: "select-all", Some("select"), Some(Shortcut::ctrl('A')), Edit;
    /// Select nothing.
    SelectNone: "select-none", None, Some(Shortcut::ctrl_shift('A')), Edit;
    /// A new variant, as a copy of the open one.
    NewVariant: "new-variant", Some("variant"), None, Edit;
    /// Remove the open variant.
    RemoveVariant: "remove-variant", Some("close"), None, Edit;
    /// Uses and rates, with what a change does to the figures.
    Library: "library", Some("settings"), Some(Shortcut::ctrl_shift('L')), Edit;
    /// Plots looked for among many, to be selected.
    SelectPlots: "select-plots", Some("select"), None, Edit;
    /// The typologies, to be put on plots.
    Typologies: "typologies", Some("typology"), Some(Shortcut::ctrl_shift('Y')), Edit;

    /// A storey on top.
    AddStorey: "add-storey", Some("plus"), Some(Shortcut::ctrl_shift('E')), Storey;
    /// A storey below ground.
    AddBasement: "add-basement", Some("plus"), None, Storey;
    /// The selected storey again, above it.
    DuplicateStorey: "duplicate-storey", Some("layers"), Some(Shortcut::ctrl_shift('D')), Storey;
    /// So many storeys above ground.
    StoreysTo: "storeys-to", Some("push-pull"), None, Storey;
    /// The selected storey goes.
    RemoveStorey: "remove-storey", Some("minus"), Some(Shortcut::ctrl_shift('X')), Storey;

    /// Put shapes together in one.
    Union: "union", Some("union"), Some(Shortcut::ctrl_shift('J')), Shape;
    /// The largest loses what the others cover.
    Subtract: "subtract", Some("subtract"), Some(Shortcut::ctrl_shift('M')), Shape;
    /// What all share.
    Intersect: "intersect", Some("intersect"), Some(Shortcut::ctrl_shift('I')), Shape;
    /// Corners made square.
    MakeSquare: "make-square", Some("square"), Some(Shortcut::ctrl_shift('Q')), Shape;
    /// Corners made square, along the project's axes.
    SquareToNorth: "square-to-north", Some("square"), None, Shape;
    /// An outline that crosses itself put right.
    Repair: "repair", Some("why"), None, Shape;
    /// Drawn out or in.
    Offset: "offset", Some("offset"), Some(Shortcut::ctrl_shift('O')), Shape;
    /// In parts of one area.
    SplitInto: "split-into", Some("split"), Some(Shortcut::ctrl_shift('P')), Shape;
    /// A part of an area.
    SplitOff: "split-off", Some("split"), None, Shape;
    /// Turned by an angle.
    TurnBy: "turn-by", Some("rotate"), None, Shape;
    /// So many times as large.
    ScaleBy: "scale-by", Some("scale"), None, Shape;
    /// West and east change places.
    FlipEast: "flip-east", Some("mirror"), None, Shape;
    /// South and north change places.
    FlipNorth: "flip-north", Some("mirror"), None, Shape;
    /// West sides in line.
    AlignWest: "align-west", Some("align"), None, Align;
    /// East sides in line.
    AlignEast: "align-east", Some("align"), None, Align;
    /// North sides in line.
    AlignNorth: "align-north", Some("align"), None, Align;
    /// South sides in line.
    AlignSouth: "align-south", Some("align"), None, Align;
    /// Middles in line.
    AlignMiddleEast: "align-middle-east", Some("align"), None, Align;
    /// Middles in line.
    AlignMiddleNorth: "align-middle-north", Some("align"), None, Align;
    /// Even gaps.
    DistributeEast: "distribute-east", Some("array"), None, Align;
    /// Even gaps.
    DistributeNorth: "distribute-north", Some("array"), None, Align;
    /// Corners cut.
    CutCorners: "cut-corners", Some("corner"), None, Shape;
    /// Corners rounded.
    RoundCorners: "round-corners", Some("corner"), None, Shape;

    /// Select and move.
    ToolSelect: "tool-select", Some("select"), Some(Shortcut::key(Key::Letter('V'))), Draw;
    /// Draw a plot.
    ToolPlot: "tool-plot", Some("plot"), Some(Shortcut::key(Key::Letter('P'))), Draw;
    /// Draw a rectangle by two corners.
    ToolRectangle: "tool-rectangle", Some("rectangle"), Some(Shortcut::key(Key::Letter('R'))), Draw;
    /// Draw a rectangle by a side and a depth.
    ToolThreePoints: "tool-three-points", Some("rectangle-3-point"), Some(Shortcut::key(Key::Letter('T'))), Draw;
    /// Draw a rectangle on an edge.
    ToolOnEdge: "tool-on-edge", Some("rectangle-3-point"), Some(Shortcut::key(Key::Letter('E'))), Draw;
    /// Draw a bar along a line.
    ToolBar: "tool-bar", Some("bar"), Some(Shortcut::key(Key::Letter('B'))), Draw;
    /// Draw a circle or a regular polygon.
    ToolCircle: "tool-circle", Some("circle"), Some(Shortcut::key(Key::Letter('C'))), Draw;
    /// Draw by hand.
    ToolFreehand: "tool-freehand", Some("freehand"), Some(Shortcut::key(Key::Letter('F'))), Draw;
    /// Draw a volume of any outline.
    ToolPolygon: "tool-polygon", Some("push-pull"), Some(Shortcut::key(Key::Letter('G'))), Draw;
    /// Draw a yard, green or street.
    ToolSurface: "tool-surface", Some("yard-green"), Some(Shortcut::key(Key::Letter('Y'))), Draw;
    /// Move from a point to a point.
    ToolMove: "tool-move", Some("move"), Some(Shortcut::key(Key::Letter('M'))), Change;
    /// Copy from a point to a point.
    ToolCopy: "tool-copy", Some("copy"), Some(Shortcut::key(Key::Letter('K'))), Change;
    /// Copy along a line.
    ToolAlong: "tool-along", Some("array"), Some(Shortcut::key(Key::Letter('J'))), Change;
    /// Turn about a point.
    ToolRotate: "tool-rotate", Some("rotate"), Some(Shortcut::key(Key::Letter('Q'))), Change;
    /// Mirror in a line.
    ToolMirror: "tool-mirror", Some("mirror"), Some(Shortcut::key(Key::Letter('W'))), Change;
    /// Make larger or smaller.
    ToolScale: "tool-scale", Some("scale"), Some(Shortcut::key(Key::Letter('S'))), Change;
    /// Cut along a line.
    ToolCut: "tool-cut", Some("cut"), Some(Shortcut::key(Key::Letter('X'))), Change;
    /// Draw an outline out or in.
    ToolOffset: "tool-offset", Some("offset"), Some(Shortcut::key(Key::Letter('O'))), Change;
    /// Cut or round a corner.
    ToolCorner: "tool-corner", Some("corner"), Some(Shortcut::key(Key::Letter('H'))), Change;
    /// Measure.
    ToolMeasure: "tool-measure", Some("measure"), Some(Shortcut::key(Key::Letter('L'))), Change;
    /// Write a dimension.
    ToolDimension: "tool-dimension", Some("dimension"), Some(Shortcut::key(Key::Letter('D'))), Change;
    /// Draw a guide line.
    ToolGuide: "tool-guide", Some("guide"), Some(Shortcut::key(Key::Letter('U'))), Change;
    /// Paint the use in hand.
    ToolPaint: "tool-paint", Some("paint-use"), Some(Shortcut::key(Key::Letter('A'))), Change;
    /// Choose the project's north.
    ToolNorth: "tool-north", Some("north"), Some(Shortcut::key(Key::Letter('N'))), Change;

    /// Density, mix, floor and jobs as charts beside the drawing.
    Charts: "charts", Some("chart"), Some(Shortcut::ctrl_shift('G')), View;
    /// Plots, buildings and storeys as tables, to be sorted, changed and handed on.
    Tables: "tables", Some("grid"), Some(Shortcut::ctrl_shift('T')), View;
    /// Every figure, to be pinned, aimed at and explained.
    AllFigures: "all-figures", Some("why"), Some(Shortcut::ctrl_shift('F')), View;
    /// Everything in view.
    ZoomAll: "zoom-all", Some("scale"), Some(Shortcut::key(Key::Letter('Z'))), View;
    /// The selection in view.
    ZoomSelection: "zoom-selection", Some("search"), Some(Shortcut::shift('Z')), View;
    /// Only what is selected, or everything again.
    Isolate: "isolate", Some("isolate"), Some(Shortcut::key(Key::Letter('I'))), View;
    /// Nearer.
    ZoomIn: "zoom-in", Some("plus"), Some(Shortcut::key(Key::PageUp)), View;
    /// At a scale that is given.
    ViewScale: "view-scale", Some("scale"), None, View;
    /// Farther.
    ZoomOut: "zoom-out", Some("minus"), Some(Shortcut::key(Key::PageDown)), View;
    /// The built-in map, or paper.
    ToggleMap: "toggle-map", Some("layers"), None, Map;
    /// The names on the maps, or none.
    ToggleMapNames: "toggle-map-names", Some("layers"), None, Map;
    /// Tiles of the chosen service, from the network.
    ToggleTiles: "toggle-tiles", Some("grid"), None, Map;
    /// A scan or an aerial picture is laid under the drawing.
    AddUnderlay: "add-underlay", Some("import"), None, Map;
    /// A picture is placed by points.
    ToolTie: "tool-tie", Some("move"), None, Map;
    /// One more map from a file.
    AddMap: "add-map", Some("layers"), None, Map;
    /// What is in view of a map is kept for use without a network.
    KeepArea: "keep-area", Some("save"), None, Map;
    /// Which maps lie under the drawing.
    MapSources: "map-sources", Some("layers"), None, Map;
    /// The system that coordinates are shown in.
    Coordinates: "coordinates", Some("grid"), None, View;
    /// A grid of the coordinates that are shown.
    ToggleGrid: "toggle-grid", Some("grid"), None, Map;
    /// Angles as bearings from north, or as in CAD from east.
    CadAngles: "cad-angles", Some("grid"), None, View;
    /// Points are caught, or not.
    Snapping: "snapping", Some("grid"), None, View;
    /// The command palette.
    Palette: "palette", Some("palette"), Some(Shortcut::ctrl('K')), View;

    /// English.
    LangEn: "lang-en", Some("language"), None, Look;
    /// Dutch.
    LangNl: "lang-nl", Some("language"), None, Look;
    /// French.
    LangFr: "lang-fr", Some("language"), None, Look;
    /// The light theme.
    ThemePaper: "theme-paper", Some("sun"), None, Look;
    /// The dark theme.
    ThemeNight: "theme-night", Some("sun"), None, Look;
    /// The theme of prints.
    ThemePrint: "theme-print", Some("sun"), None, Look;

    /// All shortcuts.
    Shortcuts: "shortcuts", Some("help"), Some(Shortcut::key(Key::Question)), Help;
    /// What this is and what it stands on.
    About: "about", Some("help"), None, Help;
}
