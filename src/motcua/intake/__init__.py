"""Taking a dossier in: who files, which papers, what it costs, when it is promised, the receipt.

Words: `receive` (tiếp nhận), `Filing` (what is about to be received), `Submission` (hồ sơ chờ tiếp nhận: came by
post or online, not yet a dossier), `Receipt` (giấy tiếp nhận và hẹn trả, form 01). Law: Decree 61/2018/NĐ-CP
art. 17, Decree 118/2025/NĐ-CP arts. 16–17, Decree 45/2020/NĐ-CP art. 11, Circular 03/2025/TT-VPCP.
"""
