//! Tickets: each is good for the token, once and for a short time.
//!
//! Every user of a machine can read the command lines of all programs. So the address that a browser is started with has a
//! ticket instead of the token. If somebody else is quicker to redeem it, the user's own page says that it didn't work.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::token::Token;

/// How long a browser may take to start.
const VALID: Duration = Duration::from_mins(1);

/// What tells a ticket from a token.
const PREFIX: &str = "ticket-";

/// The tickets that haven't been used.
#[derive(Debug, Default)]
pub(super) struct Tickets {
    issued: Mutex<Vec<(Token, Instant)>>,
}

impl Tickets {
    /// A new ticket.
    pub(super) fn issue(&self) -> Result<String, getrandom::Error> {
        let ticket = Token::random()?;
        let written = format!("{PREFIX}{}", ticket.digits());
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        issued.retain(|(_, at)| at.elapsed() < VALID);
        issued.push((ticket, Instant::now()));
        Ok(written)
    }

    /// Whether a ticket is good. It isn't any more afterwards.
    pub(super) fn redeem(&self, written: &str) -> bool {
        let Some(digits) = written.strip_prefix(PREFIX) else {
            return false;
        };
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        let found = issued
            .iter()
            .position(|(ticket, at)| ticket.is(digits) && at.elapsed() < VALID);
        found.map(|at| issued.swap_remove(at)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_good_once() {
        let tickets = Tickets::default();
        let (one, two) = (tickets.issue().unwrap(), tickets.issue().unwrap());
        assert!(!tickets.redeem("ticket-00000000000000000000000000000000"));
        assert!(!tickets.redeem(one.strip_prefix(PREFIX).unwrap()));
        assert!(tickets.redeem(&one));
        assert!(!tickets.redeem(&one));
        assert!(tickets.redeem(&two));
    }
}
