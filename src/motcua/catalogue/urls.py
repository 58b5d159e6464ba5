from django.urls import include, path

from motcua.catalogue.eforms import views as eforms
from motcua.catalogue.views import control, drafting, posting, public

urlpatterns = [
    path("", public.home, name="home"),
    path("", include("motcua.catalogue.posting.urls")),
    path("procedures/", public.procedures, name="procedures"),
    path("procedures/<str:code>/", public.procedure, name="procedure"),
    path("procedures/<str:code>/qr.svg", public.procedure_qr, name="procedure-qr"),
    path("postings/", public.postings, name="postings"),
    path("catalogue/", control.version_list, name="catalogue"),
    path("catalogue/imports/", control.import_list, name="catalogue-imports"),
    path("catalogue/postings/", posting.own, name="catalogue-postings"),
    path("catalogue/eforms/", eforms.eform_list, name="eforms"),
    path("catalogue/eforms/<slug:eform_code>/<int:eform_number>/", eforms.eform_told, name="eform-told"),
    path(
        "catalogue/eforms/<slug:eform_code>/<int:eform_number>/<int:page_number>/", eforms.eform_page, name="eform-page"
    ),
    path("catalogue/<uuid:version_id>/draft/", drafting.start_draft, name="catalogue-draft"),
    path("catalogue/<uuid:version_id>/edit/", drafting.edit, name="catalogue-edit"),
    path("catalogue/<uuid:version_id>/preview/", drafting.preview, name="catalogue-preview"),
    path("catalogue/<uuid:version_id>/", control.version, name="catalogue-version"),
]
