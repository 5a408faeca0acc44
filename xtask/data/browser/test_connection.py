"""Tabs, restarts and servers that aren't ours."""

import http.server
import threading

from conftest import Seats
from playwright.sync_api import expect

import states

LIVE = "#wr-panel[data-link=live]"


def opened(seats, tab):
    seats.publish(verdict=states.does_not_build())
    page = tab()
    page.goto(seats.address)
    page.wait_for_url(f"**/{states.CURRENT}.html")
    expect(page.locator(LIVE)).to_be_visible()
    return page


def origin(seats):
    return seats.address.split("/.wr")[0]


def test_several_tabs_show_the_same(seats, tab):
    first = opened(seats, tab)
    # A new tab doesn't inherit the token; the others give it to it.
    others = [tab() for _ in range(8)]
    for page in others:
        page.goto(f"{origin(seats)}/{states.CURRENT}.html")
        expect(page.locator(LIVE)).to_be_visible()
    seats.publish(verdict=states.solved())
    for page in [first, *others]:
        expect(page.locator(".wr-verdict")).to_have_text("✓ solved")


def test_a_tab_without_the_token_says_how_to_get_it(seats, tab):
    page = tab()
    page.goto(f"{origin(seats)}/{states.CURRENT}.html")
    expect(page.locator(".wr-status")).to_contain_text("run wr book")
    expect(page.locator("h1").first).to_be_visible()


def test_a_hidden_tab_closes_its_stream_and_catches_up(seats, tab):
    page = opened(seats, tab)
    hide = """(hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
    }"""
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/.wr/stream")):
        page.evaluate(hide, True)
    seats.publish(verdict=states.solved())
    page.wait_for_timeout(300)
    expect(page.locator(".wr-verdict")).to_contain_text("does not build")
    page.evaluate(hide, False)
    expect(page.locator(".wr-verdict")).to_have_text("✓ solved")


def test_the_page_says_that_it_is_disconnected_and_connects_to_the_next_run(seats, tab):
    page = opened(seats, tab)
    seats.kill()
    expect(page.locator("#wr-panel[data-link=lost]")).to_be_visible()
    expect(page.locator(".wr-verdict")).to_contain_text("disconnected")
    expect(page.locator(".wr-times")).to_contain_text("last heard from at")
    expect(page.get_by_role("button", name="Run again")).to_be_disabled()
    again = Seats(seats.state_dir)
    try:
        assert again.address == seats.address
        again.publish(verdict=states.solved())
        expect(page.locator(".wr-verdict")).to_have_text("✓ solved")
        page.get_by_role("button", name="Run again").click()
        assert again.action()["action"] == "run"
    finally:
        again.kill()


def test_a_stranger_on_the_port_gets_no_token(seats, tab):
    page = opened(seats, tab)
    port = int(origin(seats).rsplit(":", 1)[1])
    seats.kill()
    asked = []

    class Stranger(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, dict(self.headers)))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"0" * 64)

        def log_message(self, *_):
            pass

    http.server.ThreadingHTTPServer.allow_reuse_address = True
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Stranger)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        expect(page.locator("#wr-panel[data-link=foreign]")).to_be_visible()
        page.wait_for_timeout(1500)
    finally:
        server.shutdown()
        server.server_close()
    token = seats.address.split("#")[1]
    assert any(path.startswith("/.wr/proof") for path, _ in asked)
    assert not [one for one in asked if token in str(one)]


def test_another_site_cannot_read_or_act(seats, tab):
    opened(seats, tab)

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page = tab()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        token = seats.address.split("#")[1]
        # Even with the token, which another site can't know.
        for method, path in [("GET", "/.wr/stream"), ("POST", "/.wr/act"), ("GET", "/index.html")]:
            outcome = page.evaluate(
                """([url, method, token]) => fetch(url, { method, headers: { 'wr-token': token } }).then(() => 'read', () => 'refused')""",
                [origin(seats) + path, method, token],
            )
            assert outcome == "refused", path
        page.set_content(f"<iframe src='{origin(seats)}/index.html'></iframe><script src='{origin(seats)}/.wr/panel.js'></script>")
        page.wait_for_timeout(500)
        assert page.locator("#wr-panel").count() == 0
        assert not any("index.html" in frame.url for frame in page.frames[1:] if frame.url.startswith("http"))
    finally:
        server.shutdown()
        server.server_close()
