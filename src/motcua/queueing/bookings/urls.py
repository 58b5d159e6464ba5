from django.urls import path

from motcua.queueing.bookings import desk, views

urlpatterns = [
    path("halls/<slug:hall_code>/book/", views.choose_slot, name="choose-slot"),
    path("halls/<slug:hall_code>/booked/", views.arrive_booked, name="arrive-booked"),
    path("halls/<slug:hall_code>/bookings/", desk.booked_today, name="booked-today"),
    path("halls/<slug:hall_code>/bookings/<slug:booking_code>/off/", desk.call_off, name="call-off"),
    path("halls/<slug:hall_code>/slots/", desk.slot_plans, name="slot-plans"),
    path("halls/<slug:hall_code>/slots/<uuid:plan_id>/stop/", desk.stop_plan, name="stop-slot-plan"),
    path("bookings/<str:booking_key>/", views.booking, name="booking"),
    path("bookings/<str:booking_key>/move/", views.move_booking, name="move-booking"),
    path("bookings/<str:booking_key>/cancel/", views.cancel_booking, name="cancel-booking"),
]
