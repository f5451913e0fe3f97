//! Times in words, without the browser's formatting: a time is told the same on every machine.

/// The time since a page load, as `+1.20 s` and from a minute on as `+2:05`.
pub fn since(ms: i64) -> String {
    let ms = ms.max(0);
    match ms {
        0..60_000 => format!("+{}.{:02} s", ms / 1000, ms % 1000 / 10),
        60_000..3_600_000 => format!("+{}:{:02}", ms / 60_000, ms / 1000 % 60),
        _ => format!("+{}:{:02}:{:02}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60),
    }
}

/// How long something took, as `40 ms`, `1.2 s` or `2 min 5 s`.
pub fn length(ms: i64) -> String {
    let ms = ms.max(0);
    match ms {
        0..1000 => format!("{ms} ms"),
        1000..60_000 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        60_000..3_600_000 => format!("{} min {} s", ms / 60_000, ms / 1000 % 60),
        _ => format!("{} h {} min", ms / 3_600_000, ms / 60_000 % 60),
    }
}

/// The time of day, `12:03:07`. `at`: milliseconds since the epoch; `clock`: minutes ahead of UTC.
pub fn time(at: i64, clock: i64) -> String {
    let second = local(at, clock).rem_euclid(86_400);
    format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

/// The day and the time of day, `2026-11-23 12:03:07`.
pub fn date_time(at: i64, clock: i64) -> String {
    let (year, month, day) = civil(local(at, clock).div_euclid(86_400));
    format!("{year}-{month:02}-{day:02} {}", time(at, clock))
}

/// Seconds since the epoch by the person's clock, kept within a range of dates that can be told.
fn local(at: i64, clock: i64) -> i64 {
    at.clamp(0, 8_640_000_000_000_000) / 1000 + clock * 60
}

/// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar: Howard Hinnant's `civil_from_days`.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_since_the_load_is_short() {
        for (ms, words) in
            [(0, "+0.00 s"), (1234, "+1.23 s"), (65_000, "+1:05"), (3_725_000, "+1:02:05"), (-5, "+0.00 s")]
        {
            assert_eq!(since(ms), words);
        }
        for (ms, words) in [(40, "40 ms"), (1250, "1.2 s"), (125_000, "2 min 5 s"), (7_260_000, "2 h 1 min")] {
            assert_eq!(length(ms), words);
        }
    }

    #[test]
    fn a_clock_tells_the_persons_time() {
        assert_eq!(date_time(1_795_383_000_000, 0), "2026-11-22 21:30:00");
        assert_eq!(date_time(1_795_383_000_000, 150), "2026-11-23 00:00:00");
        assert_eq!(date_time(951_782_400_000, 0), "2000-02-29 00:00:00");
        assert_eq!(time(0, -60), "23:00:00");
        assert!(!date_time(i64::MAX, 840).is_empty());
    }
}
