//! Which steps a verdict needs. Pure: a subject in, steps out.

use crate::event::Step;
use crate::subject::{Kind, Subject};

/// The steps to a verdict, for one state of the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The steps in their order.
    pub steps: Vec<Step>,
}

/// The plan for a subject.
pub fn plan(subject: &Subject) -> Plan {
    let mut steps = Vec::new();
    if subject.needs_python() {
        steps.push(Step::Environment);
    }
    match &subject.kind {
        Kind::Extension(extension) => {
            steps.extend([Step::Build, Step::Inspect, Step::Expose]);
            if extension.rust_tests.any() {
                steps.push(Step::RustTests);
            }
            steps.push(Step::PythonTests);
        }
        Kind::Wheel(project) => {
            steps.push(Step::Build);
            if project.has_rust_tests {
                steps.push(Step::RustTests);
            }
            steps.push(Step::PythonTests);
        }
        Kind::Rust(_) => steps.extend([Step::Build, Step::RustTests]),
        Kind::Python(_) => steps.push(Step::PythonTests),
        Kind::Commands(commands) => {
            if commands.build_first.is_some() {
                steps.push(Step::Build);
            }
            steps.push(Step::Command);
        }
    }
    Plan { steps }
}
