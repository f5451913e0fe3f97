//! An HTTP proxy that records every request of a browser. It forwards to this machine only: a request to any other host
//! is recorded and refused.

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};

use super::acceptor::Acceptor;
use super::content::Answer;
use super::http::{Request, read_request, write_answer};
use super::record::HttpRequest;
use super::serve::{READ_TIMEOUT, WRITE_TIMEOUT};

/// Of a URL without a port.
const HTTP_PORT: u16 = 80;

type Requests = Arc<Mutex<Vec<HttpRequest>>>;

/// The running proxy. Accepts no more on drop.
pub struct Proxy {
    port: u16,
    requests: Requests,
    _acceptor: Acceptor,
}

impl Proxy {
    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// If loopback can't be bound.
    pub fn start() -> Result<Proxy> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("the proxy cannot listen")?;
        let port = listener.local_addr()?.port();
        let requests = Requests::default();
        let all = Arc::clone(&requests);
        let acceptor = Acceptor::start(listener, move |stream| serve(&all, &stream))?;
        Ok(Proxy { port, requests, _acceptor: acceptor })
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// All requests in order. The path of a `CONNECT`, which comes before an encrypted request and before a WebSocket,
    /// is the host with its port, and that of any other request is its URL.
    pub fn requests(&self) -> Vec<HttpRequest> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(requests: &Requests, stream: &TcpStream) -> Result<()> {
    stream.set_read_timeout(Some(READ_TIMEOUT))?;
    stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
    stream.set_nodelay(true)?;
    let request = read_request(stream)?;
    requests.lock().unwrap_or_else(PoisonError::into_inner).push(HttpRequest::from(&request));
    let Some(port) = local_port(&request.host) else {
        return write_answer(stream, &Answer::text(403, "only this machine"));
    };
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    server.set_nodelay(true)?;
    if request.method == "CONNECT" { tunnel(stream, &server) } else { forward(&request, stream, &server) }
}

/// The port of a host of this machine. `None` for any other host.
fn local_port(host: &str) -> Option<u16> {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) => (name, port.parse().ok()?),
        None => (host, HTTP_PORT),
    };
    (name == "127.0.0.1" || name == "localhost" || name.ends_with(".localhost")).then_some(port)
}

/// Passes on a request and its answer. The site closes each connection after its answer.
fn forward(request: &Request, mut stream: &TcpStream, mut server: &TcpStream) -> Result<()> {
    let origin = format!("http://{}", request.host);
    request.write(request.path.strip_prefix(&origin).unwrap_or(&request.path), server)?;
    io::copy(&mut server, &mut stream)?;
    Ok(())
}

/// Passes on all bytes in both directions.
fn tunnel(mut stream: &TcpStream, server: &TcpStream) -> Result<()> {
    stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
    stream.set_read_timeout(None)?;
    std::thread::scope(|scope| {
        scope.spawn(|| pass(stream, server));
        pass(server, stream);
    });
    Ok(())
}

/// Passes on the bytes of one direction. An end or an error of one side ends the other.
fn pass(mut from: &TcpStream, mut to: &TcpStream) {
    drop(io::copy(&mut from, &mut to));
    drop(to.shutdown(Shutdown::Both));
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::site::Site;

    fn ask(proxy: &Proxy, request: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, proxy.port())).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(host: &str) -> String {
        format!("GET http://{host}/connected HTTP/1.1\r\nHost: {host}\r\nProxy-Connection: keep-alive\r\n\r\n")
    }

    #[test]
    fn requests_to_this_machine_are_passed_on() {
        let (site, proxy) = (Site::start().unwrap(), Proxy::start().unwrap());
        let host = format!("support.acme.localhost:{}", site.port());
        assert!(ask(&proxy, &get(&host)).starts_with("HTTP/1.1 200"));
        let asked = site.requests();
        assert_eq!((asked[0].path.as_str(), &asked[0].host), ("/connected", &host));
        assert_eq!(proxy.requests()[0].path, format!("http://{host}/connected"));
    }

    #[test]
    fn a_tunnel_to_this_machine_passes_on_what_follows() {
        let (site, proxy) = (Site::start().unwrap(), Proxy::start().unwrap());
        let host = format!("127.0.0.1:{}", site.port());
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, proxy.port())).unwrap();
        write!(stream, "CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = [0; 26];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200 Connected\r\n\r\n");
        write!(stream, "GET /connected HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert_eq!((proxy.requests()[0].method.as_str(), &proxy.requests()[0].host), ("CONNECT", &host));
    }

    #[test]
    fn every_other_host_is_recorded_and_refused() {
        let proxy = Proxy::start().unwrap();
        for request in
            [get("elsewhere.example"), "CONNECT 192.0.2.1:443 HTTP/1.1\r\nHost: 192.0.2.1:443\r\n\r\n".to_owned()]
        {
            assert!(ask(&proxy, &request).starts_with("HTTP/1.1 403"));
        }
        let hosts: Vec<_> = proxy.requests().into_iter().map(|request| request.host).collect();
        assert_eq!(hosts, ["elsewhere.example", "192.0.2.1:443"]);
    }
}
