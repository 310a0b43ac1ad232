"""Views that only read, as functions; those that are classes say it by the methods that they have."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]


def only_read(view: View) -> View:
    """Refuse every method but GET and HEAD as such (405), and not as a form that came without its token."""
    return csrf_exempt(require_safe(view))
