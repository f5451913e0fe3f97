//! Timers and the time, in a worker as in a document.

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

/// This moment by the system's clock and by the program's own, in milliseconds since the epoch.
pub fn now() -> [f64; 2] {
    [js_sys::Date::now(), TIME_ORIGIN.with(|origin| origin + since_origin())]
}

/// What comes of something within some time; `None` when it takes longer. It is not stopped then.
pub async fn in_time<T>(doing: impl Future<Output = T>, milliseconds: u32) -> Option<T> {
    let mut doing = pin!(doing);
    let mut end = pin!(TimeoutFuture::new(milliseconds));
    poll_fn(|context| match doing.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => end.as_mut().poll(context).map(|()| None),
    })
    .await
}
