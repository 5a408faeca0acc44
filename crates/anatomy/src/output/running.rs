//! Messages of a run: of tests, and of programs that use the extension.

pub(crate) mod borrowed;
pub(crate) mod conversion;
pub(crate) mod fatal_signal;
pub(crate) mod no_constructor;
pub(crate) mod overflow;
pub(crate) mod panic;
pub(crate) mod same_class_twice;
pub(crate) mod unfinished;
pub(crate) mod unsendable;

use super::Check;

/// Each speaks of a cause of its own, so their order is that of the codes.
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
];
