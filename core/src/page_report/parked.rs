//! A snippet in a script whose type browsers don't run, until a tool of the page changes the type.

/// A script with Upscope's snippet that the browser did not run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParkedScript {
    /// Its `type`.
    pub kind: String,
    /// Its class and `data-…` attributes by name.
    pub attributes: Vec<(String, String)>,
}

/// A snippet that waits to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedSnippet {
    pub until: WakeEvent,
    /// The script's `type`.
    pub kind: String,
    /// The consent category, as the page names it.
    pub category: Option<String>,
}

/// The event that a parked snippet waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WakeEvent {
    /// The person's consent.
    Consent,
    /// The visitor's first interaction: a tool for page speed delays scripts.
    FirstMove,
}

/// The types of such tools: WP Rocket, LiteSpeed, FlyingPress, Perfmatters, WP Meteor. Cloudflare adds a prefix to the
/// real type.
const SPEED: [&str; 6] =
    ["rocketlazyloadscript", "litespeed/", "flyingpress", "pmdelayedscript", "wpmeteor", "-text/javascript"];

/// The types of consent tools. Most use `text/plain`, which no other tool uses for code.
const CONSENT: [&str; 5] = ["text/plain", "/blocked", "didomi/", "consent", "cookie"];

/// Attributes or classes by which consent tools mark scripts.
const MARKS: [&str; 12] = [
    "consent",
    "cookie",
    "categor",
    "usercentrics",
    "borlabs",
    "purpose",
    "optanon",
    "_iub_cs",
    "cmplazyload",
    "termly",
    "osano",
    "klaro",
];

/// The prefix of OneTrust's class, which names the category.
const ONE_TRUST: &str = "optanon-category-";

impl ParkedScript {
    /// Returns the parked snippet; `None` if nothing shows that it waits, as for a template or an example.
    pub fn parked(&self) -> Option<ParkedSnippet> {
        let kind = self.kind.to_ascii_lowercase();
        let is = |words: &[&str]| words.iter().any(|word| kind.contains(word));
        let until = match () {
            () if is(&SPEED) => WakeEvent::FirstMove,
            () if is(&CONSENT) || self.attributes.iter().any(is_mark) => WakeEvent::Consent,
            () => return None,
        };
        Some(ParkedSnippet {
            until,
            kind: self.kind.clone(),
            category: self.category().filter(|_| until == WakeEvent::Consent),
        })
    }

    fn category(&self) -> Option<String> {
        let one_trust = self
            .attributes
            .iter()
            .filter(|(name, _)| name == "class")
            .find_map(|(_, classes)| classes.split_whitespace().find_map(|class| class.strip_prefix(ONE_TRUST)));
        let named = |(name, _): &&(String, String)| {
            ["categor", "cookieconsent", "purpose"].iter().any(|word| name.contains(word))
        };
        let by_name = || self.attributes.iter().find(named).map(|(_, value)| value.as_str());
        one_trust.or_else(by_name).map(str::trim).filter(|category| !category.is_empty()).map(str::to_owned)
    }
}

fn is_mark((name, value): &(String, String)) -> bool {
    let marked = if name == "class" { value } else { name }.to_ascii_lowercase();
    MARKS.iter().any(|mark| marked.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(kind: &str, attributes: &[(&str, &str)]) -> ParkedScript {
        let attributes = attributes.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        ParkedScript { kind: kind.into(), attributes }
    }

    #[test]
    fn consent_tools_are_recognized() {
        let cases = [
            (script("text/plain", &[("data-cookiecategory", "functional")]), Some("functional")),
            (script("text/plain", &[("data-cookieconsent", "marketing")]), Some("marketing")),
            (script("text/plain", &[("class", "optanon-category-C0002")]), Some("C0002")),
            (script("text/plain", &[]), None),
            (script("javascript/blocked", &[]), None),
            (script("text/x-holds", &[("data-usercentrics", "Upscope")]), None),
            (script("text/template", &[("data-borlabs-cookie-type", "x")]), None),
        ];
        for (script, category) in cases {
            let parked = script.parked().unwrap_or_else(|| panic!("{script:?}"));
            assert_eq!((parked.until, parked.category.as_deref()), (WakeEvent::Consent, category), "{script:?}");
        }
    }

    #[test]
    fn page_speed_tools_need_no_consent() {
        for kind in ["rocketlazyloadscript", "litespeed/javascript", "3f1c0a77-text/javascript"] {
            let parked = script(kind, &[("data-category", "x")]).parked().unwrap();
            assert_eq!((parked.until, parked.category), (WakeEvent::FirstMove, None), "{kind}");
        }
    }

    #[test]
    fn a_template_or_an_example_is_not_parked() {
        for kind in ["text/template", "text/x-handlebars-template", "application/json", "text/babel", "text/markdown"] {
            assert_eq!(script(kind, &[("id", "install"), ("class", "code")]).parked(), None, "{kind}");
        }
    }
}
