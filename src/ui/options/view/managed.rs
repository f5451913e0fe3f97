//! The organization's policy, as the options page shows it.

use crate::ui::components::{Notice, Tone};
use crate::ui::i18n::*;
use crate::ui::text::list;
use inspector_core::policy::language::{self, LANGUAGES};
use inspector_core::policy::{
    ALLOWED_ORIGINS, API_BASE, EXPECTATIONS as EXPECTATIONS_KEY, LANGUAGE, PRESETS, Policy, PolicyProblem,
    PolicyProblemKind, READ_ONLY,
};
use inspector_core::upscope_api::base_url::BaseUrl;
use leptos::prelude::*;

/// The settings of the policy, and those that couldn't be read; nothing without a policy.
#[component]
pub fn ManagedSection(policy: Memo<Policy>) -> impl IntoView {
    move || {
        let policy = policy.get();
        (!policy.keys.is_empty()).then(|| {
            view! {
                <Settings policy=policy.clone() />
                {(!policy.problems.is_empty()).then(|| view! { <Problems problems=policy.problems /> })}
            }
        })
    }
}

#[component]
fn Settings(policy: Policy) -> impl IntoView {
    let settings: Vec<_> = policy.keys.iter().map(|key| (*key, setting_text(&policy, key))).collect();
    let setting = |(key, text): (&'static str, String)| {
        view! {
            <li data-managed=key>
                <bdi>{text}</bdi>
            </li>
        }
    };
    view! {
        <Notice tone=Tone::Info title=MANAGED_TITLE class:managed=true>
            <ul>{settings.into_iter().map(setting).collect_view()}</ul>
        </Notice>
    }
}

fn setting_text(policy: &Policy, key: &str) -> String {
    match key {
        READ_ONLY if policy.rules.is_read_only() => MANAGED_READ_ONLY.text(),
        READ_ONLY => MANAGED_NOT_READ_ONLY.text(),
        ALLOWED_ORIGINS => match policy.rules.origins().unwrap_or_default() {
            [] => MANAGED_NOWHERE.text(),
            sites => words::managed_sites(&list::joined(sites)),
        },
        API_BASE => match policy.api_base.as_ref().and_then(Option::as_ref).map(BaseUrl::address) {
            Some(address) => words::managed_api_base(&address),
            None => MANAGED_NO_API_BASE.text(),
        },
        LANGUAGE => words::managed_language(policy.language.unwrap_or("–")),
        EXPECTATIONS_KEY => {
            let count = policy.expectations.as_ref().map_or(0, |file| file.count);
            words::expectations_count(&count.to_string())
        }
        PRESETS => words::managed_presets(&policy.presets.len().to_string()),
        other => other.to_owned(),
    }
}

#[component]
fn Problems(problems: Vec<PolicyProblem>) -> impl IntoView {
    let problem = |problem: PolicyProblem| {
        view! {
            <li data-problem=problem.key>
                <b>{problem.key}</b>
                <bdi>{problem_text(&problem)}</bdi>
            </li>
        }
    };
    view! {
        <Notice tone=Tone::Warn title=MANAGED_PROBLEMS class:managed=true>
            <ul class="outcomes">{problems.into_iter().map(problem).collect_view()}</ul>
            <p>{MANAGED_STRICT}</p>
        </Notice>
    }
}

fn problem_text(problem: &PolicyProblem) -> String {
    let item = problem.item.as_deref().unwrap_or("–");
    match problem.why {
        PolicyProblemKind::WrongType => MANAGED_WRONG_TYPE.text(),
        PolicyProblemKind::NotASite => words::managed_not_a_site(item),
        PolicyProblemKind::NotAnAddress => words::managed_not_an_address(item),
        PolicyProblemKind::NotALanguage => words::managed_not_a_language(item, &language_tags()),
        PolicyProblemKind::NotAPreset => words::managed_not_a_preset(item),
        PolicyProblemKind::TooMany => MANAGED_TOO_MANY.text(),
        PolicyProblemKind::TooLarge => MANAGED_TOO_LARGE.text(),
    }
}

fn language_tags() -> String {
    list::joined(LANGUAGES.iter().map(|folder| language::tag(folder)))
}

/// The address set by the organization. It can't be changed here.
#[component]
pub fn LockedAddress(address: Memo<String>) -> impl IntoView {
    view! {
        <div class="labelled locked">
            <label for="base">{ACCOUNT_BASE}</label>
            <input id="base" type="text" readonly="" value=move || address.get() aria-describedby="base-locked" />
            <p class="src" id="base-locked">
                {MANAGED_LOCKED}
            </p>
        </div>
    }
}
