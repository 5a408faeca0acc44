//! Responses. Every one has the headers that keep it in this browser and on this page.

use std::convert::Infallible;

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Response, StatusCode};

use crate::page::{Page, policy};

/// A response with any kind of body.
pub(super) type Reply = Response<UnsyncBoxBody<Bytes, Infallible>>;

pub(super) const PLAIN: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// A response of this media type.
pub(super) fn of(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Reply {
    with_body(
        status,
        kind,
        Full::new(body.into()).boxed_unsync(),
        &policy(&[]),
    )
}

/// A sentence.
pub(super) fn words(status: StatusCode, sentence: impl Into<Bytes>) -> Reply {
    of(status, PLAIN, sentence)
}

/// A page.
pub(super) fn page(status: StatusCode, page: Page) -> Reply {
    let body = Full::new(Bytes::from(page.html)).boxed_unsync();
    with_body(status, HTML, body, &page.policy)
}

/// A response whose body may come in parts.
pub(super) fn with_body(
    status: StatusCode,
    kind: &'static str,
    body: UnsyncBoxBody<Bytes, Infallible>,
    policy: &str,
) -> Reply {
    let mut reply = Response::new(body);
    *reply.status_mut() = status;
    let fixed = [
        (CONTENT_TYPE, kind),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (OPENER_POLICY, "same-origin"),
        (RESOURCE_POLICY, "same-origin"),
    ];
    for (name, value) in fixed {
        reply
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(policy) {
        reply.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    reply
}
