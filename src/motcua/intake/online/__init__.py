"""Filing from home: a draft is begun, filled page by page, given its papers, checked and sent to the desk.

Words: `Draft` (what is filled in and not yet sent; it saves itself), `Filer` (a citizen with an account, or a guest
who holds a key), `Wanted` (a paper of the list, and how it gets here). What is sent is a `Submission`.
Law: Decree 61/2018/NĐ-CP arts. 11, 17; Decree 45/2020/NĐ-CP arts. 9 to 11; Decree 118/2025/NĐ-CP art. 17.
"""
