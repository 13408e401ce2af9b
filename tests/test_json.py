"""Constants of ours in a statement, as SQL has them."""

import pytest
import sqlalchemy as sa

from api.answer import Answerer
from api.database import CompiledQuery
from api.sql.dialects import encoded, text
from api.sql.json import concatenate


@pytest.mark.parametrize("constant", ["", "it's", "''", '"', "%s :name ?", "\\", "ميثاق"])
async def test_a_constant_is_read_as_it_was_written(answerer: Answerer, constant: str) -> None:
    selected = sa.select(encoded(concatenate("<", text(constant), ">", constant)))
    statement = CompiledQuery(selected, answerer.database.dialect)
    answer = await answerer.database.fetch(statement, [])
    assert answer.decode() == f"<{constant}>{constant}"
