"""Submissions in the queue of the admin's start page: the new ones, and corrections of what is public."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields.array import ArrayOverlap
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from accounts.models import Membership, User
from countries.models import Country, Region
from initiatives.models import Collection, Initiative, Submission
from initiatives.vocabulary import ContentLanguage, Origin, Scope, SubmissionStatus, Suspicion, Theme
from moderation.queue import NO_REGION, Also, Row, Source, register, register_also, words_in
from moderation.queue_fields import menu

ANY = "any"
REVIEWS_COUNTED = 1_000
_WAITING = (SubmissionStatus.SUBMITTED, SubmissionStatus.IN_REVIEW)  # as in the indexes that serve the queue
_SHOWN = (
    *("title", "language", "scope", "region", "theme", "origin", "suspicions", "submitted_at", "status"),
    *("author", "claimed_by__name", "organisation__name", "organisation__verified_at", "initiative__reference"),
)
_Through = Submission.countries.through


def _collections() -> list[tuple[str, str]]:
    return list(Collection.objects.values_list("slug", "name"))


class WaitingSubmissions(Source):
    """Submissions that wait for a moderator, claimed or not."""

    model, since = Submission, "submitted_at"
    fields = {
        "theme": lambda: menu(gettext_lazy("Theme"), Theme.choices),
        "collection": lambda: menu(gettext_lazy("Collection"), _collections()),
        "language": lambda: menu(gettext_lazy("Language"), ContentLanguage.choices),
        "suspicion": lambda: menu(
            gettext_lazy("Look twice"), [(ANY, gettext("Whatever the reason")), *Suspicion.choices]
        ),
    }

    def __init__(self, kind: str, label, *, corrects: bool) -> None:
        self.kind, self.label, self.corrects = kind, label, corrects

    def waiting(self) -> QuerySet:
        return Submission.objects.filter(status__in=_WAITING, initiative__isnull=not self.corrects)

    # Filters

    def narrow_region(self, value: Sequence[str], user: User) -> Q:
        """What names a country of the regions, or one of them itself; without region, what names none at all."""
        regions = [code for code in value if code != NO_REGION]
        found = Q(scope=Scope.REGIONAL, region__in=regions) | _naming_one_of(Country.objects.filter(region__in=regions))
        elsewhere = ~Q(scope=Scope.REGIONAL) & ~_naming_one_of(Country.objects.exclude(region=""))
        return found | elsewhere if NO_REGION in value else found

    def narrow_country(self, value: str, user: User) -> Q:
        return _naming(country_id=value)

    def narrow_theme(self, value: str, user: User) -> Q:
        return Q(theme=value) | Q(further_themes__contains=[value])

    def narrow_collection(self, value: str, user: User) -> Q:
        return Q(collection__slug=value)

    def narrow_language(self, value: str, user: User) -> Q:
        return Q(language=value)

    def narrow_claimed(self, value: str, user: User) -> Q:
        claimed = Q(claimed_by__isnull=False)
        return {"me": Q(claimed_by=user), "others": claimed & ~Q(claimed_by=user), "nobody": ~claimed}[value]

    def narrow_suspicion(self, value: str, user: User) -> Q:
        return ~Q(suspicions=[]) if value == ANY else Q(suspicions__contains=[value])

    def narrow_q(self, value: str, user: User) -> Q:
        return words_in(["title", "organisation__name", "organisation__short_name"], value)

    # Rows

    def rows(self, keys: Sequence[int], *, user: User) -> Mapping[int, Row]:
        member = Membership.objects.confirmed().filter(user=OuterRef("author"), organisation=OuterRef("organisation"))
        found = self.waiting().filter(pk__in=keys).annotate(author_is_member=Exists(member)).only(*_SHOWN)
        found = found.select_related("organisation", "claimed_by", "initiative")
        places, words = _places(keys), _Words()
        return {one.pk: self._row(one, user, places.get(one.pk, []), words) for one in found}

    def _row(self, submission: Submission, user: User, places: list[tuple[str, str]], words: "_Words") -> Row:
        organisation, claimed_by = submission.organisation, submission.claimed_by
        scope, regions = submission.scope, {region for _name, region in places if region}
        if scope == Scope.REGIONAL:
            regions = {submission.region}
        return Row(
            title=submission.title or gettext("(no title)"),
            url=reverse("admin:initiatives_submission_change", args=[submission.pk]),
            lang=submission.language_code,
            direction=submission.direction,
            notes=[self._what(submission), words.languages.get(submission.language, ""), *origin_words(submission)],
            marks=[words.suspicions[code] for code in submission.suspicions if code in words.suspicions],
            places=", ".join(sorted(name for name, _region in places)) or words.scopes.get(scope, ""),
            regions=", ".join(sorted(words.regions[code] for code in regions if code in words.regions)),
            theme=submission.theme_in_short,
            organisation=organisation.name if organisation else "",
            organisation_notes=membership_words(submission),
            is_verified=bool(organisation and organisation.is_verified),
            claimed_by="" if claimed_by is None else gettext("you") if claimed_by == user else claimed_by.name,
        )

    def _what(self, submission: Submission) -> str:
        if not self.corrects:
            return gettext("new")
        return gettext("correction of %(reference)s") % {"reference": submission.initiative.reference}

    def act(self, key: int, name: str, *, by: User) -> str:
        raise PermissionDenied  # decided on its own page, or many at once


def register_all() -> None:
    register(WaitingSubmissions("submission", gettext_lazy("new submissions"), corrects=False))
    register(WaitingSubmissions("correction", gettext_lazy("corrections"), corrects=True))
    register_also("reviews", _reviews)


def _reviews(user: User) -> Also | None:
    """The public records that the secretariat must look at again."""
    if not user.has_perm("initiatives.view_initiative"):
        return None
    due = Initiative.objects.due_for_review().of_secretariat()[:REVIEWS_COUNTED].count()
    words = ngettext("%(count)d review is due", "%(count)d reviews are due", due) % {"count": due}
    url = reverse("admin:initiatives_initiative_changelist", query={"review": "ours"})
    return Also(words, url) if due else None


def _naming(**which) -> Exists:
    return Exists(_Through.objects.filter(submission_id=OuterRef("pk"), **which))


def _naming_one_of(countries: QuerySet) -> Q:
    # Asked of each row in turn until the page is full; as EXISTS the database would first gather those of all rows.
    named = ArraySubquery(_Through.objects.filter(submission_id=OuterRef("pk")).values("country_id"))
    return Q(ArrayOverlap(named, ArraySubquery(countries.order_by().values("iso2"))))


def _places(keys: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return name and region of the countries that each submission names. One query, whose rows become no objects."""
    column = f"country__name_{(get_language() or 'en').split('-')[0]}"
    found = defaultdict(list)
    named = _Through.objects.filter(submission_id__in=keys)
    for key, name, english, region in named.values_list("submission_id", column, "country__name_en", "country__region"):
        found[key].append((name or english, region))
    return found


