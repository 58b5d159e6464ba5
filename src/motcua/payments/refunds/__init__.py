"""Money that is given back: noted with its reason, numbered through the year, done when there is a paper for it.

What came by transfer is given back of its bank line, cash of its payment. Whose filing is not taken in gets all of it.
"""
