//! Elements without the `view!` macro, all of one Rust type.
//!
//! The macro gives every element a type of its own, and Leptos' rendering is compiled anew for each: this popup came to
//! 266 KB gzip that way, twice its budget, and to 242 KB with Leptos' own erasure (`--cfg erase_components`). A [`Node`]
//! is one pointer to plain data, the steps that set an element up, of which some follow signals; only
//! [`Node::into_view`] makes a Leptos view of it.

pub mod components;
mod press;
mod step;

use crate::ui::i18n::Message;
use leptos::either::Either;
use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::directive::directive;
use leptos::web_sys::{Element, Event, HtmlInputElement};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use step::Step;
use wasm_bindgen::JsCast;

/// An element, a text, several of them, or one that is made anew whenever something it reads changes.
pub struct Node(Box<Parts>);

#[derive(Default)]
struct Parts {
    /// Empty: no element of its own, only children.
    tag: &'static str,
    steps: Vec<Step>,
    text: Option<Words>,
    children: Vec<Node>,
    make: Option<Make>,
}

/// Words of ours, or made of what a page said.
pub type Words = Cow<'static, str>;

/// What a component hands on to whoever uses it.
pub type On<T = ()> = Arc<dyn Fn(T) + Send + Sync>;

/// Where a component reads what it shows; whoever reads it is woken by its change.
pub type Live<T> = Arc<dyn Fn() -> T + Send + Sync>;

type Make = Arc<dyn Fn() -> Option<Node> + Send + Sync>;

/// An element with this tag.
pub fn el(tag: &'static str) -> Node {
    Node(Box::new(Parts { tag, ..Parts::default() }))
}

/// A text.
pub fn text(text: impl Into<Words>) -> Node {
    Node(Box::new(Parts { text: Some(text.into()), ..Parts::default() }))
}

/// Several nodes one after the other.
pub fn fragment(nodes: impl IntoIterator<Item = Node>) -> Node {
    el("").children(nodes)
}

/// A node that is made anew whenever something it reads makes it a different one: another element, class, attribute or
/// text. What its steps and live children follow is their own business, and handlers are not compared: one that depends
/// on more than the node shows would be stale. So an editor stays while its text changes, with its caret. Two nodes made of
/// nothing but live children are alike to it: give them an attribute that tells them apart.
pub fn live(make: impl Fn() -> Option<Node> + Send + Sync + 'static) -> Node {
    Node(Box::new(Parts { make: Some(Arc::new(make)), ..Parts::default() }))
}

/// What a page wrote: isolated, so that its direction of writing stays its own.
pub fn bdi(text: impl Into<Words>) -> Node {
    el("bdi").text(text)
}

/// A paragraph of our own words.
pub fn paragraph(message: Message) -> Node {
    el("p").words(message)
}

/// The handler `act`.
pub fn on<T>(act: impl Fn(T) + Send + Sync + 'static) -> On<T> {
    Arc::new(act)
}

impl Node {
    fn step(mut self, step: Step) -> Self {
        self.0.steps.push(step);
        self
    }

    /// Does something with the element once it is made, before it stands in the page.
    pub fn setup(self, step: impl FnOnce(&Element) + 'static) -> Self {
        self.step(Step::Setup(Box::new(step)))
    }

    /// More classes, a space between them.
    pub fn class(mut self, class: &'static str) -> Self {
        match self.0.steps.first_mut() {
            Some(Step::Classes(classes)) => *classes += Words::from(" ") + class,
            _ => self.0.steps.insert(0, Step::Classes(class.into())),
        }
        self
    }

    /// One more class, if `on`.
    pub fn class_if(self, class: &'static str, on: bool) -> Self {
        if on { self.class(class) } else { self }
    }

    /// One more class, while `on`.
    pub fn live_class(self, class: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.step(Step::LiveClass(class, Box::new(on)))
    }

    pub fn attr(self, name: &'static str, value: impl Into<Words>) -> Self {
        self.step(Step::Attr(name, value.into()))
    }

