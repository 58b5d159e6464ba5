from django.urls import path

from motcua.reporting.opendata import views

urlpatterns = [
    path("open-data/", views.index, name="open-figures"),
    path("open-data/dictionary/", views.dictionary_page, name="open-dictionary"),
    path("open-data/dictionary.json", views.dictionary_for_machines, name="open-dictionary-json"),
    path("open-data/catalog.jsonld", views.catalogue_for_machines, name="open-catalogue"),
    path("open-data/<slug:name>.<slug:shape>", views.table, name="open-table"),
]
