//! A closed line without some of its edges.

/// The runs of edges that are left of a ring when some are skipped, each as its points; a ring of which none is skipped is one
/// run that ends where it began.
#[must_use]
pub fn runs_without<T: Copy>(ring: &[T], is_skipped: impl Fn(T, T) -> bool) -> Vec<Vec<T>> {
    let mut runs: Vec<Vec<T>> = Vec::new();
    let mut run: Vec<T> = Vec::new();
    for &at in ring.iter().chain(ring.first()) {
        if run.last().is_some_and(|&last| is_skipped(last, at)) {
            runs.push(std::mem::take(&mut run));
        }
        run.push(at);
    }
    runs.push(run);
    runs.retain(|run| run.len() > 1);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_ring_comes_in_runs() {
        let ring = [0, 1, 2, 3];
        assert_eq!(runs_without(&ring, |_, _| false), [vec![0, 1, 2, 3, 0]]);
        assert_eq!(runs_without(&ring, |a, b| (a, b) == (1, 2)), [vec![0, 1], vec![2, 3, 0]]);
        assert!(runs_without(&ring, |_, _| true).is_empty());
        assert!(runs_without(&[] as &[i32], |_, _| false).is_empty());
    }
}
