from django.urls import path

from motcua.correspondence import views

urlpatterns = [
    path("messages/", views.message_list, name="messages"),
    path("messages/slips/", views.slips, name="message-slips"),
    path("messages/slips.pdf", views.slips_pdf, name="message-slips-pdf"),
    path("messages/slips/mailed/", views.slips_mailed, name="message-slips-mailed"),
    path("messages/<uuid:message_id>/", views.message_page, name="message"),
    path("messages/<uuid:message_id>/again/", views.send_again, name="message-again"),
    path("messages/<uuid:message_id>/give-up/", views.give_up, name="message-give-up"),
    path("me/messages/", views.my_messages, name="my-messages"),
    path("demo/phone/", views.demo_phone, name="demo-phone"),
]
