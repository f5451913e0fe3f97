//! The views of a recording: timeline, checks, history, sites, and their files. The test stores the recordings of
//! `tests/replay` as the background would (`inspector_core::recording::storage`).

use crate::in_both;
use crate::support::{Popup, World, repository};
use inspector_core::recording::file::MAX_FILE;
use inspector_core::recording::storage::VERSION;
use serde_json::{Value, json};

in_both! {
    a_timeline_is_filtered_expanded_and_copied;
    ten_thousand_entries_stay_few_elements;
    what_comes_while_it_is_shown_is_added;
    findings_lead_to_their_evidence;
    the_history_of_a_value_leads_to_its_calls;
    the_wish_to_record_is_written_down_in_the_click;
    a_masked_file_names_nobody_and_opens_again;
    what_is_no_recording_is_refused;
    text_of_a_page_is_only_text_in_the_recorded_views;
}

/// No tab has this ID. Other tests cover the views' requests to the tab itself.
const TAB: i64 = 4242;

pub fn replay(name: &str) -> (Value, Vec<String>) {
    let text = std::fs::read_to_string(repository().join(format!("tests/replay/{name}.jsonl"))).unwrap();
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut head: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
    head["first"] = json!(0);
    head["own"] = json!(false);
    (head, lines.map(str::to_owned).collect())
}

/// The session storage of a recording with one chunk.
pub fn stored(tab: i64, batches: &[(Value, Vec<String>)]) -> Value {
    let entries: usize = batches.iter().map(|(_, texts)| texts.len()).sum();
    let chunk: Vec<_> = batches.iter().map(|(head, texts)| json!([head.to_string(), texts])).collect();
    json!({
        format!("recording:{tab}"): { "v": VERSION, "to": 1, "entries": entries, "dropped": 0, "chunks": { "0": {} } },
        format!("recording:{tab}:0"): chunk,
    })
}

impl World {
    pub fn keep(&self, items: &Value) {
        let js = format!("chrome.storage.session.set({items}).then(() => true)");
        self.browser.eval_background(&js).unwrap();
    }

    /// The views of a replayed page, in a separate tab.
    pub fn recorded(&self, name: &str) -> Popup {
        self.keep(&stored(TAB, &[replay(name)]));
        let page = self.open_recorded(&format!("?tab={TAB}"));
        page.wait_for(".row");
        page
    }

    pub fn open_recorded(&self, query: &str) -> Popup {
        let page = Popup(self.browser.open_extension_page(&format!("recorded.html{query}")).unwrap());
        page.wait_for(".recorded");
        page
    }
}

impl Popup {
    pub fn count(&self, css: &str) -> u64 {
        self.0.eval(&format!("document.querySelectorAll({}).length", json!(css))).unwrap().as_u64().unwrap()
    }

    /// Saves the copied text, because headless browsers have no readable clipboard.
    pub fn catch_copies(&self) {
        let js =
            "{ window.copied = null; navigator.clipboard.writeText = async (text) => { window.copied = text; }; true }";
        self.0.eval(js).unwrap();
    }

    pub fn wait_copied(&self) -> String {
        self.wait("a copy", "window.copied").as_str().unwrap().to_owned()
    }

    fn wait_rows(&self, count: u64) {
        self.wait(&format!("{count} rows"), &format!("document.querySelectorAll('.row').length === {count}"));
    }

    /// Puts a file in the page's file input, as a person's choice does.
    pub fn choose_file(&self, text: &str) {
        self.choose_file_for("choose-file", "a.json", text);
    }

    /// The same for the file input of this action.
    pub fn choose_file_for(&self, action: &str, name: &str, text: &str) {
        self.put_file(action, &format!("new File([{}], {})", json!(text), json!(name)));
    }

    /// The same with the file that `js` makes.
    fn put_file(&self, action: &str, js: &str) {
        let js = format!(
            "{{ const files = new DataTransfer(); files.items.add({js});
               const input = document.querySelector('[data-action={action}]'); input.files = files.files;
               input.dispatchEvent(new Event('change', {{ bubbles: true }})); true }}"
        );
        self.0.eval(&js).unwrap();
    }

    /// Drops a file on an element, as a person does. Returns whether the page handles it: the browser would leave the
    /// page for the file.
    fn drop_file(&self, css: &str, text: &str) -> bool {
        let js = format!(
            "const dataTransfer = new DataTransfer(); dataTransfer.items.add(new File([{}], 'a.json'));
             const drag = (name) => new DragEvent(name, {{ dataTransfer, bubbles: true, cancelable: true }});
             const on = document.querySelector({});
             return !on.dispatchEvent(drag('dragover')) && !on.dispatchEvent(drag('drop'));",
            json!(text),
            json!(css)
        );
        self.0.eval(&js).unwrap() == json!(true)
    }

    /// The text of the exported file, which the browser would otherwise save to disk.
    pub fn export(&self, choice: &str) -> String {
        self.catch_file();
        self.act("export");
        self.wait_for("dialog [role=radiogroup][aria-labelledby=dialog-title]");
        self.act(choice);
        self.act("confirm");
        self.wait_file()
    }

    /// Saves the next file that the page passes to the browser.
    pub fn catch_file(&self) {
        self.0
            .eval("{ window.saved = null; const make = URL.createObjectURL; HTMLAnchorElement.prototype.click = () => {}; URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return make.call(URL, blob); }; true }")
            .unwrap();
    }

    pub fn wait_file(&self) -> String {
        self.wait("the file", "window.saved").as_str().unwrap().to_owned()
    }
}

