//! The names of variants in the recorder's format.

use crate::recording::entry::{CallSource, DropReason, PageMoment, ScriptFault, SdkMoment, SocketMoment, StorageArea};

pub const MOMENTS: [(&str, PageMoment); 6] = [
    ("start", PageMoment::Start),
    ("load", PageMoment::Load),
    ("hide", PageMoment::Hide),
    ("show", PageMoment::Show),
    ("activate", PageMoment::Activate),
    ("route", PageMoment::Route),
];

pub const VIAS: [(&str, CallSource); 3] =
    [("fn", CallSource::Function), ("queue", CallSource::Queue), ("push", CallSource::Push)];

pub const SDK: [(&str, SdkMoment); 5] = [
    ("snippet", SdkMoment::Snippet),
    ("version", SdkMoment::Version),
    ("config", SdkMoment::Config),
    ("replaced", SdkMoment::Replaced),
    ("second", SdkMoment::Second),
];

pub const SOCKET: [(&str, SocketMoment); 4] = [
    ("new", SocketMoment::New),
    ("open", SocketMoment::Open),
    ("close", SocketMoment::Close),
    ("error", SocketMoment::Error),
];

pub const AREAS: [(&str, StorageArea); 3] =
    [("local", StorageArea::Local), ("session", StorageArea::Session), ("cookie", StorageArea::Cookie)];

pub const FAULTS: [(&str, ScriptFault); 2] = [("error", ScriptFault::Failed), ("blocked", ScriptFault::Blocked)];

pub const DROPS: [(&str, DropReason); 3] =
    [("rate", DropReason::Rate), ("size", DropReason::Size), ("buffer", DropReason::Buffer)];
