//! The lookup code: four digits, valid for one hour after it was last shown (vendor).

use crate::visitor::observed::Observed;

/// The lifetime of a code after it was last shown, in milliseconds (vendor: one hour).
pub const LIFETIME_MS: i64 = 3_600_000;

/// A code of the documented form: four decimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookupCode(String);

impl LookupCode {
    /// `None` unless the trimmed `text` is four decimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::is(text).then(|| Self(text.to_owned()))
    }

    /// Whether `text` can become a code if more is typed.
    pub fn is_beginning(text: &str) -> bool {
        let text = text.trim();
        text.len() < 4 && text.bytes().all(|b| b.is_ascii_digit())
    }

    /// Whether `text` is a code, without trimming.
    pub fn is(text: &str) -> bool {
        text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The code as read in one frame.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeReading {
    /// The code's text. A page can show any text here.
    pub code: Observed<String>,
    /// When its hour began, in milliseconds since the epoch; `None` if not stored.
    pub set_at: Option<i64>,
}

/// The remaining lifetime of a code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TimeLeft {
    /// The remaining milliseconds, at least one and at most an hour.
    Left(i64),
    /// Expired. The value stays stored, and the SDK returns it again on the same page
    /// (docs/sdk-reference.md#lookup-code).
    Expired,
    /// The start is not stored, or is in the future.
    Unknown,
}

impl CodeReading {
    /// The remaining lifetime at `now`, in milliseconds since the epoch.
    pub fn time_left(&self, now: i64) -> TimeLeft {
        // Page and extension use the clock of the same machine. A minute covers an adjustment of it.
        const SLACK_MS: i64 = 60_000;
        match self.set_at.map(|at| now - at) {
            Some(age) if age >= LIFETIME_MS => TimeLeft::Expired,
            Some(age) if age >= -SLACK_MS => TimeLeft::Left(LIFETIME_MS - age.max(0)),
            _ => TimeLeft::Unknown,
        }
    }
}

/// Milliseconds since the epoch of a date as `JSON.stringify(new Date)` writes it, `2026-11-22T21:30:00.000Z`, the
/// only form the SDK stores (*seen*). `None` for any other text.
pub fn parse_iso_date(text: &str) -> Option<i64> {
    let shape = |(i, b): (usize, u8)| match i {
        4 | 7 => b == b'-',
        10 => b == b'T',
        13 | 16 => b == b':',
        19 => b == b'.',
        23 => b == b'Z',
        _ => b.is_ascii_digit(),
    };
    if text.len() != 24 || !text.bytes().enumerate().all(shape) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().ok();
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second, milli) = (number(11..13)?, number(14..16)?, number(17..19)?, number(20..23)?);
    let in_range = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 60;
    in_range.then(|| {
        let seconds = ((days_from_civil(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
        seconds * 1000 + milli
    })
}

/// Days since 1970-01-01 of a Gregorian date, by counting years from March so that the leap day comes last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visitor::observed::Source;

    #[test]
    fn a_code_is_four_digits() {
        assert_eq!(LookupCode::parse(" 0482 ").unwrap().as_str(), "0482");
        assert!(LookupCode::is("0482") && !LookupCode::is(" 0482 "));
        for bad in ["", "482", "48215", "48a1", "４８２１", "-482"] {
            assert_eq!(LookupCode::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn up_to_three_digits_are_the_beginning_of_a_code() {
        for beginning in ["", "4", "048", " 12"] {
            assert!(LookupCode::is_beginning(beginning), "{beginning}");
        }
        for other in ["4821", "4a", "-48"] {
            assert!(!LookupCode::is_beginning(other), "{other}");
        }
    }

    #[test]
    fn dates_of_the_sdk_are_parsed() {
        assert_eq!(parse_iso_date("1970-01-01T00:00:00.000Z"), Some(0));
        assert_eq!(parse_iso_date("2024-02-29T12:34:56.789Z"), Some(1_709_210_096_789));
        assert_eq!(parse_iso_date("2026-11-22T21:30:00.000Z"), Some(1_795_383_000_000));
        for bad in
            ["", "2026-11-22", "2026-13-22T21:30:00.000Z", "2026-11-22T21:30:00.000+", "2026-11-22T21:30:00.00éZ"]
        {
            assert_eq!(parse_iso_date(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_hour_starts_when_the_code_is_shown() {
        let at = |set_at| CodeReading { code: Observed::Value("4821".into(), Source::LocalStorage), set_at };
        assert_eq!(at(Some(1000)).time_left(61_000), TimeLeft::Left(LIFETIME_MS - 60_000));
        assert_eq!(at(Some(0)).time_left(LIFETIME_MS), TimeLeft::Expired);
        assert_eq!(at(Some(1_000_000_000)).time_left(0), TimeLeft::Unknown);
        assert_eq!(at(None).time_left(0), TimeLeft::Unknown);
    }
}
