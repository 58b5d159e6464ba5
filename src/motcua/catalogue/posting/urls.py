from django.urls import path

from motcua.catalogue.posting import kiosk, slides, views

urlpatterns = [
    path("catalogue/notice-board/", views.board, name="notice-board"),
    path("catalogue/notice-board/posters.pdf", views.posters, name="posters"),
    path("postings/handbook.pdf", views.handbook, name="handbook"),
    path("kiosk/", kiosk.home, name="kiosk"),
    path("kiosk/wipe/", kiosk.wipe, name="kiosk-wipe"),
    path("kiosk/leave/", kiosk.leave, name="kiosk-leave"),
    path("slides/", slides.own, name="own-slides"),
    path("slides/<str:office_code>/", slides.show, name="slides"),
]
