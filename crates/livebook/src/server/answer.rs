//! Which request gets which response.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderMap, HeaderValue};
use hyper::{Method, Request, StatusCode};
use percent_encoding::percent_decode_str;
use tokio::sync::watch;

use super::guard::{Hosts, Stranger, has_token, ticket};
use super::reply::{self, Reply};
use super::shelf::Shelf;
use super::stream::{Published, States};
use super::tickets::Tickets;
use crate::action::{Action, Refusal};
use crate::page::{Page, policy};
use crate::site::Kind;
use crate::token::Token;

/// The page that takes the token from its address and goes on to the current exercise.
pub(super) const OPEN: &str = "/.wr/open";
/// The stream of states.
const STREAM: &str = "/.wr/stream";
/// Where a page finds out whether the server knows its token.
pub(crate) const PROOF: &str = "/.wr/proof";
/// Where a page asks for an action.
const ACT: &str = "/.wr/act";
/// Where a page exchanges a ticket for the token.
const REDEEM: &str = "/.wr/token";
/// Where another `wr` gets a ticket.
pub(crate) const TICKET: &str = "/.wr/ticket";
/// How our own addresses begin; those of a book's pages don't.
const OURS: &str = "/.wr/";

/// The longest request for an action, in bytes.
const LONGEST_ACTION: usize = 4096;
/// How long its sender may take.
const ACTION_LIMIT: Duration = Duration::from_secs(5);

/// What the server answers with.
pub(super) struct Desk {
    pub(super) hosts: Hosts,
    pub(super) token: Token,
    pub(super) tickets: Arc<Tickets>,
    pub(super) shelf: Arc<Shelf>,
    pub(super) states: watch::Receiver<Published>,
    pub(super) act: Box<dyn Fn(Action) + Send + Sync>,
}

impl Desk {
    pub(super) async fn answer(&self, request: Request<Incoming>) -> Reply {
        let host = match self.hosts.admit(request.headers()) {
            Ok(host) => host,
            Err(stranger) => return self.refuse(stranger),
        };
        let is_read = [Method::GET, Method::HEAD].contains(request.method());
        let path = request.uri().path();
        match path {
            ACT if request.method() == Method::POST => self.carry_out(request).await,
            REDEEM if request.method() == Method::POST => self.redeem(request.headers()),
            TICKET if request.method() == Method::POST => self.issue(request.headers()),
            ACT | REDEEM | TICKET => not_allowed("POST"),
            _ if !is_read => not_allowed("GET, HEAD"),
            STREAM if !has_token(request.headers(), &self.token) => no_token(),
            STREAM => reply::with_body(
                StatusCode::OK,
                "application/x-ndjson",
                States::begin(self.states.clone(), Arc::clone(&self.shelf)).boxed_unsync(),
                &policy(&[]),
            ),
            PROOF => self.prove(host, request.uri().query().unwrap_or_default()),
            OPEN => own_page(include_str!("../../page/open.html")),
            "/.wr/panel.js" => own(
                "text/javascript; charset=utf-8",
                include_str!("../../page/panel.js"),
            ),
            "/.wr/panel.css" => own(
                "text/css; charset=utf-8",
                include_str!("../../page/panel.css"),
            ),
            _ if path.starts_with(OURS) => reply::words(StatusCode::NOT_FOUND, "not found"),
            _ => self.file(path).await,
        }
    }

    fn refuse(&self, stranger: Stranger) -> Reply {
        match stranger {
            Stranger::Host => reply::words(
                StatusCode::FORBIDDEN,
                format!(
                    "This server only answers at http://{}. If you reach it under another name, through a forwarded port, \
                     start it with `wr book --host-name NAME`.",
                    self.hosts.own()
                ),
            ),
            Stranger::Origin => {
                reply::words(StatusCode::FORBIDDEN, "another site may not ask for this")
            }
        }
    }

    /// Answers a page's question of up to 64 letters and digits.
    fn prove(&self, host: &str, question: &str) -> Reply {
        let is_fine = (1..=64).contains(&question.len())
            && question.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_fine {
            return reply::words(StatusCode::BAD_REQUEST, "ask with a few random digits");
        }
        reply::words(StatusCode::OK, self.token.proof(host, question))
    }

    /// Exchanges a ticket for the token.
    fn redeem(&self, headers: &HeaderMap) -> Reply {
        if ticket(headers).is_some_and(|ticket| self.tickets.redeem(ticket)) {
            reply::words(StatusCode::OK, self.token.digits())
        } else {
            reply::words(
                StatusCode::UNAUTHORIZED,
                "the ticket was used already, or is too old",
            )
        }
    }

