//! `cargo xtask catalogue`: every view and component of the extension in every state, from the fixtures in
//! `tests/catalogue`. The real programs render them. Only the browser is a substitute, `tests/catalogue/browser.js`,
//! which the server inserts before a page's first script. It isn't part of the extension.

mod fixture;
mod pages;
pub mod picture;
pub mod store;

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};

pub use fixture::{NARROW, POPUP, Part, State};

use crate::site::http::{read_request, write_answer};
use crate::{build, sh};

/// The first port to try by default.
const PORT: u16 = 8180;

/// The served catalogue, until the process ends.
pub struct Catalogue {
    port: u16,
}

impl Catalogue {
    /// Serves the catalogue on a free port of loopback. The fixtures are read once, and browsers may cache the
    /// extension's files.
    ///
    /// # Errors
    /// If loopback can't be bound, or a fixture cannot be read.
    pub fn start() -> Result<Catalogue> {
        Catalogue::start_on(0, Some(states()?))
    }

    /// Without `states`, everything is read again at each request.
    fn start_on(port: u16, states: Option<Vec<State>>) -> Result<Catalogue> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("the catalogue cannot listen on 127.0.0.1:{port}"))?;
        let port = listener.local_addr()?.port();
        let states: Arc<Option<Vec<State>>> = Arc::new(states);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let states = states.clone();
                // A browser may close a connection during a request.
                std::thread::spawn(move || {
                    let answer = |path: &str| pages::answer(path, states.as_deref());
                    read_request(&stream).and_then(|request| write_answer(&stream, &answer(&request.path)))
                });
            }
        });
        Ok(Catalogue { port })
    }

    /// The page that lists all states.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Only the menu, without a state.
    pub fn menu_url(&self) -> String {
        self.url() + "states.json"
    }

    /// The page of a state, in a language of `_locales`.
    pub fn url_of(&self, state: &State, language: &str) -> String {
        format!("{}show/{language}/{}/{}", self.url(), state.name, state.page)
    }
}

/// All states, in the order of the menu.
///
/// # Errors
/// If a fixture can't be read, with its name.
pub fn states() -> Result<Vec<State>> {
    fixture::states(&folder())
}

/// The state with this name.
///
/// # Errors
/// If there is none.
pub fn find_state<'a>(states: &'a [State], name: &str) -> Result<&'a State> {
    states.iter().find(|state| state.name == name).with_context(|| format!("there is no state {name}"))
}

/// Builds the extension and serves the catalogue until interrupted.
pub fn serve(port: Option<u16>) -> Result<()> {
    states()?;
    build::run()?;
    let catalogue = match port {
        Some(port) => Catalogue::start_on(port, None)?,
        None => Catalogue::start_on(PORT, None).or_else(|_| Catalogue::start_on(0, None))?,
    };
    println!("The catalogue is at {}\nCtrl-C ends it.", catalogue.url());
    loop {
        std::thread::park();
    }
}

/// The folder of the fixtures and of the catalogue's pages.
fn folder() -> PathBuf {
    Path::new(&sh::root()).join("tests/catalogue")
}
