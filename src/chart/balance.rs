//! What is there, what of it stays and goes, what comes: floor above and below ground by use, and the productive balance.

use super::bars::{legend, nothing, said};
use super::sheet::{Frame, Sheet, Side};
use super::{About, Ask, plain};
use crate::i18n::{NO_BREAK, number, signed, tr};
use crate::look::{Dash, Role, Stroke, TypeRole};
use crate::measure::{FigureId, FloorOfState, FloorOfUse};
use crate::model::State;
use crate::scene::Pen;

const NAMES_PX: f64 = 110.0;
/// Rows grow with the chart, but never so high that a bar becomes a block.
const MOST_ROW_PX: f64 = 84.0;

/// The bars: what each is called and which states it adds up.
const BARS: [(&str, &[State]); 5] = [
    ("chart-today", &[State::Existing, State::Kept, State::Removed]),
    ("chart-stays", &[State::Existing, State::Kept]),
    ("chart-goes", &[State::Removed]),
    ("chart-comes", &[State::New]),
    ("chart-planned", &[State::Existing, State::Kept, State::New]),
];

pub(super) fn draw(sheet: &mut Sheet, frame: Frame, ask: &Ask<'_>) {
    let states = ask.sums.floor_by_state(ask.project, ask.scope);
    sheet.row(["state", "use", "family", "gfa_m2"]);
    for of_state in &states {
        for of in &of_state.uses {
            sheet.row([of_state.state.key(), of.id.as_str(), of.family_key(), &plain(of.area_m2, 1)]);
        }
    }
    let room = legend(sheet, frame, states.iter().flat_map(|of_state| &of_state.uses), ask);
    let bars = BARS.map(|(key, of)| (key, of, together(&states, of)));
    let most = bars.iter().map(|(.., uses)| FloorOfUse::sum_m2(uses)).fold(0.0, f64::max);
    if most <= 0.0 {
        return nothing(sheet, room, ask);
    }
    let m2 = |value: f64| format!("{}{NO_BREAK}m²", number(ask.lang, value, 0));
    let left = room.left + NAMES_PX + 10.0;
    let px_per_m2 = (room.right - 90.0 - left).max(10.0) / most;
    let height = MOST_ROW_PX.min((room.height() - 44.0) / BARS.len() as f64).max(16.0);
    let mut y = room.top + height / 2.0;
    // What goes and what comes begins where what stays ends.
    let stays = FloorOfUse::sum_m2(&bars[1].2);
    for (key, of, uses) in &bars {
        let change = matches!(*key, "chart-goes" | "chart-comes");
        let whole = matches!(*key, "chart-today" | "chart-planned");
        let from = if change { left + stays * px_per_m2 } else { left };
        let half = height * if whole { 0.36 } else { 0.26 };
        let style = if whole { TypeRole::Label } else { TypeRole::Small };
        let name = tr(ask.lang, key);
        sheet.text([left - 10.0, y], Side::Left, style, Role::Ink1, &name);
        let bar = Frame { left: from, top: y - half, right: from, bottom: y + half };
        let end = if *key == "chart-goes" {
            // As it is drawn in plan: what goes has no colour.
            let end = from + FloorOfUse::sum_m2(uses) * px_per_m2;
            let pen = Pen::dashed(Role::Ink1, Stroke::Fine, Dash::Ghost);
            if end > from {
                sheet.area(Frame { right: end, ..bar }, None, Some(pen));
            }
            end
        } else {
            sheet.uses_bar(bar, px_per_m2, uses, ask.library)
        };
        let value = sheet.text([end + 7.0, y], Side::Right, style, Role::Ink1, &m2(FloorOfUse::sum_m2(uses)));
        let about = (!uses.is_empty()).then_some(About::States(of));
        sheet.spot_in(Frame { left: room.left, right: value.right, ..bar }, said(ask, &name, uses), about);
        y += height;
    }
    let bottom = y - height / 2.0;
    sheet.line(&[[left, room.top], [left, bottom]], Role::Ink1, Stroke::Fine);
    if stays > 0.0 {
        let x = left + stays * px_per_m2;
        sheet.dashed(&[[x, room.top], [x, bottom]], Role::HairlineStrong, Stroke::Fine, Dash::Guide);
    }
    let figures = ask.sums.of(ask.project, ask.scope).unwrap_or_default();
    if let Some(balance) = figures.mid(FigureId::ProductiveBalance) {
        let name = FigureId::ProductiveBalance.name(ask.lang);
        let words = format!("{name} {}{NO_BREAK}m²", signed(ask.lang, balance, 0));
        sheet.text([left, bottom + 22.0], Side::Right, TypeRole::Label, Role::Ink1, &words);
        sheet.row(["productive_balance", "", "", &plain(balance, 1)]);
    }
}

/// The uses of some states added up, in order.
fn together(states: &[FloorOfState], of: &[State]) -> Vec<FloorOfUse> {
    let mut sum: Vec<FloorOfUse> = Vec::new();
    for floor in states.iter().filter(|floor| of.contains(&floor.state)).flat_map(|floor| &floor.uses) {
        match sum.iter_mut().find(|known| known.id == floor.id) {
            Some(known) => known.area_m2 += floor.area_m2,
            None => sum.push(floor.clone()),
        }
    }
    sum.sort_by(|a, b| (a.family.is_none(), a.family, &a.id).cmp(&(b.family.is_none(), b.family, &b.id)));
    sum
}
