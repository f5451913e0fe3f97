//! Times as text. The browser formats moments in the current language, each with the UTC offset of its day. Durations
//! have the units of all languages and the decimal separator of the current one.

use super::number::decimal_separator;
#[cfg(target_arch = "wasm32")]
use crate::webext::{object, preferences::locale};
#[cfg(target_arch = "wasm32")]
use js_sys::{Array, Function, Intl};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::{JsCast, JsValue};

/// The time since a page load, as `+1.20 s`, and from a minute on as `+2:05`.
pub fn since(ms: i64) -> String {
    let ms = ms.max(0);
    match ms {
        0..60_000 => format!("+{}{}{:02} s", ms / 1000, decimal_separator(), ms % 1000 / 10),
        60_000..3_600_000 => format!("+{}:{:02}", ms / 60_000, ms / 1000 % 60),
        _ => format!("+{}:{:02}:{:02}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60),
    }
}

/// A duration, as `40 ms`, `1.2 s`, `10 s`, or `2 min 5 s`.
pub fn length(ms: i64) -> String {
    let ms = ms.max(0);
    match ms {
        0..1000 => format!("{ms} ms"),
        1000..60_000 if ms % 1000 == 0 => format!("{} s", ms / 1000),
        1000..60_000 => format!("{}{}{} s", ms / 1000, decimal_separator(), ms % 1000 / 100),
        60_000..3_600_000 => format!("{} min {} s", ms / 60_000, ms / 1000 % 60),
        _ => format!("{} h {} min", ms / 3_600_000, ms / 60_000 % 60),
    }
}

/// The time of day in the current language; `at` in milliseconds since the epoch.
pub fn time(at: i64) -> String {
    written(at, Parts::Time)
}

/// The day and the time of day.
pub fn date_time(at: i64) -> String {
    written(at, Parts::DateAndTime)
}

/// The parts of a moment to format.
#[derive(Clone, Copy)]
enum Parts {
    Time,
    DateAndTime,
}

/// The last moment of ECMAScript's `Date`. `Intl` throws for a later one.
const LAST: i64 = 8_640_000_000_000_000;

#[cfg(target_arch = "wasm32")]
fn written(at: i64, parts: Parts) -> String {
    // Creating a formatter is slow, and the language of a document doesn't change.
    FORMATS.with(|[time, date_time]| {
        let format = match parts {
            Parts::Time => time,
            Parts::DateAndTime => date_time,
        };
        let at = JsValue::from_f64(at.clamp(-LAST, LAST) as f64);
        format.call1(&JsValue::UNDEFINED, &at).ok().and_then(|text| text.as_string()).unwrap_or_default()
    })
}

#[cfg(target_arch = "wasm32")]
thread_local! {
    static FORMATS: [Function; 2] = {
        let medium = || JsValue::from("medium");
        [object([("timeStyle", medium())]), object([("dateStyle", medium()), ("timeStyle", medium())])]
            .map(|options| Intl::DateTimeFormat::new(&Array::of1(&locale().into()), options.unchecked_ref()).format())
    };
}

/// Natively there is no `Intl`, and only tests call this: in UTC.
#[cfg(not(target_arch = "wasm32"))]
fn written(at: i64, parts: Parts) -> String {
    let second = at.clamp(-LAST, LAST).div_euclid(1000);
    let (day, second) = (second.div_euclid(86_400), second.rem_euclid(86_400));
    let time = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    match parts {
        Parts::Time => time,
        Parts::DateAndTime => format!("day {day}, {time}"),
    }
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
        for (ms, words) in
            [(40, "40 ms"), (1250, "1.2 s"), (10_000, "10 s"), (125_000, "2 min 5 s"), (7_260_000, "2 h 1 min")]
        {
            assert_eq!(length(ms), words);
        }
    }

    #[test]
    fn any_moment_can_be_formatted() {
        assert_eq!((time(1_795_383_000_000), time(-1000)), ("21:30:00".into(), "23:59:59".into()));
        assert!(date_time(i64::MAX).ends_with("00:00:00") && date_time(i64::MIN).ends_with("00:00:00"));
    }
}
