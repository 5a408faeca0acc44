//! Any bytes as a binary, as a lock file, and as the name of a Python or a system: the inspector's questions about
//! them.
#![no_main]

use anatomy::compare::compare_binaries;
use std::cell::RefCell;

use anatomy::loads::{Host, Lock, judge};
use anatomy::why::{Goal, binding, glibc_floor, python_floor, sizes};
use anatomy::{Expectation, Inspection, inspect};
use libfuzzer_sys::fuzz_target;

thread_local! {
    /// The last input that was a binary, for comparison with the next one.
    static LAST: RefCell<Option<Inspection>> = const { RefCell::new(None) };
}

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        words(text);
    }
    let _ = sizes(data);
    let expected = Expectation::new().file_name("fast.abi3.so");
    let Ok(found) = inspect(data, &expected) else {
        return;
    };
    for image in &found.facts.images {
        let _ = glibc_floor(image);
        let made_with = binding(data, image);
        for goal in ["abi3", "abi3t", "3.9"] {
            let goal = Goal::parse(goal).expect("a goal");
            serde_json::to_vec(&python_floor(image, goal, made_with.clone()))
                .expect("it can be written down");
        }
    }
    for host in hosts() {
        serde_json::to_vec(&judge(&found.facts, "fast.abi3.so", None, &host))
            .expect("it can be written down");
    }
    LAST.with_borrow_mut(|last| {
        let other = last.as_ref().unwrap_or(&found);
        let there = compared(&found, other);
        let back = compared(other, &found);
        assert_eq!(there, back, "there and back differ");
        assert_eq!(compared(&found, &found), 0, "nothing differs from itself");
        *last = Some(found);
    });
});

fn hosts() -> Vec<Host> {
    [("3.15", "manylinux_2_28_x86_64"), ("3.15t", "win_amd64")]
        .into_iter()
        .map(|(python, system)| {
            Host::new(
                python.parse().expect("a Python"),
                system.parse().expect("a system"),
            )
        })
        .collect()
}

/// The number of differences.
fn compared(old: &Inspection, new: &Inspection) -> usize {
    let difference = compare_binaries(
        ("old", &old.facts, &old.diagnostics),
        ("new", &new.facts, &new.diagnostics),
    );
    serde_json::to_vec(&difference).expect("it can be written down");
    difference.changes.len()
}

fn words(text: &str) {
    let _ = Goal::parse(text);
    if let (Ok(python), Ok(system)) = (
        text.parse(),
        text.lines().last().unwrap_or_default().parse(),
    ) {
        let _ = Host::new(python, system).tags();
    }
    for host in hosts() {
        for lock in [Lock::parse_uv(text), Lock::parse_pylock(text)]
            .into_iter()
            .flatten()
        {
            serde_json::to_vec(&lock.judge(&host)).expect("it can be written down");
        }
        let _ = anatomy::loads::marker_holds(text, &host);
    }
}
