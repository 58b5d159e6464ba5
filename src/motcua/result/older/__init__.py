"""Results from before this software that are still valid: listed, digitized, checked by a second official.

Words: `OlderResult` (kết quả cũ còn hiệu lực), its `OlderState`; the bytes are a `documents.IssuedPaper`. It lives in
`result` and not in `documents`: a row names a procedure and an agency's officials decide on it, and `documents` lies
below the catalogue; the bytes themselves are kept by the store there. Law: Decree 45/2020 art. 14, 16, Decree 118/2025.
"""
