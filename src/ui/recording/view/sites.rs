//! The request to record a site, and the list of recorded sites.

use crate::messages::RecordingProblem;
use crate::ui::announcement::Announcement;
use crate::ui::components::{Button, Icon, IconName, Notice, Tone};
use crate::ui::focus::focus_if_lost;
use crate::ui::i18n::*;
use crate::ui::recording::state::{Event, Model, RequestProgress, Site};
use crate::ui::recording::store::RecordingStore;
use crate::ui::request_error::RecordingError;
use js_sys::Date;
use leptos::either::EitherOf3;
use leptos::html;
use leptos::prelude::*;

/// Replaces a view that has nothing to show.
#[component]
pub fn NotRecorded() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let has_sites = store.slice(has_sites);
    view! {
        <div class="pane">
            <RecordSite />
            <Show when=move || has_sites.get()>
                <SiteList />
            </Show>
            <div class="actions">
                <Button
                    class="btn plain"
                    action="open-file"
                    on_click=move || store.dispatch(Event::OpenPage { file: true })
                >
                    {OPEN_FILE}
                </Button>
            </div>
        </div>
    }
}

/// The recorded sites, and a button that adds this one.
#[component]
pub fn Sites() -> impl IntoView {
    view! {
        <div class="pane">
            <RecordSite />
            <SiteList />
        </div>
    }
}

fn has_sites(model: &Model) -> bool {
    model.recording.sites.as_ref().is_some_and(|sites| !sites.is_empty())
}

/// The button that records the tab's site. The heading gets the focus when this button or that of a recorded site is
/// removed.
#[component]
fn RecordSite() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let site = store.slice(|model| (model.recording.site.clone(), model.is_site_recorded()));
    let title = store.slice(title);
    let heading = NodeRef::<html::H2>::new();
    focus_if_lost(heading, store.view_state.restores_focus());
    let content = move || match site.get() {
        (Site::Website { .. }, true) => EitherOf3::A(view! { <p>{SITE_IS_RECORDED_TEXT}</p> }),
        (Site::Website { host, .. }, false) => EitherOf3::B(view! { <RecordableSite host=host /> }),
        (site, _) => EitherOf3::C(view! { <OtherSite site=site /> }),
    };
    view! {
        <section class="empty" data-record="">
            <span class="glyph">
                <Icon name=IconName::Record />
            </span>
            <h2 tabindex="-1" node_ref=heading>
                <bdi>{move || title.get()}</bdi>
            </h2>
            {content}
            <Progress />
        </section>
    }
}

fn title(model: &Model) -> String {
    match &model.recording.site {
        Site::Website { host, .. } if model.is_site_recorded() => words::site_is_recorded(host),
        _ => SITE_RECORD_TITLE.text(),
    }
}

#[component]
fn RecordableSite(host: String) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let is_busy =
        store.slice(|model| matches!(model.recording.progress, RequestProgress::Asking | RequestProgress::Starting));
    view! {
        <p>
            <bdi>{words::site_record_text(&host)}</bdi>
        </p>
        <p>{SITE_RECORD_SEES}</p>
        <div class="actions">
            <Button
                class="btn primary"
                action="record"
                busy=is_busy
                on_click=move || store.dispatch(Event::Record(Date::now() as i64))
            >
                {SITE_RECORD}
            </Button>
        </div>
        <p class="src">{SITE_RELOADS}</p>
    }
}

/// A site that cannot be recorded.
#[component]
fn OtherSite(site: Site) -> impl IntoView {
    let is_restricted = site == Site::Restricted;
    let why = match site {
        Site::Restricted => SITE_RESTRICTED,
        Site::NoWebsite => SITE_NO_WEBSITE,
        Site::Unknown | Site::Website { .. } => SITE_UNSEEN,
    };
    view! {
        <p data-hold=is_restricted.then_some("not-here")>{why}</p>
    }
}

/// The progress of the request to record.
#[component]
fn Progress() -> impl IntoView {
    let progress = expect_context::<RecordingStore>().slice(|model| progress_text(&model.recording.progress));
    let announced = Memo::new(move |_| progress.get().map(|(_, text)| text).unwrap_or_default().into());
    view! {
        <ShowLet some=progress let((tone, text))>
            <Notice tone=tone>
                <p>
                    <bdi>{text}</bdi>
                </p>
            </Notice>
        </ShowLet>
        <Announcement announced=announced />
    }
}

fn progress_text(progress: &RequestProgress) -> Option<(Tone, String)> {
    match progress {
        RequestProgress::Idle => None,
        RequestProgress::Asking => Some((Tone::Info, SITE_ASKING.text())),
        RequestProgress::Starting | RequestProgress::Started => Some((Tone::Good, SITE_STARTING.text())),
        RequestProgress::Refused => Some((Tone::Quiet, SITE_REFUSED.text())),
        RequestProgress::Failed(RecordingError::Refused(RecordingProblem::Restricted)) => {
            Some((Tone::Warn, SITE_RESTRICTED.text()))
        }
        RequestProgress::Failed(why) => Some((Tone::Bad, words::site_failed(&why.to_string()))),
    }
}

#[component]
fn SiteList() -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let sites = store.slice(|model| model.recording.sites.clone().unwrap_or_default());
    let has_sites = store.slice(has_sites);
    view! {
        <section class="recorded-sites">
            <h2>{SITES_TITLE}</h2>
            <Show when=move || has_sites.get() fallback=|| view! { <p class="none">{SITES_NONE}</p> }>
                <ul class="sites">
                    <For each=move || sites.get() key=Clone::clone let(pattern)>
                        <SiteRow pattern=pattern />
                    </For>
                </ul>
                <p class="src">{SITE_STOP_TEXT}</p>
            </Show>
        </section>
    }
}

#[component]
fn SiteRow(
    /// The match pattern of the site.
    pattern: String,
) -> impl IntoView {
    let store = expect_context::<RecordingStore>();
    let name = pattern.trim_end_matches("/*").to_owned();
    let label = words::site_stop_of(&name);
    let site = pattern.clone();
    view! {
        <li data-site=site>
            <bdi>{name}</bdi>
            <Button
                action="stop-recording"
                on_click=move || store.dispatch(Event::Stop(pattern.clone()))
                attr:aria-label=label
            >
                {SITE_STOP}
            </Button>
        </li>
    }
}
