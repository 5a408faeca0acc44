"""The releases of a library."""

from special_methods import Version

__all__ = ["changes", "upgrade"]


def upgrade(installed: str, available: list[str]) -> str | None:
    """The newest version, if it is newer than the installed one."""
    newest = max(map(Version, available), default=None)
    return str(newest) if newest is not None and newest > Version(installed) else None


def changes(log: list[tuple[str, str]]) -> dict[Version, list[str]]:
    """The changes by version, newest first."""
    found: dict[Version, list[str]] = {}
    for version, change in log:
        found.setdefault(Version(version), []).append(change)
    return dict(sorted(found.items(), reverse=True))
