//! The stacks of the strip: volumes as columns of storeys, with lines that tell their states, and what is selected.

use egui::{Painter, Pos2, Rect, Sense, Shape, StrokeKind, Ui, pos2};

use super::brush::Brush;
use super::grips::{self, Selected, Whole};
use super::labels::CellGround;
use super::{Column, GAP, Scale, labels};
use crate::i18n::{Lang, number, part_of, tr};
use crate::library::{Library, Use};
use crate::look::{Dash, Role, Stroke, TypeRole};
use crate::measure::explain::Spot;
use crate::measure::fit;
use crate::model::{Id, State, Storey, Volume};
use crate::studio::tool::ToolKind;
use crate::studio::{Action, Levels, Lit, Session};
use crate::ui::kit;
use crate::ui::theme::Theme;

/// From the outline of what is there already to the second line within it.
const SECOND_LINE: f32 = 3.0;

/// Where a volume stands in the strip, in logical pixels, and how wide its name may be.
#[derive(Clone, Copy)]
struct Place {
    x: f32,
    width: f32,
    name_room: f32,
    on_ground: bool,
    /// What is free at its left.
    left_room: f32,
}

/// Paints stacks and remembers what is selected, which is painted over all of them.
pub(super) struct Stacks<'a> {
    session: &'a Session,
    scale: &'a Scale,
    lang: Lang,
    /// What the open explanation lights up.
    lit: Option<Lit>,
    /// The cells of the row that is pointed at in it.
    of_row: Vec<Rect>,
    volumes: Vec<(Id, Rect, f32)>,
    storey: Option<Selected>,
    /// The cells of all selected storeys.
    on: Vec<Rect>,
    /// The depth of the volume that is painted.
    depth_m: Option<f64>,
    pub(super) brush: Brush,
}

impl<'a> Stacks<'a> {
    pub(super) fn new(session: &'a Session, scale: &'a Scale, lang: Lang) -> Self {
        let lit = session.lit();
        Self {
            session,
            scale,
            lang,
            lit,
            of_row: Vec::new(),
            volumes: Vec::new(),
            storey: None,
            on: Vec::new(),
            depth_m: None,
            brush: Brush::default(),
        }
    }

    /// A volume on the ground with those upon it.
    pub(super) fn column(&mut self, ui: &Ui, column: &Column, x: f32, actions: &mut Vec<Action>) {
        let width = self.scale.width(&column.ground);
        let place = Place { x, width, name_room: width + GAP, on_ground: true, left_room: GAP };
        self.volume(ui, &column.ground, place, actions);
        let upper_width: f32 = column.upper.iter().map(|volume| self.scale.width(volume)).sum();
        let free = (width - upper_width).max(0.0) / (column.upper.len() as f32 + 1.0);
        let mut at = x + free;
        for volume in &column.upper {
            // Upper volumes together may be larger than what carries them; then they share its width.
            let part = if upper_width > width { width / upper_width } else { 1.0 };
            let own = self.scale.width(volume) * part;
            // Names are centred, so that each may reach half-way to the next; at the ends there is a gap as well.
            let name_room = own + free.max(if column.upper.len() == 1 { GAP } else { 0.0 });
            self.volume(ui, volume, Place { x: at, width: own, name_room, on_ground: false, left_room: free }, actions);
            at += own + free;
        }
    }

