"""What a filing costs, asked for, paid at the desk or by transfer, and the numbered receipt for it.

Words: `Quote` (mức thu tính ra), `PaymentOrder` (khoản thu), reference (mã nộp tiền), `MoneyReceipt` (biên lai).
An order is paid by money that is here: cash an official counted, or a line of the bank's own account; never by a word.
Law: Decree 118/2025/NĐ-CP art. 24 (ways of paying); the sums are those of the procedure's version on the day.
"""
