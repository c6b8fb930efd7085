"""Round trips, throughput, start-up, memory and database growth of the running bot.

    python -m tests.bench.machine [--questions N]

Both bots talk to the same double on the same machine. It takes a message in no time, or in the 20 ms that the real
server took on two idle cores (../shared/zulip-api/NOTES.md: 22 ms from POST to event); both are shown. A question is
asked as a user's client would see it: from the message's arrival at the server to the arrival of the answer.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bot.running import REPOSITORY, Process, until
from tests.zulip_double import Double
from tests.zulip_double.realm import BOT, HAMLET

_SEND_SECONDS = 0.02


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.machine")
    parser.add_argument("--questions", type=int, default=100_000, help="for memory and growth")
    options = parser.parse_args()
    for send_seconds in (0.0, _SEND_SECONDS):
        compare(send_seconds)
    endurance(options.questions)


def compare(send_seconds: float) -> None:
    """Both bots, with a server that takes so long for a message."""
    print(f"server takes {send_seconds * 1000:.0f} ms for a message")
    theirs = measure(send_seconds, theirs=True)
    ours = measure(send_seconds, theirs=False)
    for name, unit in (("p50", "ms"), ("p99", "ms"), ("one after another", "/s"), ("16 at once", "/s"), ("start", "s")):
        ratio = ours[name] / theirs[name]
        print(f"  {name:18} {ours[name]:8.1f} {unit:3} do-nothing {theirs[name]:8.1f} {unit:3} ratio {ratio:5.2f}")


def measure(send_seconds: float, theirs: bool) -> dict[str, float]:
    """The figures of one bot. The do-nothing one ends after 20 answers in 5 s: it is asked slowly, or started anew."""
    found: dict[str, float] = {}
    with Double(send_seconds=send_seconds).running() as double, tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        with at_work(double, Path(folder) / "a", theirs):
            double.realm.say(HAMLET, "klar", to=[BOT])
            until(lambda: double.realm.said_by(BOT))
            found["start"] = time.monotonic() - started
            times = sorted(round_trip(double, pause=0.27) for _ in range(60))
            found["p50"], found["p99"] = statistics.median(times) * 1000, times[-1] * 1000
        for name, topics in (("one after another", 1), ("16 at once", 16)):
            with at_work(double, Path(folder) / name, theirs):
                double.realm.say(HAMLET, "klar", to=[BOT])
                before = len(double.realm.said_by(BOT))
                until(lambda before=before: len(double.realm.said_by(BOT)) > before)  # type: ignore[misc]
                time.sleep(6.0)  # so that the do-nothing bot has its 20 answers before it
                found[name] = throughput(double, 18 if theirs else 400, topics)
    return found


def round_trip(double: Double, pause: float) -> float:
    """Seconds from a question to its answer."""
    time.sleep(pause)
    asked = time.perf_counter()
    time.sleep(double.send_seconds)
    with double.realm.changed:
        count = len(double.realm.messages)
        double.realm.say(HAMLET, "@**Håndbog** hej", channel="sekretariat", topic="måling")
        while len(double.realm.messages) < count + 2:
            double.realm.changed.wait(5)
        return time.perf_counter() - asked


def throughput(double: Double, questions: int, topics: int) -> float:
    """Answers a second to questions asked all at once in so many topics."""
    before = len(double.realm.said_by(BOT))
    started = time.perf_counter()
    for number in range(questions):
        double.realm.say(HAMLET, "@**Håndbog** hej", channel="sekretariat", topic=f"måling {number % topics}")
    until(lambda: len(double.realm.said_by(BOT)) >= before + questions, 60)
    return questions / (time.perf_counter() - started)


def endurance(questions: int) -> None:
    """Memory and database after many questions."""
    with Double().running() as double, tempfile.TemporaryDirectory() as folder:
        process = Process(double, Path(folder) / "state", (sys.executable, "-m", "tests.bot.small_bot"), {})
        process.start()
        assert process.process is not None
        pid = process.process.pid
        print(f"memory at start {resident(pid):.0f} MB")
        asked = 0
        for stop in sorted({min(1000, questions), questions // 10, questions}):
            while asked < stop:
                ask(double, min(200, stop - asked), asked)
                asked += min(200, stop - asked)
                double.realm.messages.clear()  # the server's memory is not what is measured
            size = sum(file.stat().st_size for file in (Path(folder) / "state").iterdir()) / 1e6
            print(f"after {asked:6} questions: memory {resident(pid):.0f} MB, database {size:.1f} MB", flush=True)
        process.stop()


def ask(double: Double, count: int, first: int) -> None:
    """Asks so many questions in 20 topics, and waits for the answers."""
    for number in range(first, first + count):
        double.realm.say(HAMLET, f"@**Håndbog** nr. {number}", channel="sekretariat", topic=f"emne {number % 20}")
    until(lambda: len(double.realm.said_by(BOT)) >= count, 60)


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def at_work(double: Double, state: Path, theirs: bool) -> Iterator[None]:
    """One of the two bots at work."""
    if not theirs:
        process = Process(double, state, (sys.executable, "-m", "tests.bot.small_bot"), {})
        process.start()
        yield
        process.stop()
        return
    run_bot = str(Path(sys.executable).parent / "zulip-run-bot")
    script = str(REPOSITORY / "tests" / "bench" / "nothing_bot.py")
    environment = {**os.environ, **double.environment()}
    running = subprocess.Popen([run_bot, script, "--quiet"], env=environment, stdout=subprocess.DEVNULL)
    queues = len(double.realm.queues)
    until(lambda: len(double.realm.queues) > queues)
    yield
    running.terminate()
    running.wait()


if __name__ == "__main__":
    main()
