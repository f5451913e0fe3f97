//! A few values on the disk that no content script can read: `indexedDB` of the extension's own origin.
//!
//! `storage.local` is open to content scripts in Firefox, which has no `setAccessLevel` for it (*seen* in Firefox 153).

use super::{error_text, property};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

/// The database, and the one store in it.
const NAME: &str = "vault";

/// What is said where the browser gives no reason.
const REFUSED: &str = "the browser's storage refused";

/// The value kept under `key`; `undefined` when there is none.
pub async fn get(key: &str) -> Result<JsValue, String> {
    with(IdbTransactionMode::Readonly, |store| store.get(&key.into())).await
}

/// Keeps `value` under `key`.
pub async fn set(key: &str, value: &JsValue) -> Result<(), String> {
    with(IdbTransactionMode::Readwrite, |store| store.put_with_key(value, &key.into())).await.map(drop)
}

/// Removes what is kept under `key`.
pub async fn remove(key: &str) -> Result<(), String> {
    with(IdbTransactionMode::Readwrite, |store| store.delete(&key.into())).await.map(drop)
}

async fn with(
    mode: IdbTransactionMode,
    act: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, String> {
    let words = |error: JsValue| error_text(&error);
    let database = open().await.map_err(words)?;
    let transaction = database.transaction_with_str_and_mode(NAME, mode).map_err(words)?;
    let ended = ended(&transaction);
    let request = transaction.object_store(NAME).and_then(|store| act(&store));
    let result = match request {
        Ok(request) => ended.await.and_then(|_| request.result()),
        Err(error) => Err(error),
    };
    database.close();
    result.map_err(words)
}

/// Waits for the end of a transaction: a request that succeeded is stored only once all of it is complete, and may still be
/// given up.
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
    // It is there already, or made here: nothing else can go wrong that the request would not tell.
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
