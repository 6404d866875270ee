//! Every command of the studio, once: menu, shortcut, palette and tests read this list.

use super::operation::{Line, Operation};
use super::tool::{FieldKind, ToolKind};
use crate::i18n::{Lang, tr};

/// A key on the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A letter, by what is printed on it.
    Letter(char),
    /// A digit, by where it sits: on AZERTY digits need Shift, and a shortcut shall not.
    Digit(u8),
    /// Delete or Backspace.
    Delete,
    /// Escape.
    Escape,
    /// Enter.
    Enter,
    /// The question mark.
    Question,
    /// A function key.
    Function(u8),
}

/// A key with what is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shortcut {
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// The key.
    pub key: Key,
}

impl Shortcut {
    const fn key(key: Key) -> Self {
        Self { ctrl: false, shift: false, key }
    }

    const fn ctrl(letter: char) -> Self {
        Self { ctrl: true, shift: false, key: Key::Letter(letter) }
    }

    const fn ctrl_shift(letter: char) -> Self {
        Self { ctrl: true, shift: true, key: Key::Letter(letter) }
    }

    /// As it stands in menus and tooltips.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        let mut text = String::new();
        if self.ctrl {
            text.push_str(if cfg!(target_os = "macos") { "Cmd " } else { "Ctrl " });
        }
        if self.shift {
            text.push_str(&tr(lang, "key-shift"));
            text.push(' ');
        }
        match self.key {
            Key::Letter(letter) => text.push(letter),
            Key::Digit(digit) => text.push_str(&digit.to_string()),
            Key::Delete => text.push_str(&tr(lang, "key-delete")),
            Key::Escape => text.push_str(&tr(lang, "key-escape")),
            Key::Enter => text.push_str(&tr(lang, "key-enter")),
            Key::Question => text.push('?'),
            Key::Function(number) => text.push_str(&format!("F{number}")),
        }
        text
    }
}

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

/// A menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Files.
    File,
    /// Changes.
    Edit,
    /// Outlines of what is selected.
    Shape,
    /// Storeys of the selected volume.
    Storey,
    /// Lines and gaps that shapes are brought to.
    Align,
    /// Selecting and tools that draw.
    Draw,
    /// Tools that change what is there.
    Change,
    /// What is seen and how.
    View,
    /// Language and theme.
    Look,
    /// Help.
    Help,
}

impl Group {
    /// All menus in order.
    pub const ALL: [Self; 10] = [
        Self::File,
        Self::Edit,
        Self::Draw,
        Self::Change,
        Self::Shape,
        Self::Align,
        Self::Storey,
        Self::View,
        Self::Look,
        Self::Help,
    ];

    /// The message key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::File => "menu-file",
            Self::Edit => "menu-edit",
            Self::Shape => "menu-shape",
            Self::Storey => "menu-storey",
            Self::Align => "menu-align",
            Self::Draw => "menu-draw",
            Self::Change => "menu-change",
            Self::View => "menu-view",
            Self::Look => "menu-look",
            Self::Help => "menu-help",
        }
    }
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
    /// Hand on: picture, exchange file, figures.
    Export: "export", Some("export"), Some(Shortcut::ctrl('E')), File;
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
    /// Draw a rectangular volume.
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
    /// Measure.
    ToolMeasure: "tool-measure", Some("measure"), Some(Shortcut::key(Key::Letter('L'))), Change;
    /// Write a dimension.
    ToolDimension: "tool-dimension", Some("dimension"), Some(Shortcut::key(Key::Letter('D'))), Change;
    /// Draw a guide line.
    ToolGuide: "tool-guide", Some("guide"), Some(Shortcut::key(Key::Letter('U'))), Change;
    /// Choose the project's north.
    ToolNorth: "tool-north", Some("north"), Some(Shortcut::key(Key::Letter('N'))), Change;

    /// Everything in view.
    ZoomAll: "zoom-all", Some("scale"), Some(Shortcut::key(Key::Digit(1))), View;
    /// The selection in view.
    ZoomSelection: "zoom-selection", Some("search"), Some(Shortcut::key(Key::Digit(2))), View;
    /// Only what is selected, or everything again.
    Isolate: "isolate", Some("isolate"), Some(Shortcut::key(Key::Letter('I'))), View;
    /// Nearer.
    ZoomIn: "zoom-in", Some("plus"), Some(Shortcut::key(Key::Digit(4))), View;
    /// Farther.
    ZoomOut: "zoom-out", Some("minus"), Some(Shortcut::key(Key::Digit(3))), View;
    /// The built-in map, or paper.
    ToggleMap: "toggle-map", Some("layers"), None, View;
    /// OpenStreetMap's tiles from the network.
    ToggleTiles: "toggle-tiles", Some("grid"), None, View;
    /// The system that coordinates are shown in.
    Coordinates: "coordinates", Some("grid"), None, View;
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

