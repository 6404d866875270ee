//! Floor as bars of its uses: a bar for each building, and a bar for each level, standing on the ground line.

use std::collections::BTreeMap;

use super::sheet::{Frame, Sheet, Side, cut, text_frame};
use super::{About, Ask, plain};
use crate::i18n::{NO_BREAK, number, tr, tr_with};
use crate::library::{Family, UseId};
use crate::look::{Role, Stroke, TypeRole};
use crate::measure::FloorOfUse;

/// Names of buildings take no more than this.
const NAMES_PX: f64 = 150.0;

/// A bar with the space about it is so high, or higher where there is room.
const LEAST_ROW_PX: f64 = 26.0;
pub(super) const MOST_ROW_PX: f64 = 52.0;

/// A line of the legend is so high.
const LEGEND_ROW_PX: f64 = 18.0;

/// The largest buildings, a bar each.
pub(super) fn buildings(sheet: &mut Sheet, frame: Frame, ask: &Ask<'_>) {
    let buildings = ask.sums.floor_by_building(ask.project, ask.scope);
    sheet.row(["building", "name", "use", "family", "gfa_m2"]);
    for building in &buildings {
        for of in &building.uses {
            let id = building.id.to_string();
            sheet.row([&id, &building.name, of.id.as_str(), of.family_key(), &plain(of.area_m2, 1)]);
        }
    }
    let uses = buildings.iter().flat_map(|building| &building.uses);
    let room = legend(sheet, frame, uses, ask);
    let most = buildings.iter().map(|building| building.area_m2).fold(0.0, f64::max);
    if most <= 0.0 {
        return nothing(sheet, room, ask);
    }
    let fits = (room.height() / LEAST_ROW_PX).floor().max(1.0) as usize;
    let shown = if buildings.len() > fits { fits.saturating_sub(1) } else { buildings.len() };
    let rows = if shown < buildings.len() { shown + 1 } else { shown };
    let height = (room.height() / rows as f64).clamp(LEAST_ROW_PX, MOST_ROW_PX);
    let half = height * 0.31;
    let left = room.left + NAMES_PX + 10.0;
    let px_per_m2 = (room.right - 84.0 - left).max(10.0) / most;
    for (at, building) in buildings.iter().take(shown).enumerate() {
        let y = room.top + (at as f64 + 0.5) * height;
        let name = if building.name.is_empty() { building.id.to_string() } else { building.name.clone() };
        let words = cut(&name, TypeRole::Small, NAMES_PX);
        sheet.text([left - 10.0, y], Side::Left, TypeRole::Small, Role::Ink1, &words);
        let bar = Frame { left, top: y - half, right: left, bottom: y + half };
        let end = sheet.uses_bar(bar, px_per_m2, &building.uses, ask.library);
        let value = format!("{}{NO_BREAK}m²", number(ask.lang, building.area_m2, 0));
        let value_at = sheet.text([end + 7.0, y], Side::Right, TypeRole::Small, Role::Ink1, &value);
        let row = Frame { left: room.left, right: value_at.right, ..bar };
        sheet.spot_in(row, said(ask, &name, &building.uses), Some(About::Thing(building.id)));
    }
    if shown < buildings.len() {
        let rest = &buildings[shown..];
        let area = number(ask.lang, rest.iter().map(|building| building.area_m2).sum(), 0);
        let args = [("n", rest.len().into()), ("count", rest.len().to_string().into()), ("area", area.into())];
        let y = room.top + (shown as f64 + 0.5) * height;
        sheet.text(
            [left, y],
            Side::Right,
            TypeRole::Small,
            Role::Ink2,
            &tr_with(ask.lang, "chart-more-buildings", &args),
        );
    }
    sheet.line(&[[left, room.top], [left, room.top + shown as f64 * height]], Role::Ink1, Stroke::Fine);
}

