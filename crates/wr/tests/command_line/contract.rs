//! What courses written for the existing runner rely on, and what their learners asked to have better.

mod building;
mod colours;
mod finding;
mod going_on;
mod layouts;
mod limits;
mod opening;
mod printed;
mod progress;
mod terminal;
mod verification;
