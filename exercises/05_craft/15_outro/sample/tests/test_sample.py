import _thread
import functools
import gc
import logging
import signal
import sys

import pytest
from task_queue import Closed, Queue, QueueError, TaskFailed

from sample import nightly


def queue_of(**tasks):
    queue = Queue()
    for name, task in tasks.items():
        queue.put(name, task)
    return queue


def failing(error):
    def task():
        raise error

    return task


@pytest.mark.parametrize("results", [[], [1], ["a", None, 3]], ids=["none", "one", "several"])
def test_results_come_in_order(results):
    queue = Queue()
    for number, result in enumerate(results):
        queue.put(f"task {number}", lambda result=result: result)
    assert len(queue) == len(results)
    assert queue.run() == results
    assert len(queue) == 0
    assert queue.run() == []


def test_a_task_may_put_tasks():
    queue = Queue()

    def countdown(number):
        if number > 0:
            queue.put(f"below {number}", lambda: countdown(number - 1))
        return number, len(queue)

    queue.put("start", lambda: countdown(3))
    assert queue.run() == [(3, 1), (2, 1), (1, 1), (0, 0)]


@pytest.mark.parametrize("error", [ValueError("full"), KeyError("tape")], ids=repr)
def test_a_failure_has_a_name_and_a_cause(error):
    queue = queue_of(one=lambda: 1, bad=failing(error), three=lambda: 3, four=lambda: 4)
    with pytest.raises(TaskFailed) as caught:
        queue.run()
    assert caught.value.args == ("bad",)
    assert caught.value.__cause__ is error
    assert isinstance(caught.value, QueueError)
    # The next run continues.
    assert len(queue) == 2
    assert queue.run() == [3, 4]


@pytest.mark.parametrize("error", [KeyboardInterrupt("now"), SystemExit(3)], ids=repr)
def test_other_exceptions_pass(error):
    queue = queue_of(bad=failing(error), two=lambda: 2)
    with pytest.raises(type(error)) as caught:
        queue.run()
    assert caught.value is error
    assert queue.run() == [2]


def test_ctrl_c_ends_a_run_between_two_tasks():
    # These tasks run no Python code, so the signal that the first one sends has to be noticed by the queue.
    seen = []
    queue = queue_of(
        first=functools.partial(seen.append, 1),
        stop=functools.partial(_thread.interrupt_main),
        last=functools.partial(seen.append, 2),
    )
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            queue.run()
        assert (seen, len(queue)) == ([1], 1)
        assert queue.run() == [None]
        assert seen == [1, 2]
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_running_queue_is_not_run_again():
    queue = Queue()
    problems = []

    def task():
        try:
            queue.run()
        except QueueError as error:
            problems.append(type(error))

    queue.put("a", task)
    queue.put("b", task)
    queue.run()
    assert problems == [QueueError, QueueError]


def test_failures_are_logged(caplog):
    queue = queue_of(one=lambda: 1, bad=failing(OSError("full")), worse=failing(KeyError("x")), four=lambda: 4)
    for _ in range(2):
        with pytest.raises(TaskFailed):
            queue.run()
    assert queue.run() == [4]
    assert [(record.name, record.levelname, record.getMessage()) for record in caplog.records] == [
        ("task_queue", "WARNING", "bad failed"),
        ("task_queue", "WARNING", "worse failed"),
    ]


def test_a_log_handler_may_use_the_queue():
    queue = queue_of(bad=failing(OSError("full")), two=lambda: 2)
    lengths = []

    class Handler(logging.Handler):
        def emit(self, record):
            queue.put("three", lambda: 3)
            lengths.append(len(queue))

    handler = Handler()
    logging.getLogger("task_queue").addHandler(handler)
    try:
        with pytest.raises(TaskFailed):
            queue.run()
    finally:
        logging.getLogger("task_queue").removeHandler(handler)
    assert lengths == [2]
    assert queue.run() == [2, 3]


def test_a_block_runs_the_tasks_at_its_end():
    done = []
    with Queue() as queue:
        queue.put("a", lambda: queue.put("b", lambda: done.append("b")))
        assert done == []
    assert done == ["b"]
    for use in (lambda: queue.put("c", list), queue.run):
        with pytest.raises(Closed):
            use()


def test_a_block_with_an_exception_runs_nothing():
    done = []
    error = ValueError("stop")
    with pytest.raises(ValueError, match="stop") as caught:
        with Queue() as queue:
            queue.put("a", lambda: done.append("a"))
            raise error
    assert caught.value is error
    assert (done, len(queue)) == ([], 0)
    with pytest.raises(Closed):
        queue.run()


def test_a_block_with_a_failing_task_is_closed_too():
    done = []
    with pytest.raises(TaskFailed, match="bad"):
        with Queue() as queue:
            queue.put("bad", failing(OSError("full")))
            queue.put("b", lambda: done.append("b"))
    assert (done, len(queue)) == ([], 0)
    with pytest.raises(Closed):
        queue.put("c", list)


def test_a_discarded_task_may_look_at_the_queue():
    lengths = []

    class Task:
        def __init__(self, queue):
            self.queue = queue

        def __call__(self):
            pass

        def __del__(self):
            lengths.append(len(self.queue))

    with pytest.raises(ValueError, match="stop"):
        with Queue() as queue:
            queue.put("a", Task(queue))
            raise ValueError("stop")
    assert lengths == [0]


# The collector can't make a tuple let go of its items. So if a queue and a tuple refer to each other, the queue has to.
@pytest.mark.parametrize(
    "task_for",
    [lambda *items: items.count, lambda *items: items.index, lambda *items: lambda: items],
    ids=["count", "index", "function"],
)
def test_a_queue_is_freed_with_its_tasks(task_for):
    thing = object()
    before = sys.getrefcount(thing)
    queue = Queue()
    queue.put("a", task_for(queue, thing))
    assert sys.getrefcount(thing) == before + 1
    del queue
    gc.collect()
    assert sys.getrefcount(thing) == before


def test_a_nightly_job():
    copies = []
    assert nightly(["music", "mail"], copies.append) == "copied 2"
    assert copies == ["music", "mail", "music mail"]

    def copy(folder):
        if folder == "mail":
            raise OSError("the disk is full")
        copies.append(folder)

    copies.clear()
    assert nightly(["music", "mail", "maps"], copy) == "mail failed: the disk is full"
    assert copies == ["music"]
