//! What is stored: the drafts of a tab that is open in two popups, and that an act could not be.

use super::*;
use crate::messages::DocumentTarget;

#[test]
fn two_popups_of_a_tab_keep_the_draft_of_each_other() {
    let typed = |model: &mut Model, text| saved(&update(model, Event::Edit(Field::Tags, tags(&[text])))).clone();
    let (mut one, mut other) = (showing(json!({})), showing(json!({})));
    let first = typed(&mut one, "#ONE");
    update(&mut other, Event::DraftsChanged(first.clone()));
    let second = typed(&mut other, "#OTHER");
    assert_eq!(second.others, [first.current.clone().unwrap()]);
    // Only the newest of each is kept, and each popup shows its own.
    update(&mut one, Event::DraftsChanged(second.clone()));
    let third = typed(&mut one, "#ONES");
    assert_eq!(third.others, [second.current.unwrap()]);
    update(&mut other, Event::DraftsChanged(third.clone()));
    assert_eq!((other.edit.draft.change(Field::Tags), other.stored_drafts.len()), (&tags(&["#OTHER"]), 0));
    assert_eq!(saved(&update(&mut other, Event::Discard)).others, [third.current.unwrap()]);
}

#[test]
fn an_act_without_a_note_is_shown_until_the_next_one_has_one() {
    let mut model = showing(json!({}));
    let act = |model: &mut Model, not_stored: Option<&str>| {
        update(model, Event::Edit(Field::Tags, tags(&["#VIP"])));
        update(model, Event::Apply);
        let text = text(HERE, json!({"tags": ["#VIP"]}), json!({"name": "update", "waiting": false}));
        let not_stored = not_stored.map(str::to_owned);
        update(model, Event::Performed(Ok(Reply::Performed { text, not_stored })));
        // The draft is empty again, which is saved.
        update(model, Event::Saved(Ok(())));
        model.storage_failure()
    };
    assert_eq!(act(&mut model, Some("no room")), Some(StorageFailure::ActNotWritten("no room".into())));
    assert_eq!(act(&mut model, None), None);
}

#[test]
fn a_draft_stays_in_its_frame_if_two_documents_began_at_once() {
    let both = || vec![0, 4].into_iter().map(|id| frame(id, text(HERE, json!({}), Value::Null))).collect();
    let inspection = || Event::Inspected(Reply::Inspected { tab: tab(), frames: both(), left_out: 0 });
    let mut model = showing(json!({}));
    update(&mut model, inspection());
    update(&mut model, Event::ChooseFrame(1));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    update(&mut model, inspection());
    assert_eq!((model.page().unwrap().frame().frame, model.edit.is_empty()), (4, false));
}

#[test]
fn another_document_that_seems_to_have_begun_at_once_is_not_the_drafts() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    let other = FrameReport { document_id: Some("other".into()), ..frame(0, text(HERE, json!({}), Value::Null)) };
    update(&mut model, Event::Inspected(Reply::Inspected { tab: tab(), frames: vec![other], left_out: 0 }));
    assert_eq!((model.edit.is_empty(), model.stored_drafts.len()), (true, 1));
}

#[test]
fn an_act_in_a_frame_is_not_that_of_another_one() {
    let mut model = showing(json!({}));
    update(&mut model, Event::Edit(Field::Tags, tags(&["#VIP"])));
    let act = apply(&mut model, None);
    let restored = |frame| {
        let target = DocumentTarget { frame, ..act.target.clone() };
        let last = Some(JournalEntry { target, ..act.clone() });
        let mut again = Model::default();
        update(&mut again, page(HERE, json!({})));
        update(&mut again, Event::Restored(Box::new(StoredTabState { last, ..StoredTabState::default() })));
        again.last.is_some()
    };
    assert_eq!((restored(0), restored(4)), (true, false));
}
