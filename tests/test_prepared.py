"""SQLite prepares each statement once, whatever values it is run with."""

import pytest

from api.answer import Answerer
from api.database.sqlite import SQLite
from api.request import GraphQLRequest

DOCUMENT = """query ($first: Int!, $country: String!) {
  meetings(first: $first, filter: { place: { country: { eq: $country } } }) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { title participants(first: 3) { nodes { role } } }
    groups(by: [YEAR], first: $first) { count }
  }
}"""


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_other_values_do_not_prepare_a_statement_anew(answerer: Answerer) -> None:
    assert isinstance(answerer.database, SQLite)
    prepared = []

    def authorize(*what: object) -> int:
        """Record the tables and columns for which SQLite asks the authorizer."""
        prepared.append(what)
        return 0

    answerer.database.connection.set_authorizer(authorize)
    for first, country in ((1, "TR"), (2, "SY")):
        prepared.clear()
        request = GraphQLRequest(DOCUMENT, None, {"first": first, "country": country})
        assert (await answerer.answer(request)).code is None
        assert bool(prepared) is (first == 1)
    answerer.database.connection.set_authorizer(None)
