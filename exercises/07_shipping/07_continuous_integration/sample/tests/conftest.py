"""The workflow, as a service would read it: each job once for each entry of its matrix."""

import itertools
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / ".github" / "workflows" / "release.yml"


def entries(job):
    """The entries of a job's matrix."""
    matrix = dict(job.get("strategy", {}).get("matrix", {}))
    include = matrix.pop("include", [])
    exclude = matrix.pop("exclude", [])
    product = [dict(zip(matrix, values, strict=True)) for values in itertools.product(*matrix.values())] if matrix else []
    kept = [entry for entry in product if not any(no.items() <= entry.items() for no in exclude)]
    return kept + list(include) or [{}]


def filled(value, entry):
    """The value with the matrix's variables replaced."""
    if isinstance(value, dict):
        return {key: filled(inner, entry) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, entry) for inner in value]
    return re.sub(r"\$\{\{\s*matrix\.([\w-]+)\s*\}\}", lambda found: entry.get(found[1], ""), value)


class Workflow:
    def __init__(self, text):
        self.text = text
        # Everything stays a string, because YAML 1.1 takes `on` for a truth value and 3.10 for a number.
        self.data = yaml.load(text, Loader=yaml.BaseLoader)
        self.jobs = self.data["jobs"]

    def runs(self):
        """The name and the contents of each job, once for each entry of its matrix."""
        return [(name, filled(job, entry)) for name, job in self.jobs.items() for entry in entries(job)]

    def steps(self, uses):
        """The job and the settings of each step that uses an action, once for each entry of the matrix."""
        return [
            (job, step.get("with", {}))
            for _, job in self.runs()
            for step in job["steps"]
            if step.get("uses", "").split("@")[0].lower() == uses.lower()
        ]

    def builds(self):
        """The job and the settings of each step that builds wheels."""
        return [(job, use) for job, use in self.steps("PyO3/maturin-action") if use.get("command", "build") == "build"]

    def commands(self, job):
        return "\n".join(step.get("run", "") for step in job["steps"])

    def publishing(self):
        """The names of the jobs that publish."""
        return [name for name, job in self.jobs.items() if is_publishing(job)]


def is_publishing(job):
    uses = any(step.get("uses", "").startswith("pypa/gh-action-pypi-publish@") for step in job["steps"])
    commands = " ".join(step.get("run", "") for step in job["steps"])
    return uses or "uv publish" in commands or "twine upload" in commands


@pytest.fixture
def workflow():
    return Workflow(WORKFLOW.read_text(encoding="utf-8"))
