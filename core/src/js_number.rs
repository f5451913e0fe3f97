//! JavaScript's numbers.

/// JavaScript's `Number.MAX_SAFE_INTEGER`, 2^53 - 1: the greatest integer up to which each has a number of its own.
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;
