//! Unpacks one member of a zip archive.
//!
//! Inflating takes up most of the time needed to inspect a wheel. If all of the compressed bytes are in memory,
//! everything is inflated at once by a library built for that, which is one and a half times as fast as those that read
//! a stream. Whatever that library refuses is read again the way Python's `zipfile` reads it: as many bytes as the
//! member claims, whose checksum must then be right, no matter what follows them.

use std::io::BufRead;

use flate2::{Decompress, FlushDecompress, Status};
use libdeflater::{Crc, Decompressor, crc32};

use super::layout::IrregularityKind;

/// The numbers of the two methods that all installers support (APPNOTE 4.4.5 of the zip format).
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// How much is inflated at once when a member is read as a stream.
const STEP: usize = 64 << 10;

/// How many bytes of a member reveal what it is: the header of PE's oldest part.
const HEAD: usize = 64;

/// Why a member can't be unpacked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It's compressed with this method, which wheels don't use.
    Method(String),
    /// What doesn't fit: unpacking fails.
    Broken(String),
}

/// What the archive's directory says about a member.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claims {
    pub(super) method: u16,
    /// The size of the contents in bytes.
    pub(super) size: u64,
    pub(super) crc32: u32,
}

/// What Python unpacks, and how that differs from what's there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) bytes: Vec<u8>,
    pub(super) odd: Option<IrregularMember>,
}

/// How a member contradicts its claims, although it can be unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IrregularMember {
    pub(super) kind: IrregularityKind,
    /// The number of unpacked bytes.
    pub(super) unpacked: u64,
}

impl IrregularMember {
    /// What was found, in contrast to what's claimed.
    pub(super) fn found(self) -> String {
        match self.kind {
            IrregularityKind::Longer => "more".to_owned(),
            IrregularityKind::NoEnd => "no end after that".to_owned(),
            _ => format!("{} bytes", self.unpacked),
        }
    }
}

/// Returns the contents, whose checksum is the one that the member claims.
pub(super) fn contents(packed: &[u8], claims: Claims) -> Result<Contents, Refused> {
    if claims.method == DEFLATED
        && claims.size <= most(DEFLATED, packed.len() as u64)
        && let Some(bytes) = inflated(packed, claims)
    {
        return Ok(Contents { bytes, odd: None });
    }
    let mut bytes = Vec::new();
    let odd = stream(packed, claims, |piece| bytes.extend_from_slice(piece))?;
    Ok(Contents { bytes, odd })
}

/// The highest possible ratio. At best, deflate turns two bits into 258 bytes, which is one byte into 1032.
pub(super) fn most(method: u16, compressed: u64) -> u64 {
    const HIGHEST_RATIO: u64 = 1032;
    match method {
        DEFLATED => compressed.saturating_mul(HIGHEST_RATIO),
        _ => compressed,
    }
}

/// The contents, if they have the claimed size and checksum.
fn inflated(packed: &[u8], claims: Claims) -> Option<Vec<u8>> {
    // The system only provides zeroed memory when it's written to, so an entry's claim costs nothing.
    let mut bytes = vec![0; usize::try_from(claims.size).ok()?];
    let length = Decompressor::new()
        .deflate_decompress(packed, &mut bytes)
        .ok()?;
    (length == bytes.len() && crc32(&bytes) == claims.crc32).then_some(bytes)
}

/// Returns the contents in chunks, like `zipfile`: no more than claimed, and with the right checksum at the end.
pub(super) fn stream(
    packed: impl BufRead,
    claims: Claims,
    mut sink: impl FnMut(&[u8]),
) -> Result<Option<IrregularMember>, Refused> {
    let mut sum = Crc::new();
    let mut left = claims.size;
    let mut take = |piece: &[u8]| {
        let wanted = usize::try_from(left).unwrap_or(usize::MAX);
        let used = piece.get(..wanted).unwrap_or(piece);
        sum.update(used);
        sink(used);
        left = left.saturating_sub(used.len() as u64);
        (left, used.len() < piece.len())
    };
    let end = match claims.method {
        STORED => stored(packed, &mut take)?,
        DEFLATED => deflated(packed, &mut take)?,
        other => return Err(Refused::Method(name(other))),
    };
    if sum.sum() != claims.crc32 {
        return Err(broken(match end {
            _ if left == 0 => "its checksum isn't the one that the archive gives",
            End::Proper => "it's shorter than the archive says, and its checksum is different",
            _ => "its compressed data is damaged or truncated",
        }));
    }
    let kind = match end {
        _ if left > 0 => IrregularityKind::Shorter,
        End::Proper => return Ok(None),
        End::More => IrregularityKind::Longer,
        End::Missing => IrregularityKind::NoEnd,
    };
    Ok(Some(IrregularMember {
        kind,
        unpacked: claims.size.saturating_sub(left),
    }))
}

