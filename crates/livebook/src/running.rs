//! Finds the server that already serves a course's book.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use data_encoding::HEXLOWER;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::Request;
use hyper::body::Bytes;
use hyper::header::HOST;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::note::Note;
use crate::server;

/// How long a server may take to answer. It's on this machine.
const LIMIT: Duration = Duration::from_secs(2);

/// The address that opens the book on the server that wrote this note, if that server still runs.
///
/// The port may belong to another program by now. So the server has to prove that it knows the token, and the token isn't sent.
pub fn running_server(note: &Path) -> Option<String> {
    let note = Note::read(note)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    let host = format!("127.0.0.1:{}", note.port);
    let mut random = [0; 16];
    getrandom::fill(&mut random).ok()?;
    let question = HEXLOWER.encode(&random);
    let asked = async { tokio::time::timeout(LIMIT, ask(note.port, &host, &question)).await };
    let answer = runtime.block_on(asked).ok().flatten()?;
    let origin = format!("http://{host}");
    note.token
        .is_proof(&host, &question, &answer)
        .then(|| server::opening_address(&origin, &note.token))
}

async fn ask(port: u16, host: &str, question: &str) -> Option<String> {
    let stream = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .await
        .ok()?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .ok()?;
    tokio::spawn(connection);
    let request = Request::get(format!("{}?{question}", server::PROOF))
        .header(HOST, host)
        .body(Empty::<Bytes>::new())
        .ok()?;
    let reply = sender.send_request(request).await.ok()?;
    let body = Limited::new(reply.into_body(), 1024).collect().await.ok()?;
    String::from_utf8(body.to_bytes().to_vec()).ok()
}
