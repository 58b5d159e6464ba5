"""Figures that anybody may see: months that are over, never so fine that they point at a person.

Words: `cell` (one published number), `sum` (a published number that others add up to), `hide` (which cells stay back),
`Told` (how a number is said: exactly, under five, at least so many). Reads the counters only.
Law: Decree 118/2025/NĐ-CP and Circular 01/2020/TT-VPCP (results are public), Law 91/2025/QH15 (personal data).
"""
