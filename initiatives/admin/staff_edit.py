"""Editing a text that waits, before it is decided; and confirming that its author may speak for the organisation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import Membership
from accounts.services import confirm_membership
from initiatives import rules, services
from initiatives.admin.edit_forms import EditForms, number
from initiatives.models import Submission


class StaffEdits:
    """The part of the admin of submissions that changes what was sent, for `rules.may_edit_as_staff`."""

    edit_template = "initiatives/admin/edit.html"

    def get_urls(self):
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("<path:object_id>/edit/", view(self.edit_view), name=f"{name}_edit"),
            path("<path:object_id>/discard-edits/", view(require_POST(self.discard_view)), name=f"{name}_discard"),
            path("<path:object_id>/confirm/", view(require_POST(self.confirm_view)), name=f"{name}_confirm"),
            *super().get_urls(),
        ]

    def may_edit_text(self, request: HttpRequest, subject: Submission) -> bool:
        return self.has_change_permission(request, subject) and rules.may_edit_as_staff(request.user, subject)

    def edit_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the text in the contributor's form; save it as an edit of the secretariat."""
        subject = self._subject(request, object_id)
        if request.method != "POST":
            may = self.may_edit_text(request, subject)
            return self._edit_page(request, subject, EditForms(subject)) if may else self._cannot(request, subject)
        if not self.has_change_permission(request, subject):
            raise PermissionDenied
        return self._save(request, subject, EditForms(subject, request.POST))

    def _save(self, request, subject: Submission, forms: EditForms) -> HttpResponse:
        """Save, or say why not: whatever the reason is, what was typed stays on the page."""
        if not forms.are_valid():
            return self._edit_page(request, subject, forms)
        more = {}
        try:
            return self._edited(request, forms.save(request.user))
        except ValidationError as refusal:
            forms.show(refusal)
        except services.NewerText as newer:
            forms.seen, more = str(newer.submission.revision), {"newer": newer.submission}
        except PermissionDenied as refusal:
            subject.refresh_from_db()
            self.message_user(request, self.hint(request.user, subject) or str(refusal), messages.ERROR)
        return self._edit_page(request, subject, forms, **more)

    def discard_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put back the text as it was sent."""
        subject = self._subject(request, object_id)
        if not self.has_change_permission(request, subject):
            raise PermissionDenied
        try:
            if services.discard_staff_edits(subject, by=request.user, revision=number(request.POST.get("revision"))):
                self.message_user(request, _("The text is again as it was sent."), messages.SUCCESS)
        except services.NewerText:
            self.message_user(request, _("It was edited once more in the meantime. Look again."), messages.ERROR)
        except PermissionDenied:
            return self._cannot(request, subject)
        return redirect(self._page_url(request, subject))

    def confirm_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Confirm that the author may speak for the organisation."""
        subject = self._subject(request, object_id)
        membership = Membership.objects.filter(user=subject.author, organisation=subject.organisation).first()
        if membership is None or not self.has_change_permission(request, subject):
            raise PermissionDenied
        if confirm_membership(membership, by=request.user):
            self.message_user(request, _("The membership is confirmed."), messages.SUCCESS)
        return redirect(self._page_url(request, subject))

    def _cannot(self, request, subject: Submission) -> HttpResponse:
        words = self.hint(request.user, subject) or _("This submission cannot be edited now.")
        self.message_user(request, words, messages.ERROR)
        return redirect(self._page_url(request, subject))

    def _edited(self, request, submission: Submission) -> HttpResponse:
        self.message_user(request, _("Saved. The text as it was sent is kept; approve it, or discard the edits."))
        return redirect(self._page_url(request, submission))

    def _edit_page(self, request, subject: Submission, forms: EditForms, **more) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Edit: %(title)s") % {"title": subject},
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "media": self.media,
            "subject": subject,
            "page_url": self._page_url(request, subject),
            "list_url": self.list_url(self.list_filters(request)),
            **forms.context(),
            **more,
        }
        return TemplateResponse(request, self.edit_template, context)
