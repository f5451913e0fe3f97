//! A value with its source: *unknown* is not *empty*.

/// The source of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `Upscope._config`: set by this page load (2.x, *seen*).
    Configuration,
    /// `Upscope._config`, with the same value in the account settings it is merged from.
    AccountSettings,
    /// A call in `Upscope.q`.
    Queue,
    LocalStorage,
    /// The cookie that the SDK stores in addition to localStorage (*seen*).
    Cookie,
    /// `Upscope._integrations`, or an ID that a live chat added to the configuration (*seen*).
    LiveChat,
    /// An element or property that the SDK adds to the page.
    PageMark,
    /// A property of `window.Upscope`.
    SdkFunction,
    /// Derived from other values by the vendor's documented rule.
    Derived,
    /// The SDK's answer to a call that the person requested.
    Answer,
    /// A recorded frame that the SDK sent, used if the page's value could not be read.
    Frame,
}

/// Why a value is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownReason {
    /// No SDK has processed the page's settings, and no waiting call names the value.
    NoSdk,
    /// This page load did not set it. The server may have an earlier value (docs/sdk-reference.md#configuration).
    NotSet,
    /// This SDK version stores it where a page can't read it.
    NotReported,
    /// The browser or the page blocked access to storage.
    StorageBlocked,
    /// The page provides the SDK's storage (`storageImplementation`).
    StorageReplaced,
    /// Not found where this SDK stores it.
    NotFound,
    /// The page shows one, but none is stored for this visitor: the element is filled once and may show an earlier
    /// visitor's (docs/sdk-reference.md#waiting-calls).
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

impl UnknownReason {
    /// A stable name, for attributes and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoSdk => "no-sdk",
            Self::NotSet => "not-said",
            Self::NotReported => "not-reported",
            Self::StorageBlocked => "storage-blocked",
            Self::StorageReplaced => "storage-replaced",
            Self::NotFound => "not-found",
            Self::LeftOver => "left-over",
        }
    }
}

/// A value with its source.
#[derive(Clone, Debug, PartialEq)]
pub enum Observed<T> {
    /// Unknown, for this reason.
    Unknown(UnknownReason),
    /// Known to have no value.
    Unset(Source),
    /// Known, from this source.
    Value(T, Source),
}

/// Where a value was read or removed, or why it is unknown, without the value.
pub type Origin = Observed<()>;

impl<T> Observed<T> {
    /// The value, if any.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value, _) => Some(value),
            _ => None,
        }
    }

    /// The source; `None` if unknown.
    pub fn source(&self) -> Option<&Source> {
        match self {
            Self::Value(_, source) | Self::Unset(source) => Some(source),
            Self::Unknown(_) => None,
        }
    }

    /// Its source, or why it is unknown, without the value.
    pub fn origin(&self) -> Origin {
        match self {
            Self::Unknown(why) => Observed::Unknown(*why),
            Self::Unset(source) => Observed::Unset(*source),
            Self::Value(_, source) => Observed::Value((), *source),
        }
    }

    /// Converts the value and keeps the source.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Observed<U> {
        match self {
            Self::Unknown(why) => Observed::Unknown(why),
            Self::Unset(source) => Observed::Unset(source),
            Self::Value(value, source) => Observed::Value(make(value), source),
        }
    }

    /// Returns itself if known, or else `other`.
    pub fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Unknown(_) => other(),
            known => known,
        }
    }
}