    /// Gives a ticket to someone who has the token, to start a browser with.
    fn issue(&self, headers: &HeaderMap) -> Reply {
        if !has_token(headers, &self.token) {
            return no_token();
        }
        match self.tickets.issue() {
            Ok(ticket) => reply::words(StatusCode::OK, ticket),
            Err(error) => reply::words(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        }
    }

    async fn carry_out(&self, request: Request<Incoming>) -> Reply {
        if !has_token(request.headers(), &self.token) {
            return no_token();
        }
        // A form of another site can't send this type without asking first.
        let is_json = request
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind == "application/json");
        if !is_json {
            return reply::words(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send application/json");
        }
        let body = Limited::new(request.into_body(), LONGEST_ACTION).collect();
        let bytes = match tokio::time::timeout(ACTION_LIMIT, body).await {
            Ok(Ok(body)) => body.to_bytes(),
            Ok(Err(_)) => return reply::words(StatusCode::PAYLOAD_TOO_LARGE, "too long"),
            Err(_) => return reply::words(StatusCode::REQUEST_TIMEOUT, "too slow"),
        };
        let action: Action = match serde_json::from_slice(&bytes) {
            Ok(action) => action,
            Err(error) => return reply::words(StatusCode::BAD_REQUEST, error.to_string()),
        };
        let seat = self.states.borrow().seat.clone();
        match action.check(&seat.unwrap_or_default()) {
            Ok(()) => {
                (self.act)(action);
                reply::words(StatusCode::ACCEPTED, "")
            }
            Err(Refusal::Unknown) => {
                reply::words(StatusCode::NOT_FOUND, "the course has no such exercise")
            }
            Err(Refusal::Behind) => reply::words(
                StatusCode::CONFLICT,
                "another exercise has been opened since",
            ),
        }
    }

    /// A file of the book.
    async fn file(&self, path: &str) -> Reply {
        let Ok(address) = percent_decode_str(path).decode_utf8() else {
            return reply::words(StatusCode::BAD_REQUEST, "the address isn't UTF-8");
        };
        let is_page = address.ends_with('/') || address.ends_with(".html");
        let site = if is_page {
            self.shelf.book().await
        } else {
            self.shelf.last().await
        };
        let site = match site {
            Ok(site) => site,
            Err(why) => return no_book(&why),
        };
        let asset = site.get(&address);
        let Some(asset) = asset else {
            let missing = match site.not_found() {
                Some(path) if is_page => tokio::fs::read_to_string(path).await.ok(),
                _ => None,
            };
            return match missing {
                Some(html) => reply::page(StatusCode::NOT_FOUND, Page::with_panel(&html)),
                None => reply::words(StatusCode::NOT_FOUND, "the book has no such page"),
            };
        };
        let bytes = match tokio::fs::read(asset.path).await {
            Ok(bytes) => bytes,
            Err(error) => {
                return no_book(&format!("cannot read {}: {error}", asset.path.display()));
            }
        };
        match asset.kind {
            Kind::Page => reply::page(
                StatusCode::OK,
                Page::with_panel(&String::from_utf8_lossy(&bytes)),
            ),
            Kind::BarePage => reply::page(
                StatusCode::OK,
                Page::bare(String::from_utf8_lossy(&bytes).into_owned()),
            ),
            Kind::Other(kind) => reply::of(StatusCode::OK, kind, bytes),
        }
    }
}

/// A file that is part of this program.
fn own(kind: &'static str, text: &'static str) -> Reply {
    reply::of(StatusCode::OK, kind, text)
}

fn own_page(html: &str) -> Reply {
    reply::page(StatusCode::OK, Page::with_panel(html))
}

/// The page for a book that can't be shown. The panel still works.
fn no_book(why: &str) -> Reply {
    let escaped = why.replace('&', "&amp;").replace('<', "&lt;");
    let html = include_str!("../../page/no_book.html")
        .replace("{why}", &format!("{}.", escaped.trim_end()));
    reply::page(StatusCode::INTERNAL_SERVER_ERROR, Page::with_panel(&html))
}

fn no_token() -> Reply {
    reply::words(StatusCode::UNAUTHORIZED, "the token is missing or wrong")
}

fn not_allowed(methods: &'static str) -> Reply {
    let mut reply = reply::words(StatusCode::METHOD_NOT_ALLOWED, "not allowed");
    reply
        .headers_mut()
        .insert(ALLOW, HeaderValue::from_static(methods));
    reply
}
