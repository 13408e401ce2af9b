"""The tables of the database, as `m.Actor` from `from api import model as m`."""

from api.model.access import *  # noqa: F403 — a new table is listed nowhere else
from api.model.actors import *  # noqa: F403
from api.model.articles import *  # noqa: F403
from api.model.columns import METADATA as METADATA
from api.model.events import *  # noqa: F403
from api.model.records import *  # noqa: F403
from api.model.search import *  # noqa: F403
