"""The mail of the demonstration, readable on this machine. Elsewhere the page does not exist."""

import datetime
import itertools

from django.conf import settings
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from portal.demo import mail


@method_decorator(never_cache, name="dispatch")
class DemoMailView(TemplateView):
    template_name = "portal/demo_mail.html"

    def dispatch(self, request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        letters = list(itertools.islice(mail.letters(), 50))
        for letter in letters:
            letter["at"] = datetime.datetime.fromtimestamp(letter["at"], tz=datetime.UTC)
        return super().get_context_data(letters=letters, **kwargs)
