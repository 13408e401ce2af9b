"""Paths of the files besides the code: migrations, seeds and the built playground."""

from pathlib import Path

# A wheel holds these files within the package, a checkout beside it.
_PACKAGED = Path(__file__).parent / "packaged"
ROOT = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[1]
ALEMBIC_INI = ROOT / "alembic.ini"  # names the migrations beside it
SEEDS = ROOT / "seeds"
PLAYGROUND = ROOT / "playground" / "dist"
