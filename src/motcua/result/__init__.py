"""The answer: prepared when the leader approves, returned to the citizen, confirmed by the recipient.

Words: `Result` (kết quả giải quyết), `Delivery` (the act of returning it). Law: Decree 118/2025/NĐ-CP
art. 22; the result's code `<mã hồ sơ>-KQ1` per Decree 45/2020/NĐ-CP art. 14.3.
"""
