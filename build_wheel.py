"""What a wheel holds besides the code: a checkout has these files beside it."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = ("alembic.ini", "migrations", "playground/dist", "seeds")


class Files(BuildHookInterface):
    """Adds the files to wheels; an editable installation finds them in the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files.

        Raises:
            FileNotFoundError: the playground is not built.
        """
        if version == "editable":
            return
        if not Path(self.root, "playground", "dist", "index.html").exists():
            message = "The playground is not built: run `make wheel` instead."
            raise FileNotFoundError(message)
        build_data["force_include"] |= {
            str(Path(self.root, name)): f"api/packaged/{name}" for name in FILES
        }
