//! The word on what the organisation does not allow here.

use crate::app::popup::Model;
use crate::ui::components::{Tone, notice};
use crate::ui::dom::{Node, live, paragraph};
use crate::ui::store::Store;
use crate::ui::words::act;
use inspector_core::policy::Hold;

pub fn held(store: Store) -> Node {
    let name = |hold| if hold == Hold::ReadOnly { "read-only" } else { "not-here" };
    let told = move |hold| notice(Tone::Info, None, [paragraph(act::held(hold))]).attr("data-hold", name(hold));
    live(move || store.with(Model::hold).map(told))
}
