from django.urls import path

from motcua.signing.views import keeping, public

urlpatterns = [
    path("certificates/", keeping.certificates, name="certificates"),
    path("certificates/new/", keeping.new_certificate, name="new-certificate"),
    path("certificates/<uuid:certificate_id>/", keeping.certificate, name="certificate"),
    path("certificates/<uuid:certificate_id>/withdraw/", keeping.withdraw_certificate, name="withdraw-certificate"),
    path("signatures/", public.signatures, name="signatures"),
    path("signatures/check/", public.check_signature, name="check-signature"),
    path("signatures/<slug:fingerprint>.cer", public.certificate_copy, name="certificate-copy"),
]
