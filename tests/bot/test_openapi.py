"""The double's answers and the bot's calls, held against the server's own OpenAPI description where it is present."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
import yaml

from tests.bot.running import REPOSITORY, answers, bot, until
from tests.zulip_double import Double
from tests.zulip_double.realm import BOT, HAMLET

FILE = REPOSITORY.parent / "shared" / "zulip-api" / "zulip-openapi.yaml"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the OpenAPI description is not here")

UNDOCUMENTED = {("POST", "messages", "widget_content")}
"""Parameters that the server takes (06-widget-zform.json), but does not describe."""


@cache
def description() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=loader)  # the safe loader, if in C
    return found


def operation(method: str, path: str) -> dict[str, Any] | None:
    """What is described for a call; None for paths that are not (server_settings has its own)."""
    for template, operations in description()["paths"].items():
        pattern = re.sub(r"\{[^}]+\}", r"[^/]+", template.lstrip("/"))
        if re.fullmatch(pattern, path) and method.lower() in operations:
            found: dict[str, Any] = operations[method.lower()]
            return found
    return None


def resolve(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        found: Any = description()
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def parameters(found: Mapping[str, Any]) -> dict[str, tuple[Mapping[str, Any], bool]]:
    """Each parameter's schema, and whether it travels as JSON."""
    known: dict[str, tuple[Mapping[str, Any], bool]] = {}
    for parameter in map(resolve, found.get("parameters", ())):
        content = parameter.get("content", {}).get("application/json")
        known[parameter["name"]] = (content["schema"], True) if content else (parameter["schema"], False)
    form = found.get("requestBody", {}).get("content", {}).get("application/x-www-form-urlencoded", {})
    encoding = form.get("encoding", {})
    for name, schema in resolve(form.get("schema", {})).get("properties", {}).items():
        known[name] = (schema, encoding.get(name, {}).get("contentType") == "application/json")
    return known


def required(found: Mapping[str, Any]) -> set[str]:
    names = {one["name"] for one in map(resolve, found.get("parameters", ())) if one.get("required")}
    form = found.get("requestBody", {}).get("content", {}).get("application/x-www-form-urlencoded", {})
    return names | set(resolve(form.get("schema", {})).get("required", ()))


def problems(value: object, schema: Mapping[str, Any]) -> list[str]:
    from openapi_schema_validator import OAS30Validator

    whole = {**schema, "components": description()["components"]}
    return [
        f"{'/'.join(map(str, error.path))}: {error.message[:200]}" for error in OAS30Validator(whole).iter_errors(value)
    ]


def decoded(text: str, as_json: bool, schema: Mapping[str, Any]) -> object:
    kind = resolve(schema).get("type")
    return json.loads(text) if as_json or kind in ("integer", "boolean", "array", "object") else text


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    """All calls of a bot that has been through most of what may happen."""
    with Double().running() as double:
        double.recording = True
        with bot(double, tmp_path_factory.mktemp("state")):
            asked = double.realm.say(HAMLET, "@**Håndbog** valg", channel="sekretariat", topic="ferie")
            double.realm.say(HAMLET, "fil", to=[BOT])
            double.realm.say(HAMLET, "@**Håndbog** hej", channel="hemmelig", topic="ferie")
            double.realm.say(HAMLET, "langsom 1.6", to=[BOT])
            answers(double, 4)
            double.realm.edit(HAMLET, asked, "@**Håndbog** noget andet")
            until(lambda: double.realm.deleted)
            plain = double.realm.say(HAMLET, "rettes", to=[BOT])
            answers(double, 5)
            double.realm.edit(HAMLET, plain, "rettet")
            until(lambda: any(message.content == "svar på: rettet" for message in double.realm.said_by(BOT)))
            double.faults.failed_after = 1.0
            double.realm.say(HAMLET, "@**Håndbog** usikker", channel="sekretariat", topic="ferie")
            answers(double, 6)
            double.faults.stop()
            double.expire_queues()
            double.realm.move(HAMLET, asked, topic="ny", channel="okonomi")
            double.realm.say(HAMLET, "slut", to=[BOT])
            answers(double, 7)
        yield double.calls


def test_many_kinds_of_calls_were_made(calls: list[dict[str, Any]]) -> None:
    kinds = {(call["method"], re.sub(r"\d+", "N", call["path"])) for call in calls}
    assert {
        ("POST", "register"),
        ("GET", "events"),
        ("DELETE", "events"),
        ("GET", "messages"),
        ("POST", "messages"),
        ("PATCH", "messages/N"),
        ("DELETE", "messages/N"),
        ("POST", "typing"),
        ("POST", "user_uploads"),
    } <= kinds


def test_the_bots_calls_are_as_described(calls: list[dict[str, Any]]) -> None:
    wrong = []
    for call in calls:
        found = operation(call["method"], call["path"])
        if found is None:
            continue
        known = parameters(found)
        for name, text in call["parameters"].items():
            if (call["method"], call["path"], name) in UNDOCUMENTED:
                continue
            if name not in known:
                wrong.append(f"{call['method']} {call['path']}: unknown {name}")
            else:
                schema, as_json = known[name]
                wrong += [f"{call['path']} {name}: {one}" for one in problems(decoded(text, as_json, schema), schema)]
        missing = required(found) - set(call["parameters"]) - {"message_id", "stream_id"}
        wrong += [f"{call['method']} {call['path']}: {name} is missing" for name in missing]
    assert not wrong


def test_the_doubles_answers_are_as_described(calls: list[dict[str, Any]]) -> None:
    wrong = []
    for call in calls:
        found = operation(call["method"], call["path"])
        response = (found or {}).get("responses", {}).get(str(call["status"]))
        if response is None or (call["path"].startswith("events") and call["status"] == 200):
            continue  # events: the description allows every event of every feature level at once
        schema = dict(resolve(response)["content"]["application/json"]["schema"])
        if "oneOf" in schema:
            schema["anyOf"] = schema.pop("oneOf")  # the refusals that it tells apart are all alike
        wrong += [
            f"{call['method']} {call['path']} {call['status']}: {one}" for one in problems(call["answer"], schema)
        ]
    assert not wrong


def test_the_doubles_messages_and_events_are_as_described(calls: list[dict[str, Any]]) -> None:
    allowed = resolve(operation("GET", "events")["responses"]["200"])["content"]["application/json"]["schema"]  # type: ignore[index]
    events = [event for call in calls if call["path"] == "events" for event in call["answer"].get("events", ())]
    assert {"message", "update_message", "delete_message"} <= {event["type"] for event in events}
    wrong = [one for event in events for one in problems({"result": "success", "msg": "", "events": [event]}, allowed)]
    assert not wrong
