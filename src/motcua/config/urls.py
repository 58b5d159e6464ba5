"""Every address of the product. English words, one per noun of the glossary."""

from django.urls import include, path

from motcua.config import health, installable
from motcua.config.api import API_URLS
from motcua.config.neighbours import NEIGHBOURS
from motcua.core import look, views

urlpatterns = [
    path("health/", include("motcua.core.urls")),
    path("health/", health.health, name="health"),
    path("health/rules", health.rules, name="health-rules"),
    path("accounts/", include("motcua.config.account_urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("look/", look.choose_look, name="look"),
    path("manifest.webmanifest", installable.manifest, name="manifest"),
    path("worker.js", installable.worker, name="worker"),
    path("offline/", installable.offline, name="offline"),
    path("api/v1/", API_URLS),
    path("", include("motcua.core.record.urls")),
    path("", include("motcua.worktime.urls"), {"neighbours": NEIGHBOURS}),
    path("", include("motcua.people.urls")),
    path("me/", include("motcua.people.citizens.urls")),
    path("", include("motcua.worktime.calendar_urls")),
    path("", include("motcua.documents.urls")),
    path("", include("motcua.signing.urls")),
    path("", include("motcua.correspondence.urls")),
    path("", include("motcua.catalogue.urls")),
    path("", include("motcua.queueing.urls")),
    path("", include("motcua.intake.urls")),
    path("", include("motcua.dossiers.urls")),
    path("", include("motcua.payments.urls")),
    path("", include("motcua.routing.urls")),
    path("", include("motcua.routing.apologies.urls")),
    path("", include("motcua.routing.warnings.urls")),
    path("", include("motcua.result.urls")),
    path("", include("motcua.feedback.urls")),
    path("", include("motcua.feedback.receptions.urls")),
    path("", include("motcua.reporting.detectors.urls")),
    path("", include("motcua.reporting.opendata.urls")),
    path("", include("motcua.reporting.public.urls")),
    path("", include("motcua.reporting.pack.urls")),
    path("", include("motcua.reporting.exports.urls")),
    path("", include("motcua.reporting.screens.urls")),
    path("", include("motcua.reporting.indicators.urls")),
    path("", include("motcua.reform.urls")),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.broken
