//! How often the page is inspected.

use super::*;

/// Inspects the page with a poll, and returns the number of polls until the next inspection.
fn polls_after(model: &mut Model, duration: i64) -> i64 {
    let polled = |model: &mut Model, at| !update(model, Event::Poll(at)).is_empty();
    let start = model.now + 600_000;
    assert!(polled(model, start));
    update(model, Event::InspectionTook(duration));
    update(model, page(HERE, json!({})));
    (1..100).find(|count| polled(model, start + count * 600)).unwrap()
}

#[test]
fn a_page_that_takes_long_is_inspected_less_often() {
    let mut model = showing(json!({}));
    for (duration, polls) in [(40, 1), (150, 1), (500, 4), (5000, 17), (i64::MAX, 17)] {
        assert_eq!(polls_after(&mut model, duration), polls, "{duration} ms");
        update(&mut model, page(HERE, json!({})));
    }
}

#[test]
fn a_person_does_not_wait_for_the_rest_nor_does_a_clock_that_is_set_back() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Poll(600_000));
    update(&mut model, Event::InspectionTook(2000));
    update(&mut model, page(HERE, json!({})));
    assert_eq!(update(&mut model, Event::Poll(600_600)), []);
    assert_eq!(update(&mut model, Event::Refresh).len(), 1);
    update(&mut model, page(HERE, json!({})));
    assert_eq!(update(&mut model, Event::Poll(1000)).len(), 1);
}

#[test]
fn the_pages_clock_makes_no_report_old() {
    let mut model = showing(json!({}));
    // The page's `Date` is at 5 ms.
    update(&mut model, Event::Poll(600_000));
    update(&mut model, page(HERE, json!({})));
    update(&mut model, Event::Poll(602_000));
    assert_eq!(model.seconds_since_report(), 0);
    update(&mut model, Event::Poll(610_000));
    assert_eq!(model.seconds_since_report(), 10);
}
