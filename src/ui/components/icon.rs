//! Icons, drawn inline in the color of the surrounding text.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    Check,
    Close,
    Copy,
    Down,
    Pencil,
    Plus,
    Refresh,
    Up,
    Blocked,
    Key,
    Missing,
    Waiting,
    Search,
    Leave,
    Record,
    Folder,
    Gear,
    Bin,
    Eye,
    Bookmark,
}

/// An icon of 16 × 16 units, hidden from screen readers.
#[component]
pub fn Icon(name: IconName, #[prop(optional)] class: Option<&'static str>) -> impl IntoView {
    view! {
        <i class=class aria-hidden="true">
            <svg class="icon" viewBox="0 0 16 16">
                <path d=name.path() />
            </svg>
        </i>
    }
}

impl IconName {
    pub fn path(self) -> &'static str {
        match self {
            Self::Check => "M3 8.5l3.2 3.2L13 5",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Copy => "M6 5.5h7v8H6zM10 5.5v-3H3v8h3",
            Self::Down => "M4 6.5L8 10.5l4-4",
            Self::Pencil => "M3 13l.6-2.9L11 2.7l2.3 2.3-7.4 7.4zM9.5 4.2l2.3 2.3",
            Self::Plus => "M8 3.5v9M3.5 8h9",
            Self::Refresh => "M13 8a5 5 0 1 1-1.5-3.6M13 2.2v2.9h-2.9",
            Self::Up => "M4 9.5L8 5.5l4 4",
            Self::Blocked => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM3.8 3.8l8.4 8.4",
            Self::Key => "M10.5 2.5a3 3 0 1 1-2.4 4.8L3 12.5V14h2.5v-1.5H7V11l1.6-1.6M11 5h.01",
            Self::Missing => {
                "M8 2.2a5.8 5.8 0 0 1 2.6.6M13.2 5.4a5.8 5.8 0 0 1 .5 3.4M12 12.1a5.8 5.8 0 0 1-3 1.6M6 13.5a5.8 5.8 0 0 1-2.6-2M2.2 8.6a5.8 5.8 0 0 1 .7-3.4M4.8 3.2"
            }
            Self::Waiting => "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 5v3.3l2.2 1.4",
            Self::Leave => "M9.5 2.5h4v4M13.2 2.8L8 8M7 3.5H3.5v9h9V9",
            Self::Record => "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
            Self::Folder => "M2.5 4h4l1.5 2h5.5v7h-11zM2.5 6H8",
            Self::Gear => {
                "M8 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6L5 5M11 11l1.4 1.4M3.6 12.4L5 11M11 5l1.4-1.4"
            }
            Self::Bin => "M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.6 9h5.8l.6-9M7 7v4M9 7v4",
            Self::Eye => {
                "M1.5 8C3.2 5 5.4 3.6 8 3.6S12.8 5 14.5 8c-1.7 3-3.9 4.4-6.5 4.4S3.2 11 1.5 8zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
            }
            Self::Bookmark => "M4.5 2.5h7v11L8 10.8l-3.5 2.7z",
            Self::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3L14 14",
        }
    }
}
