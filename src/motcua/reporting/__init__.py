"""What the office can be asked about itself: figures with the dossiers behind them, signs, the inspector's pack.

Reads only: nothing here changes a dossier. Law: Circular 01/2020/TT-VPCP (periodic reports), Decision 766/QĐ-TTg
(service index), Decree 118/2025/NĐ-CP (checking how procedures are handled).
"""
