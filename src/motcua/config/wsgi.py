"""The WSGI application that servers load.

In production it opens nothing that `motcua check` would refuse, and the demo only when `motcua run` opens it.
"""

import os
from io import StringIO

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection

from motcua.config.env import DEMO_OPENED, DEMO_REFUSED
from motcua.config.warmup import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")


def open_office() -> WSGIHandler:
    """The application. In production raises `CommandError` with the sentences of `motcua check`.

    So it does for a demo that another server opens: a forgotten mode must not put known passwords on a network.
    """
    handler = get_wsgi_application()
    if settings.MOTCUA_MODE == "production":
        call_command("check_office", stdout=StringIO())
        connection.close()
    elif not os.environ.get(DEMO_OPENED):
        raise CommandError(DEMO_REFUSED)
    warm()
    return handler


application = open_office()
