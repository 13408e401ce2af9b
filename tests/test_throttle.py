"""Buckets: what they let through in any time, what they promise, and whose they are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.access.bucket import NANO, Buckets, Budget
from api.access.keyring import Keyring
from api.access.last_used import LastUsed
from api.answer import Answerer
from api.errors import DatabaseUnavailable, OperationError
from api.http.access import Access, find_budget, name_network, open_buckets
from api.settings import Settings


class Clock:
    """A clock of nanoseconds that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 10**15

    def __call__(self) -> int:
        return self.now


SIZES = st.integers(1, 2_000_000)
RATES = st.integers(1, 100_000)
# What a client costs, and how long it waits before it asks.
ASKED = st.lists(st.tuples(st.integers(0, 3_000_000), st.integers(0, 100 * NANO)), max_size=50)


def take(buckets: Buckets, cost: int) -> bool:
    try:
        buckets.take("client", cost)
    except (OperationError, DatabaseUnavailable):
        return False
    return True


def told_to_wait(buckets: Buckets, cost: int) -> int | None:
    try:
        buckets.take("client", cost)
    except DatabaseUnavailable as refused:
        return refused.retry_after
    return None


@given(SIZES, RATES, ASKED)
def test_no_time_lets_more_through_than_a_bucket_and_what_came_back(
    size: int, rate: int, asked: list[tuple[int, int]]
) -> None:
    buckets = Buckets(size, rate, clock := Clock())
    let_through: list[tuple[int, int]] = []
    for cost, wait in asked:
        clock.now += wait
        if take(buckets, cost):
            let_through.append((clock.now, cost))
    for first in range(len(let_through)):
        since, total = let_through[first][0], 0
        for at, cost in let_through[first:]:
            total += cost
            assert total * NANO <= size * NANO + rate * (at - since)


@given(SIZES, RATES, ASKED)
def test_who_waits_as_long_as_told_is_let_through_and_no_second_sooner(
    size: int, rate: int, asked: list[tuple[int, int]]
) -> None:
    buckets = Buckets(size, rate, clock := Clock())
    for cost, wait in asked:
        clock.now += wait
        if seconds := told_to_wait(buckets, min(cost, size)):
            clock.now += (seconds - 1) * NANO
            assert told_to_wait(buckets, min(cost, size)) == 1
            clock.now += NANO
            buckets.take("client", min(cost, size))


@given(SIZES, RATES, ASKED)
def test_what_is_available_can_be_taken_and_what_is_refused_is_not_charged(
    size: int, rate: int, asked: list[tuple[int, int]]
) -> None:
    buckets = Buckets(size, rate, clock := Clock())
    for cost, wait in asked:
        clock.now += wait
        before = buckets.available("client")
        assert 0 <= before <= size
        taken = take(buckets, cost)
        assert taken == (cost <= before)
        assert buckets.available("client") == before - cost * taken


def test_a_full_bucket_holds_its_size_and_one_that_rests_is_full_again() -> None:
    buckets = Buckets(1_000, 100, clock := Clock())
    budget = Budget(buckets, "ann")
    assert budget.status() == {
        "maximumAvailable": 1_000,
        "currentlyAvailable": 1_000,
        "restoreRate": 100,
    }
    budget.charge(1_000)
    assert budget.status()["currentlyAvailable"] == 0
    clock.now += 4 * NANO
    assert budget.status()["currentlyAvailable"] == 400
    clock.now += 100 * NANO
    assert budget.status()["currentlyAvailable"] == 1_000


def test_a_refusal_names_the_seconds_to_wait() -> None:
    budget = Budget(Buckets(1_000, 100, Clock()), "ann")
    budget.charge(900)
    with pytest.raises(
        DatabaseUnavailable, match=r"costs 250 points.* retry in 2 seconds"
    ) as refused:
        Budget(budget.buckets, "ann").charge(250)
    assert (refused.value.code, refused.value.retry_after) == ("THROTTLED", 2)


def test_what_no_bucket_holds_is_refused_for_good() -> None:
    with pytest.raises(
        OperationError, match="allows 1,000 points at once: ask for fewer"
    ) as refused:
        Budget(Buckets(1_000, 100, Clock()), "ann").charge(1_001)
    assert refused.value.code == "COST_TOO_HIGH"


def test_each_client_has_a_bucket() -> None:
    buckets = Buckets(10, 1, Clock())
    buckets.take("ann", 10)
    buckets.take("bob", 10)


def test_there_are_only_so_many_buckets_and_full_ones_are_forgotten_first() -> None:
    buckets = Buckets(10, 1, Clock(), most=3)
    for client, cost in (("ann", 10), ("bob", 0), ("eve", 5), ("dan", 1)):
        buckets.take(client, cost)
    assert list(buckets.full_at) == ["ann", "eve", "dan"]
    for number in range(100):
        buckets.take(str(number), 10)
    assert len(buckets.full_at) == 3


# Whose they are.


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2::1", "20010db800010002::/64"),
        ("2001:db8:1:2:ffff::", "20010db800010002::/64"),
        ("2001:db8:1:3::1", "20010db800010003::/64"),
        ("unknown" * 20, ("unknown" * 20)[:64]),
    ],
)
def test_an_address_s_network(host: str, network: str) -> None:
    assert name_network(host) == network


@pytest.mark.parametrize(
    ("scope", "key", "client"),
    [
        ({"client": ("192.0.2.1", 1)}, None, "192.0.2.1"),
        ({"client": ("192.0.2.1", 1)}, "a1", "key a1"),
        ({"client": None}, None, ""),
        ({}, None, ""),
        # Who asks through a proxy is for the server to find out, which knows whom to believe.
        (
            {"client": ("192.0.2.1", 1), "headers": [(b"x-forwarded-for", b"192.0.2.9")]},
            None,
            "192.0.2.1",
        ),
    ],
)
def test_who_pays(scope: dict[str, Any], key: str | None, client: str) -> None:
    assert find_budget(Buckets(1, 1), scope, key).client == client


def test_there_are_no_buckets_but_by_setting() -> None:
    assert open_buckets(Settings()) is None
    buckets = open_buckets(Settings(bucket_size=5, bucket_rate=2))
    assert buckets is not None
    assert (buckets.size, buckets.rate) == (5, 2)


async def test_who_is_let_in_gets_a_budget(answerer: Answerer) -> None:
    settings = Settings(bucket_size=5)
    access = Access(Keyring(answerer.database), LastUsed(lambda _: None), settings)
    assert access.checks_all
    budget, client = await access.admit({"client": ("192.0.2.1", 1)}, {})
    assert budget is not None
    assert client is None
    assert budget.client == "192.0.2.1"
