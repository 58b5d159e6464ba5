"""Each name of an address, and how it is looked at: a stop of its own, the tests of its package, or no page at all."""

# Pages with a stop in `pages.py`.
SEEN = {
    "home", "procedures", "procedure", "postings", "due-date", "tracking", "tracking-dossier", "people",
    "calendar", "catalogue", "catalogue-imports", "catalogue-version", "choose-procedure", "intake",
    "find-dossier", "register", "worklist", "late", "dossier", "dossier-reasons", "results", "return-result",
    "find-mandates", "confirm-mandate", "add-pages", "result-copy", "note-arrived", "download-result",
    "send-supplement",
    "detour", "official", "new-official", "new-unit", "agency", "roster", "choose-absent", "health",
    "catalogue-postings", "refuse-at-counter", "submissions", "submission", "choose-postal",
    "register-postal", "duties", "settle-duty", "bundles", "receive-bundle", "reminders", "consultations",
    "apologies", "late-dossiers", "today", "in-hands", "time-spent", "system-faults", "tracking-record", "who-looked",
    "statistics", "open-figures", "open-dictionary", "record", "reports", "report-ii06a", "report-ii07a",
    "report-ii07b", "report-results", "report-durations", "report-digitization",
    "older-results", "new-older", "older-list", "older-result",
    "correct-older", "counted", "service-index", "indicator",
    "self-evaluation", "self-evaluation-index", "signs", "record-pack", "confirmations", "messages",
    "message-slips", "demo-phone", "slides", "notice-board", "eforms", "eform-page", "eform-told", "file",
    "draft-page", "draft-papers", "draft-check", "guest-filings", "assist", "citizen-log-in",
    "register-citizen", "forgot-password", "money", "takings", "statements", "ratings", "ratings-desk",
    "paper-ratings", "offline", "my-messages", "my-filings", "draft-done", "profile", "add-contact",
    "change-citizen-password", "mandates", "hall", "hall-rule", "hall-door", "take-number", "ticket", "leave-ticket",
    "new-mandate", "papers", "pay", "screen", "desk-screen", "counter", "halls", "arrange-hall",
    "new-hall", "certify", "certified", "new-order", "order", "statement", "bank-line",
    "collecting-account", "money-receipt", "hall-board", "counter-board",
    "queue-figures", "queue-tickets", "queue-what-if", "hall-figures",
    "certificates", "new-certificate", "certificate", "withdraw-certificate", "signatures", "check-signature",
    "receptions", "receptions-desk", "new-reception-plan", "end-reception-plan", "add-reception-day",
    "change-reception-day", "enter-reception",
    "reform-plans", "new-reform-plan", "reform-plan", "correct-reform-plan", "issue-reform-plan",
    "import-reform-tasks", "new-reform-task", "reform-task", "correct-reform-task", "reform-task-report",
    "reform-task-done", "reform-task-drop", "reform-task-reopen", "open-reform-plans", "open-reform-plan",
    "inspections", "new-inspection-plan", "inspection-plan", "inspection", "correct-finding", "remedy-finding",
    "new-admonition", "open-inspections",
    "choose-slot", "booking", "move-booking", "arrive-booked", "booked-today", "slot-plans",
}  # fmt: skip

# A small form like one with a stop, or reached only through rows that the demo office does not have, or (the
# kiosk) marking its whole browser: each is opened, sent and refused in the tests of its own package.
LIKE_OTHERS = {
    "new-code", "end-code", "end-unit", "end-role", "new-role", "end-official", "new-password", "away",
    "catalogue-edit", "catalogue-preview", "cancel-duty", "withdraw-fault", "bundle", "bundle-receipt",
    "consultation", "withdraw-consultation", "consult", "apology", "late-exception", "calendar-proposal",
    "counted-procedures", "self-evaluation-official", "message", "draft", "verify-contact",
    "finish-registration", "new-citizen-password", "rate", "rating-desk",
    "issue-inspection-plan", "hold-inspection", "new-finding", "conclude-inspection",
    "rating-follow-up", "kiosk", "kiosk-leave", "open-guest", "call-off",
}  # fmt: skip

# Prints, pictures, files and answers to machines.
NO_PAGE = {
    "certificate-copy",
    "hall-poster", "told-by-sms",
    "supplement-request", "refusal-letter", "discontinuation", "control-sheet", "procedure-qr", "receipt",
    "setlang", "health-live", "health-ready", "posters", "handbook", "own-slides", "message-slips-pdf",
    "submission-refusal", "submission-supplement-request", "money-notice", "apology-letter", "health-rules",
    "record-file", "tracking-proofs", "open-catalogue", "open-dictionary-json", "open-table", "export",
    "result-paper", "replaced-paper", "older-paper", "own-result", "draft-acknowledgement",
    "export-dossiers", "export-indicator", "export-self-evaluation", "export-official", "submission-paper",
    "dossier-paper", "draft-screen", "screen-now", "paper", "upload", "uploads", "told-by-bank", "pay-qr",
    "export-reform-plan",
    "openid_connect_callback", "openid_connect_login", "manifest", "worker", "counter-now",
    "receptions-ics",
    "hall-board-now", "counter-board-now", "board-voice", "export-queue-tickets",
}  # fmt: skip

# A button, whose answer leads on to another page.
MOVES = {
    "except-result", "decide-older",
    "back", "catalogue-draft", "send-member", "refuse-member", "draft-apology", "read-reminders", "start",
    "confirm-fault", "confirm-new-password", "drop-new-password", "drop-calendar-proposal",
    "forget-guest", "drop-draft", "message-again", "message-give-up", "message-slips-mailed", "look",
    "undo-reception-change", "undo-reception",
    "cancel-booking", "stop-slot-plan",
    "screen-answer", "kiosk-wipe", "me", "citizen-log-out", "end-mandate", "end-mandate-for-me",
    "allow-mandate-for-me", "remove-paper", "order-cash", "let-go-order",
    "cancel-order", "void-receipt", "decide-line", "refund-done", "settle-account", "rate-tracked",
    "remove-reform-task", "remove-inspection", "remove-admonition",
    "rating-remark", "calendar-preview", "take-step", "release-step", "pass-on-step", "approve-step",
    "send-back-step", "counter-act",
}  # fmt: skip
