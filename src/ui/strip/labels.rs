//! What stands in the cells of the strip: each use by its name, the state in a word, the floor area at the right end.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, Galley, Rect, Ui, Vec2, pos2};

use crate::i18n::{Lang, NO_BREAK, number, tr};
use crate::library::{Library, Use};
use crate::look::{Role, TypeRole};
use crate::model::{State, Storey};
use crate::ui::theme::Theme;

/// Cells lower than this have no words, in logical pixels.
const LEAST_HEIGHT: f32 = 13.0;

/// From a cell's edge to its words (less where it is narrow), and round the words of a chip.
const PAD: f32 = 6.0;
const PAD_NARROW: f32 = 4.0;
const NARROW: f32 = 60.0;
const CHIP: f32 = 3.0;

/// Letters that a name must show: fewer say nothing.
const LEAST_LETTERS: usize = 4;

/// What the words of a storey stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellGround {
    /// The colours of its uses.
    Uses,
    /// Paper, since the storey goes.
    Empty,
    /// White, since something else is lit.
    Pale,
}

/// Whether a name that was cut still shows a few letters.
pub(super) fn says_enough(galley: &Galley) -> bool {
    !galley.elided || galley.rows.iter().map(|row| row.row.glyphs.len()).sum::<usize>() > LEAST_LETTERS
}

/// What a storey is called, with all of its uses and with its state unless it is new.
pub(super) fn words(storey: &Storey, library: &Library, lang: Lang) -> String {
    let uses: Vec<String> = storey.uses.shares().iter().map(|share| library.use_name(&share.id, lang)).collect();
    let uses = uses.join(", ");
    match storey.state {
        State::New => uses,
        state => format!("{uses} · {}", tr(lang, &format!("state-{}", state.key()))),
    }
}

/// The parts of a cell, one for each use, on whole pixels.
pub(super) fn parts<'a>(
    storey: &'a Storey,
    library: &'a Library,
    cell: Rect,
) -> impl Iterator<Item = (Rect, Option<&'a Use>)> {
    let mut share_so_far = 0.0;
    storey.uses.shares().iter().map(move |share| {
        let x = |part: f64| (cell.left() + cell.width() * part as f32).round().min(cell.right());
        let left = x(share_so_far);
        share_so_far += share.share;
        let part = Rect::from_x_y_ranges(left..=x(share_so_far), cell.y_range());
        (part, library.get(&share.id))
    })
}

/// What stands at the right end of a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct RightEnd {
    /// The floor of the whole cell, where it is said.
    pub(super) area_m2: Option<f64>,
    /// What a mark takes of the width.
    pub(super) mark_px: f32,
}

/// Writes them, on chips of the colour that they stand on so that the hatch stops.
/// Whether all uses and the state are written in full comes back.
pub(super) fn paint(
    ui: &Ui,
    library: &Library,
    storey: &Storey,
    cell: Rect,
    end: RightEnd,
    ground: CellGround,
    lang: Lang,
) -> bool {
    if cell.height() < LEAST_HEIGHT {
        return false;
    }
    let mut all_said = true;
    let theme = Theme::of(ui.ctx());
    let removed = storey.state == State::Removed;
    let area = end.area_m2.map(|area_m2| format!("{}{NO_BREAK}m²", number(lang, area_m2, 0)));
    let last = storey.uses.shares().len().saturating_sub(1);
    for (at, (part, u)) in parts(storey, library, cell).enumerate() {
        let Some(u) = u else { continue };
        let part = if at == last { part.with_max_x((part.right() - end.mark_px).max(part.left())) } else { part };
        let (ink, ground) = match ground {
            CellGround::Empty => (theme.color(Role::Ink3), theme.color(Role::Panel)),
            CellGround::Pale => (theme.color(Role::Ink3), theme.color(Role::Raised)),
            CellGround::Uses => (theme.on_use(&u.look), theme.use_color(&u.look)),
        };
        let pad = if part.width() < NARROW { PAD_NARROW } else { PAD };
        let chip = Chip { theme, part, pad, ink, ground };
        let name = chip.job(u.name(lang), removed);
        // The state is said once, after the first use.
        let state = (at == 0 && storey.state != State::New).then(|| {
            let mut with_state = name.clone();
            let state = format!(" · {}", tr(lang, &format!("state-{}", storey.state.key())));
            with_state.append(&state, 0.0, theme.format_in(TypeRole::Caption, ink));
            with_state
        });
        let room = part.width() - 2.0 * pad;
        let whole = |galley: &Galley| !galley.elided;
        let in_full = state.unwrap_or_else(|| name.clone());
        let mut used = chip.left(ui, in_full, room, whole);
        if used.is_none() {
            all_said = false;
            used = chip.left(ui, name, room, says_enough);
        }
        if let (Some(used), Some(area), true) = (used, area.as_deref(), at == last) {
            chip.right(ui, chip.job(area, false), room - used - 2.0 * PAD);
        }
    }
    all_said
}

/// Where words of one colour may stand.
struct Chip {
    theme: Theme,
    part: Rect,
    pad: f32,
    ink: Color32,
    ground: Color32,
}

impl Chip {
    fn job(&self, text: &str, struck: bool) -> LayoutJob {
        let mut format: TextFormat = self.theme.format_in(TypeRole::Caption, self.ink);
        if struck {
            format.strikethrough = egui::Stroke::new(1.0, self.ink);
        }
        LayoutJob::single_section(text.to_owned(), format)
    }

    /// At the left, cut to the room if that will do; how wide it became, nothing when it has no room.
    fn left(&self, ui: &Ui, mut job: LayoutJob, room: f32, will_do: fn(&Galley) -> bool) -> Option<f32> {
        job.wrap = TextWrapping::truncate_at_width(room.max(0.0));
        let galley = ui.painter().layout_job(job);
        if !will_do(&galley) {
            return None;
        }
        let width = galley.size().x;
        self.paint(ui, galley, self.part.left() + self.pad);
        Some(width)
    }

    fn right(&self, ui: &Ui, job: LayoutJob, room: f32) {
        let galley = ui.painter().layout_job(job);
        let width = galley.size().x;
        if width <= room {
            self.paint(ui, galley, self.part.right() - self.pad - width);
        }
    }

    /// The ground stays within the lines of the cell, however low that is.
    fn paint(&self, ui: &Ui, galley: std::sync::Arc<Galley>, left: f32) {
        let min = pos2(left.round(), (self.part.center().y - galley.size().y / 2.0).round());
        let words = Rect::from_min_size(min, galley.size()).expand2(Vec2::new(CHIP, 0.0));
        ui.painter().rect_filled(words.intersect(self.part.shrink(2.0)), 0.0, self.ground);
        ui.painter().galley(min, galley, self.ink);
    }
}
