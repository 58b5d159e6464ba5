"""Open figures: the monthly counts, the published procedures and the seals, for machines, under a free licence.

Words: `Dataset` (what is offered, with a version of its columns), `Column` (its meaning), `distribution` (one shape of
it: CSV, JSON, Parquet). A column changes only with a new version. What is small is kept back as on the public page.
Law: Decree 47/2020/NĐ-CP and Law 148/2025/QH15 (open data of state agencies).
"""