/// The levels from the top down.
pub(super) fn storeys(sheet: &mut Sheet, frame: Frame, ask: &Ask<'_>) {
    let levels = ask.sums.floor_by_level(ask.project, ask.scope);
    sheet.row(["level", "use", "family", "gfa_m2"]);
    for level in &levels {
        for of in &level.uses {
            sheet.row([&level.level.to_string(), of.id.as_str(), of.family_key(), &plain(of.area_m2, 1)]);
        }
    }
    let room = legend(sheet, frame, levels.iter().flat_map(|level| &level.uses), ask);
    let most = levels.iter().map(|level| FloorOfUse::sum_m2(&level.uses)).fold(0.0, f64::max);
    let (Some(lowest), Some(highest)) = (levels.first().map(|l| l.level), levels.last().map(|l| l.level)) else {
        return nothing(sheet, room, ask);
    };
    let (lowest, highest) = (lowest.min(0), highest.max(0));
    let count = (highest - lowest + 1) as f64;
    // As a stack stands: no gaps, and never so thin that a level could not be told.
    let height = (room.height() / count).min(MOST_ROW_PX);
    let (left, bottom) = (room.left + 40.0, room.top + height * count);
    let px_per_m2 = if most > 0.0 { (room.right - 84.0 - left).max(10.0) / most } else { 0.0 };
    let every = (13.0 / height).ceil().max(1.0) as i64;
    for level in &levels {
        let base = bottom - (level.level - lowest) as f64 * height;
        let bar = Frame { left, top: base - height, right: left, bottom: base };
        let middle = base - height / 2.0;
        let end = sheet.uses_bar(bar, px_per_m2, &level.uses, ask.library);
        let name = number(ask.lang, level.level as f64, 0);
        if level.level % every == 0 {
            sheet.text([left - 9.0, middle], Side::Left, TypeRole::Small, Role::Ink2, &name);
            let value = format!("{}{NO_BREAK}m²", number(ask.lang, FloorOfUse::sum_m2(&level.uses), 0));
            sheet.text([end + 7.0, middle], Side::Right, TypeRole::Small, Role::Ink1, &value);
        }
        let words = said(ask, &tr_with(ask.lang, "chart-level", &[("level", name.into())]), &level.uses);
        let row = Frame { left: room.left, right: end.max(left + 8.0), ..bar };
        sheet.spot_in(row, words, Some(About::Level(level.level)));
    }
    let ground = bottom + lowest as f64 * height;
    sheet.line(&[[room.left, ground], [room.right, ground]], Role::Ink1, Stroke::Ground);
}

/// What a bar says: its name, its whole and its uses.
pub(super) fn said(ask: &Ask<'_>, name: &str, uses: &[FloorOfUse]) -> String {
    let area = |m2: f64| format!("{}{NO_BREAK}m²", number(ask.lang, m2, 0));
    let parts: Vec<String> = uses.iter().map(|of| format!("{} {}", use_name(ask, &of.id), area(of.area_m2))).collect();
    format!("{name} · {} · {}", area(FloorOfUse::sum_m2(uses)), parts.join(", "))
}

/// The name of a use; of one that the library does not know, as it stands in the file.
pub(super) fn use_name(ask: &Ask<'_>, id: &UseId) -> String {
    if id.as_str().is_empty() { tr(ask.lang, "chart-no-use") } else { ask.library.use_name(id, ask.lang) }
}

/// The uses that are met, below; the room left above comes back.
pub(super) fn legend<'u>(
    sheet: &mut Sheet,
    frame: Frame,
    uses: impl Iterator<Item = &'u FloorOfUse>,
    ask: &Ask<'_>,
) -> Frame {
    let mut met: BTreeMap<(bool, Option<Family>), Vec<&UseId>> = BTreeMap::new();
    for of in uses {
        let ids = met.entry((of.family.is_none(), of.family)).or_default();
        if !ids.contains(&&of.id) {
            ids.push(&of.id);
        }
    }
    let (mut x, mut row) = (frame.left, 0);
    let mut placed = Vec::new();
    for ids in met.values() {
        for id in ids {
            let words = use_name(ask, id);
            let width = 20.0 + text_frame([0.0, 0.0], Side::Right, TypeRole::Small, &words).right;
            if x > frame.left && x + width > frame.right {
                (x, row) = (frame.left, row + 1);
            }
            placed.push((x, row, ask.library.get(id).map(|known| &known.look), words));
            x += width + 16.0;
        }
    }
    let rows = if placed.is_empty() { 0 } else { row + 1 };
    let top = frame.bottom - f64::from(rows) * LEGEND_ROW_PX;
    for (x, row, look, words) in placed {
        let y = top + (f64::from(row) + 0.5) * LEGEND_ROW_PX;
        sheet.use_area(Frame { left: x, top: y - 6.0, right: x + 14.0, bottom: y + 6.0 }, look);
        sheet.text([x + 20.0, y], Side::Right, TypeRole::Small, Role::Ink1, &words);
    }
    Frame { bottom: top - 14.0, ..frame }
}

/// Says that there is no floor.
pub(super) fn nothing(sheet: &mut Sheet, frame: Frame, ask: &Ask<'_>) {
    let middle = [(frame.left + frame.right) / 2.0, (frame.top + frame.bottom) / 2.0];
    sheet.text(middle, Side::Middle, TypeRole::Body, Role::Ink2, &tr(ask.lang, "chart-no-floor"));
}
