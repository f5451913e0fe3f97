//! Reads the probe's text. Never fails, whatever the page put into it.

mod queue;
mod values;

use crate::json::Json;
use crate::json_read::{self, unquote};
use crate::json_text::compact;
use crate::page_report::connection::{Marks, Sdk};
use crate::page_report::parked::ParkedScript;
use crate::page_report::{Oddity, PageInfo, ProbeRefusal, ProbeReply, Report, SdkSettings, WaitingCall};
use crate::sdk_version::is_version_2;
use crate::visitor::integration_id::{chats_on, live_chat_of};
use crate::visitor::lookup_code::{CodeReading, parse_iso_date};
use crate::visitor::observed::{Observed, Source, UnknownReason};
use crate::visitor::page_value::PageValue;
use crate::visitor::watch_link::{HOST, HOST_OF_VERSION_2, watch_link};
use crate::visitor::{Field, FieldReading, PerField, Visitor};
use queue::{pending, waiting_calls};
use values::*;

/// Reads one frame's text. `seen_handshake`: an earlier report of this document showed a handshake.
pub fn read(text: &str, seen_handshake: impl FnOnce(&str) -> bool) -> (Report, Vec<Oddity>) {
    let parsed = json_read::read_borrowed(text).ok();
    let parsed = parsed.filter(|json| json.get("v").and_then(Json::as_u64) == Some(1));
    let mut oddities = vec![];
    let is_unread = parsed.is_none();
    if is_unread {
        oddities.push(Oddity::Unreadable);
    }
    let raw = Raw::new(parsed.unwrap_or_default());
    if raw.sdk("global").as_text() == Some("accessor") {
        oddities.push(Oddity::Accessor);
    }
    // Missing where the page replaced the built-ins without which no property can be read.
    let is_unread = is_unread || raw.sdk("global").as_text().is_none();
    let lists_as_text = raw.lists_as_text();
    let mut report = raw.report(seen_handshake);
    if is_unread {
        report.sdk = Sdk::Unread;
    }
    if lists_as_text && report.sdk.is_present() {
        oddities.push(Oddity::ListsAsText);
    }
    (report, oddities)
}

/// The sections of the probe's text.
struct Raw {
    act: PageValue,
    page: PageValue,
    sdk: PageValue,
    config: PageValue,
    account: PageValue,
    chats: PageValue,
    calls: PageValue,
    local: PageValue,
    cookie: PageValue,
    marks: PageValue,
    parked: PageValue,
}

impl Raw {
    fn new(mut json: Json) -> Self {
        let mut section = |name: &str| PageValue::decode(json.take(name));
        Self {
            act: section("act"),
            page: section("page"),
            sdk: section("sdk"),
            config: section("config"),
            account: section("account"),
            chats: section("chats"),
            calls: section("calls"),
            local: section("local"),
            cookie: section("cookie"),
            marks: section("marks"),
            parked: section("parked"),
        }
    }

    fn sdk(&self, key: &str) -> &PageValue {
        at(&self.sdk, key)
    }

    fn report(self, seen_handshake: impl FnOnce(&str) -> bool) -> Report {
        let page = self.page();
        let sdk = self.marks(seen_handshake(&page.document)).sdk();
        let calls = waiting_calls(&self.calls, self.sdk("ownPositions"));
        let own_waiting = items(self.sdk("own")).iter().filter_map(short).collect();
        let settings = self.settings();
        let visitor = self.visitor(&sdk, &settings, &calls);
        let (waiting, act) = (count(self.sdk("queue")), self.act_reply());
        Report { page, sdk, visitor, calls, waiting, own_waiting, act, settings }
    }

    fn page(&self) -> PageInfo {
        let text = |key| short(at(&self.page, key)).unwrap_or_default();
        let url = match at(&self.page, "url") {
            PageValue::Text(url) | PageValue::CutText { start: url, .. } => url.clone(),
            _ => String::new(),
        };
        PageInfo {
            url,
            title: text("title"),
            document: text("document"),
            age: count(at(&self.page, "age")).and_then(|age| age.try_into().ok()).unwrap_or(0),
            loaded: text("ready").is_empty() || text("ready") == "complete",
            top: is_true(at(&self.page, "top")),
            frames: count(at(&self.page, "frames")).unwrap_or(0),
            content_type: text("type"),
        }
    }

    /// Whether the SDK has a configuration. The page may keep it from being copied.
    fn is_initialised(&self) -> bool {
        is_true(self.sdk("configured"))
    }

    /// Whether the configuration was copied.
    fn configured(&self) -> bool {
        self.is_initialised() && matches!(self.config, PageValue::Map(..))
    }

