"""Likely duplicates: what a contributor is shown while writing, and a moderator beside a decision.

A likely duplicate has a similar title and the same place (one of its countries, its region where it is for a region, or
the world), or it gives a source that was used already. `bench/duplicates.py` measures it, docs/duplicates.md says what
came of that.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.rules import is_moderator
from common.text import clean_line
from initiatives.duplicates.search import Found, Wanted, look, telling
from initiatives.models import Initiative, Submission
from initiatives.models.content import SOURCES_MAX, TITLE_MAX
from initiatives.vocabulary import SubmissionStatus
from initiatives.web_addresses import key_of


@dataclass(frozen=True)
class Match:
    """Something that may be the same measure: an initiative, or a submission that is not published yet."""

    title: str
    url: str  # an address that the reader may open, or ""
    reference: str  # of an initiative; else ""
    countries: tuple[str, ...]  # by name
    reasons: tuple[str, ...]  # in words
    score: float  # 0 to 1, for sorting
    initiative: Initiative | None = None
    submission: Submission | None = None

    @property
    def content(self) -> Initiative | Submission:
        return self.initiative or self.submission

    @property
    def correction_url(self) -> str:
        """Where a contributor proposes a correction of it instead; empty where it is not public."""
        return reverse("initiatives:correct", args=[self.reference]) if self.reference else ""


def likely(
    title: str,
    *,
    countries: Iterable[str] = (),
    scope: str = "",
    region: str = "",
    urls: Iterable[str] = (),
    reader: User | None = None,
    exclude: Submission | None = None,
    limit: int = 3,
) -> list[Match]:
    """Return what looks like the same measure, the likeliest first: `countries` by ISO code, `urls` as typed.

    Everybody sees what is public; `reader` also what they work on, and a moderator what waits. `exclude` is the
    submission that the question is about: neither it, nor what it corrects or follows is a duplicate of it.
    """
    keys = [key_of(url) for url in list(urls)[:SOURCES_MAX]]
    text = clean_line(title[: 4 * TITLE_MAX])[:TITLE_MAX]
    wanted = Wanted(text, tuple(countries), scope, region, tuple(keys), telling(keys))
    found = look(_initiatives(exclude), wanted, limit)
    if reader is not None and reader.is_authenticated:
        few = not is_moderator(reader)
        rows = _theirs(reader) if few else Submission.objects.visible_to(reader)
        found += look(_not_public(rows, exclude), wanted, limit, few=few)
    found = sorted(found, key=_likeliest_first)[:limit]
    for model in (Initiative, Submission):
        prefetch_related_objects([one.row for one in found if isinstance(one.row, model)], "countries")
    return [_match(one, reader) for one in found]


def likely_for(submission: Submission, *, reader: User | None = None, limit: int = 3) -> list[Match]:
    """Return what looks like the same measure as a saved submission, the likeliest first; see `likely`."""
    return likely(submission.title, **_content_of(submission), reader=reader, exclude=submission, limit=limit)


def looks_like_another(submission: Submission) -> bool:
    """Whether moderators should look twice: whatever is public or waits counts, whoever sent it. Only staff is told."""
    content = _content_of(submission)
    keys = tuple(key_of(url) for url in content.pop("urls"))
    wanted = Wanted(submission.title, **content, keys=keys, telling=telling(keys))
    sent = Submission.objects.exclude(status=SubmissionStatus.DRAFT)
    return bool(look(_initiatives(submission), wanted, 1) or look(_not_public(sent, submission), wanted, 1))


def _content_of(submission: Submission) -> dict:
    return {
        "countries": tuple(country.pk for country in submission.countries.all()),
        "scope": submission.scope,
        "region": submission.region,
        "urls": [source.url for source in submission.sources.all()],
    }


def _initiatives(exclude: Submission | None) -> QuerySet:
    rows = Initiative.objects.public(archived=True)
    kin = {exclude.initiative_id, exclude.follows_id} - {None} if exclude else ()
    return rows.exclude(pk__in=kin) if kin else rows


def _theirs(reader: User) -> QuerySet:
    """What a contributor works on, said a second time in a way that an index serves: it is little of very much."""
    mine = list(Membership.objects.confirmed().filter(user=reader).values_list("organisation", flat=True))
    return Submission.objects.of(reader).filter(Q(author=reader) | Q(organisation__in=mine))


def _not_public(rows: QuerySet, exclude: Submission | None) -> QuerySet:
    """Those that may become public. Corrections are about something that is public already."""
    rows = rows.open().filter(initiative=None)
    return rows.exclude(pk=exclude.pk) if exclude and exclude.pk else rows


def _likeliest_first(found: Found) -> tuple:
    return -found.score, isinstance(found.row, Submission), -found.row.pk


def _match(found: Found, reader: User | None) -> Match:
    row = found.row
    is_public = isinstance(row, Initiative)
    reasons = [(found.similar_title, _("similar title")), (found.same_source, _("same source"))]
    return Match(
        title=row.title,
        url=row.get_absolute_url() if is_public else _address_of(row, reader),
        reference=row.reference if is_public else "",
        countries=tuple(country.name for country in row.countries.all()),
        reasons=tuple(words for holds, words in reasons if holds),
        score=found.score,
        initiative=row if is_public else None,
        submission=None if is_public else row,
    )


def _address_of(submission: Submission, reader: User) -> str:
    """The page of a submission for those who work on it, the decision page for moderators."""
    theirs = submission.author_id == reader.pk or submission.status == SubmissionStatus.DRAFT
    if is_moderator(reader) and not theirs:
        return reverse("admin:initiatives_submission_change", args=[submission.pk])
    return reverse("initiatives:submission", args=[submission.key])
