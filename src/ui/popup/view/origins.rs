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

/// Whether a value is shown with an origin of its own, because the lines above don't show it (`is_shared`). `false`
/// without a value.
pub fn has_own_origin<T>(
    value: Memo<Option<T>>,
    is_shared: impl Fn(&SharedOrigins, &T) -> bool + Send + Sync + 'static,
) -> Memo<bool>
where
    T: Send + Sync + 'static,
{
    let shared = shared_origins();
    Memo::new(move |_| {
        value.with(|value| value.as_ref().is_some_and(|value| shared.with(|shared| !is_shared(shared, value))))
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
