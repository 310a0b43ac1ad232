from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models.post import Post
from forum.vocabulary import MailChoice, NoticeReason


class MailSettings(models.Model):
    """How the forum mails a member. Who never said has a digest a day, and follows what they write in."""

    user = models.OneToOneField(User, models.PROTECT, related_name="forum_mail", verbose_name=_("person"))
    mail = models.CharField(_("mail"), max_length=10, choices=MailChoice, default=MailChoice.DAILY)
    follows_own = models.BooleanField(_("follow what I write in"), default=True)

    class Meta:
        verbose_name = _("mail of a member")
        verbose_name_plural = _("mail of members")
        constraints = [models.CheckConstraint(condition=Q(mail__in=MailChoice.values), name="mail_choice_is_known")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_mail_display()}"


class Notice(models.Model):
    """That a member is to be told of a post, once, whatever the reasons; the first reason stands.

    What it says is looked up when the letter is written: nothing is told that is not there for the member then.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="notices", db_index=False, verbose_name=_("person"))
    post = models.ForeignKey(Post, models.CASCADE, related_name="notices", verbose_name=_("post"))
    reason = models.CharField(_("reason"), max_length=10, choices=NoticeReason)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    due_at = models.DateTimeField(_("due"))
    settled_at = models.DateTimeField(_("told, or not to be told any more"), null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "post"], name="notice_once"),
            models.CheckConstraint(condition=Q(reason__in=NoticeReason.values), name="notice_reason_is_known"),
        ]
        indexes = [
            models.Index(fields=["due_at", "user"], name="notice_due", condition=Q(settled_at=None)),
            models.Index(fields=["user", "id"], name="notice_open", condition=Q(settled_at=None)),
            models.Index(fields=["settled_at"], name="notice_settled", condition=Q(settled_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_reason_display()}"