impl Command {
    /// What it is called.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        tr(lang, &format!("cmd-{}", self.key()))
    }

    /// What it does, in one line.
    #[must_use]
    pub fn tip(self, lang: Lang) -> String {
        tr(lang, &format!("cmd-{}-tip", self.key()))
    }

    /// Other words by which people look for it.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        tr(lang, &format!("cmd-{}-words", self.key()))
    }

    /// The tool it takes in hand.
    #[must_use]
    pub fn tool(self) -> Option<ToolKind> {
        Some(match self {
            Self::ToolSelect => ToolKind::Select,
            Self::ToolPlot => ToolKind::Plot,
            Self::ToolRectangle => ToolKind::Rectangle,
            Self::ToolPolygon => ToolKind::Polygon,
            Self::ToolSurface => ToolKind::Surface,
            Self::ToolThreePoints => ToolKind::ThreePoints,
            Self::ToolOnEdge => ToolKind::OnEdge,
            Self::ToolBar => ToolKind::Bar,
            Self::ToolCircle => ToolKind::Circle,
            Self::ToolFreehand => ToolKind::Freehand,
            Self::ToolCut => ToolKind::Cut,
            Self::ToolOffset => ToolKind::Offset,
            Self::ToolMeasure => ToolKind::Measure,
            Self::ToolDimension => ToolKind::Dimension,
            Self::ToolGuide => ToolKind::Guide,
            Self::ToolNorth => ToolKind::North,
            Self::ToolMove => ToolKind::Move,
            Self::ToolCopy => ToolKind::Copy,
            Self::ToolAlong => ToolKind::Along,
            Self::ToolRotate => ToolKind::Rotate,
            Self::ToolMirror => ToolKind::Mirror,
            Self::ToolScale => ToolKind::Scale,
            _ => return None,
        })
    }

    /// The measure it needs before it can be done.
    #[must_use]
    pub fn takes(self) -> Option<FieldKind> {
        Some(match self {
            Self::Offset | Self::CutCorners => FieldKind::Distance,
            Self::RoundCorners => FieldKind::Radius,
            Self::SplitInto => FieldKind::Parts,
            Self::StoreysTo => FieldKind::Storeys,
            Self::SplitOff => FieldKind::Area,
            Self::TurnBy => FieldKind::Turn,
            Self::ScaleBy => FieldKind::Factor,
            _ => return None,
        })
    }

    /// What it does to shapes; with the measure that it [takes](Self::takes), if it takes one.
    #[must_use]
    pub fn operation(self, measure: Option<f64>) -> Option<Operation> {
        Some(match self {
            Self::Union => Operation::Union,
            Self::Subtract => Operation::Subtract,
            Self::Intersect => Operation::Intersect,
            Self::Repair => Operation::Repair,
            Self::MakeSquare => Operation::Square,
            Self::Offset => Operation::Offset(measure?),
            Self::SplitInto => Operation::SplitInto(measure? as usize),
            Self::SplitOff => Operation::SplitOff(measure?),
            Self::TurnBy => Operation::Turn(measure?),
            Self::ScaleBy => Operation::Resize(measure?),
            Self::FlipEast => Operation::Flip { east: true },
            Self::FlipNorth => Operation::Flip { east: false },
            Self::AlignWest => Operation::Align(Line::West),
            Self::AlignEast => Operation::Align(Line::East),
            Self::AlignNorth => Operation::Align(Line::North),
            Self::AlignSouth => Operation::Align(Line::South),
            Self::AlignMiddleEast => Operation::Align(Line::MiddleEast),
            Self::AlignMiddleNorth => Operation::Align(Line::MiddleNorth),
            Self::DistributeEast => Operation::Distribute { east: true },
            Self::DistributeNorth => Operation::Distribute { east: false },
            Self::CutCorners => Operation::CutCorners(measure?),
            Self::RoundCorners => Operation::RoundCorners(measure?),
            _ => return None,
        })
    }

    /// The command of a shortcut.
    #[must_use]
    pub fn of_shortcut(shortcut: Shortcut) -> Option<Self> {
        // What other programs have for it; shown is the one of the list.
        const ALSO: [(Shortcut, Command); 1] = [(Shortcut::ctrl('Y'), Command::Redo)];
        let listed = Self::ALL.iter().copied().find(|command| command.shortcut() == Some(shortcut));
        listed.or_else(|| ALSO.into_iter().find(|(also, _)| *also == shortcut).map(|(_, command)| command))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::has_message;

    #[test]
    fn every_command_is_named_explained_and_findable_in_three_languages() {
        for &command in Command::ALL {
            for lang in Lang::ALL {
                for suffix in ["", "-tip", "-words"] {
                    let key = format!("cmd-{}{suffix}", command.key());
                    assert!(has_message(lang, &key), "{key} is missing in {}", lang.code());
                }
            }
        }
    }

    #[test]
    fn no_two_commands_share_a_shortcut() {
        let mut seen = std::collections::BTreeMap::new();
        for &command in Command::ALL {
            if let Some(shortcut) = command.shortcut() {
                let before = seen.insert(shortcut, command);
                assert_eq!(before, None, "{shortcut:?} is {command:?}'s and another's");
            }
        }
    }

    #[test]
    fn every_icon_is_a_file() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/icons");
        for &command in Command::ALL {
            if let Some(icon) = command.icon() {
                assert!(folder.join(format!("{icon}.svg")).exists(), "{icon}");
            }
        }
    }
}
