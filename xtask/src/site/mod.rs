//! The test site: pages for every pattern an Upscope page can show, the SDK stand-in, and the server that the
//! stand-in talks to. The server's record is the judge of the end-to-end tests: it tells what really arrived.
//!
//! One port speaks HTTP/1.1 (one request per connection) and WebSocket, on loopback only, under any host name
//! that resolves there (`127.0.0.1`, `localhost`, `*.localhost`).

mod command;
pub(crate) mod content;
pub(crate) mod http;
mod record;
mod rest;
mod socket;
mod visitor;

use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context as _, Result};

pub use command::Command;
pub use record::{Direction, Frame, HttpRequest, Record, WatchRequest};
pub use rest::{REST_KEY, RestAnswer};
pub use visitor::Visitor;

use record::Records;
use rest::Rest;
use socket::Sockets;

/// What every connection's thread shares.
struct Shared {
    records: Records,
    sockets: Sockets,
    rest: Rest,
    stopping: AtomicBool,
}

/// The running test site. Stops serving on drop.
pub struct Site {
    shared: Arc<Shared>,
    port: u16,
    acceptors: Vec<JoinHandle<()>>,
}

impl Site {
    /// Starts on a free port. Files are read from `tests/site` at each request.
    ///
    /// # Errors
    /// When loopback cannot be bound.
    pub fn start() -> Result<Site> {
        Site::start_on(0)
    }

    /// Starts on `port` (0: a free one) of 127.0.0.1, and of ::1 where there is one.
    ///
    /// # Errors
    /// When 127.0.0.1 cannot be bound, for example because the port is taken.
    pub fn start_on(port: u16) -> Result<Site> {
        let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("the test site cannot listen on 127.0.0.1:{port}"))?;
        let port = v4.local_addr()?.port();
        // Browsers resolve `localhost` to ::1 as well; a machine without IPv6 does without.
        let v6 = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).ok();
        let shared = Arc::new(Shared {
            records: Records::new(),
            sockets: Sockets::default(),
            rest: Rest::new(),
            stopping: AtomicBool::new(false),
        });
        let acceptors =
            std::iter::once(v4).chain(v6).map(|listener| accept_on(listener, Arc::clone(&shared))).collect();
        Ok(Site { shared, port, acceptors })
    }

    /// The port served.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of `path` (with its leading slash) on 127.0.0.1.
    pub fn url(&self, path: &str) -> String {
        self.url_on("127.0.0.1", path)
    }

    /// The address of `path` under another name of this machine, such as `support.acme.localhost`.
    pub fn url_on(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    /// Every visitor the server knows, oldest first.
    pub fn visitors(&self) -> Vec<Visitor> {
        self.shared.records.read(|record| record.visitors.clone())
    }

    /// The visitor with this short ID.
    pub fn visitor(&self, short_id: &str) -> Option<Visitor> {
        self.shared.records.read(|record| record.visitor(short_id).cloned())
    }

    /// Every frame received or sent, in order.
    pub fn frames(&self) -> Vec<Frame> {
        self.shared.records.read(|record| record.frames.clone())
    }

    /// How many sockets were ever opened. Refused ones do not count; see [`Site::requests`] for those.
    pub fn sockets_opened(&self) -> usize {
        self.shared.records.read(|record| record.sockets_opened)
    }

    /// How many sockets are open now.
    pub fn sockets_open(&self) -> usize {
        self.shared.records.read(|record| record.sockets_open)
    }

    /// Every HTTP request, in order; a WebSocket's upgrade is one too.
    pub fn requests(&self) -> Vec<HttpRequest> {
        self.shared.records.read(|record| record.requests.clone())
    }

    /// Waits until `probe` finds something in the record, looking again at each change.
    ///
    /// # Errors
    /// After `timeout`: names `what` was awaited and shows the last frames.
    pub fn wait_for<T>(&self, what: &str, timeout: Duration, probe: impl FnMut(&Record) -> Option<T>) -> Result<T> {
        self.shared.records.wait_for(what, timeout, probe)
    }

    /// Makes the server act on every open socket, or changes how it meets new ones.
    pub fn command(&self, command: Command) {
        command::perform(&self.shared, None, &command);
    }

    /// As [`Site::command`], for the sockets of one visitor only.
    pub fn command_for(&self, short_id: &str, command: Command) {
        command::perform(&self.shared, Some(short_id), &command);
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        self.shared.sockets.close_all();
        self.shared.rest.end();
        for host in ["127.0.0.1", "::1"] {
            // Only wakes the acceptor, which then sees that it should stop.
            drop(TcpStream::connect((host, self.port)));
        }
        for acceptor in self.acceptors.drain(..) {
            drop(acceptor.join());
        }
    }
}

fn accept_on(listener: TcpListener, shared: Arc<Shared>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            if shared.stopping.load(Ordering::SeqCst) {
                return;
            }
            let Ok(stream) = stream else { continue };
            let shared = Arc::clone(&shared);
            // A browser that goes away in mid-request is no failure of the site.
            std::thread::spawn(move || drop(http::serve(&shared, stream)));
        }
    })
}

#[cfg(test)]
mod tests;
