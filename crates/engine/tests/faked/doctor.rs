//! The doctor in a world without cargo and without Python.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use engine::{
    CHECKS, Cancel, CheckOutcome, Health, Machine, Repair, Site, SiteKind, examine, repair,
    why_rebuild,
};

use crate::bench::{Bench, ENVIRONMENT};
use crate::world::{Behaviour, World};

/// A world with a course, seen with these variables beside `PATH`.
struct Practice {
    bench: Bench,
    env: BTreeMap<OsString, OsString>,
    cancel: Cancel,
}

impl Practice {
    fn new(variables: &[(&str, &str)]) -> Self {
        let bench = Bench::python();
        let mut env = bench.settings.env.clone();
        env.extend(
            variables
                .iter()
                .map(|(name, value)| (name.into(), value.into())),
        );
        bench.world.save("/bin/git", "git");
        bench
            .world
            .program("git", |_, _| answers("git version 2.47.3"));
        bench.world.program("cargo", |_, _| answers("cargo 1.95.0"));
        bench.world.program("cc", |_, _| answers(""));
        bench.world.program("rustc", |_, _| {
            Behaviour::new()
                .wait(10)
                .out("rustc 1.95.0")
                .out("host: x86_64-unknown-linux-gnu")
                .out("release: 1.95.0")
                .exit(0)
        });
        bench.world.save("/etc/os-release", "ID=debian\n");
        Self {
            bench,
            env,
            cancel: Cancel::new(),
        }
    }

    fn world(&self) -> &World {
        &self.bench.world
    }

    fn machine(&self) -> Machine<'_> {
        let site = Site {
            root: "/w".into(),
            kind: SiteKind::Project,
            state_dir: Ok("/w/.wr".into()),
        };
        let here = Path::new("/w");
        Machine::new(
            self.world(),
            &self.env,
            here,
            Some(site),
            None,
            &self.cancel,
        )
    }

    #[track_caller]
    fn sights(&self, name: &str) -> Vec<CheckOutcome> {
        let check = CHECKS.iter().find(|check| check.name == name);
        let check = check.expect("there is such a check");
        check.examine(&self.machine()).sights
    }

    /// The health and the code of the first thing that a check saw.
    #[track_caller]
    fn gist(&self, name: &str) -> (Health, String) {
        let first = self.sights(name).into_iter().next();
        let first = first.expect("something was seen");
        let code = first.finding.map(|finding| finding.code.to_string());
        (first.health, code.unwrap_or_default())
    }
}

fn answers(line: &'static str) -> Behaviour {
    Behaviour::new().wait(10).out(line).exit(0)
}

fn wrong(code: &str) -> (Health, String) {
    (Health::Wrong, code.to_owned())
}

#[test]
fn names_of_checks_are_unique() {
    let mut names: Vec<_> = CHECKS.iter().map(|check| check.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CHECKS.len());
}

#[test]
fn a_program_that_hangs_is_ended() {
    let practice = Practice::new(&[]);
    practice.world().program("cc", |_, _| Behaviour::new());
    let before = engine::System::now(practice.world());
    assert_eq!(practice.gist("linker"), wrong("WR0219"));
    assert!(practice.world().since(before) < Duration::from_secs(30));
    assert_eq!(practice.world().running(), [""; 0]);
}

#[test]
fn the_command_that_mends_is_this_system_s() {
    let practice = Practice::new(&[]);
    practice.world().delete("/bin/cc");
    let on = |os: &str| {
        practice.world().save("/etc/os-release", os);
        practice.sights("linker")[0].command.clone()
    };
    assert_eq!(
        on("ID=debian\n").as_deref(),
        Some("apt install build-essential")
    );
    assert_eq!(on("ID=fedora\n").as_deref(), Some("dnf install gcc"));
    assert_eq!(on("ID=plan9\n"), None);
    practice.world().save("/bin/sudo", "sudo");
    assert_eq!(
        on("ID=arch\n").as_deref(),
        Some("sudo pacman -S base-devel")
    );
}

#[test]
fn a_missing_interpreter_leaves_the_checks_that_rest_on_it_without_words() {
    let practice = Practice::new(&[]);
    practice.world().delete("/bin/python3");
    assert_eq!(practice.gist("python"), wrong("WR0401"));
    for rests_on_it in ["venv", "architecture"] {
        assert_eq!(practice.sights(rests_on_it), []);
    }
}

#[test]
fn an_environment_is_judged_by_its_files() {
    let practice = Practice::new(&[]);
    practice.bench.settle();
    let dir = ENVIRONMENT;
    let ready = practice.sights("environment");
    assert_eq!(ready[0].health, Health::Fine, "{ready:?}");
    let found = practice
        .world()
        .text(Path::new(dir).join("wr-ready.json").as_path());
    assert!(
        found.is_some(),
        "the world makes its environment elsewhere: {ready:?}"
    );

    // Made in another place.
    let activate = format!("{dir}/bin/activate");
    practice.world().save(
        &activate,
        "VIRTUAL_ENV='/elsewhere/.wr/venv/3.12-ab2d0930'\n",
    );
    assert_eq!(
        practice.gist("environment"),
        (Health::Advice, "WR0411".to_owned())
    );
    practice
        .world()
        .save(&activate, &format!("VIRTUAL_ENV='{dir}'\n"));
    assert_eq!(practice.gist("environment").0, Health::Fine);

    // Never completed.
    practice.world().save(&format!("{dir}/wr-ready.json"), "{");
    let half = practice.sights("environment");
    assert_eq!(
        half[0].repair,
        Some(Repair::RemoveHalfMade { dir: dir.into() })
    );
    let repaired = repair(
        &practice.machine(),
        half[0].repair.as_ref().unwrap(),
        &|_| {},
    );
    assert_eq!(repaired.failed, None);
    assert_eq!(practice.world().text(Path::new(&activate)), None);
}

