"""What a page shows, from made-up states."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

import states

SCREENSHOTS = Path(os.environ["WR_SCRATCH"]) / "screenshots"


@pytest.fixture
def page(seats, tab):
    seats.publish(verdict=states.does_not_build())
    page = tab()
    page.goto(seats.address)
    page.wait_for_url(f"**/{states.CURRENT}.html")
    expect(page.locator(".wr-verdict")).to_contain_text("does not build")
    return page


def test_the_address_opens_the_page_of_the_current_exercise_and_loses_the_token(seats, page):
    assert "#" not in page.url
    page.go_back()
    assert seats.address.split("#")[1] not in page.url


def test_the_page_follows_every_state(seats, page):
    verdict = page.locator(".wr-verdict")
    seats.publish(
        verdict=states.does_not_build(),
        is_outdated=True,
        run={"step": "building `sample`", "since": states.now(), "tests": None},
    )
    expect(verdict).to_contain_text("building sample")
    expect(verdict).to_contain_text("last: ✗ does not build")
    expect(page.locator("#wr-panel")).to_have_attribute("data-outdated", "true")
    seats.publish(verdict=states.tests_fail())
    expect(verdict).to_contain_text("tests fail")
    expect(page.locator("#wr-panel")).to_have_attribute("data-outdated", "false")
    expect(page.locator(".wr-tests")).to_contain_text("Tests: 1 failed, 11 passed")
    seats.publish(verdict=states.solved(), exercises=states.entries(7))
    expect(verdict).to_have_text("✓ solved")
    expect(page.locator(".wr-findings")).to_be_hidden()


def test_a_finding_has_its_explanation_inline(page):
    finding = page.locator(".wr-findings > details").first
    expect(finding).to_contain_text("derive IntoPyObject for Reading")
    explanation = finding.locator("details")
    expect(explanation.locator("h4")).to_be_hidden()
    explanation.locator("summary").click()
    expect(explanation.locator("h4")).to_have_text("What to do")
    explanation.locator("a").click()
    page.wait_for_url("**/diagnosis/WR0351.html")


def test_what_is_open_stays_open_and_the_focus_stays(seats, page):
    explanation = page.locator(".wr-findings details details").first
    explanation.locator("summary").click()
    page.locator(".wr-hints button").focus()
    seats.publish(verdict=states.does_not_build(), hints={"shown": [states.text("Look.")], "total": 3})
    expect(page.locator(".wr-hints")).to_contain_text("Look.")
    expect(explanation).to_have_attribute("open", "")
    expect(page.locator(".wr-hints button")).to_be_focused()


def test_the_reader_is_not_moved(seats, page):
    page.evaluate("window.scrollTo(0, 900)")
    seats.publish(verdict=states.tests_fail())
    expect(page.locator(".wr-verdict")).to_contain_text("tests fail")
    assert page.evaluate("window.scrollY") == 900


def test_each_button_asks_for_one_thing(seats, page):
    seats.publish(verdict=states.solved(), solution={"kind": "ready"}, exercises=states.entries(7))
    for label, action in [
        ("Show a hint (there are 3)", "hint"),
        ("Compare with the solution", "solution"),
        ("Run again", "run"),
        ("Previous", "previous"),
        ("Next exercise", "next"),
    ]:
        page.get_by_role("button", name=label).click()
        assert seats.action() == {"action": action, "exercise": states.CURRENT}


def test_next_turns_the_page_but_a_change_elsewhere_does_not(seats, page):
    page.get_by_role("button", name="Next exercise").click()
    seats.action()
    seats.publish(exercise=states.EXERCISES[7])
    page.wait_for_url(f"**/{states.EXERCISES[7]}.html")
    expect(page.locator("#wr-panel h2")).to_have_text("Exceptions")
    seats.publish(exercise=states.EXERCISES[9])
    expect(page.locator(".wr-here")).to_contain_text("another exercise")
    assert page.url.endswith(f"{states.EXERCISES[7]}.html")
    page.get_by_text("Go to the current exercise").click()
    page.wait_for_url(f"**/{states.EXERCISES[9]}.html")


def test_a_page_turned_in_the_book_can_become_the_current_exercise(seats, page):
    page.locator("#mdbook-sidebar").get_by_text("Exceptions").click()
    page.wait_for_url(f"**/{states.EXERCISES[7]}.html")
    page.get_by_role("button", name="Work on this exercise").click()
    assert seats.action() == {"action": "open", "exercise": states.EXERCISES[7]}
    seats.publish(exercise=states.EXERCISES[7])
    expect(page.locator(".wr-here")).to_be_hidden()


def test_the_table_of_contents_shows_progress(seats, page):
    def mark(exercise):
        return page.evaluate(
            """(exercise) => {
                const link = [...document.querySelectorAll('#mdbook-sidebar a')].find((a) => a.href.endsWith(`/${exercise}.html`));
                return getComputedStyle(link, '::after').content;
            }""",
            exercise,
        )

    assert "✓" in mark(states.EXERCISES[0])
    assert "◂" in mark(states.CURRENT)
    assert "•" in mark(states.EXERCISES[9])
    assert mark(states.EXERCISES[20]) == "none"
    chapter = page.locator("#mdbook-sidebar [data-wr-count]").first
    expect(chapter).to_have_attribute("data-wr-count", "6/9")
    seats.publish(exercises=states.entries(7))
    expect(chapter).to_have_attribute("data-wr-count", "7/9")


def test_strings_never_become_markup(seats, page):
    markup = "<img src=x onerror=\"document.title='broken'\"><b>bold</b>"
    seats.publish(
        verdict=states.verdict(
            "bad",
            markup,
            remark=markup,
            findings=[states.finding(markup, what=markup, lines=markup, hint=markup)],
            explanations={"WR0351": states.text(markup)},
            tests=[{"name": markup, "outcome": "failed", "message": markup}],
            output=[{"from": markup, "text": markup}],
        ),
        run=None,
        hints={"shown": [states.text(markup)], "total": 1},
        notice={"number": 1, "text": markup},
    )
    expect(page.locator(".wr-notice")).to_contain_text("<b>bold</b>")
    assert page.locator("#wr-panel").locator("img, b").count() == 0
    assert page.title() != "broken"


def test_a_key_shows_and_hides_the_panel(page):
    body = page.locator("#wr-body")
    expect(body).to_be_visible()
    page.keyboard.press("e")
    expect(body).to_be_hidden()
    page.reload()
    expect(page.locator("#wr-panel[data-link=live]")).to_be_visible()
    expect(body).to_be_hidden()
    page.keyboard.press("e")
    expect(body).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(body).to_be_hidden()


def test_typing_in_the_search_is_not_a_key(page):
    page.keyboard.press("/")
    page.locator("#mdbook-searchbar").press_sequentially("tree", delay=20)
    expect(page.locator("#mdbook-searchbar")).to_have_value("tree")
    expect(page.locator("#wr-body")).to_be_visible()


def test_nothing_of_it_is_printed(page):
    page.emulate_media(media="print")
    expect(page.locator("#wr-panel")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).paddingRight") == "0px"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (820, 1100), (390, 844)])
def test_it_fits(chromium, seats, scheme, width, height):
    """Nothing is wider than the screen. The pictures are for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    hints = {"shown": [states.text("Look at what the test compares.")], "total": 3}
    shown = {
        "does_not_build": {"verdict": states.does_not_build()},
        "running": {
            "verdict": states.does_not_build(),
            "is_outdated": True,
            "run": {"step": "building `sample`", "since": states.now(), "tests": None},
        },
        "tests_fail": {"verdict": states.tests_fail(), "hints": hints},
        "solved": {
            "verdict": states.solved(),
            "exercises": states.entries(7),
            "solution": states.difference(),
        },
    }
    seats.publish(verdict=states.does_not_build())
    size = {"width": width, "height": height}
    with chromium.new_context(viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(seats.address)
        page.wait_for_url(f"**/{states.CURRENT}.html")
        expect(page.locator("#wr-panel[data-link=live]")).to_be_visible()
        if width < 1200:
            expect(page.locator("#wr-body")).to_be_hidden()
            page.screenshot(path=SCREENSHOTS / f"{scheme}-{width}-closed.png")
            page.locator(".wr-bar").click()
        for name, state in shown.items():
            seats.publish(**state)
            mark = state["run"]["step"].replace("`", "") if state.get("run") else state["verdict"]["headline"]
            expect(page.locator(".wr-verdict")).to_contain_text(mark)
            wide = page.evaluate(
                "[document.documentElement, document.getElementById('wr-body')].map((one) => one.scrollWidth - one.clientWidth)"
            )
            assert wide == [0, 0], name
            page.screenshot(path=SCREENSHOTS / f"{scheme}-{width}-{name}.png")
