//! Things of one size along a length: how many fit, and where they stand.

/// How many of a size with a distance between them fit into a length.
pub(super) fn fitting(length_m: f64, each_m: f64, between_m: f64) -> u32 {
    if each_m <= 0.0 || length_m < each_m {
        return 0;
    }
    (((length_m + between_m + 1e-6) / (each_m + between_m)).floor() as u32).max(1)
}

/// Where the `at`-th of `count` begins when they are spread evenly over a length.
pub(super) fn spread(from: f64, length_m: f64, each_m: f64, at: u32, count: u32) -> f64 {
    let free_m = (length_m - each_m * f64::from(count)).max(0.0);
    if count < 2 {
        return from + free_m / 2.0;
    }
    from + f64::from(at) * (each_m + free_m / f64::from(count - 1))
}
