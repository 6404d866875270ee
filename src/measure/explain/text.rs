//! An explanation as text, to be copied into a report.

use super::{Explanation, PartOf, RowOf, Spot};
use crate::i18n::{Lang, UNDEFINED, has_message, number, range, tr, tr_with};
use crate::measure::FigureValue;
use crate::model::Variant;
use crate::num::Span;

/// Names of volumes at most in one line.
const MOST_NAMES: usize = 6;

/// Where storeys are, in words: `Quay hall, 0 · Stack, 2–4`; levels are counted as people do, the lowest above ground
/// is 0.
#[must_use]
pub fn where_words(places: &[Spot], variant: &Variant, lang: Lang) -> String {
    let mut words = Vec::new();
    let groups: Vec<&[Spot]> = places.chunk_by(|a, b| a.volume == b.volume).collect();
    for group in groups.iter().take(MOST_NAMES) {
        let Some(volume) = group.first().and_then(|spot| variant.volumes.get(spot.volume)) else { continue };
        let levels: Vec<i64> = group.iter().map(|spot| volume.level(spot.storey)).collect();
        let runs = levels.chunk_by(|a, b| a + 1 == *b).map(|run| {
            let level = |level: i64| number(lang, level as f64, 0);
            match run {
                [one] => level(*one),
                [first, .., last] => format!("{}–{}", level(*first), level(*last)),
                [] => String::new(),
            }
        });
        let name = if volume.name.is_empty() { volume.id.to_string() } else { volume.name.clone() };
        words.push(format!("{name}, {}", runs.collect::<Vec<_>>().join("+")));
    }
    if groups.len() > MOST_NAMES {
        let count = number(lang, (groups.len() - MOST_NAMES) as f64, 0);
        words.push(tr_with(lang, "notice-more", &[("count", count.into())]));
    }
    words.join(" · ")
}

/// A unit in a language: `m²/home` is `m²/woning` in Dutch.
#[must_use]
pub fn unit_words(unit: &str, lang: Lang) -> String {
    let word = |symbol: &str| {
        let key = format!("unit-of-{symbol}");
        // As formulas and files write it.
        let plain = || symbol.replace("m2", "m²").replace("m3", "m³");
        if has_message(lang, &key) { tr(lang, &key) } else { plain() }
    };
    unit.split('/').map(|over| over.split('·').map(word).collect::<Vec<_>>().join("·")).collect::<Vec<_>>().join("/")
}

/// The whole explanation; `title` says of what and where the figure is.
#[must_use]
pub fn text(explanation: &Explanation, title: &str, variant: &Variant, lang: Lang) -> String {
    let mut lines = vec![title.to_owned()];
    let value = match explanation.value {
        FigureValue::One(Some(value)) => exact(value, lang),
        FigureValue::Range(Some(span)) => with_range(span, lang),
        _ => {
            let why = explanation.why_not.as_deref().unwrap_or_default();
            format!("{UNDEFINED} ({why})")
        }
    };
    let unit = unit_words(&explanation.told_in, lang);
    lines.push(format!("{} = {value} {unit}", explanation.name).trim_end().to_owned());
    lines.push(format!("{} = {}", explanation.name, explanation.formula));
    if let Some(calculation) = &explanation.calculation {
        lines.push(format!("= {calculation}"));
    }
    for part in &explanation.parts {
        lines.push(String::new());
        let value = part.value.map_or_else(|| UNDEFINED.to_owned(), |span| with_range(span, lang));
        lines.push(format!("{} = {value} {}", part.name, unit_words(&part.unit, lang)).trim_end().to_owned());
        match &part.of {
            PartOf::Rate(cell) => lines.push(format!("  {}", cell.source)),
            PartOf::Rows(rows) => lines.extend(rows.iter().map(|row| row_line(row, variant, lang))),
            PartOf::Fact | PartOf::Figure(_) => {}
        }
    }
    if !explanation.sources.is_empty() {
        lines.push(String::new());
        lines.push(tr(lang, "explain-sources"));
        lines.extend(explanation.sources.iter().map(|source| format!("  {source}")));
    }
    lines.push(tr(lang, "figures-indicative"));
    lines.join("\n") + "\n"
}

fn row_line(row: &RowOf, variant: &Variant, lang: Lang) -> String {
    let mut parts = vec![format!("  {}", row.name)];
    if !row.places.is_empty() {
        parts.push(where_words(&row.places, variant, lang));
    }
    match (&row.calculation, row.value) {
        (Some(calculation), Some(value)) => {
            parts.push(calculation.clone());
            if value.low != value.high {
                parts.push(format!("({})", range(lang, value.low, value.high, 2)));
            }
        }
        _ => parts.push(tr(lang, "explain-not-counted")),
    }
    let mut sources: Vec<&str> = Vec::new();
    for cell in &row.rates {
        if !sources.contains(&cell.source.as_str()) {
            sources.push(&cell.source);
        }
    }
    if !sources.is_empty() {
        parts.push(sources.join("; "));
    }
    parts.join("\t")
}

fn exact(value: f64, lang: Lang) -> String {
    let text = number(lang, value, 6);
    if text.contains(['.', ',']) { text.trim_end_matches('0').trim_end_matches(['.', ',']).to_owned() } else { text }
}

fn with_range(span: Span, lang: Lang) -> String {
    let mid = exact(span.mid, lang);
    if span.low == span.high { mid } else { format!("{mid} ({})", range(lang, span.low, span.high, 2)) }
}
