//! Accepts connections in the background, until dropped.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use anyhow::Result;

/// Serves each connection of a listener in a thread of its own. Accepts no more on drop.
pub(super) struct Acceptor {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Acceptor {
    /// Starts to accept. An error of `serve` ends its connection only: a browser may close one during a request.
    pub(super) fn start(
        listener: TcpListener,
        serve: impl Fn(TcpStream) -> Result<()> + Send + Sync + 'static,
    ) -> io::Result<Acceptor> {
        let address = listener.local_addr()?;
        let stopping = Arc::new(AtomicBool::new(false));
        let is_stopping = Arc::clone(&stopping);
        let serve = Arc::new(serve);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if is_stopping.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let serve = Arc::clone(&serve);
                std::thread::spawn(move || drop(serve(stream)));
            }
        });
        Ok(Acceptor { address, stopping, thread: Some(thread) })
    }
}

impl Drop for Acceptor {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Only wakes the thread, which then stops.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
