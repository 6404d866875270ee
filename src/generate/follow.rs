//! A recipe brought to another outline of its plot: what lies behind its edges and what was done by hand go with it.

use super::edges::edges_from;
use crate::geometry::{Motion, Outline};
use crate::model::{EdgeRole, Recipe};

/// The recipe for the outline that its plot has now, which it got by a motion where it was moved as a whole. Each edge has what
/// lay behind the one that it comes from and its number; what is new has a number of its own, and what is `guessed`, edge by
/// edge.
#[must_use]
pub fn followed(
    recipe: &Recipe,
    now: &Outline,
    motion: Option<&Motion>,
    guessed: impl FnOnce() -> Vec<EdgeRole>,
) -> Recipe {
    if recipe.outline == *now && motion.is_none_or(|motion| motion.leaves(now)) {
        return recipe.clone();
    }
    // A hall that was taken over goes wherever its plot was taken as a whole.
    let taken = motion.filter(|_| recipe.has_taken_over()).copied();
    let motion = motion.filter(|motion| motion.is_rigid);
    let from = edges_from(&recipe.outline, now, motion);
    let guessed = if from.contains(&None) { guessed() } else { Vec::new() };
    let count = recipe.outline.edges().count();
    let mut next = (0..count).map(|at| recipe.edge_number(at) + 1).max().unwrap_or(0);
    let (mut roles, mut edges): (Vec<EdgeRole>, Vec<u32>) = (Vec::new(), Vec::new());
    for (at, from) in from.into_iter().enumerate() {
        let role = from.map_or_else(|| guessed.get(at), |from| recipe.roles.get(from));
        roles.push(role.copied().unwrap_or_default());
        // Two pieces of one edge: the first keeps its number.
        let known = from.map(|from| recipe.edge_number(from)).filter(|number| !edges.contains(number));
        edges.push(known.unwrap_or_else(|| {
            next += 1;
            next - 1
        }));
    }
    if edges.iter().enumerate().all(|(at, number)| at as u32 == *number) {
        edges.clear();
    }
    let mirrored = recipe.mirrored != motion.is_some_and(|motion| motion.map.is_mirroring());
    let mut there = Recipe { outline: now.clone(), roles, edges, mirrored, ..recipe.clone() };
    if let Some(motion) = motion {
        there.aside.values_mut().for_each(|hand| *hand = std::mem::take(hand).mapped(&motion.map));
    }
    if let Some(motion) = taken {
        let map = |outline: &Outline| outline.transformed(&motion.map);
        there.drawn = there.drawn.map(|drawn| drawn.mapped(map, |at| at));
    }
    there
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Transform, point};
    use crate::library::{Library, Typology};
    use crate::model::Id;

    fn outline(points: &[(f64, f64)]) -> Outline {
        Outline::from_points(points.iter().map(|&(x, y)| point(x, y)))
    }

    fn recipe(roles: &[EdgeRole]) -> Recipe {
        let plot = outline(&[(0.0, 0.0), (60.0, 0.0), (60.0, 40.0), (0.0, 40.0)]);
        Recipe::new(Id(2), Id(1), &Typology::built_in()[0], plot, roles.to_vec(), &Library::built_in())
    }

    #[test]
    fn edges_keep_what_lies_behind_them_and_their_numbers() {
        use EdgeRole::{Neighbour, Party, Rail, Street, Water};
        let recipe = recipe(&[Street, Party, Water, Neighbour]);
        let at = |points: &[(f64, f64)], guessed: &[EdgeRole]| {
            followed(&recipe, &outline(points), None, || guessed.to_vec())
        };
        // Begun at another corner, and longer.
        let longer = at(&[(80.0, 40.0), (0.0, 40.0), (0.0, 0.0), (80.0, 0.0)], &[]);
        assert_eq!((longer.roles, longer.edges), (vec![Water, Neighbour, Street, Party], vec![2, 3, 0, 1]));
        // A corner cut off: its edge is new.
        let guessed = [Neighbour, Neighbour, Rail, Neighbour, Neighbour];
        let cut = at(&[(0.0, 0.0), (60.0, 0.0), (60.0, 30.0), (50.0, 40.0), (0.0, 40.0)], &guessed);
        assert_eq!((cut.roles, cut.edges), (vec![Street, Party, Rail, Water, Neighbour], vec![0, 1, 4, 2, 3]));
        // A corner put into an edge: its first piece is the edge that it was.
        let put = at(&[(0.0, 0.0), (30.0, 0.0), (60.0, 0.0), (60.0, 40.0), (0.0, 40.0)], &[]);
        assert_eq!((put.roles[..2].to_vec(), put.edges), (vec![Street, Street], vec![0, 4, 1, 2, 3]));
    }

    #[test]
    fn a_mirrored_plot_is_laid_out_in_a_mirror_and_one_mirrored_twice_is_not() {
        let recipe = recipe(&[EdgeRole::Street, EdgeRole::Party, EdgeRole::Water, EdgeRole::Neighbour]);
        let mirror = Transform::mirror(point(30.0, 0.0), point(30.0, 40.0)).expect("a line");
        let motion = Motion { map: mirror, is_rigid: true };
        let once = followed(&recipe, &recipe.outline.transformed(&mirror), Some(&motion), Vec::new);
        assert!(once.mirrored);
        assert_eq!(once.roles, [EdgeRole::Water, EdgeRole::Party, EdgeRole::Street, EdgeRole::Neighbour]);
        let twice = followed(&once, &once.outline.transformed(&mirror), Some(&motion), Vec::new);
        assert_eq!(twice, recipe);
    }
}
