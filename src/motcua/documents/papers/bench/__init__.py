"""The bench where strangers' bytes are opened: a process of its own with little memory, little time and no database.

`python -m motcua.documents.papers.bench` reads one order as JSON, writes one PDF, and prints what it made or the reason
why not. It loads neither Django nor settings, and knows no secret.
"""
