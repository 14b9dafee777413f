"""Whatever is asked, as the API's description allows it or not, is answered as described and never with a fault of the server."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable

from rashomon.errors import UsageError
from rashomon.ledger import open_ledger
from rashomon.reader import Reader
from rashomon.web import create_app

schemathesis = pytest.importorskip("schemathesis")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")
# A description cannot say all that a question must meet (that a day exists, that a south lies south): 422 tells it.
NOT_ASKED = [checks.positive_data_acceptance, checks.negative_data_rejection]
SETTINGS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "phases": [Phase.generate]}


def no_reader() -> Reader:
    """What is sent here is kept from the models: reading is tested elsewhere."""
    raise UsageError("Nothing is read in this test.")


@pytest.fixture(scope="module")
def app(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The API over a copy of the sample ledger, which is written to."""
    path = tmp_path_factory.mktemp("schema") / "sample.db"
    shutil.copy(sample, path)
    with open_ledger(path) as ledger:
        yield create_app(ledger, str(path), reader=no_reader)


class Names:
    """Names that the ledger has: chance alone finds none."""

    def __init__(self, app: FastAPI) -> None:
        client = TestClient(app)
        self.incidents = [each["id"] for each in client.get("/api/incidents").json()["incidents"]]
        told = [client.get(f"/api/incidents/{id}").json() for id in self.incidents[:5]]
        documents = [article["key"] for page in told for article in page["articles"]]
        self.of = {
            "/api/incidents/": ("id", self.incidents), "/api/control/": ("id", self.places(client)),
            "/api/documents/": ("key", documents), "/api/review/sheets/": ("key", documents),
        }
        self.judged = [
            {"document": item["document"], "span": item["span"], "field": "event", "verdict": "accept", "person": "Ann"}
            for item in client.get("/api/review/queue", params={"person": "Ann", "whole": "event"}).json()["waiting"]
        ]

    @staticmethod
    def places(client: TestClient) -> list[str]:
        return [each["id"] for each in client.get("/api/control").json()["places"]]

    def put_into(self, case: Any) -> None:
        """Every other question gets a name that there is, where it has one."""
        chance = crc32(repr((case.query, case.path_parameters, case.body)).encode())
        if chance % 2:
            return
        for start, (name, some) in self.of.items():
            if case.path.startswith(start) and name in (case.path_parameters or {}):
                case.path_parameters[name] = some[chance // 2 % len(some)]
        if case.path == "/api/join" and isinstance(case.body, dict):
            case.body["incidents"] = [self.incidents[chance // 2 % 40], self.incidents[chance // 3 % 40]]
        if case.path == "/api/judgements" and isinstance(case.body, dict):
            case.body = {**self.judged[chance // 2 % len(self.judged)], "note": str(case.body.get("note"))}


def tried(app: FastAPI, most: int) -> Counter[int]:
    """Sends each operation up to so many questions that fit its description, and as many that do not; gives the statuses of the
    answers. Raises where an answer is not as described."""
    schema, names, statuses = schemathesis.openapi.from_asgi("/openapi.json", app), Names(app), Counter[int]()

    def ask(case: Any) -> None:
        names.put_into(case)
        answer = case.call()
        statuses[answer.status_code] += 1
        case.validate_response(answer, excluded_checks=NOT_ASKED)

    for operation in schema.get_all_operations():
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            questions = operation.ok().as_strategy(generation_mode=mode)
            try:
                seed(8)(settings(max_examples=most, **SETTINGS)(given(questions)(ask)))()  # type: ignore[arg-type]
            except Unsatisfiable:
                assert mode is schemathesis.GenerationMode.NEGATIVE, f"{operation.ok().label}: nothing fits its description"
    return statuses


def test_every_question_is_answered_as_described(app: FastAPI) -> None:
    statuses = tried(app, 8)
    assert statuses.total() > 300 and {200, 201, 202, 404, 422} <= set(statuses)


@pytest.mark.long
def test_a_thousand_questions_of_each_kind_are_answered_as_described(app: FastAPI) -> None:
    statuses = tried(app, 1000)
    assert statuses.total() > 20_000, statuses
