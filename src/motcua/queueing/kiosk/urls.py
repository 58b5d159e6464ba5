from django.urls import path

from motcua.queueing.kiosk import door, phone, sms, views

urlpatterns = [
    path("halls/<slug:hall_code>/", phone.hall, name="hall"),
    path("halls/<slug:hall_code>/take/", views.take, name="take-number"),
    path("halls/<slug:hall_code>/rule/", views.rule, name="hall-rule"),
    path("halls/<slug:hall_code>/door/", door.door, name="hall-door"),
    path("halls/<slug:hall_code>/door.pdf", door.poster, name="hall-poster"),
    path("tickets/<str:ticket_key>/", phone.ticket, name="ticket"),
    path("tickets/<str:ticket_key>/leave/", phone.leave, name="leave-ticket"),
    path("sms/told/", sms.told_by_sms, name="told-by-sms"),
]
