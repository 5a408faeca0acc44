"""A backup program that is configured by a TOML file."""

import tomllib

from backup_settings import commands, complete

__all__ = ["plan", "report"]


def plan(text: str) -> list[str]:
    """The commands that the file asks for, and how to repeat its settings in full."""
    settings = tomllib.loads(text)
    return [*commands(settings), f"settings: {complete(settings)}"]


def report(text: str) -> str:
    """What to tell the person who wrote the file. It expects no other exception."""
    try:
        return f"{len(plan(text)) - 1} backups"
    except ValueError as error:
        return f"please correct {error}"
