//! What commands are called, and what they mean: a tool, a measure, an operation on shapes.

use super::{Command, Shortcut};
use crate::i18n::{Lang, tr};
use crate::studio::operation::{Operation, Side};
use crate::studio::tool::{FieldKind, ToolKind};

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
            Self::ToolCorner => ToolKind::Corner,
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
            Self::ToolPaint => ToolKind::Paint,
            Self::ToolTie => ToolKind::Tie,
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
            Self::MakeSquare => Operation::Square { to_axes: false },
            Self::SquareToNorth => Operation::Square { to_axes: true },
            Self::Offset => Operation::Offset(measure?),
            Self::SplitInto => Operation::SplitInto(measure? as usize),
            Self::SplitOff => Operation::SplitOff(measure?),
            Self::TurnBy => Operation::Turn(measure?),
            Self::ScaleBy => Operation::Resize(measure?),
            Self::FlipEast => Operation::Flip { east: true },
            Self::FlipNorth => Operation::Flip { east: false },
            Self::AlignWest => Operation::Align(Side::West),
            Self::AlignEast => Operation::Align(Side::East),
            Self::AlignNorth => Operation::Align(Side::North),
            Self::AlignSouth => Operation::Align(Side::South),
            Self::AlignMiddleEast => Operation::Align(Side::MiddleEast),
            Self::AlignMiddleNorth => Operation::Align(Side::MiddleNorth),
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