/// How a member's data ended.
enum End {
    /// Where it should.
    Proper,
    /// There's more data than claimed.
    More,
    /// It's truncated, or damaged after the claimed data.
    Missing,
}

/// Takes a chunk. Returns how many bytes are still expected, and whether there were more than that.
type Take<'take> = dyn FnMut(&[u8]) -> (u64, bool) + 'take;

fn stored(mut packed: impl BufRead, take: &mut Take<'_>) -> Result<End, Refused> {
    loop {
        let piece = packed
            .fill_buf()
            .map_err(|error| broken(error.to_string()))?;
        if piece.is_empty() {
            return Ok(End::Proper);
        }
        let length = piece.len();
        if take(piece).1 {
            return Ok(End::More);
        }
        packed.consume(length);
    }
}

fn deflated(mut packed: impl BufRead, take: &mut Take<'_>) -> Result<End, Refused> {
    let mut state = Decompress::new(false);
    let mut output = vec![0; STEP];
    let mut left = None;
    loop {
        let input = packed
            .fill_buf()
            .map_err(|error| broken(error.to_string()))?;
        let is_last = input.is_empty();
        let (read, written) = (state.total_in(), state.total_out());
        let status = match state.decompress(input, &mut output, FlushDecompress::None) {
            Ok(status) => status,
            Err(_) if left == Some(0) => return Ok(End::Missing),
            Err(_) => return Err(broken("its compressed data is damaged or truncated")),
        };
        let length = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let read = length(state.total_in().saturating_sub(read));
        let written = length(state.total_out().saturating_sub(written));
        packed.consume(read);
        let (now_left, is_more) = take(output.get(..written).unwrap_or_default());
        left = Some(now_left);
        if is_more {
            return Ok(End::More);
        }
        if status == Status::StreamEnd {
            return Ok(End::Proper);
        }
        if is_last && written == 0 {
            return Ok(End::Missing);
        }
    }
}

/// Reads the first bytes of one member after another.
pub(super) struct Heads(Decompress);

impl Heads {
    pub(super) fn new() -> Self {
        Self(Decompress::new(false))
    }

    /// The first bytes of a member's contents, inflated from the start of its compressed bytes, as far as possible.
    pub(super) fn of(&mut self, method: u16, packed: &[u8]) -> Vec<u8> {
        let mut head = vec![0; HEAD];
        let length = match method {
            STORED => {
                head = packed.get(..HEAD).unwrap_or(packed).to_vec();
                head.len()
            }
            DEFLATED => {
                self.0.reset(false);
                // Damage is detected when the member is read.
                let _ = self.0.decompress(packed, &mut head, FlushDecompress::None);
                usize::try_from(self.0.total_out()).unwrap_or(0)
            }
            _ => 0,
        };
        head.truncate(length);
        head
    }
}

/// The name of an unsupported method.
pub(super) fn unusual(method: u16) -> Option<String> {
    (!matches!(method, STORED | DEFLATED)).then(|| name(method))
}