    fn volume(&mut self, ui: &Ui, volume: &Volume, place: Place, actions: &mut Vec<Action>) {
        let Place { x, width, name_room, on_ground, .. } = place;
        let (theme, library) = (Theme::of(ui.ctx()), self.session.library());
        let selected = self.session.selection().contains(volume.id);
        let mut level_m = volume.bottom_m();
        let (left, right, bottom) = (x.round(), (x + width).round(), self.scale.y(level_m));
        let mut cells = Vec::with_capacity(volume.storeys.len());
        let mut cell_responses = Vec::with_capacity(volume.storeys.len());
        let mut misfits = Vec::new();
        self.depth_m = fit::depth_m(&volume.footprint);
        for (at, storey) in volume.storeys.iter().enumerate() {
            let floor = self.scale.y(level_m);
            level_m += storey.height_m;
            let cell = Rect::from_min_max(pos2(left, self.scale.y(level_m)), pos2(right, floor));
            cells.push(cell);
            let response = ui.interact(cell, ui.scope_id().with((volume.id, at)), Sense::click_and_drag());
            let on = self.session.selection().has_storey(volume, at);
            let level = number(self.lang, volume.level(at) as f64, 0);
            let words = labels::words(storey, library, self.lang);
            let name =
                part_of(self.lang, &format!("{} · {} {level}", volume.name, tr(self.lang, "stack-storey")), &words);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, on, &name));
            let ground = self.ground(volume, at);
            self.storey_fill(ui, volume.id, (at, storey), cell, ground);
            if self.lit.as_ref().is_some_and(|lit| lit.is_in_row(volume.id, at)) {
                self.of_row.push(cell);
            }
            let area_m2 =
                (on_ground && storey.state != State::Removed).then(|| volume.footprint.area_m2() * storey.floor_part());
            let misfit = misfit_words(storey, self.depth_m, library, self.lang);
            let is_marked = misfit.is_some() && ground == CellGround::Uses && has_room_for_mark(cell);
            let end = labels::RightEnd { area_m2, mark_px: if is_marked { MARK } else { 0.0 } };
            let all_said = labels::paint(ui, library, storey, cell, end, ground, self.lang);
            match (&misfit, all_said) {
                (Some(words), _) => kit::tip(&response, &format!("{name} · {words}"), None),
                (None, false) => kit::tip(&response, &name, None),
                (None, true) => {}
            }
            if is_marked {
                misfits.push(cell);
            }
            if response.hovered() && !on {
                ui.painter().rect_stroke(cell, 0.0, theme.stroke(Stroke::Hover, Role::Accent), StrokeKind::Inside);
            }
            if self.paints() {
                self.brush.over(ui, &response, cell, Spot { volume: volume.id, storey: at }, actions);
            } else if response.clicked() {
                actions.push(self.clicked(ui, volume, at));
            }
            if on {
                self.on.push(cell);
            }
            if selected && self.session.selection().storey() == Some(at) {
                self.storey = Some(Selected { cell, volume: volume.id, at, height_m: storey.height_m });
            }
            cell_responses.push(response);
        }
        if !self.paints() {
            self.lines(ui, volume, &cells, actions);
            if let Some(at) = self.session.selection().storey().filter(|_| selected) {
                grips::reorder(ui, volume, at, &cells, &cell_responses, actions);
            }
        }
        let whole = Rect::from_min_max(pos2(left, self.scale.y(level_m)), pos2(right, bottom));
        outlines(ui, volume, &cells);
        for cell in misfits {
            paint_misfit(ui, cell);
        }
        if selected {
            self.volumes.push((volume.id, whole, place.left_room));
        }
        self.name(ui, volume, whole, name_room - 8.0, on_ground, selected);
    }

    fn ground(&self, volume: &Volume, at: usize) -> CellGround {
        let goes = volume.storeys.get(at).is_some_and(|storey| storey.state == State::Removed);
        match &self.lit {
            Some(lit) if !lit.storey(volume.id, at) => CellGround::Pale,
            _ if goes => CellGround::Empty,
            _ => CellGround::Uses,
        }
    }

    /// The uses side by side in their colours and hatches; what goes is empty.
    fn storey_fill(&self, ui: &Ui, volume: Id, (place, storey): (usize, &Storey), cell: Rect, ground: CellGround) {
        let theme = Theme::of(ui.ctx());
        let painter = ui.painter();
        let paper = if ground == CellGround::Pale { Role::Raised } else { Role::Panel };
        painter.rect_filled(cell, 0.0, theme.color(paper));
        if ground != CellGround::Uses {
            return;
        }
        // Of a storey of several uses only those keep their colour that add to the figure.
        let counts = |of: &Use| self.lit.as_ref().is_none_or(|lit| lit.part(volume, place, of));
        let line = theme.stroke(Stroke::Hair, Role::VolumeEdge);
        for (at, (part, u)) in labels::parts(storey, self.session.library(), cell).enumerate() {
            if let Some(u) = u {
                if counts(u) {
                    fill_use(painter, part, u);
                }
            } else if storey.uses.shares().get(at).is_some_and(|share| share.id.is_void()) {
                paint_void(painter, part);
            }
            if at > 0 {
                painter.vline(part.left(), part.y_range(), line);
            }
        }
        if let Some(mezzanine) = storey.mezzanine.as_ref().filter(|mezzanine| mezzanine.is_part()) {
            // From the right end, in the upper half: a floor within the floor.
            let width = cell.width() * mezzanine.share as f32;
            let part = Rect::from_min_max(
                pos2((cell.right() - width).round(), cell.top()),
                pos2(cell.right(), cell.center().y.round()),
            );
            let known = mezzanine.uses.main().and_then(|id| self.session.library().get(id));
            if let Some(known) = known.filter(|known| counts(known)) {
                fill_use(painter, part, known);
            }
            let edge = theme.stroke(Stroke::Fine, Role::VolumeEdge);
            painter.hline(part.x_range(), part.bottom(), edge);
            painter.vline(part.left(), part.y_range(), edge);
        }
    }

    /// Whether the pointer paints.
    fn paints(&self) -> bool {
        self.session.tool().kind() == ToolKind::Paint
    }

    /// What a click on a storey selects: it alone; with Shift all from the one selected to it, in its own volume or in
    /// another besides; with Ctrl it too, or no longer.
    fn clicked(&self, ui: &Ui, volume: &Volume, at: usize) -> Action {
        let selection = self.session.selection();
        let (level, modifiers) = (volume.level(at), ui.input(|input| input.modifiers));
        let more = || {
            let volumes = self.session.variant();
            let mut ids: Vec<Id> = selection.ids().filter(|id| volumes.volumes.contains(*id)).collect();
            if !ids.contains(&volume.id) {
                ids.push(volume.id);
            }
            ids
        };
        if modifiers.command && self.session.has_levels() {
            return Action::SelectStoreys(more(), selection.levels().clone().toggled(level));
        }
        match selection.levels().lowest().filter(|_| modifiers.shift) {
            Some(from) => Action::SelectStoreys(more(), Levels::between(from, level)),
            None => Action::SelectStoreys(vec![volume.id], Levels::one(level)),
        }
    }

    /// The lines between storeys can be pulled, wherever they are.
    fn lines(&self, ui: &Ui, volume: &Volume, cells: &[Rect], actions: &mut Vec<Action>) {
        let selection = self.session.selection();
        for (at, cell) in cells.iter().enumerate() {
            let storey = &volume.storeys[at];
            let in_hand = selection.storey() == Some(at) && selection.contains(volume.id);
            if cell.height() < grips::LEAST_PULLED || in_hand {
                continue;
            }
            let together = selection.has_storey(volume, at);
            let line = grips::line(ui, volume, at, *cell, storey.height_m, together, self.scale, self.lang, actions);
            if let Some(pointer) = line.interact_pointer_pos().filter(|_| line.clicked()) {
                let over = pointer.y < cell.top() && at + 1 < cells.len();
                actions.push(self.clicked(ui, volume, if over { at + 1 } else { at }));
            }
        }
    }

    /// Over all stacks: a thin line round what is selected; round the one storey that is, a strong one with grips.
    pub(super) fn selected(&self, ui: &Ui, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        let painter = ui.painter();
        for (_, volume, _) in &self.volumes {
            // On the outside of whole pixels: a line on their middle is drawn nearer on one side than on the other.
            let (ring, line) = (volume.expand(2.0), theme.stroke(Stroke::Hover, Role::Selection));
            painter.rect_stroke(ring, 0.0, line, StrokeKind::Outside);
        }
        for cell in &self.of_row {
            painter.rect_stroke(*cell, 0.0, theme.stroke(Stroke::SelectionCasing, Role::Panel), StrokeKind::Inside);
            painter.rect_stroke(*cell, 0.0, theme.stroke(Stroke::Selection, Role::Accent), StrokeKind::Inside);
        }
        for cell in self.on.iter().filter(|_| self.storey.is_none()) {
            painter.rect_stroke(*cell, 0.0, theme.stroke(Stroke::SelectionCasing, Role::Panel), StrokeKind::Inside);
            painter.rect_stroke(*cell, 0.0, theme.stroke(Stroke::Selection, Role::Selection), StrokeKind::Inside);
        }
        if let Some(storey) = &self.storey {
            grips::show(ui, storey, self.scale, self.lang, actions);
        }
        if let [(id, rect, left_room)] = self.volumes.as_slice()
            && let Some(volume) = self.session.variant().volumes.get(*id)
        {
            grips::roof(ui, &Whole { rect: *rect, volume, left_room: *left_room }, self.scale, self.lang, actions);
        }
    }

    /// The name above upper volumes, below those on the ground, where there is room.
    fn name(&self, ui: &Ui, volume: &Volume, whole: Rect, room: f32, on_ground: bool, selected: bool) {
        let theme = Theme::of(ui.ctx());
        let ink = if selected { Role::Accent } else { Role::Ink1 };
        let mut job = theme.line(if on_ground { TypeRole::Small } else { TypeRole::Caption }, ink, &volume.name);
        job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(0.0));
        let galley = ui.painter().layout_job(job);
        if !labels::says_enough(&galley) {
            return;
        }
        let at = if on_ground {
            pos2(whole.left(), self.scale.y(0.0).max(whole.bottom()) + 4.0)
        } else {
            // Clear of the line round a selected volume, and of the grip of its topmost storey.
            pos2(whole.center().x - galley.size().x / 2.0, whole.top() - galley.size().y - 5.0)
        };
        ui.painter().galley(at, galley, theme.color(ink));
    }
}

