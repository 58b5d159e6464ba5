"""What is open of allauth: log-in, log-out, one's own password, the second factor. Nothing else answers.

allauth looks the closed addresses up by name, so they exist, and give 404: nobody signs up here, and
forgotten passwords are set anew by the administrator. Who looks at his recovery codes has that written on them, with
its event: together.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.db.transaction import atomic
from django.urls import path

from motcua.core.access import public
from motcua.core.views import closed
from motcua.people.views import ActivateSecondFactor

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", public(ActivateSecondFactor.as_view()), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", atomic(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", atomic(recovery_codes.download_recovery_codes),
         name="mfa_download_recovery_codes"),
    *(
        path(f"closed/{name.replace('_', '-')}/", closed, name=name)
        for name in (
            "account_signup", "account_email", "account_set_password", "account_reset_password",
            "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
            "account_email_verification_sent", "account_confirm_email", "account_confirm_login_code",
        )
    ),
]  # fmt: skip
