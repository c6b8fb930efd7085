"""What is counted and measured, for Prometheus. Every running bot has its own set."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """The bot's figures; names and meanings as `/metrics` gives them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = Counter("haandbogsbot_questions", "Questions heard", registry=self.registry)
        self.answers = Counter(
            "haandbogsbot_answers", "Answers written", ["intent", "answered"], registry=self.registry
        )
        self.answer_seconds = Histogram("haandbogsbot_answer_seconds", "Time to find an answer", registry=self.registry)
        self.sent = Counter("haandbogsbot_sent", "Entries that left the outbox", ["action"], registry=self.registry)
        self.unsettled = Counter(
            "haandbogsbot_unsettled", "Calls whose outcome had to be looked up", registry=self.registry
        )
        self.limited = Counter(
            "haandbogsbot_rate_limited", "Calls that the server put off (429)", registry=self.registry
        )
        self.failed = Counter("haandbogsbot_failed", "Entries that the server refused for good", registry=self.registry)
        self.announced = Counter("haandbogsbot_announced", "Announcements written", registry=self.registry)
        self.catch_ups = Counter(
            "haandbogsbot_catch_ups", "Times that missed messages were fetched", registry=self.registry
        )
        self.outbox_depth = Gauge("haandbogsbot_outbox_depth", "Entries that wait to be sent", registry=self.registry)
        self.connected = Gauge("haandbogsbot_connected", "1 while the event queue is open", registry=self.registry)
        self.last_event = Gauge(
            "haandbogsbot_last_event_timestamp_seconds",
            "When the server last gave a sign of life",
            registry=self.registry,
        )
