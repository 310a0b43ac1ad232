"""What must hold of the airlock at any moment, read from the database alone."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Prefetch

from initiatives import schema
from initiatives.models import Initiative, InitiativeVersion, Submission
from initiatives.notifications import TOLD
from moderation.models import Decision, Moderated
from outbox.models import Letter

# What a version says and a draft does not, and what may change while the text stays.
NOT_OF_THE_TEXT = ("reference", "published_on", "version", "mark", "source_dataset", "source_id")
APPROVED = {"status": "approved", "held_until": None}
FIRST = {Submission: "draft", Initiative: "published"}
TABLES = (
    "moderation_decision",
    *(f"initiatives_submission{part}" for part in ("", "source", "attachment", "revision", "_countries")),
    *(f"initiatives_initiative{part}" for part in ("", "source", "attachment", "version", "_countries")),
    *("taggit_tag", "taggit_taggeditem", "outbox_letter"),
    *("accounts_organisation", "accounts_membership", "accounts_membershipchange"),
)
FINGERPRINT = " UNION ALL ".join(
    f"SELECT '{table}', count(*), md5(string_agg(row::text, '|' ORDER BY id)) FROM {table} row"  # noqa: S608
    for table in TABLES
)


def fingerprint() -> dict[str, tuple]:
    """Return number and digest of the rows of each table."""
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINT)
        return {name: rest for name, *rest in cursor.fetchall()}


def check_everything(took_effect: Iterable[int]) -> None:
    """Raise AssertionError where anything is not as it must be; `took_effect`: keys of decisions that once waited."""
    check_records()
    check_holds(took_effect)
    check_public_texts()
    check_letters(took_effect)


def check_records() -> None:
    """Every change of a status has its one decision: they form a chain from the first status to the present one."""
    for model, first in FIRST.items():
        by_subject = _decisions_of(model)
        for subject in model._base_manager.all():
            status = first
            for decision in by_subject.get(subject.pk, []):
                assert decision.from_status == status, (subject, decision, status)
                status = decision.to_status
            assert subject.status == status, (subject, subject.status, status)


def _decisions_of(model: type[Moderated]) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = {}
    for decision in Decision.objects.filter(content_type=ContentType.objects.get_for_model(model)).order_by("pk"):
        found.setdefault(decision.object_id, []).append(decision)
    return found


def check_holds(took_effect: Iterable[int]) -> None:
    """Held is what the last decision, of a held move, has put off; nothing else."""
    by_subject = _decisions_of(Submission)
    for submission in Submission.objects.all():
        last = by_subject.get(submission.pk, [None])[-1]
        may_wait = last is not None and last.takes_effect_at is not None
        assert submission.is_held == (may_wait and last.pk not in took_effect), (submission, last)
        assert not submission.is_held or submission.workflow.moves[last.move].held, last


def check_public_texts() -> None:
    """A public text is its newest version, and what was approved last; there are as many versions as approvals."""
    approved: dict[int, set[int]] = {}
    for pk, initiative in Submission.objects.filter(**APPROVED).values_list("pk", "initiative"):
        approved.setdefault(initiative, set()).add(pk)
    versions = _versions()
    assert set(versions) == set(approved) == set(Initiative.objects.values_list("pk", flat=True))
    for initiative in _with_rows(Initiative.objects.prefetch_related("tags")):
        of_this = versions[initiative.pk]
        assert [one.number for one in of_this] == list(range(1, initiative.version + 1))
        assert sorted(one.submission_id for one in of_this) == sorted(approved[initiative.pk])
        now, newest = schema.version_content(initiative), of_this[-1]
        assert _without(now, "mark") == _without(newest.content, "mark")
        assert _without(now, *NOT_OF_THE_TEXT) == schema.draft_content(newest.submission)
        assert newest.edited_by_secretariat == newest.submission.edited_by_staff
        assert _files(initiative) == _files(newest.submission)
    assert not Initiative.objects.public().exclude(status="published").exists()


def _versions() -> dict[int, list[InitiativeVersion]]:
    """Return the versions of each initiative, the first one first."""
    found: dict[int, list[InitiativeVersion]] = {}
    submissions = Prefetch("submission", _with_rows(Submission.objects))
    for version in InitiativeVersion.objects.order_by("number").prefetch_related(submissions):
        found.setdefault(version.initiative_id, []).append(version)
    return found


def _with_rows(rows):
    rows = rows.select_related("organisation", "collection", "follows")
    return rows.prefetch_related("countries", "sources", "attachments")


def _without(content: dict, *names: str) -> dict:
    return {name: value for name, value in content.items() if name not in names}


def _files(content) -> list[str]:
    names = [file.file.name for file in content.attachments.all()]
    assert all(file.file.storage.exists(file.file.name) for file in content.attachments.all())
    return names


def check_letters(took_effect: Iterable[int]) -> None:
    """Each letter about a decision: it is there, people hear of such, it took effect; and nobody hears of it twice.

    The other way round, the author hears of every decision that took effect; where a colleague has become the author
    since, somebody heard of it.
    """
    told: dict[int, list[int]] = {}
    for occasion in Letter.objects.filter(occasion__startswith="decision-").values_list("occasion", flat=True):
        _word, decision, person = occasion.split("-")
        told.setdefault(int(decision), []).append(int(person))
    decisions = Decision.objects.filter(move__in=TOLD, content_type=ContentType.objects.get_for_model(Submission))
    effective = {one.pk: one for one in decisions if one.takes_effect_at is None or one.pk in took_effect}
    assert set(told) <= set(effective), (told, effective)
    handed = Letter.objects.filter(occasion__startswith="handed-over-").values_list("occasion", flat=True)
    heirs = {int(occasion.split("-")[3]) for occasion in handed}
    authors = {one.pk: one.author for one in Submission.objects.filter(origin="form").select_related("author")}
    for key, decision in effective.items():
        people = told.get(key, [])
        assert len(people) == len(set(people))
        author = authors.get(decision.object_id)
        if author is None:
            assert not people, (decision, people)
        elif not author.is_system:
            assert author.pk in people or people and author.pk in heirs, (decision, people)
