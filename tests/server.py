"""The real command, serving on a port of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from api.settings import Settings
from tests.conftest import ROOT

COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]


@contextmanager
def serving(settings: Settings, *options: str, **environment: str) -> Iterator[str]:
    """Run `mithaq serve` on a database for as long as the context lasts, and give its address."""
    known = os.environ | {"MITHAQ_DATABASE_URL": settings.database_url} | environment
    command = [*COMMAND, "serve", "--port", "0", *options]
    with subprocess.Popen(
        command, env=known, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        try:
            yield found[0]
        finally:
            process.terminate()
