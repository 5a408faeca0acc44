import re

import pytest
import sample


def system(job, use):
    """The system that a build is for."""
    runner = job["runs-on"].split("-")[0]
    if runner == "ubuntu":
        return "musllinux" if use.get("manylinux", "").startswith("musllinux") else "manylinux"
    return runner


def interpreters(use):
    """The Pythons that a build is for, as versions: `3.14t` is a free-threaded one."""
    found = re.search(r"(?:--interpreter|-i)[ =]((?:(?:python|cp)?3\.\d+t?\s*)+)", use["args"])
    return set(re.findall(r"3\.\d+t?", found[1])) if found else set()


def test_the_library_works():
    assert sample.arrival(600, [50, 20, 10]) == "11:30"


@pytest.mark.parametrize(
    "wanted",
    ["manylinux x86_64", "manylinux aarch64", "musllinux x86_64", "windows x64", "macos aarch64", "macos x86_64"],
)
def test_wheels_are_built_for(workflow, wanted):
    assert wanted in {f"{system(job, use)} {use['target']}" for job, use in workflow.builds()}


def test_free_threaded_pythons_get_wheels(workflow):
    for job, use in workflow.builds():
        assert {"3.11", "3.14t"} <= interpreters(use), (job["runs-on"], use["target"])


def test_the_lock_file_is_respected(workflow):
    for _, use in workflow.builds():
        assert {"--release", "--locked"} <= set(use["args"].split())


def test_each_artifact_has_a_name_of_its_own(workflow):
    names = sorted(use["name"] for _, use in workflow.steps("actions/upload-artifact"))
    assert len(names) > 6
    assert [name for name in set(names) if names.count(name) > 1] == []


def test_the_tests_run_on_the_wheels(workflow):
    testing = [job for _, job in workflow.runs() if re.search(r"\bpytest\b(?!.*install)", workflow.commands(job))]
    assert {job["runs-on"].split("-")[0] for job in testing} >= {"ubuntu", "windows", "macos"}
    for job in testing:
        uses = [step.get("uses", "").split("@")[0] for step in job["steps"]]
        assert "actions/download-artifact" in uses, "where do the wheels come from?"
        commands = workflow.commands(job)
        assert not re.search(r"maturin develop|install (-e|--editable)|install \.(\s|$)|uv sync", commands), "that is the tree"
        installs = [line for line in commands.splitlines() if "install" in line and "continuous_integration" in line]
        assert installs, "the wheel has to be installed, by its name"
        for line in installs:
            assert "--no-index" in line and "--find-links" in line, "without --no-index, it may come from an index"
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/download-artifact@"):
                use = step.get("with", {})
                together = "name" in use or use.get("merge-multiple") == "true"
                assert together, "each artifact gets a directory of its own, and pip doesn't look into those"


def test_nothing_is_published_before_everything_has_passed(workflow):
    (publish,) = workflow.publishing()
    needed, new = set(), {publish}
    while new:
        needs = [workflow.jobs[name].get("needs", []) for name in new]
        new = {name for one in needs for name in ([one] if isinstance(one, str) else one)} - needed
        needed |= new
    assert sorted(needed | {publish}) == sorted(workflow.jobs)


def test_only_tags_are_published(workflow):
    (publish,) = workflow.publishing()
    condition = workflow.jobs[publish].get("if", "")
    assert re.search(r"startsWith\(\s*github\.ref\s*,\s*'refs/tags/|github\.ref_type\s*==\s*'tag'", condition)


def test_there_is_no_secret(workflow):
    assert "secrets." not in workflow.text
    (publish,) = workflow.publishing()
    assert workflow.jobs[publish].get("environment"), "PyPI can ask for this environment, whose rules you set"
    assert workflow.jobs[publish].get("permissions", {}).get("id-token") == "write"


def test_only_the_last_job_may_do_more_than_read(workflow):
    assert workflow.data.get("permissions") in ({}, "read-all", {"contents": "read"})
    (publish,) = workflow.publishing()
    for name, job in workflow.jobs.items():
        if name != publish:
            assert "write" not in str(job.get("permissions", {})), name


def test_actions_are_named_by_commit(workflow):
    uses = [step["uses"] for _, job in workflow.runs() for step in job["steps"] if "uses" in step]
    assert len(uses) > 10
    assert sorted({use for use in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", use)}) == []