fn a_timeline_is_filtered_expanded_and_copied(world: &World) {
    let page = world.recorded("connected");
    page.catch_copies();
    assert_eq!(page.count("[data-kind=call]"), 2);
    page.0.press("/").unwrap();
    page.wait("the search to have the focus", "document.activeElement.id === 'find-entries'");
    page.type_into("#find-entries", "#trial");
    page.wait_rows(3);
    page.type_into("#find-entries", "");
    page.act("filter-calls");
    page.wait_rows(3);
    // A filter without entries disappears when it is turned off.
    page.type_into("#find-entries", "nothing has this");
    page.wait_rows(0);
    page.act("filter-calls");
    page.wait("the list to have the focus", "document.activeElement.id === 'entries'");
    page.type_into("#find-entries", "");
    page.act("filter-calls");
    page.wait_rows(3);
    page.0.click("[data-entry='0:p12'] .line").unwrap();
    page.wait_for("[data-entry='0:p12'][aria-expanded=true] .data");
    let data = page.0.eval("document.querySelector('.data').innerText").unwrap();
    let data = data.as_str().unwrap();
    assert!(data.contains("app.js:14:5") && data.contains("Tags") && data.contains("'#TRIAL'"), "{data}");
    page.act("copy-code");
    assert!(page.wait_copied().starts_with("Upscope('updateConnection', {"));
    page.0.eval("{ window.copied = null; true }").unwrap();
    page.act("copy-json");
    let json: Value = serde_json::from_str(&page.wait_copied()).unwrap();
    assert_eq!((&json["k"], &json["n"]), (&json!("call"), &json!(12)));
    // The same with the keyboard.
    page.0.eval("document.getElementById('entries').focus()").unwrap();
    page.0.press("Enter").unwrap();
    page.wait("the row to fold", "!document.querySelector('.data')");
    page.0.press("Home").unwrap();
    page.0.press("Enter").unwrap();
    page.wait("the first row to expand", "document.querySelector('.row[aria-rowindex=\"1\"] .data')");
}

fn ten_thousand_entries_stay_few_elements(world: &World) {
    let head = json!({ "frame": 0, "document": "d1", "url": "https://acme.test/", "top": true, "less": false, "origin": 1795383000000_i64, "first": 0, "own": false });
    let js = format!(
        "(async () => {{
            const chunks = {{}};
            for (let chunk = 0; chunk < 20; chunk++) {{
                const texts = Array.from({{ length: 500 }}, (_, i) => {{
                    const n = chunk * 500 + i;
                    return JSON.stringify({{ n, t: n * 5, k: 'call', id: n, name: 'updateConnection', args: [{{ uniqueId: 'user-' + n }}], via: 'fn', wait: false }});
                }});
                chunks['recording:{TAB}:' + chunk] = [[JSON.stringify({{ ...{head}, first: chunk * 500 }}), texts]];
            }}
            await chrome.storage.session.set({{ ...chunks, 'recording:{TAB}': {{ v: {VERSION}, to: 20, entries: 10000, dropped: 250, chunks: Object.fromEntries(Object.keys(chunks).map((_, n) => [n, {{}}])) }} }});
            return true;
        }})()"
    );
    world.browser.eval_background(&js).unwrap();
    let page = world.open_recorded(&format!("?tab={TAB}"));
    page.wait_for("[data-entry='0:p9999']");
    assert!(page.text().contains("10,000 entries") && page.text().contains("free space: 250"), "{}", page.text());
    assert!(page.count(".row") < 170, "{} rows exist", page.count(".row"));
    page.0.eval("{ document.getElementById('entries').scrollTop = 0; true }").unwrap();
    page.wait_for("[data-entry='0:p0']");
    assert!(page.count(".row") < 170 && page.count("[data-entry='0:p9999']") == 0);
    page.wait_for("[data-action=jump-newest]");
    page.act("jump-newest");
    page.wait("the list to have the focus", "document.activeElement.id === 'entries'");
    page.wait_for("[data-entry='0:p9999']");
    page.type_into("#find-entries", "user-4321");
    page.wait_rows(1);
    page.0.click("[data-entry='0:p4321'] .line").unwrap();
    page.type_into("#find-entries", "");
    // The expanded entry stays in view.
    page.wait_for("[data-entry='0:p4321'] .data");
}

