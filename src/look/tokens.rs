//! The tokens, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::{Dash, Rgba, Role, Stroke, Theme, TypeRole};
use crate::library::{Family, UseLook, UseTint};

/// Everything the look is made of.
pub struct Tokens {
    roles: [Vec<Rgba>; 3],
    uses: BTreeMap<String, (Rgba, Rgba)>,
    families: Vec<FamilyTokens>,
    strokes: Vec<f32>,
    dashes: Vec<Vec<f32>>,
    types: Vec<TypeStyle>,
    raw: Value,
}

struct FamilyTokens {
    color: Rgba,
    print_color: Rgba,
    on: Rgba,
    hatch: Hatch,
}

/// How text of a role is set, in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TypeStyle {
    /// Size of the face.
    pub size: f32,
    /// Line height.
    pub line: f32,
    /// Whether the medium face is used.
    pub strong: bool,
    /// Extra space between letters.
    pub spacing: f32,
}

/// How a family is hatched, in millimetres on paper.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Hatch {
    /// The pattern.
    pub kind: HatchKind,
    /// Its direction, counter-clockwise from the horizontal of the paper.
    pub angle_deg: f32,
    /// From line to line.
    pub spacing_mm: f32,
    /// Width of a line.
    #[serde(default)]
    pub stroke_mm: f32,
    /// Radius of a dot.
    #[serde(default)]
    pub radius_mm: f32,
    /// Half the length of a sign's arm.
    #[serde(default)]
    pub arm_mm: f32,
    /// Stroke and gap of a dash.
    #[serde(default)]
    pub dash_mm: Vec<f32>,
}

/// A pattern of hatching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HatchKind {
    /// Parallel lines.
    Lines,
    /// Two sets of lines.
    Cross,
    /// Dots.
    Dots,
    /// Dashes.
    Dashes,
    /// Small plus signs.
    Plus,
    /// Small chevrons.
    Chevrons,
}

/// The tokens of the program.
pub fn tokens() -> &'static Tokens {
    static TOKENS: LazyLock<Tokens> = LazyLock::new(Tokens::load);
    &TOKENS
}

/// Shown where a token is missing; a test makes sure that it never is.
const MISSING: Rgba = Rgba([255, 0, 255, 255]);

impl Tokens {
    fn load() -> Self {
        let raw: Value = serde_json::from_str(include_str!("../../assets/themes/tokens.json")).unwrap_or_default();
        let color = |value: Option<&Value>| value.and_then(Value::as_str).and_then(Rgba::parse).unwrap_or(MISSING);
        let at = |path: String| raw.pointer(&path);
        let number = |value: Option<&Value>| value.and_then(Value::as_f64).unwrap_or_default() as f32;
        let roles = Theme::ALL.map(|theme| {
            let path = |role: &Role| format!("/themes/{}/{}", theme.key(), role.key().replace('.', "/"));
            Role::ALL.iter().map(|role| color(at(path(role)))).collect()
        });
        let families = Family::ALL.iter().map(|family| {
            let family = at(format!("/families/{}", family.key())).cloned().unwrap_or_default();
            FamilyTokens {
                color: color(family.get("color")),
                print_color: color(family.get("print_color")),
                on: color(family.get("on")),
                hatch: family.get("hatch").and_then(|hatch| Hatch::deserialize(hatch).ok()).unwrap_or(Hatch {
                    kind: HatchKind::Lines,
                    angle_deg: 0.0,
                    spacing_mm: 2.0,
                    stroke_mm: 0.1,
                    radius_mm: 0.0,
                    arm_mm: 0.0,
                    dash_mm: Vec::new(),
                }),
            }
        });
        let uses = at("/uses".into()).and_then(Value::as_object).into_iter().flatten();
        Self {
            roles,
            families: families.collect(),
            uses: uses.map(|(id, u)| (id.clone(), (color(u.get("color")), color(u.get("on"))))).collect(),
            strokes: Stroke::ALL.iter().map(|stroke| number(at(format!("/stroke/{}", stroke.key())))).collect(),
            dashes: Dash::ALL
                .iter()
                .map(|dash| {
                    let steps = at(format!("/dash/{}", dash.key())).and_then(Value::as_array).into_iter().flatten();
                    steps.map(|step| number(Some(step))).collect()
                })
                .collect(),
            types: TypeRole::ALL
                .iter()
                .map(|role| {
                    let style = at(format!("/type/scale/{}", role.key())).cloned().unwrap_or_default();
                    let size = number(style.get("size"));
                    TypeStyle {
                        size,
                        line: style.get("line").map_or(size * 1.3, |line| number(Some(line))),
                        strong: style.get("face").and_then(Value::as_str) == Some("strong"),
                        spacing: number(style.get("spacing")),
                    }
                })
                .collect(),
            raw,
        }
    }

