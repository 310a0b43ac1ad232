"""What a browser sends from the form, for tests."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import CollectionFactory, country

NEW = "/initiatives/new/"
CSV = b"country,measure\nKE,spectrum\n"


def address(submission, *rest: str) -> str:
    """Return the private address of a submission, or of a page below it."""
    return f"/my/submissions/{submission.key}/" + "".join(f"{part}/" for part in rest)


def errors(answer) -> dict[str, Any]:
    return dict(answer.context["form"].errors)


def csv(name="table.csv", content=CSV) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def rows(prefix: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return rows as a browser sends them."""
    return {f"{prefix}-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}


def typed(*, sources: list[dict] | None = None, files: list[dict] = (), **changes) -> dict[str, Any]:
    """Return a complete answer to the form, with changes; a value of None leaves the field out."""
    country()
    sources = [{"url": "https://regulator.example/decision", "title": "Decision 12"}] if sources is None else sources
    answer = {
        "collection": CollectionFactory().slug,
        "title": "Temporary spectrum for all mobile operators",
        "summary": "The regulator assigned extra spectrum to all mobile operators for six months.",
        "language": "en",
        "theme": "spectrum",
        "measure_types": ["temporary_assignment"],
        "instrument": "regulation_decision",
        "phase": "emergency",
        "scope": "national",
        "countries": ["KE"],
        "starts_day": "23",
        "starts_month": "3",
        "starts_year": "2020",
        "end_kind": "open_ended",
        "relation": "issuing_body",
        "organisation_name": "Communications Authority of Kenya",
        "organisation_type": "regulator",
        "organisation_country": "KE",
        "contributor_name": "Private Name",
        "contributor_role": "Private Role",
        "contributor_email": "private.contributor@example.org",
        "consent": "on",
        **rows("sources", sources),
        **rows("files", list(files)),
        **changes,
    }
    return {name: value for name, value in answer.items() if value is not None}
