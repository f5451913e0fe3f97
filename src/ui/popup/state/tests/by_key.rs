//! The shortcut that copies the lookup code.

use super::*;
use crate::ui::copying::Copied;

const PRESSED: Event = Event::CopyCode { masked: false };

/// A page with this text in the code's place, its hour begun so many milliseconds after the epoch's first second.
fn page_with(code: Value, set_at: Value) -> Event {
    let mut raw: Value = serde_json::from_str(&text(HERE, json!({}), Value::Null)).unwrap();
    raw["local"] = json!({"shortId": "\"Q7XK2M9A\"", "lookupCode": code, "lookupCodeSetAt": set_at});
    Event::Inspected(Answer::Inspected { tab: tab(), frames: vec![frame(0, raw.to_string())], left_out: 0 })
}

fn pressed(page: Event) -> (Model, Vec<Effect>) {
    let mut model = Model::default();
    update(&mut model, Event::Poll(4_000_000));
    update(&mut model, page);
    update(&mut model, kept(no_drafts()));
    let effects = update(&mut model, PRESSED);
    (model, effects)
}

#[test]
fn it_copies_a_code_and_tells_it_once_the_browser_has() {
    let (mut model, effects) = pressed(page_with(json!("\"0482\""), Value::Null));
    assert_eq!(effects, [Effect::CopyText("0482".into())]);
    assert_eq!(model.by_key(), Some(ByKey::Trying));
    update(&mut model, Event::CopyAnswered(true));
    update(&mut model, Event::FoundAccount);
    assert_eq!(model.by_key(), Some(ByKey::Copied));
    update(&mut model, Event::Refresh);
    assert_eq!(model.by_key(), None);
}

#[test]
fn nothing_but_a_code_within_its_hour_is_copied() {
    let expired = json!("\"1970-01-01T00:00:00.000Z\"");
    for (code, set_at, why) in [
        (json!("\"0482\""), expired, NoCode::Expired),
        (json!("\"04825\""), Value::Null, NoCode::NotACode),
        (json!("\" 0482 \""), Value::Null, NoCode::NotACode),
        (json!("\"javascript:0\""), Value::Null, NoCode::NotACode),
        (Value::Null, Value::Null, NoCode::NotKnown),
    ] {
        let (model, effects) = pressed(page_with(code.clone(), set_at));
        assert_eq!((model.by_key(), effects), (Some(ByKey::NoCode(why)), vec![]), "{code}");
    }
    let closed = Answer::NoAccess { tab: Some(tab()), why: NoAccess::Restricted };
    let (model, effects) = pressed(Event::Inspected(closed));
    assert_eq!((model.by_key(), effects), (Some(ByKey::NoCode(NoCode::NoVisitor)), vec![]));
}

#[test]
fn what_holds_no_longer_is_no_longer_told() {
    let (mut model, _) = pressed(page_with(Value::Null, Value::Null));
    update(&mut model, page_with(json!("\"0482\""), Value::Null));
    assert_eq!(model.by_key(), None);
}

#[test]
fn where_the_browser_wants_a_press_the_button_tells_what_came_of_it() {
    let (mut model, _) = pressed(page_with(json!("\"0482\""), Value::Null));
    update(&mut model, Event::CopyAnswered(false));
    assert_eq!((model.by_key(), &model.copied), (Some(ByKey::Refused), &None));
    update(&mut model, Event::Copy { what: CopyWhat::LookupCode, masked: false });
    assert_eq!(model.by_key(), Some(ByKey::Trying));
    update(&mut model, Event::CopyAnswered(true));
    assert_eq!(model.by_key(), Some(ByKey::Copied));
    update(&mut model, Event::Copy { what: CopyWhat::ShortId, masked: false });
    assert_eq!(model.by_key(), None);
}

#[test]
fn with_masks_it_does_what_the_button_does() {
    let (mut model, _) = pressed(page_with(json!("\"0482\""), Value::Null));
    update(&mut model, Event::Refresh);
    for masked in [true, false] {
        update(&mut model, Event::CopyCode { masked: true });
        assert_eq!(model.copied, Some(Copied { what: CopyWhat::LookupCode, masked }));
    }
}

#[test]
fn the_code_comes_in_sight() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Show(Panel::Recorded("timeline".into())));
    update(&mut model, Event::Open(Dialog::SetCode));
    update(&mut model, Event::TypeCode("12".into()));
    update(&mut model, PRESSED);
    assert_eq!((&model.panel, model.dialog, model.edit.code.as_deref()), (&Panel::Visitor, None, Some("12")));
}
