"""The WSGI application that servers load; in production it opens nothing that `motcua check` would refuse."""

import os
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")


def open_office() -> WSGIHandler:
    """The application. Raises `ImproperlyConfigured` with the sentences of `motcua check` in production."""
    handler = get_wsgi_application()
    if settings.MOTCUA_MODE == "production":
        # Django's tables can be imported only after get_wsgi_application has set it up.
        found = import_module("motcua.config.management.commands.check_office").faults()
        if found:
            raise ImproperlyConfigured("Chưa thể mở cửa:\n- " + "\n- ".join(found))
        connection.close()
    return handler


application = open_office()
