//! The server: pages of the book, the stream of states, and the actions that the pages have buttons for.

mod answer;
mod guard;
mod reply;
mod shelf;
mod stream;
mod tickets;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use self::answer::Desk;
pub(crate) use self::answer::{PROOF, TICKET};
use self::guard::Hosts;
pub(crate) use self::guard::TOKEN;
pub use self::guard::{HostName, ParseHostNameError};
use self::shelf::Shelf;
use self::stream::Published;
use self::tickets::Tickets;
use crate::action::Action;
use crate::note::Note;
use crate::rendering::BookSource;
use crate::seat::Seat;
use crate::token::Token;

/// How many connections there may be at once. A browser opens six to a host.
const MOST_CONNECTIONS: usize = 64;

/// How long a client may take for the head of a request.
const HEAD_LIMIT: Duration = Duration::from_secs(10);

/// How long a connection may last. A client that has stopped reading holds one no longer than that; others connect again.
const LONGEST: Duration = Duration::from_mins(15);

/// What to serve, and where.
#[derive(Debug)]
pub struct Options {
    /// The book.
    pub source: BookSource,
    /// The directory for the rendered book. It's made when the first page is asked for.
    pub rendered: PathBuf,
    /// The file with the port and the token of this run, for the next run and for [`running_server`](crate::running_server).
    pub note: PathBuf,
    /// The port, or any that is free.
    pub port: Option<u16>,
    /// A name that browsers use for this server, apart from its address: that of a forwarded port.
    pub host_name: Option<HostName>,
}

/// Why the server can't start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// It can't listen.
    #[error("cannot listen on 127.0.0.1:{port}: {error}")]
    Listen {
        /// The port, or 0 for any.
        port: u16,
        /// Why.
        error: io::Error,
    },
    /// The system has no random numbers, or no thread for the server.
    #[error("cannot start the book's server: {0}")]
    System(io::Error),
}

/// A running server. It ends, with all its connections, when it's dropped.
#[derive(Debug)]
pub struct Server {
    runtime: Option<tokio::runtime::Runtime>,
    published: watch::Sender<Published>,
    origins: Vec<String>,
    token: Token,
    tickets: Arc<Tickets>,
    port: u16,
    remark: Option<String>,
}

impl Server {
    /// Starts a server. `act` is called for every action, from another thread, and should return at once.
    pub fn start(
        options: Options,
        act: impl Fn(Action) + Send + Sync + 'static,
    ) -> Result<Self, ServerError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(4)
            .thread_name("book")
            .enable_all()
            .build()
            .map_err(ServerError::System)?;
        let (listener, port, token) = runtime.block_on(listen(&options))?;
        let note = Note {
            pid: std::process::id(),
            port,
            token: token.clone(),
        };
        // The book works without the note; only the next run doesn't find the open pages.
        let remark = note.write(&options.note).err().map(|error| {
            format!(
                "cannot write {}, so open pages of the book won't find the next run: {error}",
                options.note.display()
            )
        });
        let (published, states) = watch::channel(Published::default());
        let hosts = Hosts::new(port, options.host_name);
        let origins = hosts.origins();
        let tickets = Arc::new(Tickets::default());
        let desk = Arc::new(Desk {
            hosts,
            token: token.clone(),
            tickets: Arc::clone(&tickets),
            shelf: Shelf::new(options.source, options.rendered),
            states,
            act: Box::new(act),
        });
        runtime.spawn(accept(listener, desk));
        Ok(Self {
            runtime: Some(runtime),
            published,
            origins,
            token,
            tickets,
            port,
            remark,
        })
    }

    /// Shows a new state on every open page.
    pub fn publish(&self, seat: Seat) {
        self.published.send_replace(Published::new(seat));
    }

    /// The addresses that open the book at the page of the current exercise: first the server's own, then that of a forwarded
    /// port. They contain the token, so only the user may see them.
    pub fn addresses(&self) -> Vec<String> {
        self.origins
            .iter()
            .map(|origin| opening_address(origin, &self.token.digits()))
            .collect()
    }

    /// An address for a browser's command line, which every user of the machine can read. It works once, for a minute.
    pub fn address_with_ticket(&self) -> Result<String, ServerError> {
        let ticket = self.tickets.issue().map_err(random_failed)?;
        Ok(opening_address(&self.origins[0], &ticket))
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What the user should know, if the server works but not everything does.
    pub fn remark(&self) -> Option<&str> {
        self.remark.as_deref()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // The port is free again at once. Only a book that's being rendered may take longer, and nobody waits for it.
            runtime.shutdown_timeout(Duration::from_millis(500));
        }
    }
}

/// The address that opens the book. Browsers never send the part after `#`.
pub(crate) fn opening_address(origin: &str, secret: &str) -> String {
    format!("{origin}{}#{secret}", answer::OPEN)
}

fn random_failed(error: getrandom::Error) -> ServerError {
    ServerError::System(io::Error::other(error))
}

/// Listens on the port that was asked for. Otherwise on that of the last run with its token, so that pages that are still open
/// find this run. Otherwise on any port, with a new token: the program that has the old port may have seen the old token.
async fn listen(options: &Options) -> Result<(TcpListener, u16, Token), ServerError> {
    let bind = async |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await;
    let last = Note::read(&options.note);
    let wanted = options.port.or(last.as_ref().map(|note| note.port));
    let port = wanted.unwrap_or(0);
    let listener = match bind(port).await {
        Err(_) if options.port.is_none() && port != 0 => bind(0).await,
        other => other,
    }
    .map_err(|error| ServerError::Listen { port, error })?;
    let port = listener.local_addr().map_err(ServerError::System)?.port();
    let token = match last {
        Some(note) if note.port == port => note.token,
        _ => Token::random().map_err(random_failed)?,
    };
    Ok((listener, port, token))
}

/// Answers every connection, each in a task of its own.
async fn accept(listener: TcpListener, desk: Arc<Desk>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Such as too many open files: it may pass.
                tracing::debug!(%error, "accept");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let desk = Arc::clone(&desk);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let desk = Arc::clone(&desk);
                async move { Ok::<_, std::convert::Infallible>(desk.answer(request).await) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_LIMIT)
                .serve_connection(TokioIo::new(stream), service);
            // A client may go away at any time.
            if let Ok(Err(error)) = tokio::time::timeout(LONGEST, connection).await {
                tracing::debug!(%error, "connection");
            }
            drop(place);
        });
    }
}
