"""Reports to take along: XLSX, CSV, PDF/A and JSON of what a page of reports shows.

A *report* is a title, columns, lines and notes (`value`), made from what the page reads anyway (`pages`, `indices`,
`dossiers`); the writers (`sheets`, `long_sheets`, `commas`, `paper`, `plain`) know nothing of the database. A list of
dossiers is written as it is read, however long it is. Forms II.06a, II.07a, II.07b: Circular 01/2020/TT-VPCP.
"""
