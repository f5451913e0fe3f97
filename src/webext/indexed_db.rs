//! Values on disk that content scripts can't read, in IndexedDB of the extension's origin.
//!
//! In Firefox, content scripts can read `storage.local`, since it has no `setAccessLevel` (*seen* in Firefox 153).

use super::property;
use crate::errors::BrowserError;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

/// The name of the database and of its only object store. Changing it would lose stored values.
const NAME: &str = "vault";

/// The error text if the browser gives none.
const REFUSED: &str = "the browser's storage refused";

/// Reads the value of `key`; `undefined` if there is none.
pub async fn get(key: &str) -> Result<JsValue, BrowserError> {
    with(IdbTransactionMode::Readonly, |store| store.get(&key.into())).await
}

/// Writes the value of `key`.
pub async fn set(key: &str, value: &JsValue) -> Result<(), BrowserError> {
    with(IdbTransactionMode::Readwrite, |store| store.put_with_key(value, &key.into())).await.map(drop)
}

/// Deletes the value of `key`.
pub async fn remove(key: &str) -> Result<(), BrowserError> {
    with(IdbTransactionMode::Readwrite, |store| store.delete(&key.into())).await.map(drop)
}

async fn with(
    mode: IdbTransactionMode,
    act: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, BrowserError> {
    let database = open().await?;
    let transaction = database.transaction_with_str_and_mode(NAME, mode)?;
    let ended = ended(&transaction);
    let request = transaction.object_store(NAME).and_then(|store| act(&store));
    let result = match request {
        Ok(request) => ended.await.and_then(|_| request.result()),
        Err(error) => Err(error),
    };
    database.close();
    result.map_err(BrowserError::from)
}

/// Waits until a transaction completes. A successful request is stored only then; until then the transaction may abort.
fn ended(transaction: &IdbTransaction) -> impl Future<Output = Result<JsValue, JsValue>> {
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let transaction = transaction.clone();
    async move {
        JsFuture::from(promise).await.map_err(|_| {
            let why = property(&property(&transaction, "error"), "message").as_string();
            JsValue::from(why.unwrap_or_else(|| REFUSED.to_owned()))
        })
    }
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory: IdbFactory = property(&js_sys::global(), "indexedDB").unchecked_into();
    let request = factory.open_with_u32(NAME, 1)?;
    let opening = request.clone();
    // An error here aborts the upgrade, and the request reports it.
    let make = Closure::once_into_js(move || {
        let database = opening.result().map(|database| database.unchecked_into::<IdbDatabase>());
        drop(database.and_then(|database| database.create_object_store(NAME)));
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    settled(&request).await.map(JsValue::unchecked_into)
}

async fn settled(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await.map_err(|_| JsValue::from(REFUSED))?;
    request.result()
}