    /// An attribute that is absent while `value` gives `None`.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.step(Step::LiveAttr(name, Box::new(value)))
    }

    /// What an input holds.
    pub fn live_value(self, value: impl Fn() -> String + 'static) -> Self {
        self.step(Step::LiveValue(Box::new(value)))
    }

    /// A property that is true or false: `checked`, `selected`, `disabled`.
    pub fn live_flag(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.step(Step::LiveFlag(name, Box::new(on)))
    }

    pub fn on(self, event: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        self.step(Step::On(event, Box::new(handler)))
    }

    pub fn text(self, words: impl Into<Words>) -> Self {
        self.child(text(words))
    }

    /// Words of ours in the person's language.
    pub fn words(self, message: Message) -> Self {
        self.text(message.text())
    }

    /// Text in the place of all children.
    pub fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        self.step(Step::LiveText(Box::new(text)))
    }

    pub fn child(mut self, child: Node) -> Self {
        self.0.children.push(child);
        self
    }

    pub fn maybe(self, child: Option<Node>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    pub fn children(mut self, children: impl IntoIterator<Item = Node>) -> Self {
        for child in children {
            self.0.children.push(child);
        }
        self
    }

    /// A child made anew by need (see [`live`]).
    pub fn live(self, make: impl Fn() -> Option<Node> + Send + Sync + 'static) -> Self {
        self.child(live(make))
    }

    /// A fingerprint of everything that is fixed about the node.
    fn print(&self, so_far: u64) -> u64 {
        let Parts { tag, steps, text, children, .. } = &*self.0;
        let own = print(print(so_far, tag), text.as_deref().unwrap_or_default());
        let steps = steps.iter().fold(own, |so_far, step| match step {
            Step::Classes(classes) => print(so_far, classes),
            Step::Attr(name, value) => print(print(so_far, name), value),
            _ => so_far,
        });
        print(children.iter().fold(steps, |so_far, child| child.print(so_far)), "/")
    }

    /// The node as Leptos renders it.
    pub fn into_view(self) -> AnyView {
        let Parts { tag, mut steps, text, mut children, make } = *self.0;
        if let Some(text) = text {
            return text.into_owned().into_any();
        }
        if let Some(make) = make {
            return remade(make);
        }
        if tag.is_empty() {
            return views(children).into_any();
        }
        if let Some(text) = only_text(&mut children) {
            steps.push(Step::Text(text));
        }
        let steps = Rc::new(RefCell::new(steps));
        let run = move |element: Element| steps.take().into_iter().for_each(|step| step.run(&element));
        custom(tag).add_any_attr(directive(run, ())).child(views(children)).into_any()
    }
}

fn views(nodes: Vec<Node>) -> Vec<AnyView> {
    nodes.into_iter().map(Node::into_view).collect()
}

/// Takes the text out of children that are nothing else, as most are: set on the element it is one call to the browser, where
/// a child of Leptos' is made and put in its place.
fn only_text(children: &mut Vec<Node>) -> Option<Words> {
    let text = match &mut children[..] {
        [only] => only.0.text.take(),
        _ => None,
    };
    if text.is_some() {
        children.clear();
    }
    text
}

fn remade(make: Make) -> AnyView {
    let mut left = false;
    let again = make.clone();
    let print = Memo::new(move |before: Option<&u64>| {
        // Asked also at the first run: the pointer is followed from then on, so that no press is missed.
        let is_pressed = press::is_pressed();
        match before {
            Some(before) if is_pressed => *before,
            _ => again().map_or(0, |node| node.print(PRINT)),
        }
    });
    // All elements have one type, so Leptos would take the new one for the old one changed: the sides keep them apart.
    let view: Box<dyn FnMut() -> Either<AnyView, AnyView> + Send> = Box::new(move || {
        left = !left;
        print.get();
        let view = untrack(|| make()).unwrap_or_else(|| text("")).into_view();
        if left { Either::Left(view) } else { Either::Right(view) }
    });
    view.into_any()
}

/// Where a fingerprint begins (FNV-1a).
const PRINT: u64 = 0xcbf2_9ce4_8422_2325;

fn print(so_far: u64, text: &str) -> u64 {
    let byte = |print: u64, byte: u8| (print ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    // A byte no text holds parts one text from the next.
    text.bytes().chain([0xff]).fold(so_far, byte)
}

/// What the target of an event holds.
pub fn value_of(event: &Event) -> String {
    event.target().map(|target| target.unchecked_into::<HtmlInputElement>().value()).unwrap_or_default()
}
