//! The menus that commands stand in.

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
    /// What lies under the drawing.
    Map,
    /// Language and theme.
    Look,
    /// Help.
    Help,
}

impl Group {
    /// All menus in order.
    pub const ALL: [Self; 11] = [
        Self::File,
        Self::Edit,
        Self::Draw,
        Self::Change,
        Self::Shape,
        Self::Align,
        Self::Storey,
        Self::View,
        Self::Map,
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
            Self::Map => "menu-map",
            Self::Look => "menu-look",
            Self::Help => "menu-help",
        }
    }
}
