from django.urls import path

from motcua.people.citizens.views import desk as citizens_desk
from motcua.people.views import offices, officials, roster

urlpatterns = [
    path("people/", officials.people, name="people"),
    path("people/new/", officials.new_official, name="new-official"),
    path("people/agency/", offices.agency, name="agency"),
    path("people/agency/codes/new/", offices.new_code, name="new-code"),
    path("people/agency/codes/<uuid:code_id>/end/", offices.code_end, name="end-code"),
    path("people/units/new/", offices.new_unit, name="new-unit"),
    path("people/units/<uuid:unit_id>/end/", offices.unit_end, name="end-unit"),
    path("people/roles/<uuid:grant_id>/end/", officials.role_end, name="end-role"),
    path("people/<uuid:official_id>/", officials.official, name="official"),
    path("people/<uuid:official_id>/roles/new/", officials.new_role, name="new-role"),
    path("people/<uuid:official_id>/end/", officials.official_end, name="end-official"),
    path("people/<uuid:official_id>/password/", officials.new_password, name="new-password"),
    path("people/passwords/<uuid:renewal_id>/confirm/", officials.confirm_new_password, name="confirm-new-password"),
    path("people/passwords/<uuid:renewal_id>/drop/", officials.drop_new_password, name="drop-new-password"),
    path("mandates/", citizens_desk.find, name="find-mandates"),
    path("mandates/<uuid:mandate_id>/", citizens_desk.confirm, name="confirm-mandate"),
    path("roster/", roster.roster, name="roster"),
    path("roster/away/", roster.choose_absent, name="choose-absent"),
    path("roster/<uuid:official_id>/away/", roster.away, name="away"),
    path("roster/absences/<uuid:absence_id>/back/", roster.back, name="back"),
]