    fn marks(&self, seen_handshake: bool) -> Marks {
        let version = short(self.sdk("version"));
        let queued = count(self.sdk("queue"));
        Marks {
            function: self.sdk("global").as_text() == Some("function"),
            snippet: is_true(self.sdk("snippet")) || queued.is_some() || version.is_some(),
            version,
            configured: self.is_initialised(),
            has_key: match (has_key(&self.config), has_key(&self.account)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            autoconnect: self.config.get("autoconnect").and_then(truth),
            queued,
            hooked: is_true(self.sdk("hooked")),
            attempted: is_true(self.sdk("attempted")),
            manager: is_true(self.sdk("manager")),
            session: is_true(self.sdk("tracking")) || is_true(self.sdk("promo")),
            observers: items(self.sdk("observers")).iter().filter_map(short).collect(),
            parent_has_sdk: is_true(at(&self.page, "parentSdk")),
            framed: !is_true(at(&self.page, "top")),
            prototype_js: self.prototype_js(),
            logged_out: self.logged_out(),
            seen_handshake,
            parked: items(&self.parked).iter().find_map(|script| parked_script(script).parked()),
        }
    }

    fn prototype_js(&self) -> bool {
        is_true(at(&self.page, "toJSON")) && is_true(at(&self.page, "prototypeJs"))
    }

    fn lists_as_text(&self) -> bool {
        is_true(at(&self.page, "toJSON")) && !self.prototype_js()
    }

    /// See [`Marks::logged_out`].
    fn logged_out(&self) -> bool {
        let cleared = |field: &Field| self.config.get(field.key()) == Some(&PageValue::Undefined);
        Field::ALL.iter().filter(|field| field.is_identity()).all(cleared)
            && self.stored("shortId") == Observed::Unknown(UnknownReason::NotFound)
    }

    /// A setting of the effective configuration. Its source is the account settings if they have the same value.
    fn setting(&self, key: &str) -> Observed<PageValue> {
        let account = self.account.get(key);
        match (self.config.get(key), account) {
            (Some(value), _) if value.is_nothing() => Observed::Unset(Source::Configuration),
            (Some(value), Some(same)) if value == same => Observed::Value(value.clone(), Source::AccountSettings),
            (Some(value), _) => Observed::Value(value.clone(), Source::Configuration),
            (None, Some(value)) if !value.is_nothing() => Observed::Value(value.clone(), Source::AccountSettings),
            (None, _) => Observed::Unknown(self.why_not_set()),
        }
    }

    /// 2.x exposes its configuration (*seen*); later versions may not.
    fn why_not_set(&self) -> UnknownReason {
        match short(self.sdk("version")) {
            Some(_) if self.configured() => UnknownReason::NotSet,
            Some(version) if !self.is_initialised() && is_version_2(&version) => UnknownReason::NotSet,
            Some(_) => UnknownReason::NotReported,
            None => UnknownReason::NoSdk,
        }
    }

    fn setting_text(&self, key: &str) -> Observed<String> {
        self.setting(key).map(|value| short(&value).unwrap_or_else(|| compact(&value.to_json())))
    }

    fn settings(&self) -> SdkSettings {
        let version = match short(self.sdk("version")) {
            Some(version) => Observed::Value(version, Source::SdkFunction),
            None => Observed::Unknown(UnknownReason::NoSdk),
        };
        let region = self.setting_text("region").or_else(|| match short(self.sdk("region")) {
            Some(region) => Observed::Value(region, Source::AccountSettings),
            None => self.stored("region").map(|text| unquote(&text)),
        });
        let autoconnect = match self.setting("autoconnect") {
            Observed::Value(value, source) => {
                truth(&value).map_or(Observed::Unknown(UnknownReason::NotReported), |on| Observed::Value(on, source))
            }
            other => other.map(|_| false),
        };
        SdkSettings {
            version,
            region,
            public_key: self.setting_text("apiKey"),
            account_domain: self.setting_text("teamDomain"),
            page_overrides: self.page_overrides(),
            autoconnect,
            chats: self.chats(),
            testing_key: short(at(&self.marks, "testingKey")).filter(|key| !key.is_empty()),
            readable: self.configured(),
            config: self.configured().then(|| self.config.clone()),
            account: matches!(self.account, PageValue::Map(..)).then(|| self.account.clone()),
        }
    }

    /// `jsConfiguration` is `true` or absent (docs/sdk-reference.md#configuration), so its absence is an answer.
    fn page_overrides(&self) -> Observed<bool> {
        match self.configured() {
            true => Observed::Value(is_true(at(&self.config, "jsConfiguration")), Source::Configuration),
            false => Observed::Unknown(self.why_not_set()),
        }
    }

    fn chats(&self) -> Observed<Vec<String>> {
        match &self.chats {
            PageValue::List(found, _) => Observed::Value(found.iter().filter_map(short).collect(), Source::LiveChat),
            PageValue::Map(found, _) => Observed::Value(chats_on(found).map(str::to_owned).collect(), Source::LiveChat),
            _ => Observed::Unknown(UnknownReason::NotReported),
        }
    }

    /// A value that the SDK stores as JSON text: in localStorage, or else in the cookie.
    fn stored(&self, key: &str) -> Observed<String> {
        if self.config.get("storageImplementation").is_some_and(|own| !own.is_nothing()) {
            return Observed::Unknown(UnknownReason::StorageReplaced);
        }
        match (self.local.get(key).and_then(short), self.cookie.get(key).and_then(short)) {
            (Some(text), _) => Observed::Value(text, Source::LocalStorage),
            (None, Some(text)) => Observed::Value(text, Source::Cookie),
            (None, None) if self.local == PageValue::Null => Observed::Unknown(UnknownReason::StorageBlocked),
            (None, None) => Observed::Unknown(UnknownReason::NotFound),
        }
    }

    fn visitor(&self, sdk: &Sdk, settings: &SdkSettings, calls: &[WaitingCall]) -> Visitor {
        // A waiting call that was not copied may set any field.
        let pending = match count(self.sdk("queue")) {
            Some(waiting) if waiting > calls.len() as u64 => PerField::from_fn(|_| Some(PageValue::uncopied())),
            _ => pending(calls, &self.config),
        };
        let read = |field: Field| FieldReading::new(field, self.field(field, settings), pending[field].clone());
        let short_id = if sdk.is_present() {
            self.stored("shortId").map(|text| unquote(&text))
        } else {
            Observed::Unknown(UnknownReason::NoSdk)
        };
        let watch_link = self.watch_link(&short_id, settings);
        let mut visitor = Visitor::new(read, short_id, watch_link, self.code(sdk));
        if settings.version.value().is_some_and(|version| is_version_2(version)) {
            visitor.mark_metadata_not_sent();
        }
        visitor
    }

    /// A field of the effective configuration. A live chat replaces the page's integration IDs, so its IDs have the
    /// chat as their source (docs/sdk-reference.md#live-chats). An identity key that is `undefined`, as after a
    /// `reset`, shows nothing about the server's value (docs/sdk-reference.md#configuration).
    fn field(&self, field: Field, settings: &SdkSettings) -> Observed<PageValue> {
        let chats = settings.chats.value().map(Vec::as_slice).unwrap_or_default();
        let of_chat = |id: &PageValue| {
            id.as_text().and_then(live_chat_of).is_some_and(|chat| chats.iter().any(|known| known == chat))
        };
        let read = match self.config.get(field.key()) {
            Some(PageValue::Undefined) => Observed::Unknown(self.why_not_set()),
            _ => self.setting(field.key()),
        };
        match read {
            Observed::Value(ids, Source::Configuration)
                if field == Field::IntegrationIds && !items(&ids).is_empty() && items(&ids).iter().all(of_chat) =>
            {
                Observed::Value(ids, Source::LiveChat)
            }
            other => other,
        }
    }

    /// The link that a live chat has, or else one by the vendor's rule: `upscope.com/w/<shortId>`, `upscope.io` in 2.x.
    fn watch_link(&self, short_id: &Observed<String>, settings: &SdkSettings) -> Observed<String> {
        let is_link = |text: &String| text.starts_with("https://") && text.split('/').rev().nth(1) == Some("w");
        if let Some(link) = short(at(&self.marks, "watchLink")).filter(is_link) {
            return Observed::Value(link, Source::LiveChat);
        }
        let version = settings.version.value().map_or("", String::as_str);
        let host = if is_version_2(version) { HOST_OF_VERSION_2 } else { HOST };
        match short_id {
            Observed::Value(id, _)
                if !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') =>
            {
                Observed::Value(watch_link(host, id), Source::Derived)
            }
            Observed::Value(..) => Observed::Unknown(UnknownReason::NotFound),
            other => other.clone(),
        }
    }

    fn code(&self, sdk: &Sdk) -> CodeReading {
        if !sdk.is_present() {
            return CodeReading { code: Observed::Unknown(UnknownReason::NoSdk), set_at: None };
        }
        let shown = short(at(&self.marks, "code")).and_then(|text| four_digits(&text));
        // 2.x stores each code that it shows, so a code that is not stored is not this visitor's.
        let stores = self.configured();
        let code = match (self.stored("lookupCode").map(|text| unquote(&text)), shown) {
            (Observed::Unknown(UnknownReason::NotFound), Some(_)) if stores => {
                Observed::Unknown(UnknownReason::LeftOver)
            }
            (Observed::Unknown(_), Some(code)) => Observed::Value(code, Source::PageMark),
            (stored, _) => stored,
        };
        let set_at = self.stored("lookupCodeSetAt").value().and_then(|text| parse_iso_date(&unquote(text)));
        CodeReading { code, set_at }
    }

    fn act_reply(&self) -> Option<ProbeReply> {
        let text = |key| short(at(&self.act, key));
        matches!(self.act, PageValue::Map(..)).then(|| ProbeReply {
            refused: text("refused").map(|name| ProbeRefusal::named(name, text("error"))),
            waiting: is_true(at(&self.act, "waiting")),
            mark: text("mark"),
            code: text("code"),
            sent: boolean(at(&self.act, "sent")),
        })
    }
}

fn parked_script(entry: &PageValue) -> ParkedScript {
    let attributes = match at(entry, "attributes") {
        PageValue::Map(found, _) => {
            found.iter().filter_map(|(name, value)| Some((name.clone(), short(value)?))).collect()
        }
        _ => vec![],
    };
    ParkedScript { kind: short(at(entry, "type")).unwrap_or_default(), attributes }
}
