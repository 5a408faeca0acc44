//! Digests of files that learners shouldn't change.

use std::fmt;
use std::io;
use std::path::Path;
use std::str::FromStr;

/// The BLAKE3 digest of a file's bytes, written `blake3:` and 64 hexadecimal digits.
///
/// `CR LF` counts as `LF`, so that a checkout on Windows has the same digest as the author's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest(blake3::Hash);

impl Digest {
    /// The digest of `bytes`.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut rest = bytes;
        while let Some(at) = rest.windows(2).position(|pair| pair == b"\r\n") {
            hasher.update(&rest[..at]);
            // Only the carriage return is dropped.
            rest = &rest[at + 1..];
        }
        hasher.update(rest);
        Self(hasher.finalize())
    }

    /// The digest of the file at `path`.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        Ok(Self::of_bytes(&std::fs::read(path)?))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "blake3:{}", self.0.to_hex())
    }
}

/// The input isn't a digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a digest is `blake3:` and 64 hexadecimal digits")]
pub struct ParseDigestError;

impl FromStr for Digest {
    type Err = ParseDigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hex = text.strip_prefix("blake3:").ok_or(ParseDigestError)?;
        blake3::Hash::from_hex(hex)
            .map(Self)
            .map_err(|_| ParseDigestError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_same(a: &[u8], b: &[u8], expect: bool) {
        assert_eq!(Digest::of_bytes(a) == Digest::of_bytes(b), expect);
    }

    #[test]
    fn only_line_ends_do_not_matter() {
        check_same(b"a\r\nb\r\n", b"a\nb\n", true);
        check_same(b"\r\r\n", b"\r\n", false);
        check_same(b"\r\r\n", b"\r\x0a", false);
        check_same(b"a\rb", b"a\nb", false);
        check_same(b"", b"\n", false);
        check_same(b"\r\n", b"\n", true);
    }

    #[test]
    fn it_is_blake3_of_the_bytes() {
        // The empty input's digest, from the test vectors of the BLAKE3 paper.
        assert_eq!(
            Digest::of_bytes(b"").to_string(),
            "blake3:af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
        );
    }

    #[test]
    fn reads_what_it_shows() {
        let digest = Digest::of_bytes(b"x");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        for text in ["", "blake3:", "blake3:xyz", "sha256:00"] {
            assert_eq!(text.parse::<Digest>(), Err(ParseDigestError));
        }
    }
}
