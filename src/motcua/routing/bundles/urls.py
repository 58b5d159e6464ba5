from django.urls import path

from motcua.routing.bundles import views

urlpatterns = [
    path("bundles/", views.bundles, name="bundles"),
    path("bundles/new/<slug:definition>/", views.receive_bundle_page, name="receive-bundle"),
    path("bundles/<str:bundle_code>/", views.bundle, name="bundle"),
    path("bundles/<str:bundle_code>/receipt/", views.bundle_receipt, name="bundle-receipt"),
    path("bundles/<str:bundle_code>/<int:position>/send/", views.send_member, name="send-member"),
    path("bundles/<str:bundle_code>/<int:position>/refuse/", views.refuse_member_page, name="refuse-member"),
]
