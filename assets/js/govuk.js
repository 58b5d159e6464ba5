// The few initialisers of govuk-frontend that our pages use.
import { Checkboxes, createAll, ErrorSummary, NotificationBanner, Radios, SkipLink } from "govuk-frontend";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
for (const piece of [ErrorSummary, NotificationBanner, SkipLink, Radios, Checkboxes]) createAll(piece);