/// A method's name: most people don't know the numbers (APPNOTE 4.4.5 of the zip format).
pub(super) fn name(method: u16) -> String {
    match method {
        STORED => "none".to_owned(),
        DEFLATED => "deflate".to_owned(),
        9 => "deflate64".to_owned(),
        12 => "bzip2".to_owned(),
        14 => "lzma".to_owned(),
        93 => "zstandard".to_owned(),
        95 => "xz".to_owned(),
        number => format!("method {number}"),
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
        pack(TEXT)
    }

    fn pack(text: &[u8]) -> Vec<u8> {
        let mut compressor = Compressor::new(CompressionLvl::default());
        let mut packed = vec![0; compressor.deflate_compress_bound(text.len())];
        let length = compressor.deflate_compress(text, &mut packed).unwrap();
        packed.truncate(length);
        packed
    }

    fn claims(text: &[u8]) -> Claims {
        Claims {
            method: DEFLATED,
            size: text.len() as u64,
            crc32: crc32(text),
        }
    }

    #[test]
    fn honest_claims_are_accepted() {
        let all = Contents {
            bytes: TEXT.to_vec(),
            odd: None,
        };
        assert_eq!(contents(&packed(), claims(TEXT)).as_ref(), Ok(&all));
        let stored = Claims {
            method: STORED,
            ..claims(TEXT)
        };
        assert_eq!(contents(TEXT, stored), Ok(all));
    }

    #[test]
    fn python_unpacks_only_the_claimed_size() {
        for size in [0, 1, TEXT.len() - 1] {
            for method in [STORED, DEFLATED] {
                let packed = if method == STORED {
                    TEXT.to_vec()
                } else {
                    packed()
                };
                let claims = Claims {
                    method,
                    ..claims(&TEXT[..size])
                };
                let found = contents(&packed, claims).unwrap();
                assert_eq!(found.bytes, &TEXT[..size]);
                assert_eq!(
                    found.odd.map(|odd| odd.kind),
                    Some(IrregularityKind::Longer)
                );
            }
        }
    }

    #[test]
    fn python_unpacks_all_of_a_member_that_is_too_short() {
        let claims = Claims {
            size: TEXT.len() as u64 + 1,
            ..claims(TEXT)
        };
        let found = contents(&packed(), claims).unwrap();
        assert_eq!(found.bytes, TEXT);
        let odd = found.odd.unwrap();
        assert_eq!(odd.kind, IrregularityKind::Shorter);
        assert_eq!(odd.unpacked, TEXT.len() as u64);
    }

    #[test]
    fn a_stream_without_an_end_is_still_unpacked() {
        // A stored block that is not the last one.
        let mut packed = vec![0];
        let length = u16::try_from(TEXT.len()).unwrap();
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(TEXT);
        let found = contents(&packed, claims(TEXT)).unwrap();
        assert_eq!(found.bytes, TEXT);
        assert_eq!(found.odd.map(|odd| odd.kind), Some(IrregularityKind::NoEnd));
    }

    #[test]
    fn damaged_data_is_not_reported_as_too_long() {
        let text: Vec<u8> = (0..10_000_u32).flat_map(u32::to_le_bytes).collect();
        let packed = pack(&text);
        for bit in 0..packed.len() * 8 {
            if bit % 97 != 0 {
                continue;
            }
            let mut damaged = packed.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            match contents(&damaged, claims(&text)) {
                Ok(found) => assert_eq!(found.bytes, text, "bit {bit}"),
                Err(Refused::Broken(_)) => {}
                Err(other) => panic!("bit {bit}: {other:?}"),
            }
        }
    }

    #[test]
    fn contradictions_are_named() {
        let reason = |packed: &[u8], claims| match contents(packed, claims) {
            Err(Refused::Broken(reason)) => reason,
            other => panic!("{other:?}"),
        };
        let mut cut_off = packed();
        cut_off.truncate(10);
        assert!(reason(&cut_off, claims(TEXT)).contains("truncated"));
        assert!(!reason(&[0xff; 20], claims(TEXT)).is_empty());
        let other = Claims {
            crc32: 1,
            ..claims(TEXT)
        };
        assert!(reason(&packed(), other).contains("checksum"));
    }

    #[test]
    fn heads_are_the_first_bytes() {
        let text: Vec<u8> = (0..10_000_u32).flat_map(u32::to_le_bytes).collect();
        let packed = pack(&text);
        let mut heads = Heads::new();
        for _ in 0..2 {
            assert_eq!(heads.of(DEFLATED, &packed[..512]), &text[..64]);
            assert_eq!(heads.of(STORED, &text[..512]), &text[..64]);
            assert_eq!(heads.of(STORED, b"MZ"), b"MZ");
            assert_eq!(heads.of(DEFLATED, &[0xff; 20]), b"");
        }
    }
}
