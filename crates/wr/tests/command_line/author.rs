//! `wr author`: what a course's author does.

mod copied;
mod course;
mod defects;
mod fresh;
mod mutants;
mod others;
mod renumber;
