//! What the organisation has set, as the options tell it.

use crate::ui::dom::components::{Tone, notice};
use crate::ui::dom::{Node, bdi, el, fragment};
use crate::ui::i18n::*;
use inspector_core::policy::{ALLOWED_ORIGINS, API_BASE, LANGUAGE, Policy, Problem, READ_ONLY, Why};
use inspector_core::upscope_api::base::Base;

/// A list of it, and of what could not be understood; nothing where nothing is set.
pub fn section(policy: &Policy) -> Option<Node> {
    let set = policy.keys.iter().map(|key| el("li").attr("data-managed", *key).child(bdi(told(policy, key))));
    let list = notice(Tone::Info, Some(MANAGED_TITLE.text()), [el("ul").children(set)]);
    let problems = (!policy.problems.is_empty()).then(|| problems(&policy.problems));
    (!policy.keys.is_empty()).then(|| fragment([list.class("managed")].into_iter().chain(problems)))
}

/// The address that was set, which nobody changes here.
pub fn base(address: String) -> Node {
    let input = el("input")
        .attr("id", "base")
        .attr("type", "text")
        .attr("readonly", "")
        .attr("value", address)
        .attr("aria-describedby", "base-locked");
    el("div")
        .class("labelled locked")
        .child(el("label").attr("for", "base").words(ACCOUNT_BASE))
        .child(input)
        .child(el("p").class("src").attr("id", "base-locked").words(MANAGED_LOCKED))
}

fn told(policy: &Policy, key: &str) -> String {
    match key {
        READ_ONLY if policy.rules.is_read_only() => MANAGED_READ_ONLY.text(),
        READ_ONLY => MANAGED_NOT_READ_ONLY.text(),
        ALLOWED_ORIGINS => match policy.rules.origins().unwrap_or_default() {
            [] => MANAGED_NOWHERE.text(),
            sites => managed_sites(&sites.join(", ")),
        },
        API_BASE => match policy.api_base.as_ref().and_then(Option::as_ref).map(Base::address) {
            Some(address) => managed_api_base(&address),
            None => MANAGED_NO_API_BASE.text(),
        },
        LANGUAGE => managed_language(policy.language.unwrap_or("–")),
        _ => managed_presets(&policy.presets.len().to_string()),
    }
}

fn problems(problems: &[Problem]) -> Node {
    let told = problems.iter().map(|problem| {
        el("li").attr("data-problem", problem.key).child(el("b").text(problem.key)).child(bdi(why(problem)))
    });
    let list = el("ul").class("outcomes").children(told);
    notice(Tone::Warn, Some(MANAGED_PROBLEMS.text()), [list, el("p").words(MANAGED_STRICT)]).class("managed")
}

fn why(problem: &Problem) -> String {
    let item = problem.item.as_deref().unwrap_or("–");
    match problem.why {
        Why::WrongType => MANAGED_WRONG_TYPE.text(),
        Why::NotASite => managed_not_a_site(item),
        Why::NotAnAddress => managed_not_an_address(item),
        Why::NotALanguage => managed_not_a_language(item),
        Why::NotAPreset => managed_not_a_preset(item),
        Why::TooMany => MANAGED_TOO_MANY.text(),
        Why::TooLarge => MANAGED_TOO_LARGE.text(),
    }
}
