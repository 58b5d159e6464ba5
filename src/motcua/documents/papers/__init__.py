"""What citizens hand in: photos and PDFs, checked, made into papers, kept once by their hash.

A `Paper` is a label in somebody's store, a `StoredFile` the bytes under it, a `PaperUse` the bytes as they were handed
in with a filing; an `Upload` is half sent. Strangers' bytes are opened only in `bench`, a process with little memory.
Law: Decree 45/2020 art. 9, 10, 14-16 (components by electronic means, the citizen's own store), Decree 13/2023 (what is
kept of a person, and erasing it).
"""
