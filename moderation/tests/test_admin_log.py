"""The decision log: narrowed, searched, and taken away as a file."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from common.csv import harmless
from moderation.figures import counted_models
from moderation.models import Decision
from moderation.tests.records import story, write
from tests.factories import ModeratorFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

LIST = "/admin/moderation/decision/"
EXPORT = f"{LIST}export/"
NOON = datetime(2026, 3, 13, 12, tzinfo=UTC)


@pytest.fixture
def model():
    return counted_models()[0]


@pytest.fixture
def administrator_desk(client):
    client.force_login(ModeratorFactory(name="Adam", group="Administrator"))
    return client


def shown(client, query: str) -> set[str]:
    """The moves that the list shows."""
    return {decision.move for decision in client.get(f"{LIST}?{query}").context["cl"].result_list}


def exported(client, query: str = "") -> list[dict[str, str]]:
    response = client.post(f"{EXPORT}?{query}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def four(model):
    """A day, a person, a reason and words for each."""
    amina, boris = ModeratorFactory(name="Amina"), ModeratorFactory(name="Boris")
    robot = UserFactory(name="Importer", is_system=True)
    write(model, 1, "submit", at=NOON.replace(day=10), by=robot, subject_name="Roaming for all")
    write(model, 1, "claim", at=NOON.replace(day=11), by=amina, private_note="ask the ministry")
    write(
        model, 1, "reject", at=NOON.replace(day=12, hour=23), by=boris, reason_code="unclear", public_reason="Say who"
    )
    write(model, 1, "approve", at=NOON.replace(day=13), by=amina)
    return {"amina": amina.pk, "kind": model._meta.label_lower}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"submit", "claim", "reject", "approve"}),
        ("kind={kind}", {"submit", "claim", "reject", "approve"}),
        ("kind=initiatives.initiative", set()),
        ("move=approve", {"approve"}),
        ("machine=yes", {"submit"}),
        ("machine=no", {"claim", "reject", "approve"}),
        ("person={amina}", {"claim", "approve"}),
        ("reason=unclear", {"reject"}),
        ("reason=none", {"submit", "claim", "approve"}),
        ("since=2026-03-12", {"reject", "approve"}),
        ("until=2026-03-12", {"submit", "claim", "reject"}),
        ("since=2026-03-11&until=2026-03-12&person={amina}", {"claim"}),
        ("q=roaming", {"submit"}),
        ("q=boris", {"reject"}),
        ("q=ministry", {"claim"}),
        ("q=say+who", {"reject"}),
    ],
)
def test_log_is_narrowed(desk, four, query, expected):
    assert shown(desk, query.format(**four)) == expected


@pytest.mark.parametrize(
    "query", ["since=nonsense", "person=x&move=nothing", "kind=\x00", "person=99999999999999999999"]
)
def test_what_nobody_knows_is_left_out_and_said(desk, four, query):
    response = desk.get(f"{LIST}?{query}")
    assert response.status_code == 200 and len(response.context["cl"].result_list) == 4
    assert 'class="errorlist"' in response.text


def test_names_lead_to_all_that_a_person_did(desk, four):
    assert f'href="?person={four["amina"]}"' in desk.get(LIST).text


def test_newest_comes_first(desk, four):
    moves = [decision.move for decision in desk.get(LIST).context["cl"].result_list]
    assert moves == ["approve", "reject", "claim", "submit"]


def test_file_has_what_the_list_says(desk, four):
    assert "<strong>3 decisions</strong>" in desk.get(f"{LIST}?machine=no").text
    assert [row["move"] for row in exported(desk, "machine=no")] == ["Approve", "Reject", "Claim"]


def test_file_has_every_page(desk, model):
    story(model, 1, *(("claim", hour) for hour in range(250)))
    assert len(exported(desk)) == 250 == Decision.objects.count()


def test_file_says_the_whole_decision(desk, four):
    row = exported(desk, "move=reject")[0]
    assert (
        row
        | {
            "when": "2026-03-12T23:00:00+00:00",
            "kind": "submission",
            "subject_number": "1",
            "subject": "Thing 1",
            "by": "Boris",
            "by_system_account": "no",
            "reason_code": "unclear",
            "reason": "Say who",
        }
        == row
    )


def test_private_notes_leave_with_administrators_only(desk, four):
    assert "private_note" not in exported(desk)[0]
    assert "The file has no private notes in it." in desk.get(LIST).text


def test_administrators_take_private_notes(administrator_desk, four):
    assert exported(administrator_desk, "move=claim")[0]["private_note"] == "ask the ministry"


def test_formulas_are_defused(desk, model):
    write(model, 1, "reject", at=NOON, by=ModeratorFactory(name="@SUM(1)"), subject_name='=HYPERLINK("x")')
    row = exported(desk)[0]
    assert (row["subject"], row["by"]) == ('\'=HYPERLINK("x")', "'@SUM(1)")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_harmless_defuses(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["a=1", "", -1, 3.5, "٣"])
def test_harmless_keeps_what_is_harmless(value):
    assert harmless(value) == value


def test_file_is_utf8_for_spreadsheets_and_nobody_keeps_it(desk, model):
    write(model, 1, "reject", at=NOON, by=ModeratorFactory(), subject_name="طيف مؤقت")
    response = desk.post(EXPORT)
    assert response.streaming and response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf") and "طيف مؤقت" in content.decode()


def test_every_export_is_written_down(desk, moderator, four):
    exported(desk, "machine=no&q=thing")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr) == (moderator, "Export of 3 decisions")
    assert entry.change_message == "Made by: people; Words: thing"


def test_administrators_see_who_took_files(administrator_desk, four):
    exported(administrator_desk)
    assert "Export of 4 decisions" in administrator_desk.get(LIST).text


def test_moderators_do_not_see_who_took_files(desk, four):
    exported(desk)
    assert "Export of 4 decisions" not in desk.get(LIST).text


def test_looking_exports_nothing(desk, four):
    assert desk.get(EXPORT).status_code == 405
    assert not LogEntry.objects.exists()


def test_export_wants_the_token(moderator, demonstration):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    assert client.post(EXPORT).status_code == 403


@pytest.mark.parametrize("address", [LIST, EXPORT, f"{LIST}statistics/"])
def test_nobody_else_comes_near(client, address):
    """Staff without a role, contributors, visitors."""
    for user, expected in ((UserFactory(is_staff=True), 403), (UserFactory(), 302), (None, 302)):
        client.logout()
        if user:
            client.force_login(user)
        method = client.post if address == EXPORT else client.get
        assert method(address).status_code == expected


@pytest.mark.parametrize("rows", [1, 3])
def test_log_asks_the_same_for_any_number(desk, model, rows, django_assert_num_queries):
    for thing in range(rows):
        story(model, thing, ("claim", 1))
    desk.get(LIST)
    with django_assert_num_queries(9):
        desk.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_export_asks_the_same_for_any_number(desk, model, rows, django_assert_num_queries):
    for thing in range(rows):
        story(model, thing, ("claim", 1))
    exported(desk)
    with django_assert_num_queries(12):
        exported(desk)


@pytest.mark.parametrize("query", ["until=9999-12-31", "since=9999-12-31", "until=0001-01-01", "since=0001-01-01"])
def test_days_of_no_sensible_year_are_refused_and_the_rest_is_kept(desk, four, query):
    response = desk.get(f"{LIST}?{query}&move=claim")
    assert "The year must lie between 1990 and 2100." in response.text
    assert query.partition("=")[2] in response.text
    assert {decision.move for decision in response.context["cl"].result_list} == {"claim"}
    assert len(exported(desk, f"{query}&move=claim")) == 1


def test_log_says_times_names_and_reasons_as_the_rest_does(desk, four):
    page = desk.get(LIST).text
    assert ">12 March 2026, 23:00</time>" in page or ">13 March 2026" in page
    assert "Unclear" in page and ">unclear<" not in page
    assert "<bdi>Roaming for all</bdi>" in page and "<bdi>Amina</bdi>" in page
    assert "Status then" in page and "Status since" not in page


def test_code_that_nobody_knows_stands_for_itself(desk, model):
    write(model, 1, "reject", at=NOON, by=ModeratorFactory(), reason_code="long_gone")
    assert "long_gone" in desk.get(LIST).text
