//! Addresses of tiles: with braces where the numbers of a tile go, as people find them written.

use crate::basemap::TileId;
use crate::i18n::{Lang, tr, tr_with};

/// An address with places for a tile's numbers: `{z}`, `{x}`, `{y}` (or `{-y}`, counted from the south), or the words of
/// WMTS, `{TileMatrix}`, `{TileCol}`, `{TileRow}`. `{s}` is one of the letters a to c.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(String);

/// Why an address cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum TemplateError {
    /// It is no address of the web.
    Scheme,
    /// It has no place for one of the numbers of a tile.
    Missing(&'static str),
    /// It has characters that no address has.
    Characters,
}

impl TemplateError {
    /// The sentence for people.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::Scheme => tr(lang, "template-scheme"),
            Self::Missing(what) => tr_with(lang, "template-missing", &[("what", what.into())]),
            Self::Characters => tr(lang, "template-characters"),
        }
    }
}

impl Template {
    /// Reads an address. The question of a WMTS without numbers gets them.
    ///
    /// # Errors
    /// When it is none, or says nothing of the tile.
    pub fn new(text: &str) -> Result<Self, TemplateError> {
        let mut text = text.trim().to_owned();
        check_address(&text)?;
        let lower = text.to_lowercase();
        let is_wmts = lower.contains("service=wmts") && lower.contains("layer=") && lower.contains("tilematrixset=");
        if is_wmts && !text.contains('{') && !lower.contains("tilematrix={") {
            if !lower.contains("request=") {
                text.push_str("&REQUEST=GetTile&VERSION=1.0.0");
            }
            text.push_str("&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}");
        }
        for (from, to) in [("{TileMatrix}", "{z}"), ("{TileRow}", "{y}"), ("{TileCol}", "{x}"), ("${", "{")] {
            text = replaced(&text, from, to);
        }
        for (what, is_there) in [
            ("{z}", text.contains("{z}")),
            ("{x}", text.contains("{x}")),
            ("{y}", text.contains("{y}") || text.contains("{-y}")),
        ] {
            if !is_there {
                return Err(TemplateError::Missing(what));
            }
        }
        Ok(Self(text))
    }

    /// The address of a tile.
    #[must_use]
    pub fn url(&self, tile: TileId) -> String {
        let letter = ["a", "b", "c"][((tile.x + tile.y) % 3) as usize];
        let south = ((1_u64 << tile.zoom) - 1).saturating_sub(u64::from(tile.y));
        let filled = self.0.replace("{z}", &tile.zoom.to_string()).replace("{x}", &tile.x.to_string());
        filled.replace("{y}", &tile.y.to_string()).replace("{-y}", &south.to_string()).replace("{s}", letter)
    }

    /// As it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// Whether a text is an address of the web without braces filled in.
///
/// # Errors
/// When it is not.
pub fn check_address(text: &str) -> Result<(), TemplateError> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).map(|_| &text[scheme.len()..])
    });
    let rest = rest.ok_or(TemplateError::Scheme)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A name and a password before the host would be sent to whoever stands after them.
    if host.is_empty() || host.contains('@') {
        return Err(TemplateError::Scheme);
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '^' | '`')) {
        return Err(TemplateError::Characters);
    }
    Ok(())
}

/// The address that another leads to, which may be written from where that one is; `None` for one that is not followed:
/// another scheme than those of the web, or from a safe one to one that is not.
pub(super) fn address_from(from: &str, to: &str) -> Option<String> {
    let (scheme, rest) = from.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let to = to.trim();
    let whole = if to.contains("://") {
        to.to_owned()
    } else if let Some(beside) = to.strip_prefix("//") {
        format!("{scheme}://{beside}")
    } else if to.starts_with('/') {
        format!("{scheme}://{host}{to}")
    } else {
        let path = rest.split(['?', '#']).next()?;
        let folder = path.rsplit_once('/').map_or(path, |(folder, _)| folder);
        format!("{scheme}://{folder}/{to}")
    };
    let is_safe = |text: &str| text.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"));
    (check_address(&whole).is_ok() && (is_safe(&whole) || !is_safe(from))).then_some(whole)
}

/// A text with a word replaced, however it is capitalised.
fn replaced(text: &str, from: &str, to: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let from = from.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = lower[at..].find(&from) {
        out.push_str(&text[at..at + found]);
        out.push_str(to);
        at += found + from.len();
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILE: TileId = TileId { zoom: 10, x: 524, y: 343 };

    #[test]
    fn addresses_are_filled_in_whichever_way_they_are_written() {
        let url = |text: &str| Template::new(text).unwrap().url(TILE);
        assert_eq!(url("https://a.org/{z}/{x}/{y}.png"), "https://a.org/10/524/343.png");
        assert_eq!(url("https://a.org/{z}/{x}/{-y}.png"), "https://a.org/10/524/680.png");
        assert_eq!(url("https://{s}.a.org/${z}/${x}/${y}"), "https://a.a.org/10/524/343");
        assert_eq!(
            url("https://a.org/wmts/l/{tilematrix}/{TileRow}/{TileCol}.png"),
            "https://a.org/wmts/l/10/343/524.png"
        );
        let wmts = url("https://a.org/wmts?SERVICE=WMTS&LAYER=grb&TILEMATRIXSET=GoogleMapsVL&FORMAT=image/png");
        assert!(wmts.ends_with("&REQUEST=GetTile&VERSION=1.0.0&TILEMATRIX=10&TILEROW=343&TILECOL=524"), "{wmts}");
    }

    #[test]
    fn a_server_leads_from_where_it_is() {
        let to = |to: &str| address_from("https://a.org/maps/1/2/3.png?k=1", to);
        assert_eq!(to("https://b.org/x").as_deref(), Some("https://b.org/x"));
        assert_eq!(to("/other/3.png").as_deref(), Some("https://a.org/other/3.png"));
        assert_eq!(to("4.png").as_deref(), Some("https://a.org/maps/1/2/4.png"));
        assert_eq!(to("//c.org/y").as_deref(), Some("https://c.org/y"));
        assert_eq!((to("http://b.org/x"), to("file:///etc/hostname")), (None, None));
    }

    #[test]
    fn what_is_no_address_of_tiles_is_refused() {
        let fault = |text: &str| Template::new(text).unwrap_err();
        assert_eq!(fault("file:///etc/{z}/{x}/{y}"), TemplateError::Scheme);
        assert_eq!(fault("https://user:word@a.org/{z}/{x}/{y}"), TemplateError::Scheme);
        assert_eq!(fault("https:///{z}/{x}/{y}"), TemplateError::Scheme);
        assert_eq!(fault("https://a.org/{z}/{x}"), TemplateError::Missing("{y}"));
        assert_eq!(fault("https://a.org/{z}/{x}/{y}\nHost: b"), TemplateError::Characters);
    }
}
