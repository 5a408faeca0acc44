//! What bytes look like if they aren't a binary, so that the message can say more than "not a binary".

use std::fmt;

use serde::Serialize;

use super::ReadError;

/// What non-binary bytes look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LooksLike {
    /// A web page, often an error page saved under the file's name.
    Html,
    /// Git LFS's placeholder for a file that wasn't fetched.
    GitLfsPointer,
    /// A zip archive, such as a wheel.
    Zip,
    /// Data compressed with gzip, such as a source distribution.
    Gzip,
    /// A script that names its interpreter.
    Script,
    /// Compiled Python, as found in `__pycache__`.
    PythonBytecode,
    /// A WebAssembly component, or a module in a future version.
    WebAssembly,
    /// LLVM bitcode.
    Bitcode,
    /// Other text.
    Text,
    /// Nothing but zeros, as left by a broken download or copy.
    Zeros,
    /// Unknown.
    Unknown,
}

impl fmt::Display for LooksLike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Html => "an HTML page",
            Self::GitLfsPointer => "a Git LFS pointer (run `git lfs pull`)",
            Self::Zip => "a zip archive",
            Self::Gzip => "gzip-compressed data",
            Self::Script => "a script",
            Self::PythonBytecode => "compiled Python bytecode",
            Self::WebAssembly => "a WebAssembly component",
            Self::Bitcode => "LLVM bitcode",
            Self::Text => "text",
            Self::Zeros => "nothing but zeros",
            Self::Unknown => "nothing known",
        })
    }
}

/// The error for bytes that no reader recognises.
pub(super) fn not_a_binary(bytes: &[u8]) -> ReadError {
    ReadError::NotABinary(look(bytes))
}

fn look(bytes: &[u8]) -> LooksLike {
    let head = bytes.get(..512).unwrap_or(bytes);
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        LooksLike::Zip
    } else if head.starts_with(b"\x1f\x8b") {
        LooksLike::Gzip
    } else if head.starts_with(b"\0asm") {
        LooksLike::WebAssembly
    } else if head.starts_with(b"BC\xc0\xde") {
        LooksLike::Bitcode
    } else if head.get(2..4) == Some(b"\r\n") && head.len() >= 16 && !is_text(head) {
        // Compiled Python's magic number is two version bytes and a line break, so that text mode destroys it.
        LooksLike::PythonBytecode
    } else if head.iter().all(|&byte| byte == 0) {
        LooksLike::Zeros
    } else if is_text(head) {
        look_at_text(head)
    } else {
        LooksLike::Unknown
    }
}

fn look_at_text(head: &[u8]) -> LooksLike {
    let start = head.trim_ascii_start().to_ascii_lowercase();
    if start.starts_with(b"<!doctype") || start.starts_with(b"<html") || start.starts_with(b"<?xml")
    {
        LooksLike::Html
    } else if start.starts_with(b"version https://git-lfs") {
        LooksLike::GitLfsPointer
    } else if start.starts_with(b"#!") {
        LooksLike::Script
    } else {
        LooksLike::Text
    }
}

/// Text has no control characters except white space, and is UTF-8 apart from a character that the window cuts in two.
fn is_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && error.valid_up_to() > 0,
    };
    valid
        && head
            .iter()
            .all(|&byte| byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_other_kinds_of_files() {
        let check = |bytes: &[u8], expected: LooksLike| assert_eq!(look(bytes), expected);
        check(b"<!DOCTYPE html><title>404</title>", LooksLike::Html);
        check(
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
            LooksLike::GitLfsPointer,
        );
        check(b"PK\x03\x04\x14\0", LooksLike::Zip);
        check(b"#!/bin/sh\n", LooksLike::Script);
        check(b"import os\n", LooksLike::Text);
        check("prüf\n".as_bytes(), LooksLike::Text);
        check(b"\0\0\0\0", LooksLike::Zeros);
        check(
            b"\xcb\x0d\x0d\x0a\0\0\0\0abcdefgh",
            LooksLike::PythonBytecode,
        );
        check(b"\x80\x81\x82", LooksLike::Unknown);
    }
}
