//! A view that a lazy part of the program makes.

use crate::lazy::{NotLoaded, Task};
use crate::ui::components::Button;
use crate::ui::i18n::{PANEL_BROKEN, TRY_AGAIN};
use leptos::either::Either;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

/// Loads a part and returns its view: a lazy function, or a closure that calls one. The view reads signals only in
/// closures, as everywhere.
#[derive(Clone, Copy)]
pub struct LoadView(Callback<(), Task<Result<AnyView, NotLoaded>>>);

impl<F, Loading> From<F> for LoadView
where
    F: Fn() -> Loading + Send + Sync + 'static,
    Loading: Future<Output = Result<AnyView, NotLoaded>> + 'static,
{
    fn from(load: F) -> Self {
        Self(Callback::new(move |()| -> Task<Result<AnyView, NotLoaded>> { Box::pin(load()) }))
    }
}

thread_local! {
    /// Notifies every missing part when the person tries again, because parts share files.
    static RETRY: ArcTrigger = ArcTrigger::new();
}

/// While `when` is true, the view of a lazy part: at once if the part is loaded, or else as soon as it is. If the part
/// can't be loaded, the reason and a button that tries again.
#[component]
pub fn LazyShow(
    when: impl Fn() -> bool + Send + Sync + 'static,
    /// Loads the part and returns its view: a function that [`lazy!`](crate::lazy) declares, or a closure that calls
    /// one. Runs when the view is wanted, and again when the person tries again.
    #[prop(into)]
    load: LoadView,
    /// If the part can't be loaded, nothing is shown: for a view that only screen readers read.
    #[prop(optional)]
    hides_failure: bool,
    /// Shown while `when` is false.
    #[prop(optional, into)]
    fallback: ViewFn,
) -> impl IntoView {
    view! {
        <Show when=when fallback=fallback>
            <LazyView load=load hides_failure=hides_failure />
        </Show>
    }
}

#[component]
fn LazyView(load: LoadView, hides_failure: bool) -> impl IntoView {
    let is_missing = RwSignal::new(false);
    let retry = RETRY.with(ArcTrigger::clone);
    Effect::new(move |_| {
        retry.track();
        // A view that is already shown stays.
        if is_missing.get_untracked() {
            is_missing.set(false);
        }
    });
    move || match is_missing.get() {
        true => Either::Left((!hides_failure).then(|| view! { <NotLoadedLine /> })),
        false => {
            let view = SendWrapper::new(load.0.run(()));
            Either::Right(Suspend::new(async move {
                let view = view.await;
                if view.is_err() {
                    is_missing.set(true);
                }
                view.ok()
            }))
        }
    }
}

#[component]
fn NotLoadedLine() -> impl IntoView {
    view! {
        <p class="error" role="alert">
            <span>{PANEL_BROKEN}</span>
            <Button class="btn small" action="load-again" on_click=|| RETRY.with(ArcTrigger::notify)>
                {TRY_AGAIN}
            </Button>
        </p>
    }
}
