//! Rows that are told apart by their place, so that an edit changes what they show and never their elements: the caret,
//! the selection and an open menu stay.

use crate::ui::dom::{Live, Node, fragment, live};
use std::sync::Arc;

/// Makes the row at a place.
pub type MakeRow = Arc<dyn Fn(usize) -> Node + Send + Sync>;

/// `count` rows and one more, the empty one that takes what is added.
pub fn rows(count: Live<usize>, make: MakeRow) -> Node {
    rows_from(0, count, make)
}

/// The row at `place`, and while there are more the rows after it.
fn rows_from(place: usize, count: Live<usize>, make: MakeRow) -> Node {
    let row = make(place);
    fragment([row, live(move || (place < count()).then(|| rows_from(place + 1, count.clone(), make.clone())))])
}
