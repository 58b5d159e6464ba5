from django.urls import path

from motcua.reform.plan.views import plans, public, tasks

urlpatterns = [
    path("reform-plans/", public.open_plans, name="open-reform-plans"),
    path("reform-plans/<uuid:reform_plan_id>/", public.open_plan, name="open-reform-plan"),
    path("reform/", plans.plans, name="reform-plans"),
    path("reform/plans/new/", plans.new_plan, name="new-reform-plan"),
    path("reform/plans/<uuid:reform_plan_id>/", plans.plan, name="reform-plan"),
    path("reform/plans/<uuid:reform_plan_id>/correct/", plans.correct_plan, name="correct-reform-plan"),
    path("reform/plans/<uuid:reform_plan_id>/issue/", plans.issue_plan, name="issue-reform-plan"),
    path("reform/plans/<uuid:reform_plan_id>/import/", plans.import_sheet, name="import-reform-tasks"),
    path("reform/plans/<uuid:reform_plan_id>/export/<slug:shape>/", plans.export_plan, name="export-reform-plan"),
    path("reform/plans/<uuid:reform_plan_id>/tasks/new/", tasks.new_task, name="new-reform-task"),
    path("reform/tasks/<uuid:task_id>/", tasks.task, name="reform-task"),
    path("reform/tasks/<uuid:task_id>/correct/", tasks.correct_task, name="correct-reform-task"),
    path("reform/tasks/<uuid:task_id>/remove/", tasks.remove_task, name="remove-reform-task"),
    path("reform/tasks/<uuid:task_id>/report/", tasks.report, name="reform-task-report"),
    path("reform/tasks/<uuid:task_id>/done/", tasks.done, name="reform-task-done"),
    path("reform/tasks/<uuid:task_id>/drop/", tasks.drop, name="reform-task-drop"),
    path("reform/tasks/<uuid:task_id>/reopen/", tasks.reopen, name="reform-task-reopen"),
]
