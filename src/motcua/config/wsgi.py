"""The WSGI application that servers load; in production it opens nothing that `motcua check` would refuse."""

import os
from io import StringIO

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection

from motcua.config.warmup import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")


def open_office() -> WSGIHandler:
    """The application. In production raises `CommandError` with the sentences of `motcua check`."""
    handler = get_wsgi_application()
    if settings.MOTCUA_MODE == "production":
        call_command("check_office", stdout=StringIO())
        connection.close()
    warm()
    return handler


application = open_office()
