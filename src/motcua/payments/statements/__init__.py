"""What the bank says came in, and whose it is.

Words: `Statement` (sao kê), `BankLine` (dòng sao kê), matching by reference, sum and account, `Refund` (trả lại tiền).
A line is kept once however often it is told, by sheet or by the signed webhook. What does not fit stands in a queue.
"""
