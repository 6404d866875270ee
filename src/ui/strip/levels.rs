//! The heights at the left of the strip: the floors of its tallest stack.

use egui::{Align2, Ui, pos2};

use super::{Column, Scale};
use crate::i18n::{Lang, number, signed};
use crate::look::{Role, TypeRole};
use crate::model::Volume;
use crate::ui::kit;

/// Labels nearer to one another than this would touch, in logical pixels.
const LEAST_PX: f32 = 14.0;

/// Writes the levels, with a line through the stacks for each.
pub(super) fn paint(ui: &Ui, columns: &[Column], scale: &Scale, lang: Lang) {
    for level_m in apart(&levels_m(columns), |level_m| scale.y(level_m)) {
        let y = scale.y(level_m);
        kit::hairline_h(ui, scale.left - 8.0..=scale.right, y, Role::Hairline);
        let at = pos2(scale.left - 14.0, y);
        kit::paint_text(ui, at, Align2::RIGHT_CENTER, TypeRole::Caption, Role::Ink2, &words(level_m, lang));
    }
}

/// A height over the ground with its sign, also where it is none.
fn words(level_m: f64, lang: Lang) -> String {
    let text = signed(lang, level_m, 2);
    if text.starts_with(['+', '−']) { text } else { format!("+{}", number(lang, 0.0, 2)) }
}

/// The floors of the tallest stack in metres over the ground: the ground first, then its top, then the others from below.
fn levels_m(columns: &[Column]) -> Vec<f64> {
    let top_m =
        |column: &Column| column.upper.iter().map(|volume| volume.top_m()).fold(column.ground.top_m(), f64::max);
    let mut levels = vec![0.0];
    let Some(tallest) = columns.iter().max_by(|a, b| top_m(a).total_cmp(&top_m(b))) else { return levels };
    let upper = tallest.upper.iter().max_by(|a, b| a.top_m().total_cmp(&b.top_m()));
    let mut floors = floors_m(&tallest.ground);
    floors.extend(upper.into_iter().flat_map(|volume| floors_m(volume)));
    levels.push(top_m(tallest));
    floors.sort_by(f64::total_cmp);
    levels.extend(floors);
    levels
}

/// The floors of a volume and its roof, in metres over the ground.
fn floors_m(volume: &Volume) -> Vec<f64> {
    std::iter::once(volume.bottom_m()).chain(volume.levels_m().map(|(_, top_m)| top_m)).collect()
}

/// Those that keep clear of the ones before them.
fn apart(levels_m: &[f64], y_of: impl Fn(f64) -> f32) -> Vec<f64> {
    let mut kept: Vec<f64> = Vec::new();
    for &level_m in levels_m.iter().filter(|level_m| level_m.is_finite()) {
        if kept.iter().all(|other| (y_of(*other) - y_of(level_m)).abs() >= LEAST_PX) {
            kept.push(level_m);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_is_always_there_and_no_two_labels_touch() {
        let levels = [0.0, 12.0, 0.2, 6.6, 9.0, 12.0];
        assert_eq!(apart(&levels, |m| -m as f32 * 10.0), [0.0, 12.0, 6.6, 9.0]);
        assert_eq!(apart(&levels, |m| -m as f32 * 4.0), [0.0, 12.0, 6.6]);
        assert_eq!(apart(&levels, |m| -m as f32), [0.0]);
        assert_eq!(words(0.0, Lang::Nl), "+0,00");
        assert_eq!(words(-3.2, Lang::En), "−3.20");
    }
}
