"""Answers made of what is public: whoever has one already is told so after one query of the state."""

from typing import ClassVar

from django.http import HttpRequest
from django.utils import timezone

from common.api.views import ReadView
from initiatives import columns
from initiatives.freshness import Further, etag_of, public_state

FORM = 1  # to be raised when answers change their form, so that nobody keeps the old one


class PublicView(ReadView):
    """A view of what is public, by the address, on the day; `follows` says whether nothing else is in it."""

    follows: ClassVar[bool] = True

    def further(self) -> Further | None:
        """Return what names the state of things that the log of changes does not follow."""
        return None

    def validators(self, request: HttpRequest) -> tuple[str, int | None]:
        if not self.follows or "q" in request.GET:  # what is searched follows a change a little later
            return "", None
        state = public_state("", self.further())
        media_type = request.accepted_renderer.media_type
        etag = etag_of(state, FORM, columns.VERSION, media_type, request.path, request.META.get("QUERY_STRING", ""))
        # What is computed from the day, as the status of a measure, changes at midnight.
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return etag, int(max(state.since, midnight).timestamp()) if state.since else None
