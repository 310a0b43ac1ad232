"""The outbox's own jobs: letters and tasks that need looking after."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from outbox import delivery, reaper
from outbox.jobs import recurring
from outbox.models import UNDECIDED, Job, Letter
from outbox.tasks import deliver

# Letters are personal data. The privacy page names these days; codes go as soon as they are sent. What is uncertain or
# given up stays until staff have sent it again or stopped it.
KEPT = timedelta(days=30)
CODES_KEPT = timedelta(days=1)  # of letters that could not be sent: no code is valid for longer
MANY = 500  # letters a minute


@recurring(every=timedelta(minutes=1))
def queue_waiting_letters() -> str:
    """Give a task to the due letters that have none: those to be tried again, those whose task was lost."""
    have_one = DBTaskResult.objects.filter(task_path=deliver.module_path, status=TaskResultStatus.READY)
    queued = {arguments["args"][0] for arguments in have_one.values_list("args_kwargs", flat=True)}
    letters = Letter.objects.due(timezone.now()).exclude(pk__in=queued).order_by("-priority", "due_at")[:MANY]
    for letter in letters:
        deliver.using(priority=letter.priority).enqueue(letter.pk)
    return _("%(count)d letters to try") % {"count": len(letters)}


@recurring(every=timedelta(minutes=1))
def find_interrupted_letters() -> str:
    """What a crash left as being sent becomes uncertain, for staff to see."""
    return _("%(count)d letters became uncertain") % {"count": delivery.settle_interrupted()}


@recurring(every=timedelta(hours=1))
def forget_old_letters() -> str:
    """Nothing personal stays longer than KEPT; an occasion that was told of stays, so that it is told once."""
    now = timezone.now()
    codes = Letter.objects.settled().filter(is_secret=True, created_at__lt=now - CODES_KEPT).exclude(body="")
    codes.update(body="")
    old = Letter.objects.settled().exclude(state__in=UNDECIDED).filter(created_at__lt=now - KEPT)
    old = old.exclude(recipient="")
    count = old.filter(occasion="").delete()[0]
    count += old.update(recipient="", subject="", body="", headers={}, about={}, problem="")
    return _("%(count)d letters forgotten") % {"count": count}


@recurring(every=timedelta(minutes=5))
def put_back_interrupted_tasks() -> str:
    put, given_up = reaper.put_back()
    return _("%(put)d tasks put back, %(given_up)d given up") % {"put": put, "given_up": given_up}


@recurring(every=timedelta(minutes=10))
def forget_finished_tasks() -> str:
    """And the jobs that the code has no more."""
    left = Job.objects.exclude(pk__in=Job.objects.known()).filter(Q(due_at__lt=timezone.now() - timedelta(days=1)))
    left.delete()
    return _("%(count)d tasks forgotten") % {"count": reaper.forget()}
