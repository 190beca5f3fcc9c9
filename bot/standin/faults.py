"""Faults on demand: what a test wants to go wrong, and when."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from bot.standin.errors import WrongUse

FaultKind = Literal["status", "retry_after", "hang", "lost_answer", "garbage", "cut"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What was asked for.

    `status`: an HTML page with `code`. `retry_after`: 429 until `seconds` have passed. `hang`:
    nothing is done, no answer. `lost_answer`: done, no answer. `garbage`: 200, but no JSON.
    `cut`: done, half an answer. `times` None means for ever; `after` calls pass unharmed first.
    """

    method: str
    kind: FaultKind
    times: int | None = 1
    code: int = 502
    seconds: float | None = None
    chat_id: int | None = None
    after: int = 0


@dataclass(frozen=True, slots=True)
class Blow:
    """A fault that struck a call; `wait` is the rest of a flood wait."""

    fault: Fault
    wait: int = 0


@dataclass(slots=True)
class _Running:
    fault: Fault
    passing: int
    left: float
    until: float = -math.inf


class Faults:
    """The faults in force, the oldest first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._running: list[_Running] = []

    def add(
        self,
        method: str,
        kind: FaultKind,
        times: int | None = 1,
        code: int = 502,
        seconds: float | None = None,
        chat_id: int | None = None,
        after: int = 0,
    ) -> Fault:
        """Let the calls of a method (`*`: of every one) go wrong in a way, `times` times."""
        if kind not in get_args(FaultKind):
            raise WrongUse(f"'{kind}' is no fault; there are {', '.join(get_args(FaultKind))}")
        if kind == "retry_after" and seconds is None:
            seconds = 1
        fault = Fault(method, kind, times, code, seconds, chat_id, after)
        self._running.append(_Running(fault, after, math.inf if times is None else times))
        return fault

    def clear(self) -> None:
        """No faults any more."""
        self._running.clear()

    def __iter__(self) -> Iterator[Fault]:
        return (running.fault for running in self._running)

    def strike(self, method: str, chat_id: int | None) -> Blow | None:
        """The fault that hits this call, if one does; it is used up by that."""
        now = self._clock()
        for running in list(self._running):
            if not _fits(running.fault, method, chat_id):
                continue
            if now < running.until:
                return Blow(running.fault, math.ceil(running.until - now))
            if running.left <= 0:
                self._running.remove(running)
                continue
            if running.passing:
                running.passing -= 1
                continue
            running.left -= 1
            return self._hit(running, now)
        return None

    def _hit(self, running: _Running, now: float) -> Blow:
        fault = running.fault
        if fault.kind == "retry_after":
            running.until = now + (fault.seconds or 1)
            return Blow(fault, math.ceil(fault.seconds or 1))
        if running.left <= 0:
            self._running.remove(running)
        return Blow(fault)


def _fits(fault: Fault, method: str, chat_id: int | None) -> bool:
    if fault.method not in ("*", method) and fault.method.lower() != method.lower():
        return False
    return fault.chat_id is None or fault.chat_id == chat_id
