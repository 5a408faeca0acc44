"""A command that searches until you press Ctrl-C, and then says what it has found."""

from ctrl_c import Search

__all__ = ["main"]


def main(last: int) -> tuple[str, Search]:
    """What the command prints, and the search, in case someone wants to continue."""
    search = Search()
    try:
        search.run(last)
    except KeyboardInterrupt:
        return f"stopped after {search.tried}: {search.best[0]}", search
    return f"done: {search.best[0]}", search
