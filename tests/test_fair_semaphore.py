"""Turns come in order, to those who still want them, and there are never more than there are."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import DatabaseUnavailable
from api.fair_semaphore import FairSemaphore


async def begin(turns: FairSemaphore, count: int) -> list[asyncio.Task[None]]:
    """Have so many wait for a turn."""
    tasks = [asyncio.create_task(turns.acquire()) for _ in range(count)]
    await asyncio.sleep(0)
    return tasks


async def test_turns_come_in_order() -> None:
    turns = FairSemaphore(1)
    await turns.acquire()
    first, second = await begin(turns, 2)
    assert turns.waiting == 2
    turns.release()
    await first
    assert not second.done()
    turns.release()
    await second
    assert turns.would_block()
    turns.release()
    assert not turns.would_block()


async def test_who_has_waited_too_long_is_told_and_the_next_goes_on_waiting() -> None:
    turns = FairSemaphore(1, patience=0.001)
    await turns.acquire()
    (first,) = await begin(turns, 1)
    turns.patience = 60
    (second,) = await begin(turns, 1)
    with pytest.raises(DatabaseUnavailable) as told:
        await first
    assert told.value.code == "OVERLOADED"
    turns.release()
    await second


async def test_a_turn_that_comes_too_late_is_passed_on() -> None:
    turns = FairSemaphore(1)
    await turns.acquire()
    left, late, next_ = await begin(turns, 3)
    left.cancel()
    await asyncio.sleep(0)
    turns.release()
    late.cancel()  # it has its turn, but has not seen it yet
    await next_
    assert late.cancelled()


async def test_who_is_told_and_leaves_at_once_gives_nothing_back() -> None:
    turns = FairSemaphore(1, patience=0)
    await turns.acquire()
    (told,) = await begin(turns, 1)
    asyncio.get_running_loop().call_later(0, told.cancel)
    await asyncio.wait([told])
    assert (turns.free, turns.waiting) == (0, 0)


@given(st.integers(1, 3), st.lists(st.sampled_from(["take", "cancel", "release"]), max_size=60))
def test_turns_are_neither_lost_nor_made(size: int, steps: list[str]) -> None:
    async def play() -> None:
        turns, waiting, holding = FairSemaphore(size), list[asyncio.Task[None]](), 0
        for step in steps:
            if step == "take":
                waiting += await begin(turns, 1)
            elif step == "cancel" and waiting:
                waiting[len(waiting) // 2].cancel()
            elif step == "release" and holding:
                holding -= 1
                turns.release()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            holding += sum(task.done() and not task.cancelled() for task in waiting)
            waiting = [task for task in waiting if not task.done()]
            assert holding + turns.free == size
            assert not (turns.free and waiting)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(play())
