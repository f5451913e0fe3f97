//! Times use the time zone's offset of that day and the format of the current language.

use crate::recorded::{replay, stored};
use crate::support::{Popup, World, extension, run_with};
use serde_json::json;
use xtask::drive::{Kind, Options};

/// Defines a test for both browsers, in the time zone of New York and this language.
macro_rules! in_new_york {
    ($($name:ident: $lang:expr;)+) => {$(
        mod $name {
            use super::*;

            #[test]
            fn chromium() {
                run_in_new_york(Kind::Chromium, $lang, super::$name);
            }

            #[test]
            fn firefox() {
                run_in_new_york(Kind::Firefox, $lang, super::$name);
            }
        }
    )+};
}

in_new_york! {
    each_moment_has_the_offset_of_its_own_day: "de";
    the_longest_time_fits_the_narrowest_timeline: "en-US";
}

fn run_in_new_york(kind: Kind, lang: &str, test: fn(&World)) {
    let options = Options { lang: Some(lang.into()), time_zone: Some("America/New_York"), ..Options::new(extension()) };
    run_with(kind, &options, test);
}

/// The timeline of a page that was opened at `moment`.
fn opened_at(world: &World, moment: &str) -> Popup {
    const TAB: i64 = 4343;
    let page = world.open_recorded("");
    let origin = page.0.eval(&format!("Date.parse('{moment}')")).unwrap();
    page.close();
    let (mut head, texts) = replay("connected");
    (head["origin"], head["document"]) = (origin.clone(), json!(format!("{origin}.5")));
    world.keep(&stored(TAB, &[(head, texts)]));
    world.open_recorded(&format!("?tab={TAB}"))
}

/// Waits until the timeline shows this time.
fn wait_time(page: &Popup, time: &str) {
    page.wait(time, &format!("document.querySelector('.row.landmark .since')?.textContent === '{time}'"));
}

fn each_moment_has_the_offset_of_its_own_day(world: &World) {
    // In winter, in summer, and on both sides of the change of the clocks.
    for (moment, written) in [
        ("2026-01-15T12:00:00Z", "15.01.2026, 07:00:00"),
        ("2026-07-15T12:00:00Z", "15.07.2026, 08:00:00"),
        ("2026-11-01T05:59:59Z", "01.11.2026, 01:59:59"),
        ("2026-11-01T06:00:00Z", "01.11.2026, 01:00:00"),
    ] {
        let page = opened_at(world, moment);
        wait_time(&page, written.rsplit(' ').next().unwrap());
        page.act("show-history");
        page.choose("tags");
        let there = format!("document.querySelector('[data-history=tags] time')?.textContent === '{written}'");
        page.wait(written, &there);
        page.close();
    }
}

fn the_longest_time_fits_the_narrowest_timeline(world: &World) {
    let page = opened_at(world, "2026-01-15T17:03:07Z");
    page.0.set_viewport(320, 600).unwrap();
    page.wait("the width", "innerWidth === 320");
    page.0.eval("{ document.querySelector('.scroll').scrollTop = 0; }").unwrap();
    // The browser puts a special space before "PM".
    page.wait("the time", r"/^12:03:07\sPM$/.test(document.querySelector('.row.landmark .since')?.textContent)");
    let fits = "[...document.querySelectorAll('.since')].every((time) => time.scrollWidth <= time.clientWidth)";
    assert_eq!(page.0.eval(fits).unwrap(), json!(true), "times are cut or reach into what is beside them");
}
