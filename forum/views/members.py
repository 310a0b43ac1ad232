"""Pages about members."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from accounts.models import User
from common.text import clean_line
from forum import profile, reading, rules, silences
from forum.models import Member


class MemberPageView(TemplateView):
    """Who somebody is and speaks for, and what they have said that the reader may read."""

    template_name = "forum/member.html"

    def get(self, request: HttpRequest, handle: str) -> HttpResponse:
        handle = clean_line(handle)
        member = profile.member_of(handle, reader=request.user)
        if member is None:
            return self.led_on(profile.called_now(handle, reader=request.user))
        page = profile.page_of(member, request.GET, reader=request.user)
        may_silence = rules.silences(request.user, Member(user=member))
        is_own = member.pk == request.user.pk
        waiting = reading.first_written(reading.waiting_of(member)) if is_own and page.is_first else []
        said = {"waiting": waiting, "silence": silences.of(member) if is_own else None}
        said |= {"may_silence": may_silence, "is_silenced": may_silence and rules.silenced_until(member) is not None}
        return self.render_to_response(self.get_context_data(member=member, page=page, **said))

    def led_on(self, member: User | None) -> HttpResponse:
        """Lead from the handle that the member had before. Not for ever: they may take it back."""
        if member is None:
            raise Http404
        return redirect("forum:member", member.handle)
