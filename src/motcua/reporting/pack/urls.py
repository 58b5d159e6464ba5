from django.urls import path

from motcua.reporting.pack import views

urlpatterns = [path("record/pack/", views.record_pack, name="record-pack")]
