from django.urls import path

from motcua.people.citizens.views import identity, log_in, mandates, profile, registering

urlpatterns = [
    path("", profile.me, name="me"),
    path("login/", log_in.log_in, name="citizen-log-in"),
    path("logout/", log_in.log_out, name="citizen-log-out"),
    path("register/", registering.register_contact, name="register-citizen"),
    path("register/finish/", registering.finish, name="finish-registration"),
    path("verify/", registering.verify, name="verify-contact"),
    path("forgot/", registering.forgot, name="forgot-password"),
    path("forgot/finish/", registering.new_password, name="new-citizen-password"),
    # The log-in library looks these two up by name.
    path("identity/<slug:provider_id>/", identity.to_provider, name="openid_connect_login"),
    path("identity/<slug:provider_id>/back/", identity.from_provider, name="openid_connect_callback"),
    path("profile/", profile.profile, name="profile"),
    path("password/", profile.password, name="change-citizen-password"),
    path("mandates/", mandates.mine, name="mandates"),
    path("mandates/new/", mandates.new, name="new-mandate"),
    path("mandates/<uuid:mandate_id>/end/", mandates.end, name="end-mandate"),
    path("mandates/<uuid:mandate_id>/end-for-me/", mandates.end_for_me, name="end-mandate-for-me"),
    path("mandates/<uuid:mandate_id>/allow-for-me/", mandates.allow_for_me, name="allow-mandate-for-me"),
    path("contacts/new/", profile.add, name="add-contact"),
]
