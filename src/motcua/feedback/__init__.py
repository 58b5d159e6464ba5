"""What people say of the service they got: one rating for one dossier, and what the office does about a bad one.

Words: rating (đánh giá), criterion (tiêu chí), follow-up (việc phải làm sau một đánh giá kém).
Law: Circular 01/2018/TT-VPCP art. 11-13, Decree 61/2018/NĐ-CP art. 31-33.
"""
