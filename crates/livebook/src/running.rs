//! Finds the server that already serves a course's book.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use data_encoding::HEXLOWER;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Bytes;
use hyper::header::HOST;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::note::Note;
use crate::server::{self, opening_address};

/// How long a server may take to answer. It's on this machine.
const LIMIT: Duration = Duration::from_secs(2);

/// A server in another process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// The address that opens the book. It contains the token, so only the user may see it.
    pub address: String,
    /// An address for a browser's command line, which every user of the machine can read. It works once, for a minute.
    pub address_with_ticket: String,
    /// The process.
    pub pid: u32,
    /// The port.
    pub port: u16,
}

/// The server that wrote this note, if it still runs.
///
/// The port may belong to another program by now. So the server has to prove that it knows the token before it gets the token.
pub fn running_server(note: &Path) -> Option<Running> {
    let note = Note::read(note)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    runtime.block_on(async { tokio::time::timeout(LIMIT, find(&note)).await.ok()? })
}

async fn find(note: &Note) -> Option<Running> {
    let host = format!("127.0.0.1:{}", note.port);
    let mut random = [0; 16];
    getrandom::fill(&mut random).ok()?;
    let question = HEXLOWER.encode(&random);
    let ask = Request::get(format!("{}?{question}", server::PROOF)).header(HOST, &host);
    let proof = send(note.port, ask).await?;
    if !note.token.is_proof(&host, &question, &proof) {
        return None;
    }
    let ask = Request::post(server::TICKET)
        .header(HOST, &host)
        .header(server::TOKEN, note.token.digits());
    let ticket = send(note.port, ask).await?;
    let origin = format!("http://{host}");
    Some(Running {
        address: opening_address(&origin, &note.token.digits()),
        address_with_ticket: opening_address(&origin, &ticket),
        pid: note.pid,
        port: note.port,
    })
}

async fn send(port: u16, request: hyper::http::request::Builder) -> Option<String> {
    let stream = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .await
        .ok()?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .ok()?;
    tokio::spawn(connection);
    let request = request.body(Empty::<Bytes>::new()).ok()?;
    let reply = sender.send_request(request).await.ok()?;
    if reply.status() != StatusCode::OK {
        return None;
    }
    let body = Limited::new(reply.into_body(), 1024).collect().await.ok()?;
    String::from_utf8(body.to_bytes().to_vec()).ok()
}
