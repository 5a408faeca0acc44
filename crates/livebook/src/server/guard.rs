//! Who may ask for what.
//!
//! Every user of a machine can connect to its loopback interface, and any website can make a browser try. So:
//!
//! - a request names this server exactly in `Host`, port included. Otherwise another site's name that resolves to 127.0.0.1
//!   would make its pages our pages (DNS rebinding);
//! - if it has an `Origin`, that's this server's own;
//! - the state, its stream and the actions need the token, in a header of its own. A page of another origin can't set that header,
//!   and unlike a cookie it isn't sent to other servers on this machine.
//!
//! Pages and styles need no token: a browser loads them without our headers, and they are the course's public text.

use std::fmt;
use std::str::FromStr;

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};

use crate::token::Token;

/// The header with the token.
pub(crate) const TOKEN: HeaderName = HeaderName::from_static("wr-token");

/// The header with a ticket.
const TICKET: HeaderName = HeaderName::from_static("wr-ticket");

/// A name that a browser may use for the server, such as `devbox.example:8080`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostName(String);

/// Why something isn't a host name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseHostNameError;

impl fmt::Display for ParseHostNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "write the name and port as they appear in the browser's address bar, such as `localhost:8080` or `box.example`",
        )
    }
}

impl std::error::Error for ParseHostNameError {}

impl FromStr for HostName {
    type Err = ParseHostNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_fine = |letter: char| letter.is_ascii_alphanumeric() || "-._:[]".contains(letter);
        if text.is_empty() || !text.chars().all(is_fine) {
            return Err(ParseHostNameError);
        }
        // As browsers send it.
        Ok(Self(text.to_ascii_lowercase()))
    }
}

/// The names of the server.
#[derive(Debug)]
pub(super) struct Hosts {
    names: Vec<String>,
}

/// Why a request is refused before anybody looks at what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stranger {
    /// It's for another server.
    Host,
    /// It's from another site.
    Origin,
}

impl Hosts {
    pub(super) fn new(port: u16, extra: Option<HostName>) -> Self {
        let own = format!("127.0.0.1:{port}");
        Self {
            names: std::iter::once(own)
                .chain(extra.map(|HostName(name)| name))
                .collect(),
        }
    }

    /// The server's own address.
    pub(super) fn own(&self) -> &str {
        &self.names[0]
    }

    /// The origins of the pages that this server serves, its own first. A forwarded port may be behind a proxy with encryption;
    /// so that's the guess for a name without a port.
    pub(super) fn origins(&self) -> Vec<String> {
        let guess = |name: &String| {
            let scheme = if name.contains(':') { "http" } else { "https" };
            format!("{scheme}://{name}")
        };
        self.names.iter().map(guess).collect()
    }

    /// The name that a request uses for this server, if it may.
    pub(super) fn admit(&self, headers: &HeaderMap) -> Result<&str, Stranger> {
        let host = only(headers, &HOST).flatten().ok_or(Stranger::Host)?;
        let name = self
            .names
            .iter()
            .find(|name| *name == host)
            .ok_or(Stranger::Host)?;
        let origin = only(headers, &ORIGIN).ok_or(Stranger::Origin)?;
        let is_ours = origin.is_none_or(|origin| {
            let (scheme, rest) = origin.split_once("://").unwrap_or_default();
            let is_own = name == self.own();
            rest == name && (scheme == "http" || scheme == "https" && !is_own)
        });
        if is_ours {
            Ok(name)
        } else {
            Err(Stranger::Origin)
        }
    }
}

/// Whether a request has the token.
pub(super) fn has_token(headers: &HeaderMap, token: &Token) -> bool {
    only(headers, &TOKEN)
        .flatten()
        .is_some_and(|sent| token.is(sent))
}

/// The ticket that a request has.
pub(super) fn ticket(headers: &HeaderMap) -> Option<&str> {
    only(headers, &TICKET).flatten()
}

/// The value of a header that may appear once at most; nothing if it's there twice, or isn't text.
#[expect(clippy::option_option, reason = "a wrong header isn't an absent one")]
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<Option<&'h str>> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Some(None),
        (Some(value), None) => value.to_str().ok().map(Some),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    fn headers(given: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn check(given: &[(&'static str, &str)], expect: Result<&str, Stranger>) {
        let hosts = Hosts::new(4321, Some("Box.Example:80".parse().unwrap()));
        assert_eq!(hosts.admit(&headers(given)), expect, "{given:?}");
    }

    #[test]
    fn the_host_is_exact() {
        check(&[("host", "127.0.0.1:4321")], Ok("127.0.0.1:4321"));
        check(&[("host", "box.example:80")], Ok("box.example:80"));
        for host in [
            "",
            "127.0.0.1",
            "127.0.0.1:43210",
            "127.0.0.1:432",
            "127.0.0.1:4321.evil.example",
            "evil.example:4321",
            "localhost:4321",
            "127.0.0.1:4321 ",
            "box.example",
            "a@127.0.0.1:4321",
        ] {
            check(&[("host", host)], Err(Stranger::Host));
        }
        check(&[], Err(Stranger::Host));
        check(
            &[("host", "127.0.0.1:4321"), ("host", "evil.example")],
            Err(Stranger::Host),
        );
    }

    #[test]
    fn the_origin_is_the_hosts() {
        let from = |host: &'static str, origin: &str, expect| {
            check(&[("host", host), ("origin", origin)], expect);
        };
        let own = "127.0.0.1:4321";
        from(own, "http://127.0.0.1:4321", Ok(own));
        for origin in [
            "null",
            "",
            "https://127.0.0.1:4321",
            "http://127.0.0.1:4321.evil.example",
            "http://evil.example",
            "http://box.example:80",
            "http://127.0.0.1:4322",
            "127.0.0.1:4321",
        ] {
            from(own, origin, Err(Stranger::Origin));
        }
        from(
            "box.example:80",
            "https://box.example:80",
            Ok("box.example:80"),
        );
        from(
            "box.example:80",
            "http://box.example:80",
            Ok("box.example:80"),
        );
        from(
            "box.example:80",
            "http://127.0.0.1:4321",
            Err(Stranger::Origin),
        );
    }

    #[test]
    fn the_token_is_a_header() {
        let token = Token::random().unwrap();
        let digits = token.digits();
        assert!(has_token(&headers(&[("wr-token", &digits)]), &token));
        assert!(!has_token(&headers(&[]), &token));
        assert!(!has_token(&headers(&[("wr-token", "0")]), &token));
        assert!(!has_token(
            &headers(&[("cookie", &format!("wr-token={digits}"))]),
            &token
        ));
        assert!(!has_token(
            &headers(&[("wr-token", &digits), ("wr-token", &digits)]),
            &token
        ));
    }

    #[test]
    fn a_host_name_has_no_path() {
        for wrong in ["", "http://a", "a/b", "a b", "a\r\nb", "ä"] {
            assert!(wrong.parse::<HostName>().is_err(), "{wrong}");
        }
        assert!("[::1]:80".parse::<HostName>().is_ok());
    }
}
