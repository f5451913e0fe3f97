//! The origins that several values share, once for all of them.

use crate::ui::popup::state::SharedOrigins;
use crate::ui::popup::store::PopupStore;
use crate::ui::text::reading_text::shared_origin;
use inspector_core::visitor::observed::{Observed, Origin};
use leptos::prelude::*;

/// Provides the shared origins to all views, so that they are found once after a change.
pub fn provide_shared_origins(store: PopupStore) {
    provide_context(store.slice(SharedOrigins::read));
}

fn shared_origins() -> Memo<SharedOrigins> {
    expect_context()
}

/// Whether the origin of a value is shown with it, because the lines above the fields don't show it. `false` without a
/// value.
pub fn shows_origin(origin: impl Fn() -> Option<Origin> + Send + Sync + 'static) -> Memo<bool> {
    shows_origin_below(origin, || None)
}

/// As [`shows_origin`], for a value below another one that is usually unknown for the same reason: `above` has the
/// origin of that one.
pub fn shows_origin_below(
    origin: impl Fn() -> Option<Origin> + Send + Sync + 'static,
    above: impl Fn() -> Option<Origin> + Send + Sync + 'static,
) -> Memo<bool> {
    let shared = shared_origins();
    Memo::new(move |_| {
        let above = above();
        origin().is_some_and(|origin| shared.with(|shared| !shared.covers(&origin, above.as_ref())))
    })
}

#[component]
pub fn SharedOriginLines() -> impl IntoView {
    let shared = shared_origins();
    let line = |origin: &Origin| {
        view! {
            <p class="src" data-shared=origin_name(origin)>
                {shared_origin(origin)}
            </p>
        }
    };
    let lines = move || shared.with(|shared| shared.iter().map(line).collect_view());
    view! { <div class="origins">{lines}</div> }
}

/// The stable name of a shared origin, for `data-shared`.
fn origin_name(origin: &Origin) -> &'static str {
    match origin {
        Observed::Value(..) => "source",
        Observed::Unset(_) => "removed",
        Observed::Unknown(_) => "unknown",
    }
}