    /// The colour of a role.
    #[must_use]
    pub fn color(&self, theme: Theme, role: Role) -> Rgba {
        self.roles[theme as usize][role as usize]
    }

    /// The colour of a use. In print all uses of a family have its colour, and their hatch.
    #[must_use]
    pub fn use_color(&self, theme: Theme, look: &UseLook) -> Rgba {
        let family = &self.families[look.family as usize];
        if theme == Theme::Print {
            return family.print_color;
        }
        match look.tint {
            UseTint::Given => self.uses.get(look.id.as_str()).map_or(family.color, |(color, _)| *color),
            UseTint::Free(step) => family.color.stepped(step, family.on),
            UseTint::Own([r, g, b]) => Rgba([r, g, b, 255]),
        }
    }

    /// The colour of a use on a wall: darker than on its roof, most on the right.
    #[must_use]
    pub fn face_color(&self, theme: Theme, look: &UseLook, is_right: bool) -> Rgba {
        let side = if is_right { "right" } else { "left" };
        let t = self.number(&format!("/volume_shading/{side}/{}", theme.key()));
        self.use_color(theme, look).shaded(f64::from(t))
    }

    /// The ink that reads on a use's colour.
    #[must_use]
    pub fn on_use(&self, theme: Theme, look: &UseLook) -> Rgba {
        let family = &self.families[look.family as usize];
        if theme == Theme::Print {
            return family.on;
        }
        match look.tint {
            UseTint::Given => self.uses.get(look.id.as_str()).map_or(family.on, |(_, on)| *on),
            UseTint::Free(_) | UseTint::Own(_) => {
                let ground = self.use_color(theme, look);
                let inks = self.families.iter().map(|family| family.on);
                inks.max_by(|a, b| ground.contrast(*a).total_cmp(&ground.contrast(*b))).unwrap_or(family.on)
            }
        }
    }

    /// The colour of a family.
    #[must_use]
    pub fn family_color(&self, theme: Theme, family: Family) -> Rgba {
        let family = &self.families[family as usize];
        if theme == Theme::Print { family.print_color } else { family.color }
    }

    /// The hatch of a family.
    #[must_use]
    pub fn hatch(&self, family: Family) -> &Hatch {
        &self.families[family as usize].hatch
    }

    /// The colour of hatching.
    #[must_use]
    pub fn hatch_ink(&self, theme: Theme) -> Rgba {
        let path = format!("/hatch_rule/ink/{}", theme.key());
        self.raw.pointer(&path).and_then(Value::as_str).and_then(Rgba::parse).unwrap_or(MISSING)
    }

    /// The width of a line in logical pixels.
    #[must_use]
    pub fn stroke(&self, stroke: Stroke) -> f32 {
        self.strokes[stroke as usize]
    }

    /// Strokes and gaps of a broken line in logical pixels.
    #[must_use]
    pub fn dash(&self, dash: Dash) -> &[f32] {
        &self.dashes[dash as usize]
    }

    /// How text of a role is set.
    #[must_use]
    pub fn type_style(&self, role: TypeRole) -> TypeStyle {
        self.types[role as usize]
    }

    /// Any other number by its path, such as `/panel/top_bar`; 0 when it is not there, which a test refuses.
    #[must_use]
    pub fn number(&self, path: &str) -> f32 {
        self.raw.pointer(path).and_then(Value::as_f64).unwrap_or_default() as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;

    #[test]
    fn every_role_has_its_token_in_every_theme() {
        let tokens = tokens();
        for theme in Theme::ALL {
            for &role in Role::ALL {
                assert_ne!(tokens.color(theme, role), MISSING, "{} in {}", role.key(), theme.key());
            }
            for family in Family::ALL {
                assert_ne!(tokens.family_color(theme, family), MISSING, "{}", family.key());
            }
        }
        for &stroke in Stroke::ALL {
            assert!(tokens.stroke(stroke) > 0.0, "{}", stroke.key());
        }
        for &dash in Dash::ALL {
            assert!(tokens.dash(dash).len() >= 2, "{}", dash.key());
        }
        for &role in TypeRole::ALL {
            assert!(tokens.type_style(role).size > 0.0, "{}", role.key());
        }
        for u in Library::built_in().uses() {
            assert!(tokens.uses.contains_key(u.id.as_str()), "{} has no colour of its own", u.id);
        }
    }
}
