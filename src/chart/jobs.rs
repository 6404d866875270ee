//! Jobs by use, each with its range, and by skill. What is shown is the middle; the line reaches from the sparse to the dense
//! estimate.

use super::bars::{MOST_ROW_PX, nothing, use_name};
use super::sheet::{Frame, Sheet, Side, cut};
use super::{About, Ask, plain};
use crate::i18n::{number, range, tr};
use crate::look::{Role, Stroke, TypeRole};
use crate::measure::{BySkill, FigureId, Figures};
use crate::num::{Span, round_parts};

const NAMES_PX: f64 = 170.0;

pub(super) fn draw(sheet: &mut Sheet, frame: Frame, ask: &Ask<'_>) {
    let figures = ask.sums.of(ask.project, ask.scope).unwrap_or_default();
    let mut jobs: Vec<_> = figures.jobs_by_use.iter().filter(|(_, span)| span.high > 0.0).collect();
    jobs.sort_by(|(a, p), (b, q)| q.mid.total_cmp(&p.mid).then(a.cmp(b)));
    sheet.row(["kind", "name", "jobs_low", "jobs_mid", "jobs_high"]);
    for (id, span) in &jobs {
        row(sheet, "use", id, **span);
    }
    let most = jobs.iter().map(|(_, span)| span.high).fold(0.0, f64::max);
    if most <= 0.0 {
        return nothing(sheet, frame, ask);
    }
    let room = skills(sheet, frame, &figures, ask);
    let height = (room.height() / jobs.len() as f64).clamp(14.0, MOST_ROW_PX);
    let shown = jobs.len().min((room.height() / height).floor().max(1.0) as usize);
    let left = room.left + NAMES_PX + 10.0;
    let px_per_job = (room.right - 130.0 - left).max(10.0) / most;
    for (at, (id, span)) in jobs.iter().take(shown).enumerate() {
        let y = room.top + (at as f64 + 0.5) * height;
        let half = (height / 2.0 - 4.0).min(height * 0.27);
        let id = (*id).into();
        let name = use_name(ask, &id);
        let words = cut(&name, TypeRole::Small, NAMES_PX);
        sheet.text([left - 10.0, y], Side::Left, TypeRole::Small, Role::Ink1, &words);
        let bar = Frame { left, top: y - half, right: left + span.mid * px_per_job, bottom: y + half };
        sheet.use_area(bar, ask.library.get(&id).map(|known| &known.look));
        let ends = [span.low, span.high].map(|value| left + value * px_per_job);
        if span.low < span.high {
            sheet.line(&[[ends[0], y], [ends[1], y]], Role::Ink1, Stroke::Edge);
            for x in ends {
                sheet.line(&[[x, y - 4.0], [x, y + 4.0]], Role::Ink1, Stroke::Edge);
            }
        }
        let value = number(ask.lang, span.mid, 0);
        let value = sheet.text([ends[1] + 8.0, y], Side::Right, TypeRole::Label, Role::Ink1, &value);
        let spread = range(ask.lang, span.low, span.high, 0);
        let spread_at = [value.right + 8.0, y];
        let end = sheet.text(spread_at, Side::Right, TypeRole::Caption, Role::Ink2, &spread);
        let words = format!("{name} · {} {} · {spread}", number(ask.lang, span.mid, 0), FigureId::Jobs.name(ask.lang));
        sheet.spot_in(Frame { left: room.left, right: end.right, ..bar }, words, Some(About::Use(id)));
    }
    sheet.line(&[[left, room.top], [left, room.top + shown as f64 * height]], Role::Ink1, Stroke::Fine);
}

/// The jobs of one level of skill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SkillPart {
    /// The figure.
    pub id: FigureId,
    /// How many they are.
    pub jobs: f64,
    /// Their part of all jobs.
    pub share: f64,
    /// How many, in whole numbers that add up.
    pub rounded: f64,
    /// Their grey.
    pub ink: Role,
}

/// Jobs by skill from low to high; `None` without jobs.
#[must_use]
pub fn skill_parts(figures: &Figures) -> Option<[SkillPart; 3]> {
    let BySkill { low, middle, high } = figures.jobs_by_skill();
    let jobs = [low, middle, high];
    let whole: f64 = jobs.iter().sum();
    if whole <= 0.0 || !whole.is_finite() {
        return None;
    }
    let rounded = round_parts(&jobs, 0);
    let ids = [FigureId::JobsLowSkilled, FigureId::JobsMiddleSkilled, FigureId::JobsHighSkilled];
    let inks = [Role::Ink1, Role::Ink3, Role::HairlineStrong];
    Some([0, 1, 2].map(|at| SkillPart {
        id: ids[at],
        jobs: jobs[at],
        share: jobs[at] / whole,
        rounded: rounded[at],
        ink: inks[at],
    }))
}

/// Jobs by skill as three greys below; the room left above comes back.
fn skills(sheet: &mut Sheet, frame: Frame, figures: &Figures, ask: &Ask<'_>) -> Frame {
    let Some(parts) = skill_parts(figures) else { return frame };
    let top = frame.bottom - 52.0;
    sheet.text([frame.left, top], Side::Right, TypeRole::Caption, Role::Ink2, &tr(ask.lang, "explain-by-skill"));
    let mut left = frame.left;
    for SkillPart { id, jobs, share, rounded, ink } in parts {
        let right = left + share * frame.width();
        let bar = Frame { left, top: top + 11.0, right, bottom: top + 25.0 };
        sheet.area(bar, Some(ink), None);
        let words = format!("{} {}", number(ask.lang, rounded, 0), id.name(ask.lang));
        let cut = cut(&words, TypeRole::Small, right - left - 6.0);
        sheet.text([left, top + 38.0], Side::Right, TypeRole::Small, Role::Ink1, &cut);
        sheet.spot_in(bar, words, None);
        row(sheet, "skill", id.key(), Span::exact(jobs));
        left = right;
    }
    Frame { bottom: top - 18.0, ..frame }
}

fn row(sheet: &mut Sheet, kind: &str, name: &str, span: Span) {
    sheet.row([kind, name, &plain(span.low, 1), &plain(span.mid, 1), &plain(span.high, 1)]);
}
