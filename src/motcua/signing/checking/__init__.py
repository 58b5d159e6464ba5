"""Checking the signatures of a PDF that a stranger sent: it is opened only in a process with little memory and time.

`asking` starts that process, `__main__` is it, `verdicts` says in words what came of it. Nothing of the PDF is kept.
"""
