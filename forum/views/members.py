"""Pages about members."""

from typing import Any

from django.http import Http404
from django.views.generic import TemplateView

from common.text import clean_line
from forum import profile


class MemberPageView(TemplateView):
    """Who somebody is and speaks for, and what they have said that the reader may read."""

    template_name = "forum/member.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        reader = self.request.user
        member = profile.member_of(clean_line(self.kwargs["handle"]), reader=reader)
        if member is None:
            raise Http404
        page = profile.page_of(member, self.request.GET, reader=reader)
        return super().get_context_data(member=member, page=page, **kwargs)
