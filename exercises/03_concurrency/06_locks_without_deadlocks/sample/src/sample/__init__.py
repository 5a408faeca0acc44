"""Minutes of a meeting in which everyone speaks at once."""

import io
from concurrent.futures import ThreadPoolExecutor

from locks_without_deadlocks import Transcript

__all__ = ["minutes"]


def minutes(speakers: dict[str, list[str]]) -> str:
    """Lets every speaker speak in a thread of its own, and returns the transcript."""
    paper = io.StringIO()
    transcript = Transcript(paper)
    with ThreadPoolExecutor(max_workers=len(speakers)) as threads:
        statements = [
            threads.submit(transcript.state, [f"{speaker}: {line}" for line in lines])
            for speaker, lines in speakers.items()
        ]
        for statement in statements:
            statement.result()
    return paper.getvalue()
