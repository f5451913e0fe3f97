//! The probe copies a value as JSON would write it, or reports that it can't. It runs no code of the page.

use crate::contract::probe;
use crate::in_both;
use crate::recorder::Recorder;
use crate::support::World;
use inspector_core::checks::{Facts, check};
use inspector_core::recording::history::ValueKey;
use inspector_core::visitor::Field;
use serde_json::{Value, json};
use xtask::drive::Page;

in_both! {
    inexact_values_are_marked;
    inexact_arguments_are_marked;
    an_act_keeps_only_what_the_page_still_has;
    an_observed_argument_is_not_judged;
}

/// An SDK without data, and helpers that count the code of the page that runs. Each case starts again with it.
const SDK: &str = r#"
    window.ran = 0;
    const code = (value) => () => (window.ran++, value);
    const getter = (target, key, value) => Object.defineProperty(target, key, { get: code(value), enumerable: true, configurable: true });
    const observed = (target, values) => new Proxy(target, { get: (_, key) => (window.ran++, values[key] ?? target[key]) });
    window.sent = [];
    window.Upscope = (...call) => void sent.push(call);
    Upscope.q = [];
"#;

/// The probe's report after `setup`, at `part`.
fn report(page: &Page, setup: &str, part: &str) -> Value {
    let probe = probe();
    // The driver may also serialize values as JSON, so `toJSON` is removed before the return.
    let run = format!(
        "(() => {{ {SDK} {setup}; const text = ({probe})(null); delete Object.prototype.toJSON; \
         return [JSON.parse(text){part} ?? null, window.ran]; }})()"
    );
    let read = page.eval(&run).unwrap();
    assert_eq!(read[1], 0, "no code of the page runs: {setup}");
    read[0].clone()
}

fn proxy(seen: Value) -> Value {
    json!({"$": "proxy", "v": seen})
}

fn inexact_values_are_marked(world: &World) {
    let page = world.open("/no-upscope");
    let (function, accessor, own_json) = (json!({"$": "function"}), json!({"$": "accessor"}), json!({"$": "toJSON"}));
    let names = vec!["Ada"; 150];
    let cases = [
        // A value that can't be cloned may contain a proxy. The plain values beside it then may not be what the page
        // returns.
        (
            "observed({ plan: 'gold', track() {} }, { plan: 'silver' })",
            proxy(json!({"plan": "gold", "track": function})),
        ),
        ("observed(['Ada', () => 1], ['Bob'])", proxy(json!(["Ada", function]))),
        ("({ a: observed({ b: 1 }, { b: 2 }), c: 3 })", proxy(json!({"a": proxy(json!({"b": 1})), "c": 3}))),
        ("getter({ seats: 3 }, 'plan', 'gold')", proxy(json!({"seats": 3, "plan": accessor}))),
        ("observed(Array(150).fill('Ada'), { length: 1 })", proxy(json!({"$": "list", "v": names[..100], "n": 50}))),
        // The part of a list or object that isn't copied, a long text, and a BigInt can be cloned.
        ("Array(150).fill('Ada')", json!({"$": "list", "v": names[..100], "n": 50})),
        ("getter(Array(150).fill('Ada'), 149, 'Bob')", proxy(json!({"$": "list", "v": names[..100], "n": 50}))),
        ("({ a: 'x'.repeat(2049), b: 1 })", json!({"a": {"$": "text", "v": "x".repeat(2048), "n": 2049}, "b": 1})),
        ("['crm:1', 10n]", json!(["crm:1", {"$": "bigint"}])),
        // Cloning a list reads its other properties too.
        ("getter(['Ada'], 'name', 'Bob')", proxy(json!(["Ada"]))),
        ("getter(['Ada', 'Bob'], '1.5', 'Cy')", proxy(json!(["Ada", "Bob"]))),
        ("'Ada'.match(/A/)", json!(["A"])),
        (
            "Object.setPrototypeOf(['a', , 'c'], Object.assign(Object.create(Array.prototype), ['A', 'B']))",
            json!(["a", "B", "c"]),
        ),
        // JSON doesn't treat a function with `toJSON` as a function.
        ("Object.assign(() => 1, { toJSON: code('gold') })", own_json.clone()),
        ("({ plan: Object.assign(() => 1, { toJSON: code('gold') }) })", proxy(json!({"plan": own_json}))),
        // JSON converts a date to its primitive value first, and then calls `toISOString`.
        ("new Date(0)", json!({"$": "Date", "v": "1970-01-01T00:00:00.000Z"})),
        ("Object.assign(new Date(0), { valueOf: code(NaN) })", own_json.clone()),
        ("Object.defineProperty(new Date(0), Symbol.toPrimitive, { value: code(NaN) })", own_json),
    ];
    for (value, copied) in cases {
        assert_eq!(
            report(&page, &format!("Upscope._config = {{ metadata: {value} }}"), ".config.metadata"),
            copied,
            "{value}"
        );
    }
    let nested = "{ a: [1] }";
    let many = format!(
        "Upscope._config = {{ rest: Array.from({{ length: 99 }}, () => ({nested})), tags: ['#A'] }}; \
                        Upscope.q.push(['updateConnection', {{ tags: ['#B'] }}])"
    );
    assert_eq!(report(&page, &many, ".config.tags"), json!(["#A"]));
    assert_eq!(report(&page, &many, ".calls"), json!([["updateConnection", {"tags": ["#B"]}]]));
    let converted = "Object.prototype.toJSON = code(1); Upscope._config = { uniqueId: 'u1', metadata: {} }";
    assert_eq!(report(&page, converted, ".config"), json!({"uniqueId": "u1", "metadata": {"$": "toJSON"}}));
}

