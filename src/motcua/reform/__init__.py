"""The office answers for its own reform: the yearly plan, task by task, and the inspections of the agencies below it.

Words: plan (kế hoạch cải cách hành chính), task (nhiệm vụ), area (lĩnh vực cải cách), inspection (kiểm tra), finding
(tồn tại), admonition (nhắc nhở: how many people of which post, never who).
Law: Resolution 76/NQ-CP of 2021; areas and causes are dated rows of `data/reform.yaml`.
"""
