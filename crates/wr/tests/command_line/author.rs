//! `wr author`: commands for a course's author.

mod copied;
mod course;
mod defects;
mod fresh;
mod mutants;
mod others;
mod renumber;