/// A use in its colour and hatch.
fn fill_use(painter: &Painter, part: Rect, known: &Use) {
    let theme = Theme::of(painter.ctx());
    painter.rect_filled(part, 0.0, theme.use_color(&known.look));
    let scale = theme.size("/hatch_rule/swatch_px_per_mm");
    kit::paint_hatch(painter, part, known.look.hatch, scale, theme.hatch_ink("stack"));
}

/// Where there is no floor: a hollow outline with a cross.
pub(super) fn paint_void(painter: &Painter, part: Rect) {
    let theme = Theme::of(painter.ctx());
    let line = theme.stroke(Stroke::Hair, Role::Ink3);
    painter.rect_stroke(part, 0.0, line, StrokeKind::Inside);
    painter.line_segment([part.left_top(), part.right_bottom()], line);
    painter.line_segment([part.left_bottom(), part.right_top()], line);
}

/// What the mark of a misfit takes of a cell's width, with the gap before the edge.
const MARK: f32 = 14.0;

fn has_room_for_mark(cell: Rect) -> bool {
    cell.height() >= 12.0 && cell.width() >= 24.0
}

/// The mark of a storey whose use does not fit it.
fn paint_misfit(ui: &Ui, cell: Rect) {
    let theme = Theme::of(ui.ctx());
    // Within the lines of the cell, however low it is.
    let chip =
        Rect::from_min_max(pos2(cell.right() - MARK, cell.top() + 2.0), cell.right_bottom() - egui::vec2(2.0, 1.0));
    let chip = chip.with_max_y(chip.bottom().min(chip.top() + 12.0));
    ui.painter().rect_filled(chip, 0.0, theme.color(Role::Panel));
    kit::paint_text(ui, chip.center(), egui::Align2::CENTER_CENTER, TypeRole::Caption, Role::Warning, "!");
}

