use super::*;
use proptest::prelude::*;

/// The position of an error in a file, and a part of its message.
fn error(text: &str, format: Format) -> (usize, usize, String) {
    let NotExpectations { line, column, message } = read(text, format).unwrap_err();
    (line, column, message)
}

/// The message for a file with this `expect`.
pub(super) fn message(expect: &str) -> String {
    let text = format!(
        "{{\"schema\": \"{SCHEMA}\", \"expectations\": [\n{{\"name\": \"it\", \"pages\": [\"https://acme.test/*\"],\n\"expect\": {expect}}}]}}"
    );
    match read(&text, Format::Json) {
        Ok(_) => String::new(),
        Err(error) => {
            assert_eq!(error.line, 3, "{expect}: {error:?}");
            error.message
        }
    }
}

#[test]
fn json_and_toml_have_the_same_shape() {
    let json = file(
        json!({"after": {"call": "init"}, "within": 5}),
        json!({"tags": {"count": {"atLeast": 1}, "excludes": ["#A"]}}),
    );
    let toml = format!(
        "schema = '{SCHEMA}'\n[[expectations]]\nname = 'it'\npages = ['https://acme.test/*']\n\
         when = {{ after = {{ call = 'init' }}, within = 5 }}\n[expectations.expect.tags]\ncount.atLeast = 1\nexcludes = ['#A']\n"
    );
    assert_eq!(read(&toml, Format::Toml).unwrap(), json);
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    assert_eq!(error("{\n  \"schema\": \"x\"}", Format::Json).0, 2);
    assert_eq!(error("", Format::Json).0, 1);
    let (line, column, message) =
        error("schema = 'upscope-inspector/expectations@1'\nexpectations = 7\n", Format::Toml);
    assert_eq!((line, column), (2, 16), "{message}");
    let later = error(r#"{"schema": "upscope-inspector/expectations@2", "expectations": []}"#, Format::Json);
    assert!(later.2.contains("expected the schema"), "{later:?}");
    assert!(error(&" ".repeat(MAX_FILE + 1), Format::Json).2.contains("at most"));
}

#[test]
fn each_part_shows_what_was_expected() {
    for (expect, said) in [
        ("{}", "at least one thing"),
        (r#"{"uniqeId": {}}"#, "unknown field `uniqeId`, expected one of `uniqueId`"),
        (r#"{"uniqueId": {}}"#, "at least one thing"),
        (r#"{"uniqueId": {"present": "yes"}}"#, "expected a boolean"),
        (r#"{"uniqueId": {"matches": "("}}"#, "regular expression: unclosed group"),
        (r#"{"uniqueId": {"matches": "a{1000}{1000}{1000}"}}"#, "expected a simpler regular expression"),
        (r#"{"uniqueId": {"type": "text"}}"#, "unknown variant `text`, expected one of `string`"),
        (r#"{"uniqueId": {"equals": null}}"#, "`\"present\": false` is for none"),
        (r#"{"uniqueId": {"equals": [[[[[[[[[1]]]]]]]]]}}"#, "8 deep"),
        (r#"{"uniqueId": {"oneOf": []}}"#, "1 to 100 items and found 0"),
        (r#"{"uniqueId": {"includes": ["a"]}}"#, "`includes` is not for `uniqueId`"),
        (r#"{"tags": {"systems": ["a"]}}"#, "`systems` is not for"),
        (r#"{"tags": {"keys": {"a": {}}}}"#, "`keys` is not for"),
        (r#"{"tags": {"count": {}}}"#, "`atLeast` or `atMost`"),
        (r#"{"tags": {"count": {"atLeast": 2, "atMost": 1}}}"#, "`atMost` to be at least"),
        (r#"{"tags": {"never": ["nonsense"]}}"#, "unknown variant"),
        (r#"{"tags": {"setBy": ["me"]}}"#, "unknown variant `me`, expected one of `init`"),
        (r#"{"tags": {"before": -1}}"#, "0 to 3600 seconds"),
        (r#"{"tags": {"overwritten": true}}"#, "expected `false` and found `true`"),
        (r#"{"tags": {"includes": ["a"], "overwritten": true}}"#, "expected `false` and found `true`"),
        (r#"{"tags": {"present": false, "count": {"atMost": 1}}}"#, "nothing else"),
        (r#"{"metadata": {"keys": {}}}"#, "1 to 100 keys"),
        (r#"{"metadata": {"keys": {"a": {"present": false, "equals": 1}}}}"#, "nothing else"),
        (r#"{"tags": null}"#, "invalid type: null"),
        (r#"{"calls": {}}"#, "at least one thing"),
        (r#"{"calls": {"resetOnLogout": false}}"#, "expected `true` and found `false`"),
        (r#"{"calls": {"made": ["init"], "resetOnLogout": false}}"#, "expected `true` and found `false`"),
        (r#"{"calls": {"made": [""]}}"#, "1 to 500 characters"),
        (r#"{"findings": {"allow": ["nonsense"]}}"#, "ID of a check"),
        (r#"{"findings": {"fail": "all"}}"#, "`error`, `warning` or `note`"),
        (r#"{"connected": 1}"#, "expected a boolean"),
        (r#"{"sdk": {}}"#, "at least one thing"),
        (r#"{"sdk": {"atLeast": "two"}}"#, "a version such as"),
    ] {
        let message = message(expect);
        assert!(message.contains(said), "{expect}: {message}");
    }
}

#[test]
fn the_rest_of_the_file_is_checked_as_well() {
    let one = |name: &str, page: &str, when: &str| {
        format!(r#"{{"name": "{name}", "pages": ["{page}"], "when": {when}, "expect": {{"connected": true}}}}"#)
    };
    let said = |items: &[String]| {
        let text = format!(r#"{{"schema": "{SCHEMA}", "expectations": [{}]}}"#, items.join(","));
        read(&text, Format::Json).err().map(|error| error.message).unwrap_or_default()
    };
    let page = "https://acme.test/*";
    assert_eq!(said(&[one("a", page, "{}"), one("b", page, r#"{"after": "login"}"#)]), "");
    assert!(said(&[]).contains("1 to 500 expectations"));
    assert!(said(&[one("a", page, "{}"), one("a", page, "{}")]).contains("another name than `a`"));
    assert!(said(&[one("a", "acme.test", "{}")]).contains("a pattern such as"));
    assert!(said(&[one("a", page, r#"{"after": "later"}"#)]).contains("expected one of `load`"));
    assert!(said(&[one("a", page, r#"{"within": 4000}"#)]).contains("0 to 3600 seconds"));
    let date = format!(
        "schema = '{SCHEMA}'\n[[expectations]]\nname = 'a'\npages = ['{page}']\nexpect.uniqueId.equals = 1979-05-27\n"
    );
    let (line, _, message) = error(&date, Format::Toml);
    assert!(line == 5 && message.contains("instead of a date"), "{line} {message}");
}

#[test]
fn all_patterns_together_are_limited() {
    let text = |pattern: &str, count: usize| {
        let keys: serde_json::Map<_, _> = (0..100).map(|n| (format!("k{n}"), json!({"matches": pattern}))).collect();
        let one = |n: usize| json!({"name": n.to_string(), "pages": ["https://acme.test/*"], "expect": {"metadata": {"keys": keys}}});
        json!({"schema": SCHEMA, "expectations": (0..count / 100).map(one).collect::<Vec<_>>()}).to_string()
    };
    assert!(read(&text(r"^[^@ ]+@acme\.test$", 500), Format::Json).is_ok());
    assert!(read(&text(r"^cust-\d+$", 100), Format::Json).is_ok());
    let large = error(&text("a{5000}", 1000), Format::Json);
    assert!(large.2.contains("together they are too large"), "{large:?}");
    let alone = message(r#"{"uniqueId": {"matches": "\\w{9999}"}}"#);
    assert!(alone.contains("a simpler regular expression: "), "{alone}");
    // The next file has the full memory again.
    assert_eq!(message(r#"{"uniqueId": {"matches": "a{5000}"}}"#), "");
}

#[test]
fn no_text_is_too_deep() {
    for format in [Format::Json, Format::Toml] {
        for open in ["[", "{\"a\":", "a=[", "[a.", "a={a="] {
            assert!(read(&open.repeat(20_000), format).is_err());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_rejected(text in "\\PC*", part in "[\\[\\]{}\"':,=.a-z0-9#*\n-]{0,12}", from in 0..2000_usize, length in 0..40_usize) {
        let example = include_str!("../../../../tests/replay/expectations.json");
        let (from, to) = (from.min(example.len()), (from + length).min(example.len()));
        let changed = example[..from].to_owned() + &part + &example[to..];
        for text in [&text, &changed] {
            for format in [Format::Json, Format::Toml] {
                if let Err(error) = read(text, format) {
                    prop_assert!(error.line >= 1 && error.column >= 1 && !error.message.is_empty());
                    prop_assert!(error.line <= text.lines().count() + 1);
                }
            }
        }
    }
}