fn what_comes_while_it_is_shown_is_added(world: &World) {
    let page = world.recorded("connected");
    let (head, mut texts) = replay("connected");
    let late = json!({ "n": texts.len(), "t": 900, "k": "call", "id": 2, "name": "reset", "args": [], "via": "fn", "wait": false });
    texts.push(late.to_string());
    world.keep(&stored(TAB, &[(head, texts)]));
    page.wait_for("[data-entry='0:p15']");
    assert_eq!(page.count("[data-entry='0:p12']"), 1, "nothing is there twice");
    world
        .browser
        .eval_background(&format!(
            "chrome.storage.session.remove(['recording:{TAB}', 'recording:{TAB}:0']).then(() => true)"
        ))
        .unwrap();
    page.wait_for("[data-record]");
}

fn findings_lead_to_their_evidence(world: &World) {
    let page = world.recorded("bad-values");
    page.act("show-checks");
    page.wait_for("[data-check=tag-pattern][data-severity=warning]");
    let order =
        page.0.eval("[...document.querySelectorAll('[data-severity]')].map((one) => one.dataset.severity)").unwrap();
    let mut sorted = order.as_array().unwrap().clone();
    sorted.sort_by_key(|severity| ["error", "warning", "note"].iter().position(|one| severity == one));
    assert_eq!(order, Value::from(sorted));
    page.catch_copies();
    page.0.click("[data-check=wrong-type] [data-action=copy-repair]").unwrap();
    assert!(page.wait_copied().contains("uniqueId: '42'"));
    // The next copy is announced again, with the same words: screen readers announce a new element.
    let announced = "document.querySelector('.recorded > [role=status]').lastElementChild";
    page.wait("the announcement", &format!("{announced}.textContent !== '' && ({announced}.dataset.seen = 'yes')"));
    page.0.click("[data-check]:not([data-check=wrong-type]) [data-action=copy-repair]").unwrap();
    page.wait("the next", &format!("!{announced}.dataset.seen && {announced}.textContent !== ''"));
    assert_eq!(page.count("[data-action=review-edit]"), 0, "nobody can show an edit here");
    page.0.click("[data-check=template] [data-action=show-entry]").unwrap();
    page.wait_for("[data-view=timeline] [data-entry='0:p2'] .data");
}

fn the_history_of_a_value_leads_to_its_calls(world: &World) {
    let page = world.recorded("connected");
    page.act("show-history");
    page.choose("tags");
    page.wait_for("[data-history=tags] [data-cause=call]");
    assert_eq!(page.count("[data-history=tags] .step"), 2);
    let newest = page.0.eval("document.querySelector('.step').innerText").unwrap();
    let newest = newest.as_str().unwrap();
    assert!(newest.contains("updateConnection · app.js:14") && newest.contains("'#VIP', '#TRIAL'"), "{newest}");
    page.0.click(".step:last-child [data-evidence]").unwrap();
    page.wait_for("[data-view=timeline] [data-entry='0:p2'] .data");
    // The value stays chosen.
    page.act("show-history");
    page.wait_for("[data-history=tags]");
}

fn the_wish_to_record_is_written_down_in_the_click(world: &World) {
    world.browser.grant_host("http://127.0.0.1/*").unwrap();
    let site = world.open("/connected");
    let tab = site.tab_id().unwrap();
    let page = world.open_recorded(&format!("?tab={tab}"));
    page.wait_for("[data-record] [data-action=record]");
    // Other tests cover the background. This one checks the request that it gets.
    page.0.eval("{ chrome.runtime.sendMessage = async (message) => { window.asked = message; return { recordedSites: { sites: [] } }; }; true }").unwrap();
    page.act("record");
    let asked = page.wait("the request", "window.asked");
    assert_eq!(asked, json!({ "startRecording": { "pattern": "http://127.0.0.1/*", "tab": tab } }));
    let wish = page.0.eval("chrome.storage.session.get('pendingRecord')").unwrap();
    assert_eq!(
        (&wish["pendingRecord"]["tab"], &wish["pendingRecord"]["pattern"]),
        (&json!(tab), &json!("http://127.0.0.1/*"))
    );
    let keep_sites = |sites: &Value| {
        page.0.eval(&format!("chrome.storage.local.set({{ recordedSites: {sites} }}).then(() => true)")).unwrap();
    };
    // The focus is never lost with a button that is removed.
    let wait_focus = |css: &str| page.wait(css, &format!("document.activeElement.matches({})", json!(css)));
    keep_sites(&json!(["http://127.0.0.1/*"]));
    page.wait_for("[data-site='http://127.0.0.1/*'] [data-action=stop-recording]");
    wait_focus("[data-record] h2");
    page.act("stop-recording");
    page.wait("the request", "window.asked.stopRecording?.pattern === 'http://127.0.0.1/*'");
    keep_sites(&json!([]));
    page.wait_for("[data-record] [data-action=record]");
    wait_focus("[data-record] h2");
    page.act("record");
    page.wait("the announcement", "document.querySelector('[data-record] [role=status]').textContent !== ''");
    world.keep(&stored(tab, &[replay("connected")]));
    wait_focus("#entries");
    page.act("show-sites");
    page.wait_for("[data-record]");
    assert!(!page.exists("[data-record] .notice"), "the recording has appeared");
    page.act("show-timeline");
    page.act("clear");
    page.act("confirm");
    page.wait("the request", "window.asked.clearRecording");
    world.keep(&stored(tab, &[]));
    wait_focus(".empty h2");
}

