//! Drafts of a tab that is open in two popups.

use super::*;

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
