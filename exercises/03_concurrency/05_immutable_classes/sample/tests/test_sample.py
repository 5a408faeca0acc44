import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from immutable_classes import Meter, total

from sample import Service

# A watchdog: nothing here takes long, so a thread that waits this long waits in vain.
PATIENCE = 5


def numbers(meter):
    return meter.calls, meter.failures, meter.running


def test_calls_are_counted():
    meter = Meter()
    assert numbers(meter) == (0, 0, 0)
    assert [meter.measure(lambda: n * n) for n in range(4)] == [0, 1, 4, 9]
    assert numbers(meter) == (4, 0, 0)


def test_exceptions_are_counted_and_passed_on():
    meter = Meter()
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            meter.measure(lambda: 1 / 0)
    assert meter.measure(lambda: "fine") == "fine"
    assert numbers(meter) == (4, 3, 0)


def test_the_meter_can_be_read_while_it_measures():
    meter = Meter()
    assert meter.measure(lambda: numbers(meter)) == (1, 0, 1)


def test_measured_code_may_be_measured():
    meter = Meter()

    def countdown(n):
        return n if n == 0 else meter.measure(lambda: countdown(n - 1))

    assert countdown(10) == 0
    assert numbers(meter) == (10, 0, 0)
    assert meter.measure(lambda: meter.measure(lambda: meter.running)) == 2


def test_threads_share_a_meter():
    meter = Meter()
    # It opens when three threads are in `measure` at the same time. A thread that is refused breaks it for the others.
    barrier = threading.Barrier(3, timeout=PATIENCE)

    def work():
        barrier.wait()
        running = meter.running
        barrier.wait()
        return running

    def measure():
        try:
            return meter.measure(work)
        except BaseException:
            barrier.abort()
            raise

    with ThreadPoolExecutor(3) as threads:
        results = [threads.submit(measure) for _ in range(3)]
    assert [result.result() for result in results] == [3, 3, 3]
    assert numbers(meter) == (3, 0, 0)


def test_meters_are_added_up_while_they_are_used():
    busy, idle, failed = Meter(), Meter(), Meter()
    idle.measure(lambda: None)
    with pytest.raises(KeyError):
        failed.measure(lambda: {}["nothing"])
    assert total([]) == (0, 0)
    assert total([idle, failed]) == (2, 1)
    assert total([idle, idle, idle]) == (3, 0)
    assert busy.measure(lambda: total([busy, idle, failed])) == (3, 1)


def test_a_service_measures_its_steps():
    service = Service()
    page = service.step("page", lambda: service.step("part", lambda: "a") + service.step("part", lambda: "b"))
    assert page == "ab"
    with pytest.raises(OSError):
        service.step("page", lambda: open("no/such/file"))
    assert service.summary() == "4 calls, 1 failures"
