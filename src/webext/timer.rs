//! Timers and the time, in a worker as in a document.

use js_sys::{Function, Promise};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(handler: &Function, milliseconds: u32) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);

    #[wasm_bindgen(thread_local_v2, js_namespace = performance, js_name = timeOrigin)]
    static TIME_ORIGIN: f64;

    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn since_origin() -> f64;
}

/// This moment by the system's clock and by the program's own, in milliseconds since the epoch.
pub fn now() -> [f64; 2] {
    [js_sys::Date::now(), TIME_ORIGIN.with(|origin| origin + since_origin())]
}

/// Waits.
pub async fn sleep(milliseconds: u32) {
    let promise = Promise::new(&mut |resolve, _| drop(set_timeout(&resolve, milliseconds)));
    let _ = JsFuture::from(promise).await;
}

/// What comes of something within some time; `None` when it takes longer. It is not stopped then.
pub async fn in_time<T>(doing: impl Future<Output = T>, milliseconds: u32) -> Option<T> {
    let mut doing = pin!(doing);
    let mut end = pin!(sleep(milliseconds));
    poll_fn(|context| match doing.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => end.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// Does something later, unless it is dropped before.
pub struct Alarm {
    timer: JsValue,
    _then: Closure<dyn FnMut()>,
}

impl Alarm {
    pub fn new(milliseconds: u32, then: impl FnMut() + 'static) -> Self {
        let then: Box<dyn FnMut()> = Box::new(then);
        let then = Closure::wrap(then);
        Self { timer: set_timeout(then.as_ref().unchecked_ref(), milliseconds), _then: then }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
    }
}
