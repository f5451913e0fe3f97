//! Times are those of the person's place on that day, written in the language in use.

use crate::recorded::{replay, stored};
use crate::support::{World, extension, run_with};
use serde_json::json;
use xtask::drive::{Kind, Options};

mod each_moment_has_the_offset_of_its_own_day {
    use super::*;

    #[test]
    fn chromium() {
        in_new_york(Kind::Chromium);
    }

    #[test]
    fn firefox() {
        in_new_york(Kind::Firefox);
    }
}

fn in_new_york(kind: Kind) {
    let options = Options { lang: Some("de".into()), time_zone: Some("America/New_York"), ..Options::new(extension()) };
    run_with(kind, &options, |world| {
        // In winter, in summer, and on both sides of the change from one to the other.
        both_seen(world, "2026-01-15T12:00:00Z", "15.01.2026, 07:00:00");
        both_seen(world, "2026-07-15T12:00:00Z", "15.07.2026, 08:00:00");
        both_seen(world, "2026-11-01T05:59:59Z", "01.11.2026, 01:59:59");
        both_seen(world, "2026-11-01T06:00:00Z", "01.11.2026, 01:00:00");
    });
}

/// A page that was opened at this moment: its day and time in the history, and the time alone in the timeline.
fn both_seen(world: &World, moment: &str, written: &str) {
    const TAB: i64 = 4343;
    let page = world.open_recorded("");
    let origin = page.0.eval(&format!("Date.parse('{moment}')")).unwrap();
    page.close();
    let (mut head, texts) = replay("connected");
    (head["origin"], head["document"]) = (origin.clone(), json!(format!("{origin}.5")));
    world.keep(&stored(TAB, &[(head, texts)]));
    let page = world.open_recorded(&format!("?tab={TAB}"));
    let time = written.rsplit(' ').next().unwrap();
    page.wait(time, &format!("document.querySelector('.row.landmark .since')?.textContent === '{time}'"));
    page.act("show-history");
    page.choose("tags");
    page.wait(written, &format!("document.querySelector('[data-history=tags] time')?.textContent === '{written}'"));
    page.close();
}
