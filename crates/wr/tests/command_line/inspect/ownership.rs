//! What belongs to an installed name: its distribution, where its files are, which of them are missing, and which no
//! import reaches.

use testkit::{Workshop, workshop};

use super::binaries::pe;
use super::extension;
use super::installed::{age, environment, nothing_ran, own_suffix};

/// Writes a distribution's file list.
fn put_record(at: &Workshop, site: &str, name: &str, files: &[&str]) {
    let lines: Vec<String> = files.iter().map(|file| format!("{file},,\n")).collect();
    at.write(format!("{site}/{name}.dist-info/RECORD"), lines.concat());
}

#[test]
fn a_module_belongs_to_the_distribution_that_lists_its_files() {
    let at = workshop!("inspect-owner");
    let site = environment(&at);
    at.write(format!("{site}/google/proto/__init__.py"), "")
        .write(
            format!("{site}/google/_upb/_message.abi3.so"),
            extension().build(),
        )
        .write(format!("{site}/google/api/__init__.py"), "");
    put_record(&at, &site, "a_api-2.0", &["google/api/__init__.py"]);
    put_record(
        &at,
        &site,
        "proto-7.0",
        &["google/proto/__init__.py", "google/_upb/_message.abi3.so"],
    );
    // The name alone doesn't make a distribution the owner.
    put_record(&at, &site, "google-9.9", &["elsewhere.py"]);
    at.wr(["inspect", "google.proto"])
        .run()
        .status(0)
        .says("an installed package (proto 7.0)")
        .says("no extension of its own")
        .says("proto 7.0 also installs google/_upb/_message.abi3.so");
    at.wr(["inspect", "google.api"])
        .run()
        .says("(a_api 2.0)")
        .says("it's pure Python");
    at.wr(["inspect", "google"])
        .run()
        .says("an installed namespace package, shared by a_api 2.0, proto 7.0")
        .never_says("9.9");
    let document = at
        .wr(["inspect", "google", "google.proto", "--format", "json"])
        .run()
        .json();
    let installed = |at: usize| &document["reports"][at]["installed"];
    assert!(installed(0)["distribution"].is_null());
    assert_eq!(installed(0)["distributions"][1]["name"], "proto");
    assert_eq!(installed(1)["distribution"]["version"], "7.0");
    assert_eq!(
        installed(1)["also_installed"][0],
        "google/_upb/_message.abi3.so"
    );
    at.wr(["inspect", "developed"])
        .run()
        .says("developed  an installed package\n");
    nothing_ran(&at, &site);
}

#[test]
fn case_does_not_matter() {
    let at = workshop!("inspect-case");
    let site = environment(&at);
    at.write(format!("{site}/cfast/__init__.py"), "")
        .write(format!("{site}/_cfast.abi3.so"), extension().build());
    put_record(
        &at,
        &site,
        "cfast-2.0",
        &["cfast/__init__.py", "_cfast.abi3.so"],
    );
    at.wr(["inspect", "CFast"]).run().says("_cfast.abi3.so");
    at.wr(["inspect", "cfast"])
        .run()
        .says("cfast 2.0 also installs _cfast.abi3.so")
        .never_says("pure Python");
}

#[test]
fn programs_are_read_as_extensions_are() {
    let at = workshop!("inspect-programs");
    let site = environment(&at);
    at.write(format!("{site}/tool/__init__.py"), "")
        .write(format!("{site}/tool/bin/inner"), extension().build())
        .write(
            format!("{site}/tool/launcher.exe"),
            pe(true, &[], "x.dll", &["y"]),
        )
        .write(".venv/bin/tool", extension().build())
        .write(".venv/bin/script", "#!/bin/sh\n")
        .write("outside/bin/evil", extension().build());
    put_record(
        &at,
        &site,
        "tool-1.0",
        &[
            "tool/__init__.py",
            "tool/bin/inner",
            "tool/launcher.exe",
            "../../../bin/tool",
            "../../../bin/script",
            "../../../../outside/bin/evil",
            "../../../../../../../../../../../../bin/ls",
        ],
    );
    let whole = at.wr(["inspect", "Tool"]).run();
    whole
        .status(0)
        .says(".venv/bin/tool")
        .says("tool/bin/inner")
        .says("ELF shared library")
        .never_says("pure Python")
        .never_says("script")
        .never_says("launcher")
        .never_says("evil")
        .never_says("/bin/ls");
    at.wr(["inspect", "tool"])
        .run()
        .says("tool 1.0 also installs")
        .never_says("pure Python");
    let document = at.wr(["inspect", "Tool", "--format", "json"]).run().json();
    let programs = &document["reports"][0]["installed"]["programs"];
    assert_eq!(programs.as_array().unwrap().len(), 2);
}

