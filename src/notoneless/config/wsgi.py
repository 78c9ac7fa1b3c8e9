"""What the web server loads."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils.module_loading import import_string


def settle() -> None:
    """Load every page, then let the collector of garbage leave alone what is there for good.

    Otherwise each page that reads thousands of rows has it walk the whole program several times:
    the checklist of a county takes a third longer.
    """
    get_resolver().url_patterns  # noqa: B018  # is loaded when first asked for
    gc.collect()
    gc.freeze()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
application = get_wsgi_application()
# Its tables can be loaded only now.
import_string("notoneless.flows.demo.guarding.refuse_demo_data")()
settle()
