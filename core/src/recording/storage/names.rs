//! The names of the members of an index, of its chunks, and of a batch's head.

/// Of an index: the version of its format.
pub const VERSION: &str = "v";
/// Of an index: the number of the next chunk.
pub const TO: &str = "to";
/// Of an index and of a chunk: the number of entries.
pub const ENTRIES: &str = "entries";
/// Of an index: the number of entries in deleted chunks.
pub const DROPPED: &str = "dropped";
/// Of an index: its chunks, by number.
pub const CHUNKS: &str = "chunks";
/// Of an index: the heads of the next batches, by document.
pub const DOCUMENTS: &str = "documents";

/// Of a chunk: its size.
pub const BYTES: &str = "bytes";
/// Of a chunk: the document whose beginning it contains.
pub const OF: &str = "of";
/// Of a chunk that is stored under another tab ID: its key. Such a chunk gets no more entries.
pub const KEY: &str = "key";

/// Of a head: the sender's frame.
pub const FRAME: &str = "frame";
/// Of a head: the sender's document.
pub const DOCUMENT: &str = "document";
/// Of a head: the sender's URL.
pub const URL: &str = "url";
/// Of a head: whether the sender is the tab's top document.
pub const TOP: &str = "top";
/// Of a head: whether the sender is less trusted.
pub const LESS_TRUSTED: &str = "less";
/// Of a head: when the document began.
pub const ORIGIN: &str = "origin";
/// Of a head: the number of the first entry.
pub const FIRST: &str = "first";
/// Of a head: whether the batch has acts of the inspector.
pub const OWN: &str = "own";
