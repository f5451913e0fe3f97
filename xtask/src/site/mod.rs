//! The test site: pages for the ways in which sites use Upscope, the stand-in SDK, and its server. End-to-end tests
//! check the server's record, because it contains what really arrived.
//!
//! One port serves HTTP/1.1 (one request per connection) and WebSocket, on loopback only, under any host name
//! that resolves there (`127.0.0.1`, `localhost`, `*.localhost`).

mod acceptor;
mod command;
pub(crate) mod content;
pub(crate) mod http;
mod proxy;
mod record;
mod rest;
mod serve;
mod session;
mod socket;
mod sockets;
mod visitor;

use std::collections::BTreeSet;
use std::fs;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result};

pub use command::Command;
pub use proxy::Proxy;
pub use record::{Direction, Frame, HttpRequest, Record, WatchRequest};
pub use rest::{REST_KEY, RestAnswer};
pub use visitor::Visitor;

use crate::sh;
use acceptor::Acceptor;
use record::Records;
use rest::Rest;
use sockets::Sockets;

/// The names of the pages in a folder of `tests/site`, without their ending, sorted.
///
/// # Errors
/// If the folder can't be read.
pub fn page_names(folder: &str) -> Result<Vec<String>> {
    let folder = sh::root().join("tests/site").join(folder);
    let files = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let names = files.filter_map(|file| Some(file.ok()?.file_name().to_str()?.strip_suffix(".html")?.to_owned()));
    let mut names: Vec<_> = names.collect();
    names.sort();
    Ok(names)
}

/// State that all connection threads share.
struct Shared {
    records: Records,
    sockets: Sockets,
    rest: Rest,
}

/// The running test site. Stops on drop.
pub struct Site {
    shared: Arc<Shared>,
    port: u16,
    acceptors: Vec<Acceptor>,
}

impl Site {
    /// Starts on a free port. Files are read from `tests/site` at each request.
    ///
    /// # Errors
    /// If loopback can't be bound.
    pub fn start() -> Result<Site> {
        Site::start_on(0)
    }

    /// Starts on `port` (0: a free one) of 127.0.0.1, and of ::1 if available.
    ///
    /// # Errors
    /// If 127.0.0.1 can't be bound, for example because the port is in use.
    pub fn start_on(port: u16) -> Result<Site> {
        let v4 = listen(port).with_context(|| format!("the test site cannot listen on 127.0.0.1:{port}"))?;
        let port = v4.local_addr()?.port();
        // Browsers resolve `localhost` to ::1 too. A machine may have no IPv6.
        let v6 = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).ok();
        let shared = Arc::new(Shared { records: Records::new(), sockets: Sockets::default(), rest: Rest::new() });
        let accept_on = |listener| {
            let shared = Arc::clone(&shared);
            Acceptor::start(listener, move |stream| serve::serve(&shared, stream))
        };
        let acceptors = std::iter::once(v4).chain(v6).map(accept_on).collect::<std::io::Result<_>>()?;
        Ok(Site { shared, port, acceptors })
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The URL of `path` (with its leading slash) on 127.0.0.1.
    pub fn url(&self, path: &str) -> String {
        self.url_on("127.0.0.1", path)
    }

    /// The URL of `path` under another host name of this machine, such as `support.acme.localhost`.
    pub fn url_on(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    /// All visitors, oldest first.
    pub fn visitors(&self) -> Vec<Visitor> {
        self.shared.records.read(|record| record.visitors.clone())
    }

    /// The visitor with this short ID.
    pub fn visitor(&self, short_id: &str) -> Option<Visitor> {
        self.shared.records.read(|record| record.visitor(short_id).cloned())
    }

    /// All received and sent frames, in order.
    pub fn frames(&self) -> Vec<Frame> {
        self.shared.records.read(|record| record.frames.clone())
    }

    /// The number of sockets that were opened. Refused ones are only in [`Site::requests`].
    pub fn sockets_opened(&self) -> usize {
        self.shared.records.read(|record| record.sockets_opened)
    }

    /// The number of open sockets.
    pub fn sockets_open(&self) -> usize {
        self.shared.records.read(|record| record.sockets_open)
    }

    /// All HTTP requests in order, including upgrades to WebSocket.
    pub fn requests(&self) -> Vec<HttpRequest> {
        self.shared.records.read(|record| record.requests.clone())
    }

    /// Waits until `probe` finds something in the record. It runs again at each change.
    ///
    /// # Errors
    /// After `timeout`, with `what` and the last frames.
    pub fn wait_for<T>(&self, what: &str, timeout: Duration, probe: impl FnMut(&Record) -> Option<T>) -> Result<T> {
        self.shared.records.wait_for(what, timeout, probe)
    }

    /// Runs a command for all open sockets, or for future ones.
    pub fn command(&self, command: Command) {
        command::perform(&self.shared, None, &command);
    }

    /// The same as [`Site::command`], for the sockets of one visitor.
    pub fn command_for(&self, short_id: &str, command: Command) {
        command::perform(&self.shared, Some(short_id), &command);
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.acceptors.clear();
        self.shared.sockets.close_all();
        self.shared.rest.end();
    }
}

/// The free ports that this process has used. A browser that tests share keeps what the pages of an earlier site stored
/// for its origin, and its open tabs connect to that port again. So no other site gets the port.
static USED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

fn listen(port: u16) -> std::io::Result<TcpListener> {
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let own = listener.local_addr()?.port();
        if USED.lock().unwrap_or_else(PoisonError::into_inner).insert(own) || port != 0 {
            return Ok(listener);
        }
    }
}

#[cfg(test)]
mod tests;
