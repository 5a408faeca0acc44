//! The speed goals, as ratios of measurements from the same run.

use super::edits::Edit;
use super::idle::Idle;
use super::many::Many;
use super::run::Measured;
use super::samples::Samples;
use super::seat::Seat;

/// How long the steps around cargo may take in a watch, in milliseconds.
const AROUND_CARGO: f64 = 25.0;

/// How soon the screen is there, in milliseconds.
const START: f64 = 100.0;

/// How soon the screen answers a key, in milliseconds.
const KEY: f64 = 30.0;

/// How much longer a verdict may take on the screen, or with the book, than in plain lines.
const VIEW: f64 = 1.05;

/// How much of a processor an idle watch may use, in percent.
const IDLE: f64 = 0.5;

/// A goal.
pub(super) struct Target {
    pub(super) what: String,
    pub(super) measured: String,
    pub(super) wanted: String,
    pub(super) is_reached: bool,
}

/// The edits after which cargo compiles and the tests run.
const RUST_EDITS: [Edit; 3] = [Edit::Body, Edit::NewFunction, Edit::Signature];

pub(super) fn of_project(measured: &Measured) -> Vec<Target> {
    let name = measured.project.name();
    let median = |edit: Edit, way: &'static str| -> Option<f64> {
        measured.samples.get(&(edit, way)).map(Samples::median)
    };
    let mut targets = Vec::new();
    let mut at_most = |what: String, took: Option<f64>, bound: Option<f64>, how: &str| {
        if let (Some(took), Some(bound)) = (took, bound) {
            targets.push(Target {
                what,
                measured: format!("{took:.0} ms"),
                wanted: format!("at most {bound:.0} ms ({how})"),
                is_reached: took <= bound,
            });
        }
    };
    // One median over all of them, like a series of edits in an hour's work.
    let over_all = |way: &'static str| -> Option<f64> {
        let mut all = Samples::default();
        for edit in RUST_EDITS {
            all.take_in(measured.samples.get(&(edit, way))?);
        }
        Some(all.median())
    };
    at_most(
        format!("{name}, Rust edits: watch"),
        over_all("watch"),
        over_all("cargo").map(|floor| floor * 1.15 + AROUND_CARGO),
        "1.15 times the floor plus 25 ms",
    );
    for (way, factor, typed) in [
        ("maturin", 5.0, "`maturin develop && pytest`"),
        ("uv", 25.0, "`uv run pytest`"),
    ] {
        at_most(
            format!("{name}, Rust edits: watch"),
            over_all("watch"),
            over_all(way).map(|other| other / factor),
            &format!("{factor} times faster than {typed}"),
        );
    }
    at_most(
        format!("{name}, Rust edits: check"),
        over_all("check"),
        over_all("maturin").map(|other| other / 2.0),
        "2 times faster than `maturin develop && pytest`",
    );
    at_most(
        format!("{name}, {}: watch", Edit::PythonOnly.name()),
        median(Edit::PythonOnly, "watch"),
        median(Edit::PythonOnly, "pytest").map(|other| other / 5.0),
        "5 times faster than `pytest`",
    );
    at_most(
        format!("{name}, {}: watch", Edit::SyntaxError.name()),
        median(Edit::SyntaxError, "watch"),
        median(Edit::SyntaxError, "cargo").map(|floor| floor + AROUND_CARGO),
        "the floor plus 25 ms",
    );
    at_most(
        format!("{name}, {}: check", Edit::Nothing.name()),
        median(Edit::Nothing, "check"),
        median(Edit::Nothing, "pytest").map(|other| other / 8.0),
        "an eighth of `pytest`",
    );
    targets
}

pub(super) fn of_idle(idle: &Idle) -> Vec<Target> {
    vec![
        Target {
            what: "idle watch: processor time".to_owned(),
            measured: format!("{:.2} %", idle.cpu_ms / idle.observed.as_secs_f64() / 10.0),
            wanted: format!("less than {IDLE} %"),
            is_reached: idle.cpu_ms / idle.observed.as_secs_f64() / 10.0 < IDLE,
        },
        Target {
            what: "idle watch: memory".to_owned(),
            measured: format!("{:.0} MiB", idle.memory_mib),
            wanted: "less than 100 MiB".to_owned(),
            is_reached: idle.memory_mib < 100.0,
        },
    ]
}

pub(super) fn of_seat(seat: &Seat) -> Vec<Target> {
    let within = |what: &str, took: f64, bound: f64| Target {
        what: what.to_owned(),
        measured: format!("{took:.1} ms"),
        wanted: format!("at most {bound:.0} ms"),
        is_reached: took <= bound,
    };
    let lines = seat.saves.lines.median();
    let next_to_lines = |what: &str, took: f64| {
        let ratio = took / lines;
        Target {
            what: what.to_owned(),
            measured: format!("{ratio:.2} times"),
            wanted: format!("at most {VIEW} times as long as with plain lines"),
            is_reached: ratio <= VIEW,
        }
    };
    let idle = |what: &str, cpu_ms: f64| {
        let share = cpu_ms / seat.quiet.observed.as_secs_f64() / 10.0;
        Target {
            what: what.to_owned(),
            measured: format!("{share:.2} %"),
            wanted: format!("less than {IDLE} %"),
            is_reached: share < IDLE,
        }
    };
    vec![
        within(
            "the screen's first frame",
            seat.start.screen.median(),
            START,
        ),
        within("a key, while cargo runs", seat.keys.screen.median(), KEY),
        within(
            "a key, while cargo runs: 19 of 20",
            seat.keys.screen.nineteen_of_twenty(),
            KEY,
        ),
        next_to_lines("save to verdict: the screen", seat.saves.screen.median()),
        next_to_lines(
            "save to verdict: the screen, with a page open",
            seat.saves.with_page.median(),
        ),
        idle("idle screen: processor time", seat.quiet.screen_ms),
        idle(
            "idle screen with a page open: processor time",
            seat.quiet.with_page_ms,
        ),
    ]
}

pub(super) fn of_many(many: &Many) -> Vec<Target> {
    let bound = many.cargo.median() * 1.3 + many.tests.median();
    vec![Target {
        what: "the solutions of all exercises".to_owned(),
        measured: format!("{:.0} ms", many.wr.median()),
        wanted: format!(
            "at most {bound:.0} ms (1.3 times `cargo build`, plus the tests' own time)"
        ),
        is_reached: many.wr.median() <= bound,
    }]
}