/// What of a storey does not fit its use; `None` when all does.
fn misfit_words(storey: &Storey, depth_m: Option<f64>, library: &Library, lang: Lang) -> Option<String> {
    if storey.state == State::Removed {
        return None;
    }
    let fit = fit::fit(storey, depth_m, library).filter(|fit| !fit.fits())?;
    let words = crate::ui::inspector::fit_words(&fit, library, lang);
    let wrong = words.into_iter().filter(|(_, verdict)| *verdict == fit::Verdict::Misfit);
    Some(wrong.map(|(words, _)| words).collect::<Vec<_>>().join(" · "))
}

/// The lines of a volume: hairlines between storeys, and round each run of storeys of one state that state's line. New
/// is drawn strong as what is built. What is there already is drawn fine with a second line within: whole where it stays,
/// broken where nothing is decided. What goes is an empty broken outline.
fn outlines(ui: &Ui, volume: &Volume, cells: &[Rect]) {
    let theme = Theme::of(ui.ctx());
    let painter = ui.painter();
    let storeys: Vec<(&Storey, Rect)> = volume.storeys.iter().zip(cells.iter().copied()).collect();
    for run in storeys.chunk_by(|a, b| a.0.state == b.0.state) {
        let (Some((first, bottom)), Some((_, top))) = (run.first(), run.last()) else { continue };
        let whole = top.union(*bottom);
        let (outline, ink) = match first.state {
            State::New => (theme.stroke(Stroke::Edge, Role::VolumeEdge), Role::VolumeEdge),
            State::Existing | State::Kept => (theme.stroke(Stroke::Fine, Role::VolumeEdge), Role::VolumeEdge),
            State::Removed => (theme.stroke(Stroke::Fine, Role::Ink2), Role::Ink2),
        };
        if first.state == State::Removed {
            let dash = theme.dash(Dash::Ghost);
            let broken = |points: &[Pos2]| Shape::dashed_line(points, outline, dash[0], dash[1]);
            for (_, cell) in run {
                painter.extend(broken(&[cell.left_bottom(), cell.right_bottom()]));
            }
            painter.extend(broken(&[whole.left_bottom(), whole.left_top(), whole.right_top(), whole.right_bottom()]));
            continue;
        }
        for (_, cell) in &run[1..] {
            painter.hline(cell.x_range(), cell.bottom(), theme.stroke(Stroke::Hair, ink));
        }
        painter.rect_stroke(whole, 0.0, outline, StrokeKind::Middle);
        // In a low or narrow run the second line would stand on the words.
        if first.state == State::New || whole.size().min_elem() <= 6.0 * SECOND_LINE {
            continue;
        }
        let within = whole.shrink(SECOND_LINE);
        if first.state == State::Kept {
            painter.rect_stroke(within, 0.0, outline, StrokeKind::Middle);
        } else {
            let dash = theme.dash(Dash::Guide);
            let corners =
                [within.left_top(), within.right_top(), within.right_bottom(), within.left_bottom(), within.left_top()];
            painter.extend(Shape::dashed_line(&corners, outline, dash[0], dash[1]));
        }
    }
}
