use super::*;
use inspector_core::recording::fixture::Tab;
use proptest::prelude::*;
use serde_json::json;

fn secrets() -> Secrets {
    let mut secrets = Secrets::default();
    secrets.add("p\"w ü", "PASSWORD");
    secrets.add("ada", "NAME");
    secrets
}

fn one(value: &str) -> Secrets {
    let mut secrets = Secrets::default();
    secrets.add(value, "IT");
    secrets
}

#[test]
fn each_form_of_a_secret_is_hidden() {
    for (text, hidden) in [
        ("ada, p\"w ü", "${ENV:NAME}, ${ENV:PASSWORD}"),
        (r#"{"a":"p\"w ü"}"#, r#"{"a":"${ENV:PASSWORD}"}"#),
        (r#"{"a":"p\"w \u00fc"}"#, r#"{"a":"${ENV:PASSWORD}"}"#),
        ("/?q=p%22w%20%C3%BC", "/?q=${ENV:PASSWORD}"),
        ("/?q=p%22w+%c3%bc", "/?q=${ENV:PASSWORD}"),
        ("p&quot;w&nbsp;&#252;", "${ENV:PASSWORD}"),
        ("https://Ada.test/", "https://${ENV:NAME}.test/"),
        ("p\"w", "p\"w"),
    ] {
        assert_eq!(secrets().hide(text), hidden);
    }
}

#[test]
fn a_secret_is_hidden_as_browsers_write_it() {
    for (secret, text) in [
        // A form, and `URLSearchParams`.
        ("p@ss!wo'rd", "p%40ss%21wo%27rd"),
        ("(~)", "%28%7E%29"),
        // A URL parser doesn't escape some characters, and no `%`.
        ("a@b \"c", "a@b%20%22c"),
        ("a%41 b", "a%41%20b"),
        (r"a\b c", "a/b%20c"),
        // A field has one line, and a page trims a text.
        ("p4ss\n", "p4ss"),
        (" p4\nss ", "p4ss"),
        ("𝒑4ss", r"\ud835\udc914ss"),
        ("pü4", "p%FC4"),
        ("pĀ4", "p%u01004"),
        ("a&b", "https://a.test/?to=%2F%3Fq%3Da%252526b"),
    ] {
        let hidden = one(secret).hide(text);
        assert!(hidden.ends_with("${ENV:IT}") && !hidden.contains("b"), "{secret} in {text}: {hidden}");
    }
}

#[test]
fn the_beginning_of_a_secret_at_the_end_of_a_cut_text_is_hidden() {
    let secrets = one("p\"4ss\"w0rd");
    for (start, hidden) in
        [("a p\"4s", "a ${ENV:IT}"), ("q=p%224", "q=${ENV:IT}"), ("q=p%224ss%2", "q=${ENV:IT}"), ("a p\"", "a p\"")]
    {
        let cut = |start: &str| PageValue::CutText { start: start.to_owned(), length: 9000 };
        assert_eq!(secrets.hide_value(&cut(start)), cut(hidden));
    }
    let long = "x".repeat(MAX_VALUE - 4);
    assert_eq!(secrets.hide(&format!("{long}p\"4s")), format!("{long}${{ENV:IT}}"));
    assert_eq!(secrets.hide("p\"4s"), "p\"4s");
}

#[test]
fn a_number_that_is_a_secret_is_hidden() {
    let hidden = |secret: &str, value: Value| one(secret).hide_value(&PageValue::decode(value)).to_json();
    assert_eq!(hidden("483920", json!({"pin": 483_920, "n": [1]})), json!({"pin": "${ENV:IT}", "n": [1]}));
    assert_eq!(hidden("007.50", json!([7.5, 75])), json!(["${ENV:IT}", 75]));
    assert_eq!(hidden("48", json!(1485)), json!("1${ENV:IT}5"));
}

#[test]
fn placeholders_are_filled_from_the_environment() {
    let mut secrets = Secrets::default();
    let path = env::var("PATH").unwrap();
    assert_eq!(secrets.resolve("a ${ENV:PATH} $b").unwrap(), format!("a {path} $b"));
    assert_eq!(secrets.hide(&format!("x{path}")), "x${ENV:PATH}");
    let error = secrets.resolve("${ENV:NOT_THERE_AT_ALL}").unwrap_err().to_string();
    assert_eq!(error, "the environment variable NOT_THERE_AT_ALL is not set or blank");
    assert!(secrets.resolve("${ENV:PATH").is_err());
}

#[test]
fn a_recording_keeps_its_form_and_no_secret() {
    let value = json!({"uniqueId": "ada", "metadata": {"ada": {"call": "p\"w ü"}, "pin": 483_920, "t": 30}});
    let mut tab = Tab::connected(value);
    tab.page("https://acme.test/?name=ada");
    assert!(Secrets::default().hide_recording(&tab.timeline, 5).unwrap().is_none());
    let mut secrets = secrets();
    // Words and numbers of the file format aren't secrets.
    for (value, name) in [("483920", "PIN"), ("call", "CALL"), ("args", "ARGS"), ("30", "THIRTY"), ("uniqueId", "ID")] {
        secrets.add(value, name);
    }
    let hidden = secrets.hide_recording(&tab.timeline, 5).unwrap().unwrap();
    let text = file::write_masked(&hidden, 5);
    assert!(!text.contains("ada") && !text.contains(r#"p\"w"#) && !text.contains("483920"), "{text}");
    assert!(text.contains("name=${ENV:NAME}") && hidden.len() == tab.timeline.len(), "{text}");
    let kinds_and_times = |timeline: &Timeline| -> Vec<_> {
        timeline.ordered().into_iter().map(|(_, entry)| (entry.what.kind(), entry.t)).collect()
    };
    assert_eq!(kinds_and_times(&hidden), kinds_and_times(&tab.timeline));
}

/// How a page or a browser escapes a text within another one.
#[derive(Clone, Copy, Debug)]
enum Writing {
    /// `encodeURIComponent`.
    Component,
    /// A form, and `URLSearchParams`.
    Form,
    /// A URL's parser in a query.
    Query,
    /// `encodeURIComponent` with small letters.
    Small,
    Json,
    /// JSON in ASCII only.
    Ascii,
    Html,
}

impl Writing {
    const ALL: [Self; 7] = [Self::Component, Self::Form, Self::Query, Self::Small, Self::Json, Self::Ascii, Self::Html];

    fn write(self, text: &str) -> String {
        let percent = |kept: &str| -> String {
            let is_kept = |byte: u8| byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte);
            text.bytes()
                .map(|byte| if is_kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
                .collect()
        };
        let json = || {
            let json = Value::from(text).to_string();
            json[1..json.len() - 1].to_owned()
        };
        match self {
            Self::Component => percent("-_.!~*'()"),
            Self::Form => percent("*-._ ").replace(' ', "+"),
            Self::Query => percent("!$%&()*+,-./:;=?@[\\]^_`{|}~"),
            Self::Small => percent("-_.!~*'()").to_lowercase(),
            Self::Json => json(),
            Self::Ascii => json()
                .encode_utf16()
                .map(|unit| match u8::try_from(unit).ok().filter(u8::is_ascii) {
                    Some(byte) => char::from(byte).to_string(),
                    None => format!("\\u{unit:04x}"),
                })
                .collect(),
            Self::Html => text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\'', "&#39;"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_writing_of_a_secret_is_left(
        secret in "[a-c0-9%&;\\\\\"'<+ !@:/?#=~()üĀ𝒑.,x]{3,12}",
        writings in prop::collection::vec(prop::sample::select(&Writing::ALL), 0..4),
        before in "[m-p]{0,5}",
        after in "[m-p]{0,5}",
    ) {
        prop_assume!(secret.trim() == secret);
        let written = writings.iter().fold(secret.clone(), |text, writing| writing.write(&text));
        let secrets = one(&secret);
        prop_assert_eq!(secrets.hide(&format!("{before}{written}{after}")), format!("{before}${{ENV:IT}}{after}"));
        let mut tab = Tab::connected(json!({"metadata": {written.as_str(): [written.as_str()]}}));
        tab.page(&format!("https://acme.test/{written}"));
        let text = file::write_masked(&secrets.hide_recording(&tab.timeline, 5).unwrap().unwrap(), 5);
        prop_assert!(!text.contains(&Writing::Json.write(&written)), "{}", text);
    }
}
