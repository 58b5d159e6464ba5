"""The search index: what an entry is found by, kept in set-based tables that only this package writes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, models, transaction

from motcua.catalogue.search.rules.folding import clean, code_key, fold_word, mark_word, pairs, words
from motcua.core.sql import execute, fetch_all, fetch_one

KEYWORD = "~"
_LONGEST_NAME = 2000
_MOST_TITLE_WORDS = 60
_LOCK = 7_305_118


class SearchEntry(models.Model):
    """A procedure as the search sees it. `title` and `aliases` are folded words, one wording a line."""

    id = models.AutoField(primary_key=True)
    procedure_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=60)
    code_key = models.CharField(max_length=60)
    name = models.TextField()
    sector = models.TextField(db_index=True)
    titles = models.TextField()
    marked = models.TextField()
    keywords = models.TextField()
    standing = models.FloatField()
    offered = models.BooleanField()
    active = models.BooleanField()

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_searchentry"
        indexes = (models.Index(fields=["code_key"], name="searchentry_code", opclasses=["varchar_pattern_ops"]),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SearchTerm(models.Model):
    """A folded word or two neighbouring ones; numbers are never reused, so a stale vocabulary only misses."""

    id = models.AutoField(primary_key=True)
    term = models.TextField(unique=True)
    entries = models.IntegerField()
    display = models.TextField()

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_searchterm"

    def __str__(self) -> str:
        return self.term


class SearchPosting(models.Model):
    """That an entry has a term. Plain numbers: the rows are derived, and rewritten by the hundred thousand."""

    pk = models.CompositePrimaryKey("term", "entry")
    term = models.IntegerField()
    entry = models.IntegerField(db_index=True)

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_searchposting"

    def __str__(self) -> str:
        return f"{self.term} {self.entry}"


class SearchRevision(models.Model):
    """One row: when the index last changed (µs), by which a process knows that its vocabulary is stale.

    A time, not a count: a count would come back after a rolled-back change, and with it the wrong vocabulary.
    `stale_from` is the next day on which a version or a posting begins or has ended; none when nothing is to come.
    """

    id = models.SmallIntegerField(primary_key=True)
    number = models.BigIntegerField()
    stale_from = models.DateField(null=True)

    class Meta:
        app_label = "catalogue"
        db_table = "catalogue_searchrevision"

    def __str__(self) -> str:
        return str(self.number)


@dataclass(frozen=True, slots=True)
class SearchEntryInput:
    """What the catalogue tells the search about one procedure. `standing` (0–1) ranks equals: see `standing_of`."""

    procedure_id: UUID
    code: str
    name: str
    sector: str
    everyday_words: Sequence[str] = ()
    keywords: Sequence[str] = ()
    standing: float = 0.5
    offered: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class IndexCounts:
    """What the index holds after a change."""

    entries: int
    terms: int
    postings: int


def standing_of(levels: Iterable[str], *, national: bool = True, offered: bool = False) -> float:
    """How far up an entry stands among equal matches: 1 when offered here, less for other levels and provinces."""
    if offered:
        return 1.0
    here = 0.6 if "commune" in {*levels} else 0.3
    return here if national else here / 3


def _rows_of(entry: SearchEntryInput) -> tuple[list[str], list[str], list[str]]:
    """The entry's wordings (name first) folded and marked, and its folded keywords."""
    folded, marked = [], []
    for wording in (entry.name, *entry.everyday_words):
        found = words(clean(wording, _LONGEST_NAME))[:_MOST_TITLE_WORDS]
        folded.append(" ".join(fold_word(word) for word in found))
        marked.append(" ".join(mark_word(word) for word in found))
    bag = {fold_word(word) for text in (entry.sector, *entry.keywords) for word in words(clean(text, _LONGEST_NAME))}
    return folded, marked, sorted(bag)


def _terms_of(titles: Sequence[str], keywords: Iterable[str]) -> set[str]:
    terms: set[str] = set()
    for title in titles:
        listed = title.split(" ")
        terms.update(listed, pairs(listed))
    return terms | {KEYWORD + word for word in keywords} - {""}


