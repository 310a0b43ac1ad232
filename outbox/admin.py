"""Letters and recurring jobs, as staff see them. Nothing is edited; what staff do with them is in the history."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten
from django.core.exceptions import PermissionDenied
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.admin import ReadOnly, WideList
from outbox import rules, services
from outbox.jobs import known
from outbox.models import UNDECIDED, Job, Letter, LetterState

SIGNED = re.compile(r"(https?://\S*?[/=])[\w:.-]{30,}\S*")  # whoever has the address could act as the reader
STATES = {
    LetterState.WAITING: "○",
    LetterState.SENDING: "◐",
    LetterState.SENT: "●",
    LetterState.UNCERTAIN: "▲",
    LetterState.FAILED: "✕",
    LetterState.STOPPED: "■",
}


class KeptByItself(ReadOnly, WideList, admin.ModelAdmin):
    """Rows that the portal writes by itself; actions ask for the right to change."""

    show_full_result_count = False
    list_per_page = 50

    def has_handle_permission(self, request):
        return request.user.has_perm(f"outbox.change_{self.opts.model_name}")

    def get_readonly_fields(self, request, obj=None):
        return flatten(self.get_fields(request, obj))


@admin.register(Letter)
class LetterAdmin(KeptByItself):
    """What became of each letter. Letters with codes show no text to anybody."""

    list_display = ["subject_or_not", "recipient", "state_in_words", "created_at", "sent_at", "due", "tries"]
    list_filter = ["state", "created_at"]
    search_fields = ["recipient", "subject"]
    fields = [
        "subject_or_not",
        "recipient",
        "state_in_words",
        "problem",
        "created_at",
        "sent_at",
        "last_try",
        "due",
        "tries",
        "occasion",
        "message_id",
        "text",
    ]
    actions = ["stop", "send_again"]

    def get_object(self, request, object_id, from_field=None):
        letter = super().get_object(request, object_id, from_field)
        if letter:
            letter.is_readable = rules.may_read(request.user, letter)
        return letter

    @admin.display(description=_("subject"), ordering="subject")
    def subject_or_not(self, letter):
        return format_html("<bdi>{}</bdi>", letter.subject or _("(forgotten)"))

    @admin.display(description=_("state"), ordering="state")
    def state_in_words(self, letter):
        words = letter.get_state_display()
        if letter.state in UNDECIDED:
            words = _("%(state)s, written %(age)s ago") % {"state": words, "age": timesince(letter.created_at)}
        return format_html("<span aria-hidden=true>{}</span>&nbsp;{}", STATES[letter.state], words)

    @admin.display(description=_("next try"), ordering="due_at")
    def due(self, letter):
        return _moment(letter.due_at if letter.state == LetterState.WAITING else None)

    @admin.display(description=_("last try"), ordering="sending_since")
    def last_try(self, letter):
        return _moment(letter.sending_since)

    @admin.display(description=_("text"))
    def text(self, letter):
        if not letter.is_readable:
            return _("Nobody reads this text: it carries a code.")
        if not letter.body:
            return _("(forgotten)")
        return format_html('<div dir="auto">{}</div>', linebreaksbr(SIGNED.sub(r"\1…", letter.body)))

    @admin.action(description=_("Stop: do not send"), permissions=["handle"])
    def stop(self, request, queryset):
        self._each(request, queryset, services.stop, _("Stopped"))

    @admin.action(description=_("Send again"), permissions=["handle"])
    def send_again(self, request, queryset):
        self._each(request, queryset, services.send_again, _("Sent again"))

    def _each(self, request, queryset, move: Callable[..., bool], said: str) -> None:
        done, refused = 0, 0
        for letter in queryset:
            try:
                moved = move(letter, by=request.user)
            except PermissionDenied:
                refused += 1
                continue
            if moved:
                self.log_change(request, letter, str(said))
                done += 1
        words = _("%(said)s: %(done)d of %(all)d letters.") % {"said": said, "done": done, "all": len(queryset)}
        self.message_user(request, words, messages.SUCCESS if done else messages.WARNING)
        if refused:
            words = _("Letters with codes are left to administrators: %(count)d.") % {"count": refused}
            self.message_user(request, words, messages.ERROR)


@admin.register(Job)
class JobAdmin(KeptByItself):
    """How the recurring jobs fare. What they do and how often, the code says."""

    list_display = ["__str__", "state_in_words", "every", "finished_at", "last_word", "due_at"]
    list_filter = ["is_paused"]
    fields = ["name", "state_in_words", "every", "due_at", "started_at", "finished_at"]
    fields += ["outcome", "failures", "problem"]
    actions = ["pause", "resume", "run_now"]

    def get_queryset(self, request):
        return super().get_queryset(request).known()

    @admin.display(description=_("state"))
    def state_in_words(self, job):
        shape, word = self._state(job)
        return format_html("<span aria-hidden=true>{}</span>&nbsp;{}", shape, word)

    def _state(self, job: Job) -> tuple[str, str]:
        if job.is_paused:
            return "■", _("paused")
        if job.has_begun:
            return "◐", _("running")
        if job.failures:
            return "✕", _("fails")
        return ("●", _("well")) if job.finished_at else ("○", _("never run"))

    @admin.display(description=_("every"))
    def every(self, job):
        return _in_words(known()[job.name].every)

    @admin.display(description=_("what it said last"))
    def last_word(self, job):
        return job.problem or job.outcome

    @admin.action(description=_("Pause"), permissions=["handle"])
    def pause(self, request, queryset):
        self._each(request, queryset.filter(is_paused=False), _("Paused"), is_paused=True)

    @admin.action(description=_("Resume"), permissions=["handle"])
    def resume(self, request, queryset):
        self._each(request, queryset.filter(is_paused=True), _("Resumed"), is_paused=False)

    @admin.action(description=_("Run now (if it is not paused)"), permissions=["handle"])
    def run_now(self, request, queryset):
        self._each(request, queryset.filter(is_paused=False), _("Runs within seconds"), due_at=timezone.now())

    def _each(self, request, queryset, said: str, **values) -> None:
        jobs = list(queryset)
        Job.objects.filter(pk__in=[job.pk for job in jobs]).update(**values)
        for job in jobs:
            self.log_change(request, job, str(said))
        self.message_user(request, _("%(said)s: %(count)d jobs.") % {"said": said, "count": len(jobs)})


def _moment(moment: datetime | None) -> str:
    """As the admin writes those that are fields."""
    return localize(localtime(moment)) if moment else "-"


def _in_words(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    if seconds % 86_400 == 0:
        return ngettext("%d day", "%d days", seconds // 86_400) % (seconds // 86_400)
    if seconds % 3_600 == 0:
        return ngettext("%d hour", "%d hours", seconds // 3_600) % (seconds // 3_600)
    if seconds % 60 == 0:
        return ngettext("%d minute", "%d minutes", seconds // 60) % (seconds // 60)
    return ngettext("%d second", "%d seconds", seconds) % seconds
