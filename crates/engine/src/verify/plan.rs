//! Which steps a verdict needs. Pure: a subject in, steps out.

use crate::event::Step;
use crate::subject::{Kind, Subject};
use crate::verify::FRAMEWORKS;

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
        Kind::Extension(_) => steps.extend([Step::Build, Step::Inspect, Step::Expose]),
        Kind::Wheel(_) | Kind::Rust(_) => steps.push(Step::Build),
        Kind::Python(_) => {}
        Kind::Commands(commands) => {
            if commands.build_first.is_some() {
                steps.push(Step::Build);
            }
            steps.push(Step::Command);
        }
    }
    let frameworks = FRAMEWORKS.iter().filter(|one| one.applies(&subject.kind));
    steps.extend(frameworks.map(|one| one.step()));
    Plan { steps }
}
