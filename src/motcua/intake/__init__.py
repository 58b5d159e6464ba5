"""Taking a dossier in: who files, which papers, what it costs, when it is promised, the receipt.

Words: `receive` (tiếp nhận), `Filing` (what is about to be received), `Receipt` (giấy tiếp nhận và hẹn trả,
form 01). Law: Decree 118/2025/NĐ-CP arts. 16–17, Circular 03/2025/TT-VPCP.
"""
