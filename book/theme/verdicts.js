// Colours what the pages quote: verdicts of `wr`, errors of rustc, and the last line of a traceback. Also moves code from the
// inside of a module to the left. Without this script the same text is shown in one colour, and where it was.
(() => {
    "use strict";

    // The first pattern that fits a line names its class.
    const PATTERNS = {
        wr: [
            [/^✗ /, "wr-line-bad"],
            [/^• /, "wr-line-open"],
            [/^✓ /, "wr-line-good"],
            [/^\s*WR\d{4} /, "wr-line-bad"],
            [/^\s*-->/, "wr-line-place"],
            [/^\s*\| {3}\+/, "wr-line-bad"],
            [/^\s*\| {3}-/, "wr-line-good"],
            [/^\s*(…$|`-v` shows)/, "wr-line-quiet"],
        ],
        text: [
            [/^error(\[E\d{4}\])?:/, "wr-line-bad"],
            [/^[A-Z]\w*Error: /, "wr-line-bad"],
            [/^\s*-->/, "wr-line-place"],
        ],
        "python-repl": [[/^([\w.]*(Error|Exception)(:.*)?|StopIteration)$/, "wr-line-bad"]],
    };

    const LABEL = /^(\s*)(help:|test:|init function:)(.*)$/s;
    const CODE = /^(\s*)(WR\d{4})(.*)$/s;

    const element = (name, className, text) => {
        const made = document.createElement(name);
        made.className = className;
        made.textContent = text;
        return made;
    };

    const line = (text, patterns) => {
        const found = patterns.find(([pattern]) => pattern.test(text));
        const shown = element("span", found ? found[1] : "", "");
        const code = CODE.exec(text);
        const label = LABEL.exec(text);
        if (code) {
            const link = element("a", "wr-code", code[2]);
            const root = typeof path_to_root === "string" ? path_to_root : "";
            link.href = `${root}diagnosis/${code[2]}.html`;
            shown.append(code[1], link, code[3]);
        } else if (label) {
            shown.append(label[1], element("span", label[2] === "help:" ? "wr-label" : "wr-line-quiet", label[2]), label[3]);
        } else {
            shown.textContent = text;
        }
        return shown;
    };

    const colour = (block, language) => {
        const lines = block.textContent.replace(/\n$/, "").split("\n");
        const shown = lines.flatMap((text) => [line(text, PATTERNS[language]), "\n"]);
        block.replaceChildren(...shown);
        const mark = { "✗": "wr-bad", "•": "wr-open", "✓": "wr-good" }[lines[0][0]];
        if (language === "wr") {
            block.classList.add(mark || "wr-bad");
        }
    };

    // In a session the rest is coloured by mdBook, so only whole lines that end a traceback are touched.
    const colourSession = (block) => {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) {
            texts.push(walker.currentNode);
        }
        for (const node of texts) {
            const parts = node.textContent.split("\n").map((text) => line(text, PATTERNS["python-repl"]));
            if (parts.some((part) => part.className)) {
                node.replaceWith(...parts.flatMap((part, at) => (at ? ["\n", part] : [part])));
            }
        }
    };

    // The text of all lines stays in its nodes, which carry mdBook's colours.
    const moveLeft = (block) => {
        const indents = block.textContent.split("\n").filter((text) => text.trim()).map((text) => text.search(/\S/));
        const indent = Math.min(...indents);
        if (!Number.isFinite(indent) || indent === 0) {
            return;
        }
        const margin = new RegExp(`(^|\\n) {${indent}}`, "g");
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        let isFirst = true;
        while (walker.nextNode()) {
            const node = walker.currentNode;
            node.textContent = node.textContent.replace(margin, (found, start) =>
                start === "" && !isFirst ? found : start,
            );
            isFirst = false;
        }
    };

    for (const language of ["wr", "text"]) {
        document.querySelectorAll(`pre > code.language-${language}`).forEach((block) => {
            // Folders are drawn as text, too; they have nothing to colour.
            if (language === "wr" || /^(error|\w+Error: )/.test(block.textContent)) {
                colour(block, language);
            }
        });
    }
    document.querySelectorAll("pre > code.language-python-repl").forEach(colourSession);
    document.querySelectorAll("pre code.language-rust").forEach(moveLeft);
})();
