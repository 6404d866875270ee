//! The icons: SVG on a grid of 20, drawn white once per size in pixels and tinted by role.
//!
//! Floor 10. They are rasterised to whole pixels and painted on whole pixels, so that they are crisp at every scale.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use egui::emath::GuiRounding as _;
use egui::load::SizeHint;
use egui::{
    Color32, ColorImage, Context, Id, Painter, Pos2, Rect, Response, Sense, TextureHandle, TextureOptions, Ui, Vec2,
};

macro_rules! icons {
    ($( $(#[$meta:meta])* $item:ident = $key:literal ),* $(,)?) => {
        /// An icon.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Icon { $( $(#[$meta])* $item ),* }

        impl Icon {
            /// All of them.
            pub const ALL: &'static [Self] = &[ $( Self::$item ),* ];

            /// The name of its file.
            #[must_use]
            pub fn key(self) -> &'static str { match self { $( Self::$item => $key ),* } }

            /// The icon of a file's name.
            #[must_use]
            pub fn of_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|icon| icon.key() == key)
            }

            fn svg(self) -> &'static str {
                match self { $( Self::$item => include_str!(concat!("../../assets/icons/", $key, ".svg")) ),* }
            }
        }
    };
}

icons! {
    /// A dimension.
    Dimension = "dimension",
    /// A circle.
    Circle = "circle",
    /// Move.
    Move = "move",
    /// Copy.
    Copy = "copy",
    /// Turn.
    Rotate = "rotate",
    /// Mirror.
    Mirror = "mirror",
    /// Larger or smaller.
    Scale = "scale",
    /// By hand.
    Freehand = "freehand",
    /// Shapes put together.
    Union = "union",
    /// A shape out of another.
    Subtract = "subtract",
    /// What shapes share.
    Intersect = "intersect",
    /// A shape in parts.
    Split = "split",
    /// Corners made square.
    Square = "square",
    /// In line.
    Align = "align",
    /// A row of copies.
    Array = "array",
    /// Not locked.
    Unlock = "unlock",
    /// More of the kind.
    More = "more",
    /// A corner rounded or cut.
    Corner = "corner",
    /// A guide line.
    Guide = "guide",
    /// Axonometry.
    Axo = "axo",
    /// A bar of building.
    Bar = "bar",
    /// Charts.
    Chart = "chart",
    /// A verdict for.
    Check = "check",
    /// More below.
    ChevronDown = "chevron-down",
    /// Close.
    Close = "close",
    /// One layer up.
    RaiseLayer = "raise-layer",
    /// Two variants side by side.
    Compare = "compare",
    /// Cut a volume.
    Cut = "cut",
    /// Storeys pulled apart.
    Explode = "explode",
    /// Out of the program.
    Export = "export",
    /// Where people come in.
    Entrance = "entrance",
    /// Where goods come in.
    GoodsAccess = "goods-access",
    /// Grid.
    Grid = "grid",
    /// Help.
    Help = "help",
    /// Hidden.
    Hide = "hide",
    /// Into the program.
    Import = "import",
    /// Only this.
    Isolate = "isolate",
    /// Language.
    Language = "language",
    /// Layers.
    Layers = "layers",
    /// Locked.
    Lock = "lock",
    /// Measure.
    Measure = "measure",
    /// The menu.
    Menu = "menu",
    /// Less.
    Minus = "minus",
    /// North.
    North = "north",
    /// A note.
    Note = "note",
    /// Offset.
    Offset = "offset",
    /// Open a file.
    Open = "open",
    /// Paint a use.
    PaintUse = "paint-use",
    /// The palette of commands.
    Palette = "palette",
    /// Plan.
    Plan = "plan",
    /// A plot.
    Plot = "plot",
    /// More.
    Plus = "plus",
    /// Present.
    Present = "present",
    /// Push and pull.
    PushPull = "push-pull",
    /// A rectangle by three points.
    RectangleThreePoint = "rectangle-3-point",
    /// A rectangle.
    Rectangle = "rectangle",
    /// Redo.
    Redo = "redo",
    /// Save.
    Save = "save",
    /// Search.
    Search = "search",
    /// The line of a section.
    SectionLine = "section-line",
    /// Section.
    Section = "section",
    /// Select.
    Select = "select",
    /// Settings.
    Settings = "settings",
    /// Shown.
    Show = "show",
    /// Snapping.
    Snap = "snap",
    /// The sun.
    Sun = "sun",
    /// A typology.
    Typology = "typology",
    /// Undo.
    Undo = "undo",
    /// A variant.
    Variant = "variant",
    /// A verdict against.
    Warning = "warning",
    /// How a figure comes about.
    Why = "why",
    /// A yard or a green.
    YardGreen = "yard-green",
}

type Textures = Arc<Mutex<BTreeMap<(Icon, u32), TextureHandle>>>;

/// The icon in white at a size in physical pixels; drawn once and kept.
pub fn texture(ctx: &Context, icon: Icon, pixels: u32) -> TextureHandle {
    let place = Id::unique("maakblok icons");
    let textures: Textures = ctx.data_mut(|data| data.get_temp_mut_or_default::<Textures>(place).clone());
    let mut textures = textures.lock().unwrap_or_else(PoisonError::into_inner);
    let handle = textures.entry((icon, pixels)).or_insert_with(|| {
        let name = format!("icon {} {pixels}", icon.key());
        ctx.load_texture(name, rasterise(icon, pixels), TextureOptions::LINEAR)
    });
    handle.clone()
}

/// The icon in white; an empty picture should its file be broken, which a test refuses.
fn rasterise(icon: Icon, pixels: u32) -> ColorImage {
    let white = icon.svg().replace("currentColor", "white");
    let size = SizeHint::Size { width: pixels, height: pixels, maintain_aspect_ratio: true };
    egui_extras::image::load_svg_bytes_with_size(white.as_bytes(), size, &Default::default())
        .unwrap_or_else(|_| ColorImage::filled([1, 1], Color32::TRANSPARENT))
}

/// Paints an icon about a point, on whole pixels.
pub fn paint_icon(painter: &Painter, icon: Icon, centre: Pos2, size: f32, color: Color32) {
    let ppp = painter.pixels_per_point();
    let pixels = (size * ppp).round().max(1.0);
    let texture = texture(painter.ctx(), icon, pixels as u32);
    let size = Vec2::splat(pixels / ppp);
    let rect = Rect::from_min_size((centre - size / 2.0).round_to_pixels(ppp), size);
    painter.image(texture.id(), rect, Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0)), color);
}

/// An icon as a piece of the layout that cannot be clicked.
pub fn icon(ui: &mut Ui, icon: Icon, size: f32, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    paint_icon(ui.painter(), icon, rect.center(), size, color);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_an_icon_and_draws_in_white_only() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/icons")).unwrap().count();
        assert_eq!(Icon::ALL.len(), files);
        for &icon in Icon::ALL {
            for pixels in [18, 25, 40] {
                let image = rasterise(icon, pixels);
                assert_eq!(image.size, [pixels as usize; 2], "{}", icon.key());
                assert!(image.pixels.iter().any(|p| p.a() > 100), "{} is empty", icon.key());
                let white = |p: &Color32| p.r().abs_diff(p.a()) <= 1 && p.g() == p.r() && p.b() == p.r();
                assert!(image.pixels.iter().all(white), "{} has a colour of its own", icon.key());
            }
        }
    }
}
