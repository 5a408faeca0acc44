//! Messages from a run: from tests, and from programs that use the extension.

pub(crate) mod borrowed;
pub(crate) mod conversion;
pub(crate) mod fatal_signal;
pub(crate) mod library_not_found;
pub(crate) mod no_constructor;
pub(crate) mod overflow;
pub(crate) mod panic;
pub(crate) mod same_class_twice;
pub(crate) mod unfinished;
pub(crate) mod unsendable;

use super::Check;

/// Each check covers a different cause, so they're in code order.
pub(super) const CHECKS: &[Check] = &[
    unfinished::check,
    panic::check,
    conversion::check,
    same_class_twice::check,
    overflow::check,
    borrowed::check,
    no_constructor::check,
    unsendable::check,
    fatal_signal::check,
    library_not_found::check,
];