class _Words:
    """The words for codes, made once for a page and not for each row."""

    def __init__(self) -> None:
        self.languages = _spelt(ContentLanguage)
        self.regions = _spelt(Region)
        self.scopes = {code: capfirst(words) for code, words in _spelt(Scope).items()}
        self.suspicions = _spelt(Suspicion)


def _spelt(choices) -> dict[str, str]:
    return {code: str(label) for code, label in choices.choices}


# What the lists of the admin say as well


def countries_of(content) -> str:
    return ", ".join(sorted(country.name for country in content.countries.all()))


def regions_of(content) -> str:
    """Return the regions that the content names, itself or by its countries."""
    if content.scope == Scope.REGIONAL:
        return str(content.get_region_display())
    return ", ".join(
        sorted({str(country.get_region_display()) for country in content.countries.all() if country.region})
    )


def membership_words(submission: Submission) -> list[str]:
    """Return whether who sent it may speak for the organisation; nothing where a machine did."""
    if submission.organisation_id is None or submission.origin != Origin.FORM:
        return []
    return [gettext("member") if submission.author_is_member else gettext("membership not confirmed")]


def suspicion_words(submission: Submission) -> list[str]:
    labels = _spelt(Suspicion)
    return [labels[code] for code in submission.suspicions if code in labels]


def origin_words(submission: Submission) -> list[str]:
    return [] if submission.origin == Origin.FORM else [str(submission.get_origin_display())]
