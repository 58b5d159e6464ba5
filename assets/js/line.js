// The line to the live process: heard while it gives signs of life, opened anew when it does not, and meanwhile the
// office is asked every few seconds. What was told last stays; `stands` says whether the line is lost, and whether so
// long that what is shown may be old.
const SILENT = 12000; // the stream gives a sign of life every five seconds
const AGAIN = 3000;
const SHORT = 2500; // a break that nobody needs to know of
const LOOK = 1000;

export function keepTelling({ stream, ask, every, show, stands }) {
  let source = null;
  let again = 0;
  let opened = 0;
  let broken = 0; // since when, while it is
  let heard = performance.now(); // the stream's last sign of life
  let known = heard; // when what is shown was last true
  let asked = 0;
  let asking = false;

  function alive() {
    heard = known = performance.now();
    broken = 0;
    look();
  }

  function listen() {
    clearTimeout(again);
    if (source) source.close();
    opened = performance.now();
    source = new EventSource(stream);
    const own = source;
    own.addEventListener("now", (event) => {
      alive();
      show(JSON.parse(event.data));
    });
    own.addEventListener("ping", alive);
    own.addEventListener("error", () => {
      broken ||= performance.now();
      // Refused for now (no database, too many boards): a browser does not try that again by itself.
      if (own.readyState === EventSource.CLOSED) again = setTimeout(listen, AGAIN);
    });
  }

  async function question() {
    const answer = await fetch(ask, { cache: "no-store", signal: AbortSignal.timeout(every * 2) });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  function look() {
    const now = performance.now();
    // A line that is open and says nothing, or is not opened for long: cut somewhere on the way, without a word.
    if (now - Math.max(heard, opened) > SILENT) listen();
    const isLost = now - heard > SILENT || (broken > 0 && now - broken > SHORT);
    stands({ isLost, isOld: isLost && now - known > SILENT });
    if (!isLost || asking || now - asked < every) return;
    asking = true;
    asked = now;
    question()
      .then(
        (state) => {
          if (heard > asked) return; // the stream is back, and newer
          known = performance.now();
          show(state);
        },
        () => null, // no answer: what is shown grows old, and says so
      )
      .finally(() => {
        asking = false;
      });
  }

  listen();
  setInterval(look, LOOK);
}
