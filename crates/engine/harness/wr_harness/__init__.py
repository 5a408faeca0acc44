"""The test harness: a Python process that loads pytest early and runs tests when `wr` asks for them.

It reads one JSON request per line from its standard input and writes one JSON event per line to its standard output.
Where a process can be forked safely, each run is a child with its own address space, so a crash costs one run and not
the harness; elsewhere the harness serves one run and ends. It is single-threaded, and only the child imports the
extension under test.

A child can be forked before there is anything to test: it configures pytest while cargo compiles, then waits.

`main` starts the process, `forking` serves requests, `run` runs pytest once, and `private` holds all private names of
pytest that the package relies on.
"""
