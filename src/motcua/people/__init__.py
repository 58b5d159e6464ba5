"""Agencies, units, officials and the parties they serve.

Words: `Agency` (cơ quan), `Unit` (đơn vị), `Official` (cán bộ, công chức), `RoleGrant` (a role held for a
time), `Party` (cá nhân, tổ chức), `Account` (a way to log in). Everything about an office is dated: the
district level ended on 30/6/2025 as a date in a row, not as a branch in code (Law 72/2025/QH15).
"""
