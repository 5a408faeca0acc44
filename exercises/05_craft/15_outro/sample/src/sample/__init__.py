"""A nightly job, made of tasks."""

from collections.abc import Callable, Iterable

from task_queue import Queue, TaskFailed

__all__ = ["nightly"]


def nightly(folders: Iterable[str], copy: Callable[[str], object]) -> str:
    """Copies some folders, and afterwards a list of those that were copied. Says how it went."""
    copied: list[str] = []
    queue = Queue()

    def folder_task(folder: str) -> Callable[[], None]:
        def task() -> None:
            copy(folder)
            if not copied:
                queue.put("list", lambda: copy(" ".join(copied)))
            copied.append(folder)

        return task

    try:
        with queue:
            for folder in folders:
                queue.put(folder, folder_task(folder))
    except TaskFailed as failed:
        return f"{failed} failed: {failed.__cause__}"
    return f"copied {len(copied)}"
