"""Which files belong to the project under test, and which were put where they are by an installer."""

import os

# Python's own modules, and the directories into which installers put packages.
LIBRARY = os.path.dirname(os.__file__) + os.sep
INSTALLED = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")

# Parts of paths below a project that aren't the project's own code.
NOT_OWN = ("/site-packages/", "\\site-packages\\", "/.wr/", "/.venv/")


def is_installed(file: str) -> bool:
    """Whether a file belongs to Python or an installed package, so nobody edits it to see what happens."""
    return file.startswith(LIBRARY) or any(part in file for part in INSTALLED)


class Project:
    """The project under test, by the directory in which pytest starts."""

    def __init__(self, root: str) -> None:
        self.root = root

    def shown(self, file: str) -> str:
        """A file relative to the root, which also makes a path that isn't Unicode presentable."""
        inside = file.startswith(self.root + os.sep)
        return file[len(self.root) + 1 :] if inside else file

    def owns(self, file: str) -> bool:
        """Whether a file is the project's own code."""
        inside = file.startswith(self.root + os.sep)
        return inside and not any(part in file for part in NOT_OWN)