fn inexact_arguments_are_marked(world: &World) {
    let page = world.open("/no-upscope");
    let (accessor, function) = (json!({"$": "accessor"}), json!({"$": "function"}));
    let cases = [
        (
            "{ uniqueId: 'u1', tags: ['#A'], metadata: { at: 1 } }",
            json!({"uniqueId": "u1", "tags": ["#A"], "metadata": {"at": 1}}),
        ),
        // Vue's `reactive` exposes the object that holds a value, not the value.
        ("observed({ uniqueId: { value: 'u1' } }, { uniqueId: 'u1' })", proxy(json!({"uniqueId": {"value": "u1"}}))),
        (
            "getter({ tags: ['#A'], identities: ['Ada'] }, 'uniqueId', 'u1')",
            proxy(json!({"uniqueId": accessor, "tags": ["#A"], "identities": ["Ada"]})),
        ),
        ("{ uniqueId: 'u1', toJSON: code({}) }", proxy(json!({"uniqueId": "u1", "toJSON": function}))),
        // `init` and JSON ignore inherited and non-enumerable keys, but reading them by name doesn't.
        ("Object.create({ uniqueId: 'u1' })", json!({"uniqueId": proxy(json!("u1"))})),
        ("Object.defineProperty({}, 'uniqueId', { value: 'u1' })", json!({"uniqueId": proxy(json!("u1"))})),
        (
            "getter({ __proto__: getter({}, 'uniqueId', 'u1') }, 'id', 'u1')",
            proxy(json!({"uniqueId": proxy(accessor.clone()), "id": accessor})),
        ),
    ];
    for (argument, copied) in cases {
        let setup = format!("Upscope.q.push(['updateConnection', {argument}])");
        assert_eq!(report(&page, &setup, ".calls[0][1]"), copied, "{argument}");
    }
}

fn an_act_keeps_only_what_the_page_still_has(world: &World) {
    let page = world.open("/no-upscope");
    let probe = probe();
    let kept = json!({"$": "keep"});
    let refused = |key: &str| json!({"refused": "unkept", "error": key});
    let (plan, tier) =
        (json!({"metadata": {"plan": kept, "seats": 3}}), json!({"metadata": {"tier": kept, "seats": 3}}));
    let typed = json!({"metadata": {"plan": {"$": "keep", "n": 5}}});
    let cases = [
        (
            "update",
            "{ metadata: getter({ seats: 2 }, 'plan', 'gold') }",
            &plan,
            json!({"metadata": {"plan": "gold", "seats": 3}}),
        ),
        ("update", "{ metadata: getter({ seats: 2 }, 'plan', 'gold') }", &tier, refused("tier")),
        ("update", "{ metadata: Object.create({ plan: 'gold' }) }", &plan, refused("plan")),
        ("update", "{}", &plan, refused("plan")),
        ("update", "{ metadata: { plan: 'gold' } }", &typed, typed.clone()),
        ("switch", "{ metadata: { plan: 'gold' } }", &plan, refused("plan")),
    ];
    for (act, config, update, made) in cases {
        let command =
            format!("{{ document: `${{performance.timeOrigin}}`, act: '{act}', mayWait: true, update: {update} }}");
        let run = format!(
            "(async () => {{ {SDK} Upscope._config = {config}; \
             const {{ act }} = JSON.parse(await ({probe})(JSON.stringify({command}))); \
             return [act.refused ? {{ refused: act.refused, error: act.error }} : sent[0][1], sent.length]; }})()"
        );
        let calls = usize::from(made["refused"].is_null());
        assert_eq!(page.eval(&run).unwrap(), json!([made, calls]), "{act} {config} {update}");
    }
}

/// Descriptors of a Vue object don't show the values that the SDK reads from it.
fn an_observed_argument_is_not_judged(world: &World) {
    let recorder = Recorder::start(world);
    let page = world.open_connected("/anonymous");
    let observed = "new Proxy({ uniqueId: { value: 'u1' }, tags: { value: ['#VIP'] } }, { get: (target, key) => target[key]?.value })";
    page.eval(&format!("(Upscope('updateConnection', {observed}), true)")).unwrap();
    let key = ValueKey::Field(Field::UniqueId);
    let story = recorder.wait_story(&page, "the update's frame", |story| {
        story.documents[0].value_history(key).now().is_some_and(|step| step.sent.is_some())
    });
    let now = story.documents[0].value_history(key).value().map(|value| value.encode());
    assert_eq!(now, Some(json!("u1")));
    let found: Vec<_> = check(&Facts::new(&story, None)).into_iter().map(|finding| finding.check).collect();
    assert!(found.is_empty(), "{found:?}");
}
