"""The map as a file for reports: SVG and PNG, for the filters in the address."""

from allauth.core.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from common.caching import kept_by_anybody
from common.scripts import for_scripts
from countrymap.captions import caption_for
from countrymap.lettering import in_known_letters
from countrymap.numbers import count_initiatives
from countrymap.picture import NARROWEST, USUAL, WIDEST, Caption, picture_svg
from countrymap.raster import png
from initiatives.filters import InitiativeFilter
from initiatives.views.exports import file_name, with_left_out

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # the picture's own style and nothing else


@for_scripts
def map_svg(request: HttpRequest) -> HttpResponseBase:
    """The picture as SVG, in whatever letters its reader has."""
    found = InitiativeFilter(request.GET)
    svg = picture(request, found)
    return sent(request, found, svg, "svg", lambda: HttpResponse(svg, content_type="image/svg+xml; charset=utf-8"))


@for_scripts
def map_png(request: HttpRequest) -> HttpResponseBase:
    """The picture as PNG. Who has it already, or only asks for its head, costs no drawing."""
    found = InitiativeFilter(request.GET)
    svg = picture(request, found, in_letters=True)

    def answer() -> HttpResponseBase:
        if request.method == "HEAD":
            return StreamingHttpResponse((), content_type="image/png")  # nobody knows how long it would be
        limited = consume_or_429(request, action="export", limit_get=True)
        if limited:
            limited["Retry-After"] = "60"
            return limited
        return HttpResponse(png(svg), content_type="image/png")

    return sent(request, found, svg, "png", answer)


def picture(request: HttpRequest, found: InitiativeFilter, *, in_letters: bool = False) -> str:
    """Return the SVG; with `in_letters` only in letters that can be drawn here."""
    numbers = count_initiatives(found)
    caption = caption_for(found, numbers)
    if in_letters:
        parts = vars(caption) | {"filters": in_known_letters(caption.filters), "title": in_known_letters(caption.title)}
        caption = Caption(**parts)
    return picture_svg(numbers, caption, width_of(request.GET.get("width", "")))


def width_of(asked: str) -> int:
    """Return the width in pixels that `?width=` asks for, within bounds."""
    known = asked.isascii() and asked.isdecimal() and len(asked) < 6
    return min(max(int(asked), NARROWEST), WIDEST) if known else USUAL


def sent(request: HttpRequest, found: InitiativeFilter, svg: str, ending: str, answer) -> HttpResponseBase:
    response = with_left_out(kept_by_anybody(request, svg, answer), found)
    response["X-Robots-Tag"] = "noindex"
    if response.status_code == 200:
        response["Content-Disposition"] = f'inline; filename="{file_name(found, "map", ending)}"'
        response["Content-Security-Policy"] = POLICY
        response["X-Content-Type-Options"] = "nosniff"
    return response
