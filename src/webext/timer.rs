//! Timers and clocks, for workers and documents.

pub use gloo_timers::callback::Timeout;
pub use gloo_timers::future::TimeoutFuture;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_namespace = performance, js_name = timeOrigin)]
    static TIME_ORIGIN: f64;

    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn since_origin() -> f64;
}

/// The current time of the system clock and of the monotonic clock, in milliseconds since the epoch.
pub fn now() -> [f64; 2] {
    [js_sys::Date::now(), TIME_ORIGIN.with(|origin| origin + since_origin())]
}

/// The output of a future; `None` if it takes longer than the limit. What it started isn't canceled.
pub async fn timeout<T>(future: impl Future<Output = T>, milliseconds: u32) -> Option<T> {
    let mut future = pin!(future);
    let mut end = pin!(TimeoutFuture::new(milliseconds));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => end.as_mut().poll(context).map(|()| None),
    })
    .await
}
