"""What was acknowledged survives a kill -9; `make crash` does the same two hundred times."""

from pathlib import Path

from api.settings import Settings
from tests.ops.crashes import begin


def test_what_was_acknowledged_survives_a_kill(settings: Settings, tmp_path: Path) -> None:
    storm = begin(settings, tmp_path)
    storm.rage(1)
    storm.check()
    storm.check_derived()
    storm.check_history()
    assert storm.ledger.told
