//! Reads the expectations of the organization and of the person.

use crate::managed;
use crate::storage_format::expectations::EXPECTATIONS_KEY;
use crate::webext::storage;
use inspector_core::expectations::Format;
use inspector_core::expectations::stored::{StoredExpectation, read_file, read_stored};

/// All expectations. What can't be read is shown in the view of the expectations and left out here.
pub async fn read() -> Vec<StoredExpectation> {
    let stored = storage::local::get(EXPECTATIONS_KEY).await.ok().and_then(|stored| stored.as_string());
    let own = stored.and_then(|text| read_stored(&text)).unwrap_or_default();
    let file = managed::read_policy().await.expectations;
    let managed = file.and_then(|file| read_file(&file.text, Format::Json).ok()).unwrap_or_default();
    managed.into_iter().chain(own).collect()
}
