"""Tasks in lanes: in order, side by side, and nobody starves."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.service.lanes import Lanes
from tests.bot.running import until


def noting(log: list[str], name: str) -> Callable[[], None]:
    return lambda: log.append(name)


def until_open(gate: threading.Event) -> Callable[[], None]:
    def wait() -> None:
        gate.wait(10)

    return wait


def test_a_lane_keeps_its_order() -> None:
    lanes, done = Lanes(8, "test"), list[str]()
    for number in range(500):
        lanes.put("a", 1, noting(done, str(number)))
    until(lambda: len(done) == 500)
    assert done == [str(number) for number in range(500)]


def test_a_slow_lane_holds_up_no_other() -> None:
    lanes, done, gate = Lanes(2, "test"), list[str](), threading.Event()
    lanes.put("slow", 1, until_open(gate))
    lanes.put("quick", 1, noting(done, "quick"))
    until(lambda: done)
    gate.set()


def test_one_persons_many_questions_do_not_hold_up_anothers_one() -> None:
    lanes, done, gate = Lanes(1, "test"), list[str](), threading.Event()
    lanes.put("gate", 0, until_open(gate))
    for number in range(100):
        lanes.put(f"topic {number}", 1, noting(done, "many"))
    lanes.put("other", 2, noting(done, "one"))
    gate.set()
    until(lambda: len(done) == 101)
    assert done.index("one") <= 1


def test_a_task_that_is_to_be_tried_again_keeps_its_place_but_no_thread() -> None:
    lanes, done = Lanes(1, "test"), list[str]()
    waits = iter([0.05, 0.05])

    def again() -> float | None:
        wait = next(waits, None)
        if wait is None:
            done.append("again")
        return wait

    lanes.put("a", 1, again)
    lanes.put("a", 1, noting(done, "after"))
    lanes.put("b", 1, noting(done, "meanwhile"))
    until(lambda: len(done) == 3)
    assert done == ["meanwhile", "again", "after"]


def test_finishing_waits_for_what_can_be_done_but_not_for_what_cannot() -> None:
    lanes, done = Lanes(2, "test"), list[str]()
    lanes.put("never", 1, lambda: 3600.0)
    for number in range(50):
        lanes.put(str(number), 1, noting(done, "x"))
    assert not lanes.finish(5.0)
    assert len(done) == 50


def test_a_task_to_be_done_at_once_is_done_by_whoever_brings_it() -> None:
    lanes, done = Lanes(1, "test"), list[threading.Thread]()
    lanes.do("a", 1, lambda: done.append(threading.current_thread()))
    assert done == [threading.current_thread()]


def test_a_task_to_be_done_at_once_waits_for_those_before_it_in_its_lane() -> None:
    lanes, done, gate = Lanes(1, "test"), list[str](), threading.Event()
    lanes.put("a", 1, until_open(gate))
    lanes.put("a", 1, noting(done, "before"))
    lanes.do("a", 1, noting(done, "at once"))
    assert not done
    gate.set()
    until(lambda: len(done) == 2)
    assert done == ["before", "at once"]


def test_what_comes_meanwhile_or_is_to_be_tried_again_is_left_to_the_lanes() -> None:
    lanes, done = Lanes(1, "test"), list[str]()
    waits = iter([0.05])

    def again() -> float | None:
        lanes.put("a", 1, noting(done, "meanwhile"))
        done.append("tried")
        return next(waits, None)

    lanes.do("a", 1, again)
    until(lambda: len(done) == 4)
    assert done == ["tried", "tried", "meanwhile", "meanwhile"]
