"""What is remembered: so many values, of so much weight, and the one longest unused goes first."""

from api.single_flight import Cache


def fill(cache: Cache[str], *keys: str, weight: int = 0) -> None:
    for key in keys:
        cache.keep(key, key, weight)


def known(cache: Cache[str]) -> str:
    return "".join(cache.values)


def test_the_value_longest_unused_is_forgotten() -> None:
    cache: Cache[str] = Cache(3)
    fill(cache, "a", "b", "c")
    assert cache.find("a") == "a"
    fill(cache, "d")
    assert known(cache) == "cad"
    assert cache.find("b") is None
    assert (cache.hits, cache.misses) == (1, 4)


def test_no_more_than_a_weight_is_remembered() -> None:
    cache: Cache[str] = Cache(9, 10)
    fill(cache, "a", "b", "c", weight=4)
    assert (known(cache), cache.weight) == ("bc", 8)
    fill(cache, "b", weight=1)
    fill(cache, "d", weight=5)
    assert (known(cache), cache.weight) == ("cbd", 10)
    fill(cache, "e", weight=11)
    assert (known(cache), cache.weight) == ("", 0)
