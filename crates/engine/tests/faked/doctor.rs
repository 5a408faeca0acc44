//! The doctor in a world without cargo and without Python.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use wr_engine::{
    CHECKS, Cancel, CheckOutcome, Health, Machine, Repair, Site, SiteKind, examine, repair,
    why_rebuild,
};

use crate::bench::{Bench, ENVIRONMENT};
use crate::world::{Behaviour, World};

/// A world with a course, with these variables in addition to `PATH`.
struct Fixture {
    bench: Bench,
    env: BTreeMap<OsString, OsString>,
    cancel: Cancel,
}

impl Fixture {
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
    fn outcomes(&self, name: &str) -> Vec<CheckOutcome> {
        let check = CHECKS.iter().find(|check| check.name == name);
        let check = check.expect("there is such a check");
        check.examine(&self.machine()).outcomes
    }

    /// The health and the code of a check's first outcome.
    #[track_caller]
    fn gist(&self, name: &str) -> (Health, String) {
        let first = self.outcomes(name).into_iter().next();
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
fn a_program_that_hangs_is_killed() {
    let fixture = Fixture::new(&[]);
    fixture.world().program("cc", |_, _| Behaviour::new());
    let before = wr_engine::System::now(fixture.world());
    assert_eq!(fixture.gist("linker"), wrong("WR0219"));
    assert!(fixture.world().since(before) < Duration::from_secs(30));
    assert_eq!(fixture.world().running(), [""; 0]);
}

#[test]
fn the_suggested_command_fits_the_system() {
    let fixture = Fixture::new(&[]);
    fixture.world().delete("/bin/cc");
    let on = |os: &str| {
        fixture.world().save("/etc/os-release", os);
        fixture.outcomes("linker")[0].command.clone()
    };
    assert_eq!(
        on("ID=debian\n").as_deref(),
        Some("apt install build-essential")
    );
    assert_eq!(on("ID=fedora\n").as_deref(), Some("dnf install gcc"));
    assert_eq!(on("ID=plan9\n"), None);
    fixture.world().save("/bin/sudo", "sudo");
    assert_eq!(
        on("ID=arch\n").as_deref(),
        Some("sudo pacman -S base-devel")
    );
}

#[test]
fn an_interpreter_without_its_library_gets_advice_with_the_package() {
    let fixture = Fixture::new(&[]);
    let check_outcome = &fixture.outcomes("libpython")[0];
    assert_eq!(check_outcome.health, Health::Advice);
    assert_eq!(
        check_outcome.command.as_deref(),
        Some("apt install libpython3.12-dev")
    );
}

#[test]
fn checks_that_need_an_interpreter_are_silent_without_one() {
    let fixture = Fixture::new(&[]);
    fixture.world().delete("/bin/python3");
    assert_eq!(fixture.gist("python"), wrong("WR0401"));
    for rests_on_it in ["venv", "architecture"] {
        assert_eq!(fixture.outcomes(rests_on_it), []);
    }
}

#[test]
fn an_environment_is_judged_by_its_files() {
    let fixture = Fixture::new(&[]);
    fixture.bench.settle();
    let dir = ENVIRONMENT;
    let ready = fixture.outcomes("environment");
    assert_eq!(ready[0].health, Health::Fine, "{ready:?}");
    let found = fixture
        .world()
        .text(Path::new(dir).join("wr-ready.json").as_path());
    assert!(
        found.is_some(),
        "the world creates its environment elsewhere: {ready:?}"
    );

    // Created in another place.
    let activate = format!("{dir}/bin/activate");
    fixture.world().save(
        &activate,
        "VIRTUAL_ENV='/elsewhere/.wr/venv/3.12-ab2d0930'\n",
    );
    assert_eq!(
        fixture.gist("environment"),
        (Health::Advice, "WR0411".to_owned())
    );
    fixture
        .world()
        .save(&activate, &format!("VIRTUAL_ENV='{dir}'\n"));
    assert_eq!(fixture.gist("environment").0, Health::Fine);

    // Never completed.
    fixture.world().save(&format!("{dir}/wr-ready.json"), "{");
    let half = fixture.outcomes("environment");
    assert_eq!(
        half[0].repair,
        Some(Repair::RemoveIncomplete { dir: dir.into() })
    );
    let repaired = repair(
        &fixture.machine(),
        half[0].repair.as_ref().unwrap(),
        &|_| {},
    );
    assert_eq!(repaired.failed, None);
    assert_eq!(fixture.world().text(Path::new(&activate)), None);
}

#[test]
fn nothing_outside_wrs_own_directory_is_removed() {
    let fixture = Fixture::new(&[]);
    fixture.world().save("/w/src/lib.rs", "mine");
    for path in ["/w/src", "/w/.wr", "/"] {
        let repaired = repair(
            &fixture.machine(),
            &Repair::Remove { path: path.into() },
            &|_| {},
        );
        assert!(repaired.failed.is_some(), "{path}");
    }
    assert!(fixture.world().text(Path::new("/w/src/lib.rs")).is_some());
}

#[test]
fn a_broken_manifest_is_not_a_network_problem() {
    let fixture = Fixture::new(&[("PIP_NO_INDEX", "1")]);
    fixture.world().program("cargo", |_, command| {
        if command.cwd == Path::new("/") {
            return answers("pyo3");
        }
        Behaviour::new()
            .err("error: failed to parse manifest at `/w/Cargo.toml`")
            .exit(101)
    });
    assert_eq!(fixture.gist("index").0, Health::Fine);
    fixture.world().program("cargo", |_, _| {
        Behaviour::new()
            .err("error: failed to download from the registry")
            .exit(101)
    });
    assert_eq!(fixture.gist("index"), wrong("WR0412"));
}

#[test]
fn free_disk_space() {
    let fixture = Fixture::new(&[]);
    assert_eq!(fixture.gist("disk").0, Health::Fine);
    fixture.world().leave_free(1 << 30);
    assert_eq!(fixture.gist("disk").0, Health::Advice);
    fixture.world().leave_free(1 << 20);
    assert_eq!(fixture.gist("disk"), wrong("WR0406"));
}

#[test]
fn two_active_environments_are_wrong_and_one_is_fine() {
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
        // The problem is reported instead of its effect.
        (&[("PYO3_CONFIG_FILE", "pyo3.txt")], Health::Advice),
    ] {
        let fixture = Fixture::new(variables);
        assert_eq!(fixture.gist("variables").0, expected, "{variables:?}");
    }
}

#[test]
fn all_checks_run_in_parallel() {
    let fixture = Fixture::new(&[("CARGO_NET_OFFLINE", "true"), ("PIP_NO_INDEX", "1")]);
    let examined = examine(&fixture.machine());
    assert!(examined.iter().any(|one| one.check == "rust"));
    assert_eq!(fixture.world().running(), [""; 0]);
}

#[test]
fn why_pyo3_is_compiled_again_is_found_without_starting_anything() {
    let fixture = Fixture::new(&[("VIRTUAL_ENV", "/b")]);
    let world = fixture.world();
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
    world.take_calls();
    let reports = why_rebuild(&fixture.machine());
    let findings: Vec<_> = reports.iter().flat_map(|one| &one.findings).collect();
    let [finding] = findings[..] else {
        panic!("{reports:#?}");
    };
    assert!(
        finding.message.contains("VIRTUAL_ENV was /a and is /b now"),
        "{finding:?}"
    );
    assert!(
        format!("{finding:?}").contains("12 minutes ago"),
        "{finding:?}"
    );
    assert_eq!(world.take_calls(), []);
}
