// Ours: keyboard, one-shot forms, questions, live pieces. No framework; every page also works without this.
import { watchClock, watchCopy } from "./small.js";
import { watchDialogs } from "./dialogs.js";
import { watchEforms } from "./eforms.js";
import { watchForms } from "./forms.js";
import { watchKeys } from "./keys.js";
import { watchLine } from "./offline.js";
import { watchRequests } from "./requests.js";

watchForms();
watchEforms();
watchDialogs();
watchKeys();
watchRequests();
watchCopy();
watchClock();
watchLine();
