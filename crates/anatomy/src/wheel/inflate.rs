//! The contents of one entry of a zip archive, from its compressed bytes.
//!
//! Inflating is most of the time that the inspection of a wheel takes. All of the compressed bytes are there, so the whole is
//! inflated in one go, by a library that is made for that and is half as fast again as those that read a stream.

use libdeflater::{DecompressionError, Decompressor, crc32};
use zip::CompressionMethod;

/// Why there are no contents.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// There is more than the entry claims.
    IsLarger,
    /// They are compressed by this method, which wheels are not.
    Method(String),
    /// What does not fit.
    Broken(String),
}

/// What the directory of the archive says of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claims {
    pub(super) method: CompressionMethod,
    /// The size of the contents in bytes.
    pub(super) size: u64,
    pub(super) crc32: u32,
}

/// Gives the contents, which are as large as the entry claims and have its checksum.
pub(super) fn contents(packed: Vec<u8>, claims: Claims) -> Result<Vec<u8>, Refused> {
    let bytes = match claims.method {
        CompressionMethod::Stored => packed,
        CompressionMethod::Deflated => inflated(&packed, claims.size)?,
        other => return Err(Refused::Method(name(other))),
    };
    let found = bytes.len() as u64;
    if found > claims.size {
        return Err(Refused::IsLarger);
    }
    if found < claims.size {
        return Err(broken(format!(
            "it is {found} bytes long, and the archive says {}",
            claims.size
        )));
    }
    if crc32(&bytes) != claims.crc32 {
        return Err(broken("its checksum is another than the archive says"));
    }
    Ok(bytes)
}

/// The name of a method that is not read here.
pub(super) fn unusual(method: CompressionMethod) -> Option<String> {
    match method {
        CompressionMethod::Stored | CompressionMethod::Deflated => None,
        other => Some(name(other)),
    }
}

/// What people call a method: the number alone says nothing to most (APPNOTE 4.4.5 of the zip format).
fn name(method: CompressionMethod) -> String {
    #[allow(deprecated)]
    // The crate has no other way to the number of a method that it does not read.
    match method {
        CompressionMethod::Unsupported(9) => "deflate64".to_owned(),
        CompressionMethod::Unsupported(12) => "bzip2".to_owned(),
        CompressionMethod::Unsupported(14) => "lzma".to_owned(),
        CompressionMethod::Unsupported(93) => "zstandard".to_owned(),
        CompressionMethod::Unsupported(95) => "xz".to_owned(),
        CompressionMethod::Unsupported(number) => format!("method {number}"),
        other => other.to_string().to_lowercase(),
    }
}

fn inflated(packed: &[u8], size: u64) -> Result<Vec<u8>, Refused> {
    // Zeros are memory that the system gives when it is written to, and not before: what an entry claims costs nothing.
    let mut bytes = vec![0; usize::try_from(size).map_err(|_| Refused::IsLarger)?];
    match Decompressor::new().deflate_decompress(packed, &mut bytes) {
        Ok(length) => {
            bytes.truncate(length);
            Ok(bytes)
        }
        Err(DecompressionError::InsufficientSpace) => Err(Refused::IsLarger),
        Err(DecompressionError::BadData) => {
            Err(broken("its compressed bytes are damaged, or break off"))
        }
    }
}

fn broken(reason: impl Into<String>) -> Refused {
    Refused::Broken(reason.into())
}

#[cfg(test)]
mod tests {
    use libdeflater::{CompressionLvl, Compressor};

    use super::*;

    const TEXT: &[u8] = b"to be or not to be, to be or not to be";

    fn packed() -> Vec<u8> {
        let mut compressor = Compressor::new(CompressionLvl::default());
        let mut packed = vec![0; compressor.deflate_compress_bound(TEXT.len())];
        let length = compressor.deflate_compress(TEXT, &mut packed).unwrap();
        packed.truncate(length);
        packed
    }

    fn claims(size: usize) -> Claims {
        Claims {
            method: CompressionMethod::Deflated,
            size: size as u64,
            crc32: crc32(TEXT),
        }
    }

    #[test]
    fn what_is_claimed_is_there() {
        assert_eq!(contents(packed(), claims(TEXT.len())).unwrap(), TEXT);
        let stored = Claims {
            method: CompressionMethod::Stored,
            ..claims(TEXT.len())
        };
        assert_eq!(contents(TEXT.to_vec(), stored).unwrap(), TEXT);
    }

    #[test]
    fn more_than_is_claimed_is_refused() {
        for size in [0, 1, TEXT.len() - 1] {
            assert_eq!(contents(packed(), claims(size)), Err(Refused::IsLarger));
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let reason = |packed: Vec<u8>, claims| match contents(packed, claims) {
            Err(Refused::Broken(reason)) => reason,
            other => panic!("{other:?}"),
        };
        let more = reason(packed(), claims(TEXT.len() + 1));
        assert!(more.contains("38 bytes long"), "{more}");
        let mut cut_off = packed();
        cut_off.truncate(10);
        assert!(reason(cut_off, claims(TEXT.len())).contains("break off"));
        assert!(!reason(vec![0xff; 20], claims(TEXT.len())).is_empty());
        let other = Claims {
            crc32: 1,
            ..claims(TEXT.len())
        };
        assert!(reason(packed(), other).contains("checksum"));
    }
}
