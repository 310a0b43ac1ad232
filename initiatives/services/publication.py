"""The way out of the airlock: content of an approved submission becomes, or changes, a public initiative."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q
from taggit.models import Tag, TaggedItem

from accounts import services as accounts
from accounts.rules import is_confirmed_member
from common.text import slug_of
from initiatives import review_dates, schema, status
from initiatives.models import (
    CONTENT_FIELDS,
    Initiative,
    InitiativeAttachment,
    InitiativeSource,
    InitiativeVersion,
    Submission,
)
from initiatives.search import writing
from initiatives.services import marks
from initiatives.services.drafts import rows_of
from initiatives.services.editions import check_edition
from initiatives.vocabulary import Mark, Origin, Relation
from moderation.models import Decision

# Last parts of addresses below an initiative's reference, where its slug stands too.
PAGES_BESIDE = frozenset({"correct", "ending", "history", "confirm"})


def publish(submission: Submission, decision: Decision) -> None:
    """Copy the content into the initiative (a new one, or the one that is corrected) and write its next version.

    Called by the move "approve", in its transaction.
    """
    initiative = _initiative_of(submission, decision)
    is_new = initiative._state.adding
    for name in CONTENT_FIELDS:
        setattr(initiative, name, getattr(submission, name))
    initiative.organisation = submission.organisation  # the object too: it is here already
    initiative.slug = _slug_of(submission.title)
    initiative.author_is_confirmed = is_confirmed_member(submission.author, submission.organisation)
    initiative.checked = Mark.NOT_CHECKED if decision.by_machine else marks.checked_by_people(initiative)
    initiative.overdue_since = initiative.source_failing_since = None  # looked at anew
    initiative.review_asked_at = initiative.review_reminded_at = None
    initiative.review_on = review_dates.next_date(initiative)
    initiative.mark = marks.of(initiative)
    if initiative.checked == Mark.CONFIRMED:  # only who issued a measure knows that it still holds
        initiative.confirmed_on = status.today()
    initiative.save(force_insert=is_new)  # it bears a number, so Django would try an update first
    if is_new:
        initiative.countries.add(*submission.countries.all())
        _tag(initiative, submission.tag_names)
    else:
        initiative.countries.set(submission.countries.all())
        initiative.tags.set(submission.tag_names)
        initiative.sources.all().delete()
    _copy_sources(submission, initiative)
    _copy_files(submission, initiative, is_new=is_new)
    accounts.accept_organisation(submission.organisation, by=decision.decided_by)
    if submission.initiative_id is None:
        submission.initiative = initiative
        submission.save(update_fields=["initiative"])
    writing.write([initiative.pk])
    _write_version(initiative, submission)


def _slug_of(title: str) -> str:
    slug = slug_of(title) or "initiative"
    return f"initiative-{slug}" if slug in PAGES_BESIDE else slug


def _initiative_of(submission: Submission, decision: Decision) -> Initiative:
    if submission.initiative_id:
        initiative = Initiative.objects.select_for_update().get(pk=submission.initiative_id)
        check_edition(submission, decision, initiative.version)
        initiative.version += 1
        return initiative
    # The reference carries the row's own number, so the number is drawn before the row is written.
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Initiative._meta.db_table])
        number = cursor.fetchone()[0]
    reference = f"INI-{status.today().year}-{number:06}"
    return Initiative(id=number, reference=reference, origin=submission.origin)


def _tag(initiative: Initiative, names: Sequence[str]) -> None:
    """Give a new initiative its tags: the known ones in any case, new rows for the others. taggit asks for each tag."""
    wanted = Q(pk__in=[])
    for name in names:
        wanted |= Q(name__iexact=name)
    known = {tag.name.casefold(): tag for tag in Tag.objects.filter(wanted)} if names else {}
    tags = {known.get(name.casefold()) or Tag.objects.get_or_create(name=name)[0] for name in names}
    TaggedItem.objects.bulk_create(TaggedItem(tag=tag, content_object=initiative) for tag in tags)


def _copy_sources(submission: Submission, initiative: Initiative) -> None:
    sources = rows_of(submission.sources, ("position", "url", "url_key", "link", "title", "issuing_body", "kind"))
    InitiativeSource.objects.bulk_create(InitiativeSource(initiative=initiative, **row) for row in sources)


def _copy_files(submission: Submission, initiative: Initiative, *, is_new: bool) -> None:
    """Copy the files. One that stays keeps its number, which is in its public address."""
    before = {} if is_new else {(file.sha256, file.name): file.pk for file in initiative.attachments.all()}
    new = []
    for row in rows_of(submission.attachments, ("position", "file", "name", "title", "kind", "size", "sha256")):
        pk = before.pop((row["sha256"], row["name"]), None)
        if pk:
            InitiativeAttachment.objects.filter(pk=pk).update(**row)
        else:
            new.append(InitiativeAttachment(initiative=initiative, **row))
    if before:
        initiative.attachments.filter(pk__in=before.values()).delete()
    InitiativeAttachment.objects.bulk_create(new)


def _write_version(initiative: Initiative, submission: Submission) -> None:
    InitiativeVersion.objects.create(
        initiative=initiative,
        number=initiative.version,
        content=schema.version_content(initiative),
        submission=submission,
        edited_by_secretariat=submission.edited_by_staff,
    )


def refresh_marks(user, organisation) -> int:
    """After a membership is confirmed: mark what this person sent for the organisation. Return how many changed."""
    sent = Submission.objects.filter(author=user, organisation=organisation, status="approved", origin=Origin.FORM)
    mine = Initiative.objects.filter(pk__in=sent.values("initiative"), author_is_confirmed=False)
    rows = list(mine.select_for_update())
    for initiative in rows:
        initiative.author_is_confirmed = True
        facts = {"author_is_confirmed": True}
        if initiative.checked == Mark.SOURCE_SEEN and initiative.relation == Relation.ISSUING_BODY:
            facts |= {"checked": Mark.CONFIRMED, "confirmed_on": initiative.published_on}
        marks.note(initiative, **facts)
    return len(rows)
