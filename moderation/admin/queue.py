"""The admin's start page: everything that waits, oldest first, and what one does with it."""

import datetime

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from accounts.rules import is_administrator, is_moderator
from countries.models import Region
from moderation import duties
from moderation.admin.holds import held_url
from moderation.admin.many import MANY_MAX, ManyAtOnce
from moderation.admin.paths import FROM_QUEUE, queue_url, with_way_back
from moderation.admin.queue_form import ALL_REGIONS, Asked, DutyForm
from moderation.holds import held_counts
from moderation.models import Duty, Moderated
from moderation.queue import Queue, Source, Waiting, also_waiting, source_of
from outbox.services import troubles

PAGE = 50  # rows


def urls(site: AdminSite) -> list:
    """Return the addresses of what the queue's forms do."""

    def do(route: str, view, name: str):
        def post(request, **kwargs):
            return view(site, request, **kwargs) if request.method == "POST" else HttpResponseNotAllowed(["POST"])

        return path(f"queue/{route}", site.admin_view(post), name=name)

    return [
        do("many/", ask_about_many, "queue_many"),
        do("duty/", save_duty, "queue_duty"),
        do("<slug:kind>/<int:key>/<slug:act>/", act, "queue_act"),
    ]


def index(site: AdminSite, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
    """Show the queue, and below it whatever else there is in the admin."""
    request.current_app = site.name
    frame = site.each_context(request)
    context = {
        **frame,
        "title": _("What waits"),
        "subtitle": None,
        "is_nav_sidebar_enabled": False,
        "app_list": frame["available_apps"],
        "media": Media(css={"all": ["css/admin-portal.css"]}),
        "is_moderator": is_moderator(request.user),
        "is_administrator": is_administrator(request.user),
        **_queue_context(site, request),
        **(extra_context or {}),
    }
    return TemplateResponse(request, site.index_template or "admin/index.html", context)


def _queue_context(site: AdminSite, request: HttpRequest) -> dict:
    everything = Queue(request.user)
    asked = Asked(request.GET, request.user, everything.sources)
    queue = Queue(request.user, asked.filters, kind=asked.kind)
    rows = queue.page(PAGE + 1, asked.after)
    filters = asked.query()
    back = f"{FROM_QUEUE}&{filters}".rstrip("&")
    counts = queue.counts()
    lines = [_line(site, one, filters) for one in rows[:PAGE]]
    return {
        "asked": asked,
        "rows": lines,
        "oldest": lines[0] if lines and not asked.after else None,
        "next": f"?{asked.query(after=str(rows[PAGE - 1].position))}" if len(rows) > PAGE else "",
        "kinds": [(count, f"?{asked.query(kind=count.source.kind)}") for count in counts],
        "all_kinds_url": f"?{asked.query(kind='')}",
        "all_regions_url": f"?{asked.query(region=[ALL_REGIONS])}",
        "my_regions_url": f"?{asked.query(region='')}",
        "first_url": f"?{filters}",
        "shown": _sum(counts, asked.kind),
        "everywhere": _sum(everything.counts() if asked.filters else counts, ""),
        "back": back,
        "moves": _moves(site, request, [one.source for one in rows[:PAGE]]),
        "next_urls": _claim_urls(site, request, queue.sources, back),
        "duty_regions": Region.choices,
        "duty_mails": Duty.Mail.choices,
        **_also(site, request),
    }


def _line(site: AdminSite, waiting: Waiting, filters: str) -> dict:
    """Return what the table says of one thing. Whatever is moderated can be chosen, and leads back here."""
    model, row = waiting.source.model, waiting.row
    is_moderated = issubclass(model, Moderated) and model in site._registry
    return {
        "row": row,
        "id": f"{waiting.source.kind}-{waiting.key}",
        "url": with_way_back(row.url, filters) if is_moderated else row.url,
        "can_be_chosen": is_moderated,
        "since": waiting.since.isoformat(),
        "moment": date_format(timezone.localtime(waiting.since), "j M Y, H:i"),
        "age": _age(waiting.since),
        "acts": [
            (reverse(f"{site.name}:queue_act", args=[waiting.source.kind, waiting.key, name]), words)
            for name, words in row.acts
        ],
    }


def _age(since: datetime.datetime) -> str:
    long = timezone.now() - since >= datetime.timedelta(minutes=1)
    return timesince(since, depth=1) if long else _("less than a minute")


def _sum(counts, kind: str) -> dict:
    counted = [count for count in counts if kind in ("", count.source.kind)]
    return {"number": sum(count.number for count in counted), "more": any(count.more for count in counted)}


def _also(site: AdminSite, request: HttpRequest) -> dict:
    """Return what else waits for people: decisions that are held, letters in trouble."""
    found = {"also": also_waiting(request.user)}
    if request.user.has_perm("moderation.view_decision"):
        number, stuck = held_counts()
        found |= {"held": number, "stuck": stuck, "held_url": held_url(site)}
    if request.user.has_perm("outbox.view_letter"):
        found |= {"troubles": troubles(), "letters_url": reverse(f"{site.name}:outbox_letter_changelist")}
    return found


def _admins(site: AdminSite, sources: list[Source]) -> list[ManyAtOnce]:
    """Return the admins of what is moderated, each once."""
    found = (site._registry.get(model) for model in dict.fromkeys(source.model for source in sources))
    return [one for one in found if isinstance(one, ManyAtOnce)]


def _moves(site: AdminSite, request: HttpRequest, sources: list[Source]) -> list[tuple[str, str]]:
    """Return what can be done with many at once: value and words, which name the kind where there are several."""
    admins = _admins(site, sources)
    return [
        (f"{admin.opts.label_lower} {name}", f"{words} ({admin.opts.verbose_name})" if len(admins) > 1 else words)
        for admin in admins
        for name, (_action, _name, words) in admin.get_actions(request).items()
        if name in admin.staff_moves
    ]


def _claim_urls(site: AdminSite, request: HttpRequest, sources: list[Source], back: str) -> list[str]:
    return [url for admin in _admins(site, sources) if (url := admin.claim_next_url(request, back))]


def ask_about_many(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Lead to the page that says what a move will do with the chosen rows, of the kind that the move is of."""
    label, _space, move = request.POST.get("move", "").partition(" ")
    admins = {admin.opts.label_lower: admin for admin in _admins(site, Queue(request.user).sources)}
    actions = admins[label].get_actions(request) if label in admins else {}
    if move not in actions:
        raise BadRequest
    admin, chosen = admins[label], request.POST.getlist("chosen")[: MANY_MAX + 1]
    keys = [key for kind, _dash, key in (one.partition("-") for one in chosen) if _is_of(kind, admin) and _is_key(key)]
    if not keys:
        messages.warning(request, _("Choose at least one."))
        return _back(site, request)
    rows = admin.get_queryset(request).filter(pk__in=keys).order_by(*admin.get_ordering(request))
    return actions[move][0](admin, request, rows) or _back(site, request)


def _is_of(kind: str, admin: ModelAdmin) -> bool:
    source = source_of(kind)
    return source is not None and source.model is admin.model


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def act(site: AdminSite, request: HttpRequest, kind: str, key: int, act: str) -> HttpResponse:
    """Do in place what a row's button says."""
    source = source_of(kind)
    if source is None or not source.may_be_seen_by(request.user):
        raise Http404
    try:
        messages.success(request, source.act(key, act, by=request.user))
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return _back(site, request)


def save_duty(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Keep the person's regions and whether they want mails; show the queue of the regions then."""
    form = DutyForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    duties.choose(**form.cleaned_data, by=request.user)
    messages.success(request, _("Your regions and mails are saved."))
    return redirect(queue_url(site))


def _back(site: AdminSite, request: HttpRequest) -> HttpResponse:
    return redirect(queue_url(site, request.GET.urlencode()))
