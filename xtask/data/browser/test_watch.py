"""A learner, an editor, a browser and the real `wr`."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

EXERCISE = "01_intro/03_functions"
# The first verdict waits for packages and for PyO3.
FIRST = 600_000


@pytest.fixture
def answer(course):
    """Saves the solution of the exercise, and puts the starter back at the end."""
    file = course / "exercises" / EXERCISE / "src/lib.rs"
    starter = file.read_text()
    yield lambda: file.write_text((course / "solutions" / EXERCISE / "src/lib.rs").read_text())
    file.write_text(starter)


def opened(program, page):
    address = program.line("http://")
    page.goto(address)
    page.wait_for_url(f"**/{EXERCISE}.html")
    return address


def test_two_tabs_follow_a_save_and_a_restart(course, wr, tab, answer):
    program = wr("book", "--no-browser", EXERCISE)
    page = tab()
    address = opened(program, page)
    expect(page.locator(".wr-verdict")).to_have_text("• work left", timeout=FIRST)
    expect(page.locator(".wr-findings")).to_contain_text("there is work left at src/lib.rs:")
    other = tab()
    other.goto(address.split("/.wr")[0] + f"/{EXERCISE}.html")
    expect(other.locator(".wr-verdict")).to_have_text("• work left")

    start = time.monotonic()
    answer()
    expect(page.locator(".wr-verdict")).to_have_text("✓ solved", timeout=30_000)
    print(f"the page followed the save after {time.monotonic() - start:.2f} s")
    assert time.monotonic() - start < 10
    expect(other.locator(".wr-verdict")).to_have_text("✓ solved")
    assert "solved" in program.line("✓ 01_intro/03_functions")

    page.get_by_role("button", name="Compare with the solution").click()
    expect(page.locator(".wr-solution")).to_contain_text("Your answer is the same.")
    page.get_by_role("button", name="Show a hint").click()
    expect(page.locator(".wr-hints")).to_contain_text("Hint 1 of")
    expect(other.locator(".wr-hints")).to_contain_text("Hint 1 of")

    program.kill()
    expect(page.locator("#wr-panel[data-link=lost]")).to_be_visible()
    again = wr("watch")
    expect(page.locator("#wr-panel[data-link=live]")).to_be_visible(timeout=20_000)
    expect(page.locator(".wr-verdict")).to_have_text("✓ solved", timeout=60_000)
    # The hint is remembered with the learner's progress.
    expect(page.locator(".wr-hints")).to_contain_text("Hint 1 of")

    # A second `wr book` doesn't build anything: it opens the page that is served already.
    second = wr("book", "--no-browser")
    assert second.line("http://") == address
    assert second.process.wait(20) == 0
    page.get_by_role("button", name="Next exercise").click()
    page.wait_for_url("**/01_intro/04_arguments.html")
    page.get_by_role("button", name="Previous").click()
    page.wait_for_url(f"**/{EXERCISE}.html")
    assert again.interrupt() == 130


def test_a_browser_that_goes_away_leaves_nothing(chromium, wr):
    program = wr("book", "--no-browser", EXERCISE)
    address = program.line("http://")
    context = chromium.new_context()
    pages = [context.new_page() for _ in range(3)]
    for page in pages:
        page.goto(address)
        page.wait_for_url(f"**/{EXERCISE}.html")
    port = int(address.split("/.wr")[0].rsplit(":", 1)[1])
    assert connections(port) > 0
    context.close()
    deadline = time.monotonic() + 10
    while connections(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert connections(port) == 0
    assert program.process.poll() is None
    pid = program.process.pid
    assert program.interrupt() == 130
    assert not children(pid)


def connections(port):
    """How many connections to the port are established, on the server's side."""
    wanted = f":{port:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(wanted) and row[3] == "01" for row in rows)


def children(pid):
    """The processes that name this one as their parent."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if f"PPid:\t{pid}\n" in status.read_text():
                found.append(status.parent.name)
        except OSError:
            continue
    return found
