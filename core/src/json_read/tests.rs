use super::*;

fn same(text: &str) {
    let theirs = serde_json::from_str::<Value>(text);
    match (read(text), theirs) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{text}"),
        (Err(_), Err(_)) => {}
        (ours, theirs) => panic!("{text}: {ours:?}, serde_json: {theirs:?}"),
    }
}

#[test]
fn it_reads_the_same_as_serde_json() {
    for text in [
        "",
        " ",
        "null",
        "nul",
        "true ",
        " false",
        "tru",
        "nullx",
        "1",
        "-1",
        "-",
        "0",
        "01",
        "1.",
        "1.5",
        ".5",
        "1e5",
        "1E+5",
        "1e-+5",
        "1e-5",
        "1e",
        "-0.0e-0",
        "12345678901234567890123456789.000000001",
        "+1",
        "NaN",
        "\"\"",
        "\"",
        "\"a\\",
        "\"\\q\"",
        "\"\\u00e9\\n\\/\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83d\\u0041\"",
        "\"\\u12\"",
        "\"é😀\u{7f}\"",
        "\"\n\"",
        "\"\u{0}\"",
        "[]",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,]",
        "[1 2]",
        " [ 1 , 2 ] ",
        "[[],[{}]]",
        "{}",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1,}",
        "{a:1}",
        "{ \"a\" : 1 , \"b\" : [ ] }",
        "{\"a\":1,\"b\":2,\"a\":3}",
        "[]x",
        "\u{feff}1",
        "\u{a0}1",
    ] {
        same(text);
    }
    let many: String = (0..2 * FEW).map(|n| format!("\"{}\":{n},", n % (FEW + 1))).collect();
    same(&format!("{{{many}\"last\":0}}"));
    for depth in [126, 127, 128, 200, 100_000] {
        same(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        same(&"{\"a\":".repeat(depth));
    }
}

/// The crate reads an object with this key as a number: the page could pass off one value as another, or make a
/// whole report invalid.
#[test]
fn no_key_is_special() {
    let text = r#"{"$serde_json::private::Number":"1"}"#;
    assert!(serde_json::from_str::<Value>(text).unwrap().is_number());
    assert_eq!(read(text).unwrap().to_string(), text);
    let text = r#"[{"$serde_json::private::Number":"x"}]"#;
    assert!(serde_json::from_str::<Value>(text).is_err());
    assert_eq!(read(text).unwrap().to_string(), text);
}

#[test]
fn an_error_has_its_position() {
    assert_eq!(read("{\n  \"a\": x\n}"), Err(JsonError { line: 2, column: 8, cut_off: false }));
    assert_eq!(read("[1] 2"), Err(JsonError { line: 1, column: 5, cut_off: false }));
    assert_eq!(read(""), Err(JsonError { line: 1, column: 1, cut_off: true }));
}
