//! The secret between a server and its pages.

use std::fmt;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// 128 random bits. Every user of a machine can connect to its loopback interface, so a page has to show them.
#[derive(Clone)]
pub(crate) struct Token([u8; 16]);

impl Token {
    /// A new one.
    pub(crate) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Reads 32 hexadecimal digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = HEXLOWER.decode(text.as_bytes()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// The digits, for an address or a file.
    pub(crate) fn digits(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// Whether what a page sent is this token. How long the comparison takes says nothing about the token: digests are
    /// compared, and in constant time.
    pub(crate) fn is(&self, sent: &str) -> bool {
        blake3::hash(sent.as_bytes()) == blake3::hash(self.digits().as_bytes())
    }

    /// What only someone who knows the token can answer to a page's question.
    ///
    /// After a server has ended, any program of any user can listen on its port. So a page asks for this before it sends
    /// its token, and the host in it keeps such a program from passing on the answer of a server on another port.
    pub(crate) fn proof(&self, host: &str, question: &str) -> String {
        HEXLOWER.encode(&self.mac(host, question).finalize().into_bytes())
    }

    /// Whether an answer is the proof.
    pub(crate) fn is_proof(&self, host: &str, question: &str, answer: &str) -> bool {
        HEXLOWER
            .decode(answer.as_bytes())
            .is_ok_and(|answer| self.mac(host, question).verify_slice(&answer).is_ok())
    }

    fn mac(&self, host: &str, question: &str) -> Hmac<Sha256> {
        // HMAC takes keys of any length.
        #[allow(clippy::expect_used)]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length is fine");
        mac.update(format!("wr {host} {question}").as_bytes());
        mac
    }
}

/// The token must not appear in logs.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_being_written_and_read() {
        let token = Token::random().unwrap();
        let digits = token.digits();
        assert_eq!(digits.len(), 32);
        assert!(Token::parse(&digits).unwrap().is(&digits));
        assert!(!Token::random().unwrap().is(&digits));
        assert!(!format!("{token:?}").contains(&digits));
    }

    #[test]
    fn only_the_whole_token_is_the_token() {
        let token = Token::parse("000102030405060708090a0b0c0d0e0f").unwrap();
        assert!(token.is("000102030405060708090a0b0c0d0e0f"));
        for wrong in [
            "",
            "0",
            "000102030405060708090a0b0c0d0e0e",
            "000102030405060708090A0B0C0D0E0F",
            "000102030405060708090a0b0c0d0e0f ",
        ] {
            assert!(!token.is(wrong), "{wrong}");
        }
        for wrong in ["", "00", "zz0102030405060708090a0b0c0d0e0f"] {
            assert!(Token::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_proof_is_for_one_host_and_one_question() {
        let token = Token::parse("000102030405060708090a0b0c0d0e0f").unwrap();
        let proof = token.proof("127.0.0.1:1", "abc");
        // Computed with Python: hmac.new(bytes(range(16)), b"wr 127.0.0.1:1 abc", "sha256").hexdigest()
        assert_eq!(
            proof,
            "2d7b375b2e82ef75fa3dab835b3b4b57740051d9d1d48017cf6385f6cfadbd2f"
        );
        assert!(token.is_proof("127.0.0.1:1", "abc", &proof));
        assert!(!token.is_proof("127.0.0.1:2", "abc", &proof));
        assert!(!token.is_proof("127.0.0.1:1", "xyz", &proof));
        assert!(!token.is_proof("127.0.0.1:1", "abc", ""));
        assert!(
            !Token::random()
                .unwrap()
                .is_proof("127.0.0.1:1", "abc", &proof)
        );
    }
}
