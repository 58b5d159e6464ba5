"""Papers and what is printed on them.

Now: printed papers (receipt, delivery note, register, posting sheet) set by Typst, QR codes, and the dated list
of official forms. Later: stored files, digitised copies, retention.
Law: Decree 118/2025, Circular 03/2025/TT-VPCP (before it Circular 01/2018/TT-VPCP), layout after Decree 30/2020.
"""
