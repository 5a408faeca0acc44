//! The proofs, one file each.

pub(crate) mod clean;
pub(crate) mod copied;
pub(crate) mod files;
pub(crate) mod giveaway;
pub(crate) mod load;
pub(crate) mod manifests;
pub(crate) mod mutants;
pub(crate) mod names;
pub(crate) mod protected;
pub(crate) mod solution;
pub(crate) mod starter;
pub(crate) mod strays;
pub(crate) mod wrong;