fn a_masked_file_names_nobody_and_opens_again(world: &World) {
    let page = world.recorded("connected");
    let masked = page.export("export-masked");
    for personal in ["ada@acme.example", "Ada Marsh", "Q7XK2M9A"] {
        assert!(!masked.contains(personal), "{personal} is in the masked file");
    }
    let plain = page.export("export-plain");
    assert!(plain.contains("ada@acme.example"));
    let file = world.open_recorded("");
    file.wait_for("[data-view=file]");
    assert!(file.drop_file("header", &masked));
    file.wait_for("[data-file=masked]");
    file.wait_for("[data-view=timeline] [data-entry='0:p12']");
    // The page stays with the open file.
    assert!(file.drop_file(".row", "{"));
    assert_eq!(file.count("[data-action=clear]"), 0, "a file is only read");
    assert!(!file.exists("[data-action=show-sites]"));
    let again: Value = serde_json::from_str(&file.export("export-plain")).unwrap();
    let masked: Value = serde_json::from_str(&masked).unwrap();
    assert_eq!(again["documents"], masked["documents"]);
}

fn what_is_no_recording_is_refused(world: &World) {
    let page = world.open_recorded("");
    page.choose_file("{");
    page.wait_for("[data-error=not-a-recording]");
    // The same refusal is announced again: screen readers announce a new element.
    page.0.eval("document.querySelector('[data-error]').dataset.seen = ''").unwrap();
    page.choose_file("{");
    page.wait_for("[data-error=not-a-recording]:not([data-seen])");
    assert_eq!(page.0.eval("document.querySelector('[data-action=choose-file]').files.length").unwrap(), json!(0));
    page.choose_file(r#"{"schema":"upscope-inspector/recording@2"}"#);
    page.wait_for("[data-error=other-schema]");
    assert!(page.text().contains("upscope-inspector/recording@2"));
    page.put_file("choose-file", &format!("new File([new ArrayBuffer({})], 'a.json')", MAX_FILE + 1));
    page.wait_for("[data-error=too-large]");
    let alert = page.0.eval("document.querySelector('[role=alert]').innerText").unwrap();
    assert!(alert.as_str().unwrap().contains("64 MB") && !page.exists("[role=alert] p"), "{alert}");
    page.choose_file(r#"{"schema":"upscope-inspector/recording@1","at":1795383000000,"documents":[]}"#);
    page.wait_for("[data-view=timeline]");
}

fn text_of_a_page_is_only_text_in_the_recorded_views(world: &World) {
    let bad = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>\u{202e}";
    let (head, mut texts) = replay("connected");
    let n = texts.len();
    let call = json!({ "n": n, "t": 900, "k": "call", "id": 2, "name": bad, "args": [{ bad: bad, "tags": [bad] }], "at": { "url": bad, "line": 1, "col": 1 }, "via": "fn", "wait": false, "in": bad });
    let page = json!({ "n": n + 1, "t": 901, "k": "page", "what": "route", "url": format!("javascript:{bad}") });
    texts.extend([call.to_string(), page.to_string(), "{".into(), "[]".into(), json!({ "k": bad }).to_string()]);
    world.keep(&stored(TAB, &[(head, texts)]));
    let view = world.open_recorded(&format!("?tab={TAB}"));
    view.wait_for(&format!("[data-entry='0:p{n}']"));
    view.0.click(&format!("[data-entry='0:p{n}'] .line")).unwrap();
    view.wait_for(".data");
    view.act("show-checks");
    view.wait_for("[data-check]");
    for css in ["img", "script:not([src])", "[onerror]", "a[href^='javascript:']"] {
        assert!(!view.exists(&format!(".recorded {css}")), "{css}");
    }
    assert_eq!(view.0.eval("window.hit ?? null").unwrap(), Value::Null);
}
