"""What an applicant owes before his dossier can go on: asked for, paid with proof, or given up.

Words: `FinancialDuty` (nghĩa vụ tài chính), `Evidence` (chứng từ nộp tiền), money notice (thông báo).
While something is owed the clock stands still, in state 6 of the national portal; with the last proof it goes on.
Law: Decree 61/2018/NĐ-CP art. 19, Decree 118/2025/NĐ-CP; each duty names its own legal basis.
"""
