from django.urls import path

from motcua.reform.inspections.views import plans, visits

urlpatterns = [
    path("reform-inspections/", plans.open_inspections, name="open-inspections"),
    path("reform/inspections/", plans.inspections, name="inspections"),
    path("reform/inspections/new/", plans.new_inspection_plan, name="new-inspection-plan"),
    path("reform/inspections/plans/<uuid:inspection_plan_id>/", plans.inspection_plan, name="inspection-plan"),
    path(
        "reform/inspections/plans/<uuid:inspection_plan_id>/issue/",
        plans.issue_inspection_plan,
        name="issue-inspection-plan",
    ),
    path("reform/inspections/<uuid:inspection_id>/", visits.inspection, name="inspection"),
    path("reform/inspections/<uuid:inspection_id>/remove/", plans.remove_target, name="remove-inspection"),
    path("reform/inspections/<uuid:inspection_id>/hold/", visits.hold, name="hold-inspection"),
    path("reform/inspections/<uuid:inspection_id>/findings/new/", visits.new_finding, name="new-finding"),
    path("reform/inspections/<uuid:inspection_id>/people/new/", visits.new_admonition, name="new-admonition"),
    path("reform/inspections/<uuid:inspection_id>/conclude/", visits.conclude, name="conclude-inspection"),
    path("reform/findings/<uuid:finding_id>/correct/", visits.correct_finding, name="correct-finding"),
    path("reform/findings/<uuid:finding_id>/remedy/", visits.remedy, name="remedy-finding"),
    path("reform/people/<uuid:admonition_id>/remove/", visits.take_back_admonition, name="remove-admonition"),
]
