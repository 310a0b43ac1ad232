from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.validators import MAX_URL_LENGTH


class LinkState(models.TextChoices):
    UNKNOWN = "unknown", _("not checked yet")
    WORKS = "works", _("works")
    FAILS = "fails", _("fails")
    NOT_ALLOWED = "not_allowed", _("cannot be checked by a machine")
    REFUSED = "refused", _("not checked: a private or impossible address")


class LinkProblem(models.TextChoices):
    """Why a link does not simply work. Codes of `common.web.Kind` where no answer came."""

    BAD_URL = "bad_url", _("not an address that can be asked")
    PRIVATE = "private", _("leads into a private network")
    NO_NAME = "no_name", _("the host name is unknown")
    NO_CONNECTION = "no_connection", _("no connection is possible")
    TIME_OUT = "time_out", _("no answer came in time")
    CERTIFICATE = "certificate", _("the certificate is not valid")
    NO_TLS = "no_tls", _("no secure connection is possible")
    PROTOCOL = "protocol", _("the answer broke off or made no sense")
    REDIRECTS = "redirects", _("redirects without end")
    COOKIES = "cookies", _("opens only with cookies")
    NOT_FOUND = "not_found", _("the page is not there")
    GONE = "gone", _("the page was taken away")
    SERVER_ERROR = "server_error", _("the server reports an error")
    NOT_FOR_MACHINES = "not_for_machines", _("the site lets no machine see it")
    TOO_OFTEN = "too_often", _("the site asks for fewer requests")
    ROBOTS = "robots", _("the site's robots.txt asks machines to stay away")
    NO_ROBOTS = "no_robots", _("the site's robots.txt cannot be read at present")
    OWN_SITE = "own_site", _("an address of this portal")
    HOME_PAGE = "home_page", _("leads to the site's home page instead of the page")


class Link(models.Model):
    """A web address that sources give, and how it fared when the checker asked for it."""

    State, Problem = LinkState, LinkProblem

    url = models.CharField(_("web address"), max_length=MAX_URL_LENGTH, unique=True)
    host = models.CharField(_("host"), max_length=253, editable=False)
    state = models.CharField(_("state"), max_length=15, choices=LinkState, default=LinkState.UNKNOWN)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    final_url = models.CharField(_("leads to"), max_length=MAX_URL_LENGTH, blank=True)
    title = models.CharField(_("title there"), max_length=300, blank=True)
    dated = models.DateField(_("date there"), null=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True, choices=LinkProblem)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    checked_at = models.DateTimeField(_("checked"), null=True)
    due_at = models.DateTimeField(_("next check"), auto_now_add=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=LinkState.values), name="link_state_is_known")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="link_due"),
            models.Index(fields=["host", "due_at"], name="link_of_host"),
            models.Index(fields=["failing_since"], name="link_failing", condition=Q(failing_since__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def works(self) -> bool:
        return self.state == LinkState.WORKS

    @property
    def fails(self) -> bool:
        return self.state == LinkState.FAILS

    @property
    def fails_again(self) -> bool:
        """Whether it is time to tell the public: once may be chance."""
        return self.fails and self.failures > 1


class LinkHost(models.Model):
    """A host that links lead to: when it may be asked again, and what it allows."""

    name = models.CharField(_("host"), max_length=253, primary_key=True)
    # Not asked before: the pause between two requests, a back-off, or a worker that is at it just now.
    free_at = models.DateTimeField(_("not asked before"))
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    robots = models.TextField(_("robots.txt"), blank=True)
    robots_read_at = models.DateTimeField(_("robots.txt read"), null=True)
    robots_away_since = models.DateTimeField(_("robots.txt cannot be read since"), null=True)

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")

    def __str__(self) -> str:
        return self.name