#[test]
fn nothing_outside_of_wr_s_own_directory_is_removed() {
    let practice = Practice::new(&[]);
    practice.world().save("/w/src/lib.rs", "mine");
    for path in ["/w/src", "/w/.wr", "/"] {
        let repaired = repair(
            &practice.machine(),
            &Repair::Remove { path: path.into() },
            &|_| {},
        );
        assert!(repaired.failed.is_some(), "{path}");
    }
    assert!(practice.world().text(Path::new("/w/src/lib.rs")).is_some());
}

#[test]
fn a_manifest_that_is_being_worked_on_is_no_fault_of_the_network() {
    let practice = Practice::new(&[("PIP_NO_INDEX", "1")]);
    practice.world().program("cargo", |_, command| {
        if command.cwd == Path::new("/") {
            return answers("pyo3");
        }
        Behaviour::new()
            .err("error: failed to parse manifest at `/w/Cargo.toml`")
            .exit(101)
    });
    assert_eq!(practice.gist("index").0, Health::Fine);
    practice.world().program("cargo", |_, _| {
        Behaviour::new()
            .err("error: failed to download from the registry")
            .exit(101)
    });
    assert_eq!(practice.gist("index"), wrong("WR0412"));
}

#[test]
fn room_on_the_disk() {
    let practice = Practice::new(&[]);
    assert_eq!(practice.gist("disk").0, Health::Fine);
    practice.world().leave_free(1 << 30);
    assert_eq!(practice.gist("disk").0, Health::Advice);
    practice.world().leave_free(1 << 20);
    assert_eq!(practice.gist("disk"), wrong("WR0406"));
}

#[test]
fn both_environments_at_once_are_wrong_and_one_is_not() {
    for (variables, expected) in [
        (&[("VIRTUAL_ENV", "/w")][..], Health::Fine),
        (&[("VIRTUAL_ENV", "/gone")], Health::Advice),
        (
            &[("VIRTUAL_ENV", "/w"), ("CONDA_PREFIX", "/bin")],
            Health::Wrong,
        ),
        (
            &[("VIRTUAL_ENV", "/w"), ("CONDA_PREFIX", "/w")],
            Health::Advice,
        ),
        (
            &[("CARGO_BUILD_TARGET", "x86_64-unknown-linux-gnu")],
            Health::Fine,
        ),
        (
            &[("CARGO_BUILD_TARGET", "aarch64-apple-darwin")],
            Health::Wrong,
        ),
        (&[("RUSTC_WRAPPER", "no-such-cache")], Health::Wrong),
        (&[("RUSTC_WRAPPER", "")], Health::Fine),
        // What is wrong with it is said in the place of what it does.
        (&[("PYO3_CONFIG_FILE", "pyo3.txt")], Health::Advice),
    ] {
        let practice = Practice::new(variables);
        assert_eq!(practice.gist("variables").0, expected, "{variables:?}");
    }
}

#[test]
fn all_checks_come_to_an_end_together() {
    let practice = Practice::new(&[("CARGO_NET_OFFLINE", "true"), ("PIP_NO_INDEX", "1")]);
    let examined = examine(&practice.machine());
    assert!(examined.iter().any(|one| one.check == "rust"));
    assert_eq!(practice.world().running(), [""; 0]);
}

#[test]
fn why_pyo3_is_compiled_again_is_read_and_nothing_is_started() {
    let practice = Practice::new(&[("VIRTUAL_ENV", "/b")]);
    let world = practice.world();
    let run = "/w/target/debug/.fingerprint/pyo3-ffi-52224c4563b22a96/run-build-script-build-script-build";
    let lib = "/w/target/debug/.fingerprint/pyo3-ffi-14b1738931e132a0/lib-pyo3_ffi";
    world.save(run, "37972359e3bdecee");
    world.save(
        &format!("{run}.json"),
        r#"{"local":[{"RerunIfEnvChanged":{"var":"VIRTUAL_ENV","val":"/a"}}]}"#,
    );
    world.save(
        &format!("{lib}.json"),
        r#"{"features":"[]","deps":[[1,"build_script_build",false,17216344259681294135]]}"#,
    );
    world.pass(Duration::from_mins(12));
    world.take_deeds();
    let reports = why_rebuild(&practice.machine());
    let findings: Vec<_> = reports.iter().flat_map(|one| &one.findings).collect();
    let [finding] = findings[..] else {
        panic!("{reports:#?}");
    };
    assert!(
        finding
            .message
            .contains("VIRTUAL_ENV was /a, and is /b now"),
        "{finding:?}"
    );
    assert!(
        format!("{finding:?}").contains("12 minutes ago"),
        "{finding:?}"
    );
    assert_eq!(world.take_deeds(), []);
}
