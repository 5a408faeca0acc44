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
        other => {
            return Err(broken(format!(
                "compressed by {other:?}, which wheels are not"
            )));
        }
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
