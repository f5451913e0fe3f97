//! The shortcut that copies the lookup code.

use super::*;
use crate::ui::copying::CopyState;

const SHORTCUT: Event = Event::CopyCode { masked: false };

/// A page with this text as its code, which was set at `set_at`.
fn page_with(code: Value, set_at: Value) -> Event {
    let mut raw: Value = serde_json::from_str(&text(HERE, json!({}), Value::Null)).unwrap();
    raw["local"] = json!({"shortId": "\"Q7XK2M9A\"", "lookupCode": code, "lookupCodeSetAt": set_at});
    Event::Inspected(Reply::Inspected { tab: tab(), frames: vec![frame(0, raw.to_string())], left_out: 0 })
}

fn use_shortcut(page: Event) -> (Model, Vec<Effect>) {
    let mut model = Model::default();
    update(&mut model, Event::Poll(4_000_000));
    update(&mut model, page);
    update(&mut model, stored(no_drafts()));
    let effects = update(&mut model, SHORTCUT);
    (model, effects)
}

#[test]
fn the_shortcut_reports_a_copy_after_the_browser_confirms_it() {
    let (mut model, effects) = use_shortcut(page_with(json!("\"0482\""), Value::Null));
    assert_eq!(effects, [Effect::CopyText("0482".into())]);
    assert_eq!(model.shortcut_result(), Some(ShortcutResult::Pending));
    update(&mut model, Event::CopyAnswered(true));
    assert_eq!(model.shortcut_result(), Some(ShortcutResult::Copied));
    update(&mut model, Event::Refresh);
    assert_eq!(model.shortcut_result(), None);
}

#[test]
fn only_the_person_ends_what_was_copied() {
    for event in [
        Event::FoundAccount,
        Event::NotLoaded,
        Event::Performed(Err(RequestError::Timeout)),
        Event::Watched(Ok(())),
        Event::AccessAnswered(true),
    ] {
        let (mut model, _) = use_shortcut(page_with(json!("\"0482\""), Value::Null));
        update(&mut model, Event::CopyAnswered(true));
        let name = format!("{event:?}");
        update(&mut model, event);
        assert_eq!(model.shortcut_result(), Some(ShortcutResult::Copied), "{name}");
    }
}

#[test]
fn only_a_valid_code_is_copied() {
    let expired = json!("\"1970-01-01T00:00:00.000Z\"");
    for (code, set_at, why) in [
        (json!("\"0482\""), expired, NoCode::Expired),
        (json!("\"04825\""), Value::Null, NoCode::NotACode),
        (json!("\" 0482 \""), Value::Null, NoCode::NotACode),
        (json!("\"javascript:0\""), Value::Null, NoCode::NotACode),
        (Value::Null, Value::Null, NoCode::NotKnown),
    ] {
        let (model, effects) = use_shortcut(page_with(code.clone(), set_at));
        assert_eq!((model.shortcut_result(), effects), (Some(ShortcutResult::NoCode(why)), vec![]), "{code}");
    }
    let closed = Reply::NoAccess { tab: Some(tab()), why: AccessProblem::Restricted };
    let (model, effects) = use_shortcut(Event::Inspected(closed));
    assert_eq!((model.shortcut_result(), effects), (Some(ShortcutResult::NoCode(NoCode::NoVisitor)), vec![]));
}

#[test]
fn an_outdated_result_is_removed() {
    let (mut model, _) = use_shortcut(page_with(Value::Null, Value::Null));
    update(&mut model, page_with(json!("\"0482\""), Value::Null));
    assert_eq!(model.shortcut_result(), None);
}

#[test]
fn a_click_copies_after_the_browser_refused_the_shortcut() {
    let (mut model, _) = use_shortcut(page_with(json!("\"0482\""), Value::Null));
    update(&mut model, Event::CopyAnswered(false));
    assert_eq!((model.shortcut_result(), &model.copied), (Some(ShortcutResult::NeedsClick), &None));
    update(&mut model, Event::Copy { what: CopyTarget::LookupCode, masked: false });
    assert_eq!(model.shortcut_result(), Some(ShortcutResult::Pending));
    update(&mut model, Event::CopyAnswered(true));
    assert_eq!(model.shortcut_result(), Some(ShortcutResult::Copied));
    update(&mut model, Event::Copy { what: CopyTarget::ShortId, masked: false });
    assert_eq!(model.shortcut_result(), None);
}

#[test]
fn the_shortcut_copies_masked_then_unmasked() {
    let (mut model, _) = use_shortcut(page_with(json!("\"0482\""), Value::Null));
    update(&mut model, Event::Refresh);
    for (nth, masked) in [true, false].into_iter().enumerate() {
        update(&mut model, Event::CopyCode { masked: true });
        assert_eq!(model.copied, Some(CopyState { what: CopyTarget::LookupCode, masked, nth }));
    }
}

#[test]
fn the_shortcut_shows_the_visitor_panel() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Show(Panel::Recorded(RecordedView::Timeline)));
    update(&mut model, Event::Open(Dialog::SetCode));
    update(&mut model, Event::TypeCode("12".into()));
    update(&mut model, SHORTCUT);
    assert_eq!((model.panel, model.dialog, model.edit.code.as_deref()), (Panel::Visitor, None, Some("12")));
}
