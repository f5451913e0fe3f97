//! JavaScript's numbers.

use serde_json::Number;

/// JavaScript's `Number.MAX_SAFE_INTEGER`, 2^53 - 1: the greatest integer up to which every integer has an exact
/// representation.
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Whether JavaScript changes the digits of a number, or may have changed them: a number beyond the safe integers, or
/// one that JavaScript writes with other digits.
pub fn loses_digits(number: &Number) -> bool {
    let text = number.as_str();
    text.parse().is_ok_and(|double: f64| {
        double.abs() > MAX_SAFE_INTEGER as f64 || significant(&format!("{double:e}")) != significant(text)
    })
}

/// Whether JavaScript reads both as the same number. A page's numbers have the digits that JavaScript writes.
pub fn is_same(one: &Number, other: &Number) -> bool {
    let double = |number: &Number| number.as_str().parse::<f64>().ok();
    one == other || double(one).is_some_and(|value| Some(value) == double(other))
}

/// Whether JavaScript reads the number as `Infinity`, which JSON lacks.
pub fn is_infinite(number: &Number) -> bool {
    number.as_str().parse::<f64>().is_ok_and(f64::is_infinite)
}

/// The significant digits of a number, and the power of ten of the last one. Zero has none.
fn significant(text: &str) -> (String, i64) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let fraction = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let all: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = all.trim_end_matches('0');
    let power = exponent.parse().unwrap_or(0_i64).saturating_sub_unsigned(fraction as u64);
    let power = power.saturating_add_unsigned((all.len() - digits.len()) as u64);
    let digits = digits.trim_start_matches('0');
    (digits.to_owned(), if digits.is_empty() { 0 } else { power })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_lost_if_javascript_writes_others() {
        let loses = |text: &str| loses_digits(&serde_json::from_str(text).unwrap());
        let lost = [
            "9007199254740993",
            "10203040506070809.0",
            "12345678901234567.5",
            "9007199254740991.4",
            "0.12345678901234567891",
            "-10203040506070809",
            "1e21",
            "1e400",
            "1e-400",
        ];
        for text in lost {
            assert!(loses(text), "{text}");
        }
        for text in
            ["1.5e3", "1E+2", "9007199254740991", "-12.50", "0.1", "0.30000000000000004", "-0.0", "0e5", "5e-324"]
        {
            assert!(!loses(text), "{text}");
        }
    }
}
