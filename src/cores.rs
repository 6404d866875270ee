//! Work on many things, shared out among the processor's cores.

use std::sync::mpsc::sync_channel;

/// How many cores there are to share work out to.
#[must_use]
pub fn count() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Makes something of each thing on all cores, ahead of `hand_on`, which gets what was made in the order of the things.
/// Each thread has a scratch of its own for `make` to work with. Few things are made right away.
///
/// ```
/// let lengths: Vec<usize> = maakblok::cores::ahead(
///     &["a", "bc"],
///     |(): &mut (), text| text.len(),
///     |made| made.collect(),
/// );
/// assert_eq!(lengths, [1, 2]);
/// ```
pub fn ahead<Scratch: Default, T: Sync, U: Send, R>(
    things: &[T],
    make: impl Fn(&mut Scratch, &T) -> U + Sync,
    hand_on: impl FnOnce(&mut dyn Iterator<Item = U>) -> R,
) -> R {
    /// Fewer are made before a thread would have started.
    const LEAST: usize = 2_000;
    /// What takes them cannot keep up with more.
    const MOST_THREADS: usize = 4;
    let threads = if things.len() < LEAST { 1 } else { count().min(MOST_THREADS) };
    ahead_by(threads, things, make, hand_on)
}

/// The same by so many threads; by one it is done right here.
fn ahead_by<Scratch: Default, T: Sync, U: Send, R>(
    threads: usize,
    things: &[T],
    make: impl Fn(&mut Scratch, &T) -> U + Sync,
    hand_on: impl FnOnce(&mut dyn Iterator<Item = U>) -> R,
) -> R {
    /// So many are made at once, and so many such blocks of each thread lie ready.
    const BLOCK: usize = 256;
    const READY: usize = 4;
    if threads <= 1 {
        let mut scratch = Scratch::default();
        return hand_on(&mut things.iter().map(|thing| make(&mut scratch, thing)));
    }
    std::thread::scope(|scope| {
        let mut takes = Vec::with_capacity(threads);
        for first in 0..threads {
            let (give, take) = sync_channel(READY);
            let make = &make;
            scope.spawn(move || {
                let mut scratch = Scratch::default();
                for block in things.chunks(BLOCK).skip(first).step_by(threads) {
                    let made: Vec<U> = block.iter().map(|thing| make(&mut scratch, thing)).collect();
                    // Nobody takes them any more.
                    if give.send(made).is_err() {
                        return;
                    }
                }
            });
            takes.push(take);
        }
        // The blocks lie with the threads by turns.
        let mut turn = (0..threads).cycle();
        let blocks = std::iter::from_fn(move || takes.get(turn.next()?)?.recv().ok());
        hand_on(&mut blocks.flatten())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_come_in_their_order_and_nobody_waits_for_what_is_not_taken() {
        let things: Vec<usize> = (0..10_123).collect();
        for threads in [1, 2, 3, 7] {
            let twice = |(): &mut (), n: &usize| n * 2;
            let made: Vec<usize> = ahead_by(threads, &things, twice, |made| made.collect());
            assert!(made.iter().enumerate().all(|(at, made)| *made == at * 2) && made.len() == things.len());
            let first: Vec<usize> = ahead_by(threads, &things, twice, |made| made.take(3).collect());
            assert_eq!(first, [0, 2, 4]);
            assert_eq!(ahead_by(threads, &[0; 0], twice, |made| made.count()), 0);
        }
        assert_eq!(ahead(&things, |(): &mut (), n| *n, |made| made.max()), Some(10_122));
    }
}
