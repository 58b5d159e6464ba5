"""Sending a filled form with two papers over HTTP, beside the same rows written by pgbench in the same run.

One citizen fills a birth registration and photographs two papers; her draft and papers are multiplied in sets, and each
request sends another one. With the request go log-in, CSRF, the form's own check of all answers and papers, the clock
of the desk's answer, the number of the day, the event, and the messages that are told of it.
"""

import json
import statistics
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import record, same_rows, web
from benchmarks.filing import PAPERS, Citizen, filled
from benchmarks.office import BenchOffice, _token

HERE = Path(__file__).parent
DRAFTS = 6_000
_MULTIPLIED = """
DROP TABLE IF EXISTS bench_paper, bench_draft;
CREATE TABLE bench_paper AS SELECT n, p.id AS old, uuidv7() AS new FROM generate_series(1, {count}) n,
  (SELECT id FROM documents_paper ORDER BY created_at DESC LIMIT {papers}) p;
INSERT INTO documents_paper SELECT made.* FROM bench_paper b JOIN documents_paper p ON p.id = b.old,
  jsonb_populate_record(p, jsonb_build_object('id', b.new)) made;
CREATE TABLE bench_draft AS SELECT n, uuidv7() AS id, replace(replace(d.papers::text, first.old::text, first.new::text),
  last.old::text, last.new::text)::jsonb AS papers
  FROM intake_draft d, (SELECT DISTINCT ON (n) * FROM bench_paper ORDER BY n, old) first
  JOIN (SELECT DISTINCT ON (n) * FROM bench_paper ORDER BY n, old DESC) last USING (n) WHERE d.id = '{draft}';
ALTER TABLE bench_draft ADD PRIMARY KEY (n);
INSERT INTO intake_draft SELECT made.* FROM bench_draft b, intake_draft d,
  jsonb_populate_record(d, jsonb_build_object('id', b.id, 'submission_id', uuidv7(), 'papers', b.papers)) made
  WHERE d.id = '{draft}';
ANALYZE bench_draft, intake_draft, documents_paper;
"""
_SENT = """\\set n random(1, {count})
UPDATE intake_draft d SET submitted_at = now(), updated_at = now(), answers = '{{}}', known = '[]', papers = '{{}}'
  FROM bench_draft b WHERE b.n = :n AND d.id = b.id;"""


def run(office: BenchOffice, *, clients: int, seconds: int, rounds: int) -> dict[str, Any]:
    """Interleaved rounds of HTTP and pgbench with as many clients; medians and their ratio."""
    citizen, draft = filled(office)
    count = DRAFTS * seconds // 10
    ids = _multiplied(office, draft, count * (rounds + 1))
    rows = _same_rows(office, citizen, ids.pop(), count)
    over_http, in_pgbench = [], []
    _sent(office, citizen, ids, count, seconds=2)
    for _ in range(rounds):
        over_http.append(_sent(office, citizen, ids, count, seconds=seconds, clients=clients))
        in_pgbench.append(web._pgbench(office, rows, clients=clients, seconds=seconds))
    rate = statistics.median(run["written"] for run in over_http)
    limit = statistics.median(run["tps"] for run in in_pgbench)
    return {"http": over_http, "pgbench": in_pgbench, "rate": rate, "limit": limit, "ratio": rate / limit}


def rows(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """As the table of `make bench` has them."""
    return web.written_rows("nộp tờ khai với hai giấy tờ qua HTTP", found)


def _multiplied(office: BenchOffice, draft: str, count: int) -> list[str]:
    with _database(office) as connection:
        connection.execute(_MULTIPLIED.format(count=count, papers=PAPERS, draft=draft))
    return [str(one) for (one,) in office.sql("SELECT id::text FROM bench_draft ORDER BY n")]


def _same_rows(office: BenchOffice, citizen: Citizen, draft: str, count: int) -> Path:
    """Send one by itself and write down what it wrote."""
    with record.kept_out(office, record.ROUNDS["off"]), _database(office) as connection:
        watch = same_rows.Watch(connection)
        citizen.get(f"/file/draft/{draft}/check/")
        citizen.post(f"/file/draft/{draft}/check/", {"return_method": "counter"})
        written = watch.written()
    sent = next(row for table, _columns, row in written if table == "intake_submission")
    text = same_rows.script(
        written, number=str(sent["number"]), token=str(sent["tracking_token"]),
        once={"intake_draft": _SENT.format(count=count)},
    )  # fmt: skip
    path = office.folder / "submit.sql"
    path.write_text(text)
    return path


def _sent(
    office: BenchOffice, citizen: Citizen, ids: list[str], count: int, *, seconds: int, clients: int = 8
) -> dict[str, Any]:
    """A round over HTTP, each request with a draft that nobody has sent; `written` is counted in the table."""
    mine, ids[:] = ids[:count], ids[count:]
    citizen.get(f"/file/draft/{mine[0]}/check/")
    path = office.folder / "submit.lua"
    drafts = office.folder / "drafts.txt"
    drafts.write_text("\n".join(mine))
    path.write_text(
        f"local drafts = {json.dumps(str(drafts))}\nlocal token = {json.dumps(_token(citizen.page))}\n"
        f"local cookie = {json.dumps(web._cookie_header(citizen.cookies))}\n"
        + (HERE / "submit.lua").read_text()
        + (HERE / "report.lua").read_text()
    )
    before = _submissions(office)
    figures = web._wrk(office, "/", clients=clients, seconds=seconds, script=path)
    figures["written"] = (_submissions(office) - before) / figures["seconds"]
    if figures["written"] < 0.9 * figures["rate"]:
        raise RuntimeError(f"{figures}: more was sent than written")
    return figures


def _database(office: BenchOffice) -> psycopg.Connection[Any]:
    return psycopg.connect(host=office.socket_dir, user="postgres", dbname="motcua", autocommit=True)


def _submissions(office: BenchOffice) -> int:
    return int(str(office.sql("SELECT count(*) FROM intake_submission")[0][0]))