#[test]
fn editable_installs_are_followed_as_far_as_possible() {
    let at = workshop!("inspect-editable");
    let site = environment(&at);
    let root = at.root().display().to_string();
    let url = |dir: &str| {
        format!("{{\"url\": \"file://{root}/{dir}\", \"dir_info\": {{\"editable\": true}}}}")
    };
    at.write("in place/src/inplace/__init__.py", "")
        .write("in place/src/inplace/_core.abi3.so", extension().build())
        .write("in place/target/debug/libcore.abi3.so", extension().build())
        .write(
            format!("{site}/__editable__.in_place-1.0.pth"),
            format!("{root}/in place/src\n"),
        )
        .write(
            format!("{site}/in_place-1.0.dist-info/direct_url.json"),
            url("in%20place"),
        );
    put_record(
        &at,
        &site,
        "in_place-1.0",
        &["__editable__.in_place-1.0.pth"],
    );
    for name in ["in-place", "inplace"] {
        at.wr(["inspect", name])
            .run()
            .status(0)
            .says("(in_place 1.0)")
            .says(&format!("source   {root}/in place/src"))
            .says("inplace/_core.abi3.so")
            .never_says("libcore")
            .never_says("hook");
    }
    // A hook finds the modules, under names that differ from their directories'.
    at.write("work/hooked/lib/real/__init__.py", "")
        .write("work/hooked/lib/real/_core.abi3.so", extension().build())
        .write(
            "work/hooked/target/debug/libcore.abi3.so",
            extension().build(),
        )
        .write(
            format!("{site}/__editable__.hooked-1.0.pth"),
            format!("import pathlib; pathlib.Path({root:?}, 'it-ran').touch()\n"),
        )
        .write(
            format!("{site}/hooked-1.0.dist-info/top_level.txt"),
            "seen_as\n",
        )
        .write(
            format!("{site}/hooked-1.0.dist-info/direct_url.json"),
            url("work/hooked"),
        );
    put_record(&at, &site, "hooked-1.0", &["__editable__.hooked-1.0.pth"]);
    for name in ["hooked", "seen_as"] {
        at.wr(["inspect", name])
            .run()
            .status(0)
            .says("(hooked 1.0)")
            .says(&format!("source   {root}/work/hooked\n"))
            .says("found by an import hook, which was not run")
            .says("hooked/lib/real/_core.abi3.so")
            .never_says("libcore");
    }
    std::fs::remove_dir_all(at.path("work/hooked/lib")).unwrap();
    at.wr(["inspect", "hooked"])
        .run()
        .status(0)
        .says("no extension found without running the hook")
        .never_says("pure Python");
    nothing_ran(&at, &site);
}

#[test]
fn a_missing_listed_binary_is_one_finding_under_either_name() {
    let at = workshop!("inspect-gone");
    let site = environment(&at);
    put_record(
        &at,
        &site,
        "Fast_Pkg-1.2",
        &[
            "fast/__init__.py",
            "fast/_fast.abi3.so",
            "fast/_gone.abi3.so",
        ],
    );
    std::fs::remove_file(at.path(format!("{site}/fast/_fast.abi3.so"))).unwrap();
    for name in ["fast", "fast-pkg"] {
        at.wr(["inspect", name, "--check"])
            .run()
            .status(1)
            .says("WR0414 `fast/_fast.abi3.so` and 1 more are listed in RECORD but missing")
            .says("pip install --force-reinstall --no-deps Fast_Pkg==1.2")
            .never_says("WR0104")
            .never_says("contains");
    }
    at.wr(["inspect", "fast._gone"]).run().fails(
        "has no module or distribution",
        "Fast_Pkg 1.2 lists `fast/_gone.abi3.so` in its RECORD, but the file is missing",
    );
    at.write(format!("{site}/fast/_fast.abi3.so"), "damaged")
        .write(format!("{site}/fast/_gone.abi3.so"), extension().build());
    put_record(
        &at,
        &site,
        "Fast_Pkg-1.2",
        &["fast/__init__.py", "fast/_fast.abi3.so"],
    );
    std::fs::remove_file(at.path(format!("{site}/fast/_gone.abi3.so"))).unwrap();
    at.wr(["inspect", "fast", "--check"])
        .run()
        .status(1)
        .says("WR0104")
        .never_says("contains");
}

#[test]
fn an_extension_next_to_a_package_of_its_name_is_never_imported() {
    let at = workshop!("inspect-hidden");
    let site = environment(&at);
    at.write(format!("{site}/pk/__init__.py"), "")
        .write(format!("{site}/pk.abi3.so"), extension().build());
    put_record(&at, &site, "pk-1.0", &["pk/__init__.py", "pk.abi3.so"]);
    age(&at, &format!("{site}/pk/__init__.py"));
    for name in ["pk", "PK"] {
        at.wr(["inspect", name])
            .run()
            .says("WR0111")
            .says("pk/__init__.py` for `pk`, and never the extension");
    }
    // An older one is a harmless leftover.
    age(&at, &format!("{site}/pk.abi3.so"));
    at.write(format!("{site}/pk/__init__.py"), "");
    at.wr(["inspect", "pk"]).run().never_says("WR0111");
}

#[test]
fn a_source_changed_after_the_build_is_reported() {
    let at = workshop!("inspect-compiled");
    let site = environment(&at);
    let suffix = own_suffix(&at, &site);
    at.write(format!("{site}/single.py"), "");
    age(&at, &format!("{site}/single{suffix}"));
    at.wr(["inspect", "single"])
        .run()
        .says("WR0111")
        .says("which was built before its source changed");
    // Files that an installer puts there together, in any order, are intended.
    put_record(
        &at,
        &site,
        "single-1.0",
        &[&format!("single{suffix}"), "single.py"],
    );
    at.wr(["inspect", "single"]).run().never_says("WR0111");
}
