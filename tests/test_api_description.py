"""The description of the API says what is true: of every column, filter and address, and of every answer."""

import jsonschema
import pytest
import yaml
from django.core.management import call_command
from django.urls import reverse

from common.api.problems import KINDS
from forum.tests.things import post_reply, post_topic
from initiatives.columns import TABLE
from initiatives.filters import InitiativeFilter
from initiatives.tests.choosing import scatter
from moderation.services import transition
from reg4covid.api.document import document
from tests.factories import ModeratorFactory, country, make_initiative

pytestmark = pytest.mark.django_db

SCHEMA = "/api/v1/schema/"


def parameters(path: str) -> dict[str, dict]:
    return {one["name"]: one for one in document()["paths"][path]["get"]["parameters"]}


def test_description_is_valid_and_made_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))
    assert yaml.safe_load((tmp_path / "schema.yaml").read_text("utf-8"))["openapi"] == "3.1.1"


def test_description_comes_as_json_and_yaml(client):
    said = client.get(SCHEMA)
    assert said["Content-Type"] == "application/json" and said.json()["openapi"] == "3.1.1"
    as_yaml = client.get(SCHEMA, headers={"accept": "application/yaml"})
    assert as_yaml["Content-Type"] == "application/yaml"
    assert yaml.safe_load(as_yaml.content) == said.json() and as_yaml["ETag"] != said["ETag"]


def test_every_address_is_described(client):
    from reg4covid.api.urls import urlpatterns

    named = {pattern.name for pattern in urlpatterns} - {"docs", "try", "nothing"}
    assert len(document()["paths"]) == len(named)
    for path, methods in document()["paths"].items():
        said = methods["get"]
        assert path.startswith("/api/v1/") and said["summary"] and said["description"]
        assert {"200", "304", "400", "406", "429", "500", "503"} <= said["responses"].keys()


def test_examples_are_accepted_by_a_portal_that_has_nothing(client):
    """Pages to try the API fill them in. Countries come with the portal."""
    country("KE")
    for path, methods in document()["paths"].items():
        for one in methods["get"].get("parameters", []):
            if one["in"] == "query" and "{" not in path and "example" in one:
                answer = client.get(path, {one["name"]: one["example"]})
                assert answer.status_code == 200, (path, one["name"], answer.content)


def test_every_filter_is_described_with_its_codes():
    said = parameters(reverse("api:initiatives"))
    for name, filter_ in InitiativeFilter.base_filters.items():
        assert str(filter_.label) in said[name]["description"]
        choices = filter_.extra.get("choices")
        if choices is None or name in ("country", "collection"):
            continue
        schema = said[name]["schema"]
        assert (schema.get("items") or schema)["enum"] == [str(code) for code, _label in choices], name
    assert len(said["country"]["schema"]["items"]["enum"]) == 249
    assert said.keys() - InitiativeFilter.base_filters.keys() == {"limit", "after", "before", "facets"}
    assert parameters(reverse("api:statistics")).keys() - said.keys() == {"weeks"}


def test_every_column_is_described_with_its_codes():
    said = document()["components"]["schemas"]["Initiative"]["properties"]
    for column in TABLE:
        if column.name.startswith("source"):
            continue
        assert str(column.meaning) in said[column.name]["description"]
        found = said[column.name].get("items", said[column.name]).get("enum", [])
        assert [code for code in found if code is not None] == [code for code, _label in column.codes], column.name


def test_every_kind_of_problem_is_described():
    said = document()["components"]
    assert said["schemas"]["Problem"]["properties"]["type"]["enum"] == [kind.url for kind in KINDS.values()]
    assert said["responses"].keys() == KINDS.keys()


def as_described(path: str, status: int, response) -> None:
    """Check the answer against the description."""
    answers = document()["paths"][path]["get"]["responses"]
    found = answers[str(status)]
    if "$ref" in found:
        found = document()["components"]["responses"][found["$ref"].rpartition("/")[2]]
    shape = found["content"][response["Content-Type"]]["schema"]
    whole = {**shape, "components": document()["components"]}
    jsonschema.Draft202012Validator(whole).validate(response.json())
    at_times = {"Link", "Last-Modified", "RateLimit"}  # the last where little is left
    assert set(found.get("headers", {})) - at_times <= set(response.headers)


def test_answers_are_as_described(client):
    scatter(30)
    initiative = make_initiative(tag_names=["spectrum"], partners=["Somebody"])
    removed = make_initiative()
    transition(removed, "remove", by=ModeratorFactory(), public_reason="A mistake.")
    topic = post_reply(post_reply(post_topic().topic).topic).topic
    post_topic()
    asked = {
        "/api/v1/": [("", 200), ("?x=1", 400)],
        "/api/v1/initiatives/": [("?limit=100&archived=1&facets=theme&facets=country", 200), ("?x=1", 400)],
        "/api/v1/initiatives/{reference}/": [
            (f"{initiative.reference}/", 200),
            (f"{initiative.reference}/?version=1", 200),
            ("INI-2026-999998/", 404),
            (f"{removed.reference}/", 410),
        ],
        "/api/v1/organisations/": [("", 200), ("?type=nobody", 400)],
        "/api/v1/organisations/{id}/": [(f"{initiative.organisation_id}/", 200), ("99999/", 404)],
        "/api/v1/themes/": [("", 200)],
        "/api/v1/pillars/": [("", 200)],
        "/api/v1/collections/": [("", 200)],
        "/api/v1/countries/": [("", 200)],
        "/api/v1/countries/{iso2}/": [("KE/", 200), ("ZZ/", 404)],
        "/api/v1/regions/": [("", 200)],
        "/api/v1/statistics/": [("", 200), ("?weeks=2020&region=AFR", 200)],
        "/api/v1/boards/": [("", 200)],
        "/api/v1/topics/": [("", 200), ("?limit=1", 200), ("?board=nowhere", 400)],
        "/api/v1/topics/{id}/": [(f"{topic.pk}/", 200), (f"{topic.pk}/?limit=1", 200), ("99999/", 404)],
        "/api/v1/schema/": [("", 200)],
    }
    assert asked.keys() == document()["paths"].keys()
    for path, tries in asked.items():
        for rest, status in tries:
            response = client.get(path.partition("{")[0] + rest)
            assert response.status_code == status, (path, rest)
            as_described(path, status, response)
