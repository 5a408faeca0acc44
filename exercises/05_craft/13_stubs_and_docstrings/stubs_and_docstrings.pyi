"""The types of this module, for type checkers."""

# TODO: declare the exception, the class and both functions of `src/lib.rs`.
