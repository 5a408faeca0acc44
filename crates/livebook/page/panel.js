// Shows the state of the current exercise next to the text, and follows it.
//
// Everything comes from one stream of snapshots; nothing that isn't in the last one is shown as current. Strings only enter the
// page as text nodes.
(() => {
    "use strict";

    if (window.top !== window) {
        return;
    }

    const OPEN = "/.wr/open";
    // The server sends a sign of life every three seconds.
    const SILENCE = 10_000;
    const here = decodeURIComponent(window.location.pathname);

    // What is known.
    let token = null;
    let seat = null;
    let remark = null;
    // "connecting", "live", "lost" (nobody answers), "foreign" (a server that doesn't know the token) or "closed" (no token).
    let link = "connecting";
    let clockOffset = 0;
    let lastHeard = null;
    let problem = null;
    // Whether to turn to the page of the next exercise that becomes the current one.
    let follows = here === OPEN;

    // --- Small things ---

    const stored = {
        get(key) {
            try {
                return window.sessionStorage.getItem(key);
            } catch {
                return null;
            }
        },
        set(key, value) {
            try {
                window.sessionStorage.setItem(key, value);
            } catch {
                // Then it lasts as long as the page.
            }
        },
    };

    const element = (name, className, ...children) => {
        const made = document.createElement(name);
        if (className) {
            made.className = className;
        }
        made.append(...children.filter((child) => child !== null && child !== undefined));
        return made;
    };

    // A path or name may be longer than a line, and may break after each of its parts.
    const breakable = (text) => text.split(/(?<=::|[/_])(?=[^/_])/).flatMap((part, at) => (at ? [document.createElement("wbr"), part] : [part]));

    // Words with code between backticks.
    const words = (text) =>
        text.split("`").flatMap((part, at) => (at % 2 ? [element("code", "", ...breakable(part))] : breakable(part)));

    const button = (key, label, action, className = "") => {
        const made = element("button", className, ...words(label));
        made.type = "button";
        made.dataset.key = key;
        made.disabled = link !== "live";
        made.addEventListener("click", action);
        return made;
    };

    const details = (key, isOpen, summary, ...children) => {
        const made = element("details", "", element("summary", "", ...summary), ...children);
        made.dataset.key = key;
        made.open = isOpen;
        return made;
    };

    const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(milliseconds < 9950 ? 1 : 0)} s`;

    const age = (moment) => {
        const passed = Math.max(0, (Date.now() + clockOffset - moment) / 1000);
        if (passed < 5) {
            return "just now";
        }
        if (passed < 60) {
            return `${Math.floor(passed / 5) * 5} s ago`;
        }
        if (passed < 3600) {
            return `${Math.floor(passed / 60)} min ago`;
        }
        return `${Math.floor(passed / 3600)} h ago`;
    };

    // --- The book around the panel ---

    const pageOf = (exercise) => `/${exercise}.html`;

    // A link of the table of contents, by the address it leads to.
    const tocLinks = () => {
        const links = new Map();
        for (const found of document.querySelectorAll("#mdbook-sidebar ol.chapter a[href]")) {
            const address = new URL(found.href, window.location.href);
            if (!address.hash) {
                links.set(decodeURIComponent(address.pathname), found);
            }
        }
        return links;
    };

    const titleOf = (exercise) => {
        const found = tocLinks().get(pageOf(exercise));
        return found ? found.textContent.trim() : exercise;
    };

    const MARKS = { good: "✓", open: "•", bad: "✗" };

    const showProgress = () => {
        const links = tocLinks();
        for (const entry of seat.exercises) {
            const found = links.get(pageOf(entry.id));
            if (found) {
                found.dataset.wr = entry.id === seat.exercise ? "current" : entry.progress;
                found.dataset.wrSolved = entry.progress === "solved";
            }
        }
        for (const section of document.querySelectorAll("#mdbook-sidebar ol.section")) {
            const all = section.querySelectorAll("a[data-wr]");
            const title = section.parentElement.querySelector(":scope > .chapter-link-wrapper > :first-child");
            if (title && all.length) {
                const solved = section.querySelectorAll("a[data-wr-solved=true]");
                title.dataset.wrCount = `${solved.length}/${all.length}`;
            }
        }
    };

    const turnTo = async (exercise) => {
        const page = pageOf(exercise);
        if (page === here) {
            return;
        }
        // Not every book has a page per exercise.
        const found = await fetch(page, { method: "HEAD" }).catch(() => null);
        if (found && (found.ok || found.status >= 500)) {
            window.location.assign(page);
        } else if (here === OPEN) {
            window.location.replace("/");
        }
    };

    // --- The panel ---

    const panel = element("aside", "");
    panel.id = "wr-panel";
    panel.setAttribute("aria-label", "Your exercise");
    const bar = element("button", "wr-bar");
    bar.type = "button";
    bar.title = "Show or hide your exercise (e)";
    bar.setAttribute("aria-controls", "wr-body");
    const body = element("div", "");
    body.id = "wr-body";
    body.tabIndex = -1;
    panel.append(bar, body);

    const sections = new Map();
    for (const name of ["status", "notice", "here", "findings", "solution", "hints", "tests", "output", "steps"]) {
        const made = element("section", `wr-${name}`);
        sections.set(name, { made, last: "" });
        body.append(made);
    }
    sections.get("status").made.setAttribute("role", "status");
    sections.get("notice").made.setAttribute("role", "status");

    // Makes a section again, but only if what it shows has changed. Opened details stay open, and the focus stays where it is.
    const show = (name, data, build) => {
        const section = sections.get(name);
        const now = JSON.stringify([data, link === "live"]);
        if (section.last === now) {
            return;
        }
        section.last = now;
        const opened = new Map();
        for (const found of section.made.querySelectorAll("details[data-key]")) {
            opened.set(found.dataset.key, found.open);
        }
        const focused = section.made.contains(document.activeElement) ? document.activeElement.dataset.key : null;
        const made = build().filter((child) => child !== null && child !== undefined);
        section.made.replaceChildren(...made);
        section.made.hidden = made.length === 0;
        for (const found of section.made.querySelectorAll("details[data-key]")) {
            if (opened.has(found.dataset.key)) {
                found.open = opened.get(found.dataset.key);
            }
        }
        if (focused) {
            const again = [...section.made.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused);
            (again || body).focus({ preventScroll: true });
        }
    };

    const isWide = window.matchMedia("(min-width: 1200px)");
    const isOpen = () => {
        const kept = stored.get("wr-panel");
        return kept ? kept === "open" : isWide.matches;
    };
    let lastOpened = -Infinity;
    const setOpen = (open) => {
        lastOpened = open ? performance.now() : lastOpened;
        stored.set("wr-panel", open ? "open" : "closed");
        layOut();
    };
    const layOut = () => {
        const open = isOpen();
        document.documentElement.classList.toggle("wr-open", open);
        bar.setAttribute("aria-expanded", String(open));
        body.hidden = !open;
    };

    // --- Prose ---

    const spans = (list) =>
        list.map((span) => {
            switch (span.kind) {
                case "code":
                    return element("code", "", span.text);
                case "emphasis":
                    return element("em", "", ...spans(span.spans));
                case "strong":
                    return element("strong", "", ...spans(span.spans));
                case "link": {
                    const made = element("a", "", ...spans(span.spans));
                    made.href = span.to;
                    made.target = "_blank";
                    made.rel = "noopener noreferrer";
                    return made;
                }
                default:
                    return span.text;
            }
        });

    const blocks = (list) =>
        list.map((block) => {
            switch (block.kind) {
                case "heading":
                    return element("h4", "", ...spans(block.spans));
                case "code":
                    return element("pre", "", block.text.replace(/\n$/, ""));
                case "list":
                    return element(
                        block.is_numbered ? "ol" : "ul",
                        "",
                        ...block.items.map((item) => element("li", "", ...blocks(item))),
                    );
                case "quote":
                    return element("blockquote", "", ...blocks(block.blocks));
                case "table":
                    return element(
                        "table",
                        "",
                        ...block.rows.map((row, at) =>
                            element("tr", "", ...row.map((cell) => element(at ? "td" : "th", "", ...spans(cell)))),
                        ),
                    );
                default:
                    return element("p", "", ...spans(block.spans));
            }
        });

    // --- The parts of the panel ---

    const headline = () => {
        const { run, verdict } = seat;
        if (link !== "live") {
            return { mark: "–", kind: "quiet", text: link === "connecting" ? "connecting…" : "disconnected" };
        }
        if (run) {
            const tests = run.tests ? ` ${run.tests[0]}/${run.tests[1]}` : "";
            return { mark: "…", kind: "quiet", text: `${run.step}${tests}` };
        }
        if (verdict) {
            return { mark: MARKS[verdict.mark], kind: verdict.mark, text: verdict.headline };
        }
        return { mark: "–", kind: "quiet", text: "not verified yet" };
    };

    const ELSEWHERE = {
        lost: "`wr` doesn't answer. This page connects again when you start `wr watch` or `wr book` in the course.",
        foreign: "`wr` was started again, and this page belongs to an earlier run. Press `b` in `wr watch`, or run `wr book`, to open it again.",
        closed: "This tab isn't connected to `wr`. Press `b` in `wr watch`, or run `wr book`, to open the book with your exercise.",
    };

    const showStatus = () => {
        const shown = seat ? headline() : { mark: "–", kind: "quiet", text: link === "connecting" ? "connecting…" : "disconnected" };
        const barText = [shown.mark, shown.text].join(" ");
        if (bar.dataset.shown !== barText + shown.kind) {
            bar.dataset.shown = barText + shown.kind;
            const solved = seat ? seat.exercises.filter((entry) => entry.progress === "solved").length : 0;
            bar.replaceChildren(
                element("span", `wr-mark wr-${shown.kind}`, shown.mark),
                element("span", "wr-headline", ...words(shown.text)),
                element("span", "wr-count", seat ? `${solved}/${seat.exercises.length}` : ""),
            );
        }
        show("status", [link, shown, seat?.exercise, seat?.exercises, seat?.verdict?.headline, seat?.verdict?.remark], () => {
            const parts = [];
            if (seat) {
                const solved = seat.exercises.filter((entry) => entry.progress === "solved").length;
                const meter = element("progress", "");
                meter.max = seat.exercises.length;
                meter.value = solved;
                meter.setAttribute("aria-label", "Solved exercises");
                const title = titleOf(seat.exercise);
                const id = title === seat.exercise ? "" : `${seat.exercise} · `;
                parts.push(
                    element("h2", "", ...breakable(title)),
                    element("p", "wr-quiet wr-id", ...breakable(id), `${solved}/${seat.exercises.length} solved`),
                    meter,
                );
            }
            const isStale = seat && link === "live" && seat.run && seat.verdict;
            parts.push(
                element(
                    "p",
                    `wr-verdict wr-${shown.kind}`,
                    element("span", "wr-mark", shown.mark),
                    " ",
                    ...words(shown.text),
                    isStale ? element("span", "wr-quiet", ` · last: ${MARKS[seat.verdict.mark]} ${seat.verdict.headline}`) : null,
                ),
            );
            if (link === "live" && !seat?.run && seat?.verdict?.remark) {
                parts.push(element("p", "", ...words(seat.verdict.remark)));
            }
            if (ELSEWHERE[link]) {
                parts.push(element("p", "", ...words(ELSEWHERE[link])));
            }
            parts.push(element("p", "wr-quiet wr-times"));
            return parts;
        });
        panel.dataset.link = link;
        panel.dataset.outdated = String(Boolean(seat && (link !== "live" || seat.run || seat.is_outdated)));
        showTimes();
    };

    const showTimes = () => {
        const line = sections.get("status").made.querySelector(".wr-times");
        if (!line) {
            return;
        }
        const parts = [];
        if (link !== "live") {
            if (lastHeard) {
                parts.push(`last heard from at ${new Date(lastHeard).toLocaleTimeString([], { hour12: false })}`);
            }
        } else if (seat) {
            if (seat.run) {
                parts.push(`for ${seconds(Math.max(0, Date.now() + clockOffset - seat.run.since))}`);
            } else if (seat.verdict) {
                parts.push(`took ${seconds(seat.verdict.took)}`, `verified ${age(seat.verdict.judged_at)}`);
            }
        }
        const text = parts.join(" · ");
        if (line.textContent !== text) {
            line.textContent = text;
        }
    };

    const showNotice = () => {
        const notices = [problem, seat?.notice?.text, remark].filter(Boolean);
        show("notice", [notices, seat?.notice?.number], () => notices.map((text) => element("p", "", ...words(text))));
    };

    const showHere = () => {
        const own = seat.exercises.find((entry) => pageOf(entry.id) === here);
        show("here", [seat.exercise, own?.id], () => {
            // Not every book has a page per exercise.
            if (own?.id === seat.exercise || here === OPEN || !tocLinks().has(pageOf(seat.exercise))) {
                return [];
            }
            const go = element("a", "wr-button", "Go to the current exercise");
            go.href = pageOf(seat.exercise);
            go.dataset.key = "go";
            return [
                element("p", "", own ? "This page belongs to another exercise." : "This page doesn't belong to the current exercise."),
                element(
                    "p",
                    "wr-buttons",
                    own ? button("open", "Work on this exercise", () => act("open", own.id)) : null,
                    go,
                ),
            ];
        });
    };

    const evidence = (one) =>
        element(
            "div",
            "wr-evidence",
            // A place is code; a sentence isn't.
            element("p", "", ...(one.what.includes(" ") ? words(one.what) : [element("code", "", ...breakable(one.what))])),
            one.lines ? element("pre", "", one.lines) : null,
        );

    const showFindings = () => {
        const { verdict } = seat;
        const links = tocLinks();
        const signs = { error: verdict?.mark === "open" ? ["•", "open"] : ["✗", "bad"], warning: ["!", "open"], advice: ["i", "quiet"] };
        show("findings", verdict && [verdict.mark, verdict.findings, verdict.explanations], () => {
            if (!verdict) {
                return [];
            }
            return verdict.findings.map((finding, at) => {
                const explanation = verdict.explanations[finding.code];
                const page = links.get(`/diagnosis/${finding.code}.html`);
                const more = page ? element("a", "", "Its page in the book") : null;
                if (more) {
                    more.href = page.href;
                }
                const place = finding.evidence[0]?.what || "";
                const [sign, kind] = signs[finding.severity];
                return details(
                    `finding ${finding.code} ${place}`,
                    at === 0,
                    [
                        element("span", `wr-mark wr-${kind}`, sign),
                        " ",
                        ...words(finding.message),
                        " ",
                        element("span", "wr-quiet wr-code", finding.code),
                    ],
                    ...finding.evidence.map(evidence),
                    finding.hint ? element("p", "wr-fix", element("strong", "", "What to do: "), ...words(finding.hint)) : null,
                    explanation
                        ? details(`explanation ${finding.code} ${place}`, false, [`What ${finding.code} means`], ...blocks(explanation), more)
                        : null,
                );
            });
        });
    };

    const SIGNS = { passed: "✓", failed: "✗", skipped: "–", xfailed: "✓" };
    const KINDS = { passed: "good", failed: "bad", skipped: "quiet", xfailed: "good" };

    // The file or module of a test, and its name there.
    const splitName = (name) => {
        const at = name.lastIndexOf("::");
        return at < 0 ? ["", name] : [name.slice(0, at), name.slice(at + 2)];
    };

    const showTests = () => {
        const tests = seat.verdict?.tests || [];
        show("tests", tests, () => {
            if (!tests.length) {
                return [];
            }
            const failed = tests.filter((test) => test.outcome === "failed");
            const passed = tests.filter((test) => test.outcome === "passed" || test.outcome === "xfailed");
            const others = tests.filter((test) => test.outcome !== "failed");
            const skipped = tests.length - failed.length - passed.length;
            const summary = [
                failed.length ? `${failed.length} failed` : null,
                passed.length ? `${passed.length} passed` : null,
                skipped ? `${skipped} skipped` : null,
            ].filter(Boolean);
            const row = (test) => {
                const [file, name] = splitName(test.name);
                const made = element(
                    "li",
                    "",
                    element("span", `wr-mark wr-${KINDS[test.outcome]}`, SIGNS[test.outcome]),
                    " ",
                    element("code", "", ...breakable(name)),
                    test.message ? element("pre", "", test.message) : null,
                );
                made.title = file;
                return made;
            };
            // Under the file that they are in.
            const list = (some) => {
                const files = new Map();
                for (const test of some) {
                    const [file] = splitName(test.name);
                    files.set(file, [...(files.get(file) || []), test]);
                }
                return [...files].flatMap(([file, those]) => [
                    file ? element("p", "wr-quiet wr-file", file) : null,
                    element("ul", "wr-plain", ...those.map(row)),
                ]);
            };
            return [
                failed.length ? details("failed tests", true, [`Tests: ${summary.join(", ")}`], ...list(failed)) : null,
                others.length
                    ? details("other tests", false, [failed.length ? "The other tests" : `Tests: ${summary.join(", ")}`], ...list(others))
                    : null,
            ];
        });
    };

    const showHints = () => {
        const { shown, total } = seat.hints;
        show("hints", [seat.hints, seat.exercise], () => {
            if (!total) {
                return [];
            }
            const parts = shown.map((hint, at) =>
                details(`hint ${seat.exercise} ${at}`, at === shown.length - 1, [`Hint ${at + 1} of ${total}`], ...blocks(hint)),
            );
            if (shown.length < total) {
                const label = shown.length ? `Show hint ${shown.length + 1} of ${total}` : `Show a hint (there are ${total})`;
                parts.push(element("p", "wr-buttons", button("hint", label, () => act("hint", seat.exercise))));
            }
            return parts;
        });
    };

    const LINE_KINDS = { both: [" ", ""], learner: ["-", "wr-minus"], solution: ["+", "wr-plus"] };

    const difference = (file) => [
        element("p", "", element("code", "", file.path)),
        element(
            "pre",
            "wr-diff",
            ...file.hunks.flatMap((hunk, at) => [
                at ? element("span", "wr-quiet", "⋯\n") : null,
                ...hunk.lines.map(([side, text]) => element("span", LINE_KINDS[side][1], `${LINE_KINDS[side][0]} ${text}\n`)),
            ]),
        ),
    ];

    const showSolution = () => {
        const { solution } = seat;
        show("solution", [solution, seat.exercise], () => {
            switch (solution.kind) {
                case "ready":
                    return [element("p", "wr-buttons", button("solution", "Compare with the solution", () => act("solution", seat.exercise)))];
                case "shown":
                    return [
                        details(
                            `solution ${seat.exercise}`,
                            true,
                            ["The course's solution"],
                            solution.files.length
                                ? element("p", "wr-quiet", "Lines with - are yours, lines with + are the solution's.")
                                : element("p", "", "Your answer is the same."),
                            ...solution.files.flatMap(difference),
                            ...blocks(solution.why),
                        ),
                    ];
                default:
                    return [];
            }
        });
    };

    const showOutput = () => {
        const output = seat.verdict?.output || [];
        show("output", output, () =>
            output.map((one, at) => details(`output ${at}`, false, [`Output of ${one.from}`], element("pre", "", one.text))),
        );
    };

    const showSteps = () => {
        const at = seat.exercises.findIndex((entry) => entry.id === seat.exercise);
        const isSolved = seat.verdict?.mark === "good" && !seat.run && !seat.is_outdated;
        show("steps", [at, seat.exercises.length, isSolved, Boolean(seat.run)], () => [
            element(
                "p",
                "wr-buttons",
                at > 0 ? button("previous", "Previous", (event) => turn("previous", event)) : null,
                button("next", "Next exercise", (event) => turn("next", event), isSolved ? "wr-primary" : ""),
                button("run", "Run again", () => act("run", seat.exercise)),
            ),
        ]);
    };

    const showAll = () => {
        showStatus();
        showNotice();
        if (!seat) {
            return;
        }
        showHere();
        showFindings();
        showTests();
        showHints();
        showSolution();
        showOutput();
        showSteps();
        showProgress();
    };

    // --- Asking ---

    const act = async (action, exercise) => {
        problem = null;
        try {
            const reply = await fetch("/.wr/act", {
                method: "POST",
                headers: { "wr-token": token, "content-type": "application/json" },
                body: JSON.stringify({ action, exercise }),
            });
            if (!reply.ok) {
                problem = `That didn't work: ${await reply.text()}.`;
            }
        } catch {
            problem = "That didn't work: `wr` doesn't answer.";
        }
        showNotice();
    };

    // A double click, or a second tap where the panel has just opened, isn't meant for the exercise after the next.
    let lastTurn = { way: "", at: -Infinity };
    const turn = (way, event) => {
        const now = performance.now();
        const isDouble = way === lastTurn.way && now - lastTurn.at < 500;
        if (isDouble || (event.pointerType === "touch" && now - lastOpened < 500)) {
            return null;
        }
        lastTurn = { way, at: now };
        follows = true;
        // If there's no other exercise to go to, a later change isn't the answer to this button.
        window.setTimeout(() => {
            follows = false;
        }, 5000);
        return act(way, seat.exercise);
    };

    // --- The connection ---

    const bytes = (digits) => Uint8Array.from(digits.match(/../g) || [], (two) => parseInt(two, 16));

    // Whether the server knows the token. After `wr` has ended, any program of any user can listen on its port, so a page asks
    // before it sends the token. Without cryptography, as at a forwarded address, only the server that has just sent this page
    // is believed, once.
    let mayBelieve = true;
    const isKnown = async (signal) => {
        if (!window.crypto?.subtle) {
            const believed = mayBelieve;
            mayBelieve = false;
            return believed;
        }
        const question = [...window.crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        const reply = await fetch(`/.wr/proof?${question}`, { signal });
        const proof = (await reply.text()).trim();
        if (!/^[0-9a-f]{64}$/.test(proof)) {
            return false;
        }
        const key = await window.crypto.subtle.importKey("raw", bytes(token), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
        const message = new TextEncoder().encode(`wr ${window.location.host} ${question}`);
        return window.crypto.subtle.verify("HMAC", key, bytes(proof), message);
    };

    // A browser opens six connections to a server, so the tabs share one stream: the tab that has the lock reads it and passes
    // every line to the others. A tab that is hidden or closed gives the lock to the next.
    const tabs = typeof BroadcastChannel === "function" ? new BroadcastChannel("wr-book") : null;
    const WHO = "who has it?";
    let isReading = false;
    const pass = (said) => tabs?.postMessage({ token, ...said });

    const become = (next) => {
        if (link !== next) {
            link = next;
            showAll();
        }
    };

    const hear = (line) => {
        const said = JSON.parse(line);
        clockOffset = said.now - Date.now();
        lastHeard = Date.now();
        remark = said.remark;
        if (said.seat) {
            const last = seat?.exercise;
            seat = said.seat;
            if (follows && seat.exercise !== last && (last !== undefined || here === OPEN)) {
                follows = false;
                turnTo(seat.exercise);
            }
        }
        link = "live";
        showAll();
    };

    const listen = async (signal) => {
        const reply = await fetch("/.wr/stream", { headers: { "wr-token": token }, signal });
        if (!reply.ok) {
            return "foreign";
        }
        const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
        let rest = "";
        for (;;) {
            const { done, value } = await reader.read();
            if (done) {
                return "lost";
            }
            const lines = (rest + value).split("\n");
            rest = lines.pop();
            for (const line of lines) {
                hear(line);
                pass({ line });
            }
        }
    };

    const wait = (milliseconds) => new Promise((resolve) => window.setTimeout(resolve, milliseconds));

    // Reads the stream until the tab gives it up, and connects again whenever it ends.
    const read = async (mine) => {
        let pause = 200;
        while (current === mine) {
            let end = "lost";
            try {
                if (await isKnown(mine.signal)) {
                    isReading = true;
                    end = await listen(mine.signal);
                } else if (window.crypto?.subtle) {
                    end = "foreign";
                }
            } catch {
                // Nobody answers.
            }
            isReading = false;
            if (current !== mine) {
                return;
            }
            pause = link === "live" ? 200 : Math.min(pause * 1.5, 2000);
            become(end);
            pass({ link: end });
            await wait(pause);
        }
    };

    let current = null;

    const connect = async () => {
        if (current || document.hidden) {
            return;
        }
        tabs?.postMessage(WHO);
        if (!token) {
            return;
        }
        const mine = new AbortController();
        current = mine;
        try {
            // Without locks, as at a forwarded address, every tab has a stream of its own.
            await (navigator.locks ? navigator.locks.request("wr-book", { signal: mine.signal }, () => read(mine)) : read(mine));
        } catch {
            // The tab was hidden before it was its turn.
        }
    };

    const disconnect = () => {
        const last = current;
        current = null;
        isReading = false;
        last?.abort();
    };

    const take = (digits) => {
        if (!/^[0-9a-f]{32}$/.test(digits) || digits === token) {
            return;
        }
        token = digits;
        stored.set("wr-token", digits);
        disconnect();
        become("connecting");
        connect();
    };

    tabs?.addEventListener("message", ({ data }) => {
        if (data === WHO) {
            if (isReading && seat) {
                pass({ line: JSON.stringify({ now: Date.now() + clockOffset, seat, remark }) });
            }
        } else if (!isReading && !document.hidden) {
            take(data.token);
            if (data.line) {
                hear(data.line);
            } else if (data.link) {
                become(data.link);
            }
        }
    });

    // --- Beginning ---

    document.body.append(panel);
    layOut();
    bar.addEventListener("click", () => setOpen(!isOpen()));
    isWide.addEventListener("change", layOut);
    document.addEventListener("keydown", (event) => {
        const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
        if (event.key !== "e" || event.ctrlKey || event.altKey || event.metaKey || isTyping) {
            return;
        }
        setOpen(!isOpen());
        (isOpen() ? body : bar).focus({ preventScroll: true });
    });
    const keys = document.querySelector("#mdbook-help-popup > div");
    keys?.append(element("p", "", "Press ", element("kbd", "", "e"), " to show or hide your exercise"));

    document.addEventListener("visibilitychange", () => {
        if (document.hidden) {
            disconnect();
        } else {
            connect();
        }
    });
    // A page that the browser has kept shows an old state until it has connected again.
    window.addEventListener("pageshow", (event) => {
        if (event.persisted) {
            disconnect();
            connect();
        }
    });
    window.addEventListener("pagehide", disconnect);

    window.setInterval(() => {
        if (link === "live" && lastHeard && Date.now() - lastHeard > SILENCE && !document.hidden) {
            become("lost");
            disconnect();
            connect();
        }
        showTimes();
    }, 1000);
    window.setInterval(() => {
        if (link === "live" && seat?.run && !document.hidden) {
            showTimes();
        }
    }, 100);

    // What the address has after `#`: the token itself, or a ticket that is good for one token.
    const redeem = async (given) => {
        if (given.startsWith("ticket-")) {
            const reply = await fetch("/.wr/token", { method: "POST", headers: { "wr-ticket": given } }).catch(() => null);
            return reply?.ok ? (await reply.text()).trim() : "";
        }
        return given;
    };

    const begin = async () => {
        const given = here === OPEN ? window.location.hash.slice(1) : "";
        if (given) {
            // The address must not stay in the history.
            window.history.replaceState(null, "", OPEN);
            take(await redeem(given));
            pass({});
        }
        take(token || stored.get("wr-token") || "");
        if (!token) {
            connect();
            become("closed");
        }
    };
    showAll();
    begin();
})();
