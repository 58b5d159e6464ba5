"""The yearly reform plan of an agency: drafted, issued under a number, then followed task by task.

Words: `Plan`, `PlanTask`, standing (how a task stands on a day: computed, so that nobody can write "in time").
"""
