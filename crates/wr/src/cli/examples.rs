//! The examples at the end of each help text: what to type, and what to do next.

/// For `wr --help`.
pub(super) const WR: &str = "\
Examples:
  wr                      continue the course
  wr watch                verify on every save
  wr book                 read the course in your browser, next to your exercise's state
  wr check                verify the exercise or project you are in
  wr run                  start Python with your extension
  wr open 1/2             go to an exercise, by number or by name
  wr list                 show all exercises and your progress
  wr hint                 show a hint; run it again for the next one
  wr solution             compare your answer with the course's
  wr reset                start an exercise again; your files are backed up
  wr explain WR0101       explain a finding
  wr new fast             start an extension project of your own
  wr inspect numpy        show what's in an extension module, and what's wrong with it
  wr doctor               find out what this machine lacks, and how to fix it

Exit status: 0 solved, 1 not solved, 2 wrong usage or wr itself failed, 130 interrupted.";

pub(super) const CHECK: &str = "\
Examples:
  wr check                the exercise or project you are in
  wr check 1/2 1/3        two exercises, in parallel
  wr check --all          the whole course
  wr check ../fast        the project in that directory
  wr check -- -k parse    in a project: only the tests whose names contain `parse`
  wr check --format junit > report.xml
                          a report for CI

If the verdict names a code such as WR0353, `wr explain WR0353` tells you what it means.";

pub(super) const WATCH: &str = "\
Examples:
  wr watch                the exercise or project you are in
  wr watch 1/2            an exercise, by number or by name
  wr watch -- -k parse    in a project: only the tests whose names contain `parse`
  wr watch -- --ff        in a project: the tests that failed last time come first
  wr watch --plain        lines instead of a screen

Leave it running in one terminal, and edit and save in another.";

pub(super) const BOOK: &str = "\
Examples:
  wr book                 the page of the current exercise
  wr book 1/2             another exercise, which becomes the current one
  wr book --no-browser    only print the address
  wr book --port 8000 --host-name localhost:8080
                          on another machine, behind a port that you forward: ssh -L 8080:127.0.0.1:8000

Leave it running, edit and save in your own editor, and watch the page. Ctrl-C ends it.";

pub(super) const RUN: &str = "\
Examples:
  wr run                  Python's prompt, with the extension importable
  wr run try.py 3 4       a script of yours, with arguments
  wr run -c 'import fast; print(fast.double(2))'
                          a line of code
  wr run -m timeit -s 'import fast' 'fast.double(2)'
                          a module of the standard library, or of an installed package
  wr run --python 3.12 try.py
                          with another Python

After an edit, leave the prompt and run it again: a running Python keeps the library that it has loaded.";

pub(super) const OPEN: &str = "\
Examples:
  wr open 1/2             by number: chapter 1, exercise 2
  wr open 01_setup        by the exercise's name
  wr open --chapter 1 --exercise 2

Next, read the page and edit the files that it shows you, then run `wr` or `wr watch`.";

pub(super) const LIST: &str = "\
Examples:
  wr list                 the exercises of the current chapter, and how far you are in the others
  wr list 4               the exercises of chapter 04
  wr list --all           everything

✓ is solved, • is opened, · is not opened yet. Go to any exercise with `wr open`.";

pub(super) const STEP: &str = "\
Examples:
  wr next                 the exercise after this one
  wr prev                 the exercise before it

`wr open` goes to any exercise, and `wr list` shows where you are.";

pub(super) const SOLUTION: &str = "\
Examples:
  wr solution             the exercise you are in, once it's solved
  wr solution 1/2         another exercise
  wr solution --anyway    before it's solved

Different isn't wrong: if the tests pass, your answer is right.";

pub(super) const RESET: &str = "\
Examples:
  wr reset                the exercise you are in
  wr reset 1/2            another exercise
  wr reset 1 --yes        a whole chapter, without a question
  wr reset --undo         bring your files back
  wr reset --list         the backups, which are in .wr-backups
  wr reset --from v1.2    take the original files from that tag

