//! The practice shop, as a page in a browser, and the inspector over it.

use crate::account::store::Store;
use crate::app::welcome::Model;
use crate::ui::dom::{Node, el};
use crate::ui::i18n::*;

pub fn stage(store: Store<Model>) -> Node {
    let bar = el("div")
        .class("bar")
        .attr("aria-hidden", "true")
        .child(el("i").class("lights"))
        .child(el("span").class("address").text("shop.example"))
        .child(el("i").class("own"));
    let inspector = el("iframe")
        .attr("id", "practice")
        .attr("title", WELCOME_FRAME.text())
        // Any tab: there is one.
        .attr("src", "practice.html?tab=1");
    el("section")
        .class("stage")
        .attr("aria-label", SHOP_NAME.text())
        .child(bar)
        .child(el("div").class("window").child(shop(store)).child(el("div").class("inspector").child(inspector)))
        .child(refused(store))
}

/// What was asked for and needs a real page, said anew each time.
fn refused(store: Store<Model>) -> Node {
    let times = move || store.with(|model| model.sight.refused);
    let words = move || (times() > 0).then(|| el("p").attr("data-refused", times().to_string()).words(PRACTICE_ONLY));
    el("div").class("refused").attr("role", "status").live(words)
}

fn shop(store: Store<Model>) -> Node {
    let code = move || match store.with(|model| model.sight.code.clone()) {
        code if code.is_empty() => "····".to_owned(),
        code => code,
    };
    let call = |call: String| el("li").child(el("code").text(call));
    let heard = move || Some(el("ol").children(store.with(|model| model.sight.calls.clone()).into_iter().map(call)));
    el("div")
        .class("shop")
        .child(el("h2").child(el("i").class("sign")).words(SHOP_NAME))
        .child(el("p").class("hello").text(shop_hello("Ada")))
        .child(el("p").class("goods").words(SHOP_GOODS))
        .child(el("p").class("code-for").words(SHOP_CODE).child(el("b").attr("data-code", "").live_text(code)))
        .child(el("h3").words(SHOP_HEARD))
        .live(heard)
}
