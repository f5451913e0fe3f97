//! What is known of a value and where it was read: *unknown* is not *empty*.

/// Where a value was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `Upscope._config`: what this page load said (2.x, *seen*).
    Configuration,
    /// `Upscope._config`, and the same value stands in the account settings it is merged from.
    AccountSettings,
    /// A call that waits in `Upscope.q`.
    Queue,
    LocalStorage,
    /// The cookie the SDK keeps beside localStorage (*seen*).
    Cookie,
    /// `Upscope._integrations` or an id that a live chat put in the configuration (*seen*).
    LiveChat,
    /// An element or property the SDK leaves in the page.
    PageMark,
    /// A property of `window.Upscope` itself.
    SdkFunction,
    /// Made by the inspector from other values, by the vendor's documented rule.
    Derived,
    /// What the SDK answered to a call the person asked for.
    Answer,
    /// A recorded frame that the SDK sent: plain, where the page's own value could not be read.
    Frame,
}

/// Why a value is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No SDK has read the page's settings, and no waiting call names the value.
    NoSdk,
    /// This page load did not say it; the server may still hold an earlier value (docs/sdk-reference.md#configuration).
    NotSaid,
    /// This SDK version keeps it where a page cannot see it.
    NotReported,
    /// The browser or the page refused to let storage be read.
    StorageBlocked,
    /// The page gave the SDK a storage of its own (`storageImplementation`).
    StorageReplaced,
    /// Nothing was found in any of the places where this SDK keeps it.
    NotFound,
    /// The page shows one, and nothing is stored for this visitor: the element is filled once and keeps an earlier visitor's
    /// (docs/sdk-reference.md#waiting-calls).
    LeftOver,
}

impl Source {
    /// A stable name, for attributes and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::AccountSettings => "account-settings",
            Self::Queue => "queue",
            Self::LocalStorage => "local-storage",
            Self::Cookie => "cookie",
            Self::LiveChat => "live-chat",
            Self::PageMark => "page-mark",
            Self::SdkFunction => "sdk-function",
            Self::Derived => "derived",
            Self::Answer => "answer",
            Self::Frame => "frame",
        }
    }
}

impl Why {
    /// A stable name, for attributes and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoSdk => "no-sdk",
            Self::NotSaid => "not-said",
            Self::NotReported => "not-reported",
            Self::StorageBlocked => "storage-blocked",
            Self::StorageReplaced => "storage-replaced",
            Self::NotFound => "not-found",
            Self::LeftOver => "left-over",
        }
    }
}

/// A value together with what is known about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Observed<T> {
    /// Nothing is known, for this reason.
    Unknown(Why),
    /// Known to be without a value.
    Unset(Source),
    /// Known, from this source.
    Value(T, Source),
}

impl<T> Observed<T> {
    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value, _) => Some(value),
            _ => None,
        }
    }

    /// Where it was read; `None` when unknown.
    pub fn source(&self) -> Option<&Source> {
        match self {
            Self::Value(_, source) | Self::Unset(source) => Some(source),
            Self::Unknown(_) => None,
        }
    }

    /// The same knowledge about a value made from this one.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Observed<U> {
        match self {
            Self::Unknown(why) => Observed::Unknown(why),
            Self::Unset(source) => Observed::Unset(source),
            Self::Value(value, source) => Observed::Value(make(value), source),
        }
    }

    /// This knowledge where there is any, else the other.
    pub fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Unknown(_) => other(),
            known => known,
        }
    }
}
