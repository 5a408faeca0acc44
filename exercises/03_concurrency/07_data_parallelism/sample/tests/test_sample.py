import os
import threading
from zlib import adler32

import pytest
from data_parallelism import attend, checksums, damaged, new_meeting, present

from sample import Backup

# A watchdog: nothing here takes long, so a thread that waits this long waits in vain.
PATIENCE = 5

# rayon's global pool, for code that doesn't ask for one, has only one thread here, on any machine.
os.environ["RAYON_NUM_THREADS"] = "1"

BLOCKS = [bytes(range(n % 256)) * (n % 7) for n in range(100)]

# Two of these blocks wait for each other. They only get through if two threads work at once.
MEETING = [b"meet", b"one", b"two", b"three", b"meet"]
ALONE = "the checksum of a `meet` block is 0 when it has waited in vain: two threads have to be at work at once"


@pytest.fixture(autouse=True)
def meeting():
    new_meeting()


def wait_for(condition):
    """Lets other threads run until the condition holds."""
    pause = threading.Event()
    for _ in range(1000):
        if condition():
            return
        pause.wait(PATIENCE / 1000)
    raise TimeoutError("it did not happen")


def test_checksums_are_in_order():
    assert checksums([], 1) == []
    assert checksums(BLOCKS, 1) == [adler32(block) for block in BLOCKS]


def test_damaged_blocks_are_found():
    expected = [adler32(block) for block in BLOCKS]
    assert damaged(BLOCKS, expected, 1) == []
    for number in (3, 50, 99):
        expected[number] += 1
    assert damaged(BLOCKS, expected, 1) == [3, 50, 99]
    assert damaged([], [], 1) == []


@pytest.mark.parametrize("expected", [[], [1], [1, 1, 1]])
def test_each_block_needs_a_checksum(expected):
    with pytest.raises(ValueError):
        damaged([b"", b""], expected, 1)


def test_checksums_are_computed_in_parallel():
    assert checksums(MEETING, 2) == [adler32(block) for block in MEETING], ALONE


def test_blocks_are_compared_in_parallel():
    expected = [adler32(block) for block in MEETING]
    expected[2] += 1
    assert damaged(MEETING, expected, 2) == [2], ALONE


@pytest.mark.parametrize("function", [checksums, lambda blocks, n: damaged(blocks, [adler32(b"meet")], n)])
def test_other_threads_go_on(function):
    came = []

    def come():
        # Not before the block is there, so this thread makes progress while the other one is in Rust.
        wait_for(lambda: present() == 1)
        came.append(attend())

    other = threading.Thread(target=come, daemon=True)
    other.start()
    result = function([b"meet"], 1)
    assert result in ([adler32(b"meet")], []), "no other thread of Python came: detach while the pool works"
    other.join(PATIENCE * 2)
    assert came == [True]


def test_a_backup_is_checked():
    backup = Backup.of(b"a letter to be kept")
    assert backup.checksums == [adler32(block) for block in backup.blocks]
    assert backup.is_sound()
    backup.blocks[1] = b"TTER"
    assert not backup.is_sound()