If you committed your answers and pushed them, name the commit you started from with `--from`.";

pub(super) const HINT: &str = "\
Examples:
  wr hint                 the next hint
  wr hint 1               the first hint once more";

pub(super) const EXPLAIN: &str = "\
Examples:
  wr explain WR0101       what the finding means, an example, and what to do
  wr explain              every code with a one-line summary";

pub(super) const INSPECT: &str = "\
Examples:
  wr inspect numpy        an installed module, without importing it
  wr inspect fast.abi3.so a file; --verbose lists every symbol and section
  wr inspect dist         every wheel in a directory, one line each
  wr inspect .            the project here: do its names and versions agree?
  wr inspect dist --check --ignore WR0607
                          in CI, before wheels are published
  wr inspect --for 3.15t,3.14 fast.abi3.so
                          does it load there, and if not, what stops it?
  wr inspect --environment --for 3.15
                          which installed packages wouldn't load under Python 3.15?
  wr inspect --for 3.15t uv.lock
                          which locked packages have no wheel for it?
  wr inspect --for 3.15t --index 'orjson>=3'
                          does the package index have a wheel for it?
  wr inspect --diff old/fast.abi3.so new/fast.abi3.so
                          what changed, and who is affected; also for wheels and releases
  wr inspect --release dist
                          which Python on which system gets which wheel
  wr inspect --why glibc fast.abi3.so
                          which functions require a recent glibc, and what would help
  wr inspect --why 3.11 fast.whl
                          what keeps it from the stable ABI of Python 3.11";

pub(super) const NEW: &str = "\
Examples:
  wr new fast-sums        the distribution fast-sums, the package fast_sums
  wr new .                in the current directory, if it's empty
  wr new fast --abi3      one wheel for Python 3.11 and everything newer
  wr new fast --layout rust
                          without Python code of its own

Next, `wr check` in the new directory builds it and runs its tests.";

pub(super) const COMPLETIONS: &str = "\
To install them:
  bash        wr completions bash > ~/.local/share/bash-completion/completions/wr
              (create the directory first; it needs the package bash-completion)
  zsh         echo 'source <(wr completions zsh)' >> ~/.zshrc
              (below the line that calls compinit)
  fish        wr completions fish > ~/.config/fish/completions/wr.fish
  powershell  'wr completions powershell | Out-String | Invoke-Expression' >> $PROFILE
  elvish      echo 'eval (wr completions elvish | slurp)' >> ~/.config/elvish/rc.elv

Then start a new shell. The shell has to find `wr` on PATH.";

pub(super) const MAN: &str = "\
Examples:
  wr man                  the manual of wr
  wr man check            of a command
  wr man author new       of a command of `wr author`
  wr man --write share/man/man1
                          all pages as files, for a package";

pub(super) const DOCTOR: &str = "\
Examples:
  wr doctor               check everything
  wr doctor --fix         check, and repair what wr created itself
  wr doctor --python 3.12 check with this Python
  wr doctor --why-rebuild why did cargo compile PyO3 again?";

pub(super) const AUTHOR_NEW: &str = "\
Examples:
  wr author new 2 moving_averages --kind extension
                          append an exercise to chapter 2
  wr author new 04_data parsing --kind rust
                          start a new chapter with it

Next, replace every `TODO(author)`, then run `wr author check`.";

pub(super) const AUTHOR_RENUMBER: &str = "\
Examples:
  wr author renumber 2/5 --to 3
                          move exercise 5 of chapter 2 to number 3
  wr author renumber 2/5 --to 1 --chapter 3
                          move it to the start of chapter 3
  wr author renumber 2 --close
                          close the gaps in chapter 2
  wr author renumber 2/5 --to 3 --dry-run
                          only show what would change

Next, run `wr author check`.";
