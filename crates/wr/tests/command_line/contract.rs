//! What courses written for the existing runner rely on, and what their learners asked to improve.

mod building;
mod colours;
mod finding;
mod layouts;
mod limits;
mod opening;
mod printed;
mod progress;
mod resume;
mod terminal;
mod verification;