def _displays(entries: Sequence[SearchEntryInput]) -> dict[str, str]:
    """For each folded term the spelling that names use most."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for wording in (entry.name, *entry.everyday_words):
            found = words(clean(wording, _LONGEST_NAME))[:_MOST_TITLE_WORDS]
            folded = [fold_word(word) for word in found]
            for term, spelling in zip([*folded, *pairs(folded)], [*found, *pairs(found)], strict=True):
                seen[term][spelling] += 1
    return {term: spellings.most_common(1)[0][0] for term, spellings in seen.items()}


def _copy(table: str, columns: str, rows: Iterator[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _clear(entries: Sequence[SearchEntryInput], *, replace: bool) -> None:
    if replace:
        execute("DELETE FROM catalogue_searchposting")
        execute("DELETE FROM catalogue_searchentry")
        return
    gone = [entry.procedure_id for entry in entries]
    execute(
        "DELETE FROM catalogue_searchposting WHERE entry IN"
        " (SELECT id FROM catalogue_searchentry WHERE procedure_id = ANY(%s))",
        [gone],
    )
    execute("DELETE FROM catalogue_searchentry WHERE procedure_id = ANY(%s)", [gone])


def _write(entries: Sequence[SearchEntryInput]) -> None:
    derived = [_rows_of(entry) for entry in entries]
    _copy(
        "catalogue_searchentry",
        "procedure_id, code, code_key, name, sector, titles, marked, keywords, standing, offered, active",
        (
            (e.procedure_id, e.code, code_key(e.code), e.name, e.sector, "\n".join(titles), "\n".join(marked),
             " ".join(bag), e.standing, e.offered, e.active)
            for e, (titles, marked, bag) in zip(entries, derived, strict=True)
        ),
    )  # fmt: skip
    terms = [_terms_of(titles, bag) for titles, _, bag in derived]
    displays = _displays(entries)
    distinct = sorted({*displays}.union(*terms))
    execute(
        "INSERT INTO catalogue_searchterm (term, entries, display) SELECT term, 0, display"
        " FROM unnest(%s::text[], %s::text[]) new (term, display) ON CONFLICT (term) DO NOTHING",
        [distinct, [displays.get(term, term) for term in distinct]],
    )
    numbers = dict(fetch_all("SELECT term, id FROM catalogue_searchterm WHERE term = ANY(%s)", [distinct]))
    places = dict(
        fetch_all(
            "SELECT procedure_id, id FROM catalogue_searchentry WHERE procedure_id = ANY(%s)",
            [[entry.procedure_id for entry in entries]],
        )
    )
    _copy(
        "catalogue_searchposting",
        "term, entry",
        (
            (numbers[term], places[entry.procedure_id])
            for entry, having in zip(entries, terms, strict=True)
            for term in having
        ),
    )


def reindex(entries: Iterable[SearchEntryInput], *, replace: bool = True) -> IndexCounts:
    """Make the index hold these entries: all of it when `replace`, else these added or changed.

    One transaction; readers see the old index until it ends. An entry given twice counts as its last mention.
    """
    given = [*{entry.procedure_id: entry for entry in entries}.values()]
    with transaction.atomic():
        execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        _clear(given, replace=replace)
        if given:
            _write(given)
        execute(
            "UPDATE catalogue_searchterm t SET entries = coalesce(n.entries, 0)"
            " FROM catalogue_searchterm o LEFT JOIN"
            " (SELECT term, count(*) AS entries FROM catalogue_searchposting GROUP BY term) n ON n.term = o.id"
            " WHERE o.id = t.id AND t.entries <> coalesce(n.entries, 0)"
        )
        execute(
            "INSERT INTO catalogue_searchrevision (id, number)"
            " VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)"
            " ON CONFLICT (id) DO UPDATE SET number = greatest(excluded.number, catalogue_searchrevision.number + 1)"
        )
        if replace:
            execute("ANALYZE catalogue_searchentry, catalogue_searchterm, catalogue_searchposting")
    counts = fetch_one(
        "SELECT (SELECT count(*) FROM catalogue_searchentry),"
        " (SELECT count(*) FROM catalogue_searchterm WHERE entries > 0),"
        " (SELECT count(*) FROM catalogue_searchposting)"
    )
    if counts is None:
        raise RuntimeError("PostgreSQL returned no counts for the search index.")
    return IndexCounts(*counts)
