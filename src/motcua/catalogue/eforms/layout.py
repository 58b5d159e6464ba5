"""The layout of an e-form read: pages, parts, questions, conditions, rules; each tied to its place in the schema."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.eforms.conditions import JOINED, Check, Condition
from motcua.catalogue.eforms.schemas import resolved
from motcua.catalogue.eforms.shapes import (
    CHOSEN,
    Besides,
    Choice,
    Circumstance,
    Computation,
    DayRule,
    Item,
    NumberRule,
    OthersRule,
    Page,
    Part,
    Question,
    Repeat,
    Rule,
    Sum,
    Widget,
)
from motcua.catalogue.eforms.told import Told

QUESTION_KEYS = (
    "hint", "missing", "wrong", "choices", "when", "known", "computed", "computed_when", "suggest", "unit", "width",
    "quiet", "replaces",
)  # fmt: skip
REPEAT_KEYS = ("hint", "missing", "when", "replaces")
WIDTHS = ("", "3", "5", "10", "20")


class Layout:
    """Reads the layout against one schema; ids are permanent, so each may stand once only."""

    def __init__(self, schema: Mapping[str, Any], lists: Mapping[str, Sequence[str]], faults: list[str]) -> None:
        self.schema = schema
        self.lists = lists
        self.faults = faults
        self.seen: set[str] = set()

    def pages(self, top: Told) -> tuple[Page, ...]:
        found = tuple(self._page(told) for told in top.parts("pages"))
        laid_out = {item.id for page in found for item in page.items()}
        for name in self.schema.get("properties", {}):
            if name not in laid_out:
                top.note(_("câu hỏi “%s” có trong lược đồ mà không có trên trang nào.") % name)
        return found

    def _page(self, told: Told) -> Page:
        told.keys(("id", "title", "parts"), ("hint",))
        parts = []
        for one in told.parts("parts"):
            one.keys(("ask",), ("title", "hint"))
            items = tuple(self._item(item) for item in one.parts("ask"))
            parts.append(Part(one.words_or_none("title"), one.words_or_none("hint"), items))
        return Page(told.text("id"), told.words("title"), told.words_or_none("hint"), tuple(parts))

    def _item(self, told: Told) -> Item:
        item = self._repeat(told) if "ask" in told.values else self._question(told, self.schema, self.seen)
        if item.id in self.seen:
            told.note(_("mã “%s” đứng hai lần.") % item.id)
        self.seen.add(item.id)
        return item

    def _repeat(self, told: Told) -> Repeat:
        told.keys(("id", "label", "row", "add", "ask"), REPEAT_KEYS)
        item_id = told.text("id")
        rows = self._property(told, self.schema, item_id)
        row_schema = resolved(rows.get("items", {}), self.schema)
        inside: set[str] = set()
        questions = []
        for one in told.parts("ask"):
            question = self._question(one, row_schema, inside)
            if question.id in inside:
                one.note(_("mã “%s” đứng hai lần.") % question.id)
            inside.add(question.id)
            questions.append(question)
        for name in row_schema.get("properties", {}):
            if name not in inside:
                told.note(_("câu hỏi “%s” có trong lược đồ mà không có trên trang nào.") % name)
        if not isinstance(rows.get("maxItems"), int):
            told.note(_("lược đồ của nhóm lặp phải có maxItems."))
        return Repeat(
            id=item_id,
            label=told.words("label"),
            row=told.words("row"),
            add=told.words("add"),
            questions=tuple(questions),
            least=int(rows.get("minItems", 0)),
            most=int(rows.get("maxItems") or 1),
            hint=told.words_or_none("hint"),
            missing=told.words_or_none("missing"),
            when=self._when(told, self.seen),
            required=item_id in self.schema.get("required", ()),
            replaces=told.text("replaces", ""),
        )

    def _question(self, told: Told, schema: Mapping[str, Any], earlier: set[str]) -> Question:
        told.keys(("id", "widget", "label"), QUESTION_KEYS)
        item_id = told.text("id")
        named = told.text("widget")
        if named not in set(Widget):
            told.note(_("không có cách hỏi nào tên “%s”.") % named)
        widget = Widget(named) if named in set(Widget) else Widget.TEXT
        if told.text("width", "") not in WIDTHS:
            told.note(_("“width” chỉ nhận %s.") % ", ".join(WIDTHS[1:]))
        return Question(
            id=item_id,
            widget=widget,
            label=told.words("label"),
            schema=self._property(told, schema, item_id),
            hint=told.words_or_none("hint"),
            missing=told.words_or_none("missing"),
            wrong=told.words_or_none("wrong"),
            choices=self._choices(told, widget),
            when=self._when(told, earlier),
            known=told.text("known", ""),
            computed=self._computed(told, earlier),
            required=item_id in schema.get("required", ()),
            suggest=self._suggested(told),
            unit=told.words_or_none("unit"),
            width=told.text("width", ""),
            quiet=told.values.get("quiet") is True,
            replaces=told.text("replaces", ""),
        )

    def _property(self, told: Told, schema: Mapping[str, Any], name: str) -> dict[str, Any]:
        properties = schema.get("properties", {})
        if name not in properties:
            told.note(_("câu hỏi “%s” không có trong lược đồ.") % name)
            return {}
        return resolved(properties[name], self.schema)

    def _choices(self, told: Told, widget: Widget) -> tuple[Choice, ...]:
        if widget not in CHOSEN:
            return ()
        found = []
        for one in told.parts("choices"):
            one.keys(("value", "label"), ("hint",))
            found.append(Choice(one.text("value"), one.words("label"), one.words_or_none("hint")))
        if not found:
            told.note(_("chưa có câu trả lời nào để chọn (choices)."))
        return tuple(found)

    def _suggested(self, told: Told) -> tuple[str, ...]:
        name = told.text("suggest", "")
        if name and name not in self.lists:
            told.note(_("không có danh sách gợi ý nào tên “%s”.") % name)
        return tuple(self.lists.get(name, ()))

    def _computed(self, told: Told, earlier: set[str]) -> Computation | None:
        value = told.values.get("computed")
        if value is None:
            return None
        if isinstance(value, Mapping) and len(value) == 1:
            ((name, of),) = value.items()
            names = of if isinstance(of, list) else [of]
            if name in set(Sum) and all(isinstance(one, str) for one in names):
                return Computation(Sum(name), tuple(names), self._when(told, earlier, "computed_when"))
        told.note(_("“computed” chỉ nhận một trong: %s.") % ", ".join(Sum))
        return None

    def _when(self, told: Told, earlier: set[str], key: str = "when") -> Condition | None:
        value = told.values.get(key)
        if value is None:
            return None
        found = condition_from(value)
        if found is None:
            told.note(_("không hiểu điều kiện “%s”.") % key)
            return None
        for name in sorted(found.reads() - earlier):
            told.note(_("điều kiện nhìn câu hỏi “%s”, phải đứng trước nó cùng cấp.") % name)
        return found

    def circumstances(self, top: Told) -> tuple[Circumstance, ...]:
        found = []
        for told in top.parts("circumstances"):
            told.keys(("when", "says"), ())
            when = self._when(told, self.seen)
            if when is not None:
                found.append(Circumstance(when, told.text("says")))
        return tuple(found)

    def besides(self, top: Told) -> tuple[Besides, ...]:
        found = []
        for told in top.parts("besides"):
            told.keys(("procedure", "copies"), ())
            if not self._is_asked(told.text("copies")):
                told.note(_("không có câu hỏi nào mã “%s”.") % told.text("copies"))
            found.append(Besides(told.text("procedure"), told.text("copies")))
        return tuple(found)

    def rules(self, top: Told) -> tuple[Rule, ...]:
        found: list[Rule] = []
        for told in top.parts("rules"):
            names: list[str]
            if "day" in told.values:
                told.keys(("day", "sentence"), ("not_after", "not_before"))
                after, before = told.text("not_after", ""), told.text("not_before", "")
                found.append(DayRule(told.text("day"), after, before, told.words("sentence")))
                names = [told.text("day"), *(one for one in (after, before) if one not in ("", "today"))]
            elif "personal_id" in told.values:
                told.keys(("personal_id",), ("born", "gender"))
                number = NumberRule(told.text("personal_id"), told.text("born", ""), told.text("gender", ""))
                found.append(number)
                names = [one for one in (number.question, number.born, number.gender) if one]
            else:
                told.keys(("different", "sentence"), ())
                names = [*told.texts("different")]
                found.append(OthersRule(tuple(names), told.words("sentence")))
            for name in names:
                if not self._is_asked(name):
                    told.note(_("không có câu hỏi nào mã “%s”.") % name)
        return tuple(found)

    def _is_asked(self, name: str) -> bool:
        """Whether a question, or a question of a repeat ("rows.question"), has this id."""
        first, _dot, inner = name.partition(".")
        if first not in self.seen:
            return False
        rows = resolved(self.schema.get("properties", {}).get(first, {}), self.schema)
        return not inner or inner in resolved(rows.get("items", {}), self.schema).get("properties", {})


def unfit_schema(question: Question) -> str:
    """Why this widget cannot give what the schema takes ("" when it can)."""
    schema, kind = question.schema, question.schema.get("type")
    values = {one.value for one in question.choices}
    if question.widget is Widget.TICKS:
        allowed = schema.get("items", {}).get("enum", ())
        return "" if kind == "array" and values == {*allowed} else _("cần mảng có items.enum đúng các câu trả lời.")
    if question.widget in CHOSEN:
        return "" if values == {*schema.get("enum", ())} else _("enum phải đúng các câu trả lời (choices).")
    if question.widget is Widget.TICK:
        return "" if schema.get("const") is True or kind == "boolean" else _("cần const: true hoặc boolean.")
    if question.widget is Widget.DAY:
        return "" if (kind, schema.get("format")) == ("string", "date") else _("cần chuỗi có format: date.")
    wanted = _TYPES.get(question.widget, "string")
    return "" if kind == wanted else _("lược đồ phải có type: %s.") % wanted


_TYPES = {Widget.YEAR: "integer", Widget.NUMBER: "integer", Widget.MONEY: "integer", Widget.MEASURE: "number"}


def condition_from(value: Any) -> Condition | None:
    """The condition that a file words as {question: …, is: …} or {all: […]}; None when it is none."""
    if not isinstance(value, Mapping):
        return None
    for joined in JOINED:
        if {*value} == {joined.value}:
            parts = (
                [condition_from(one) for one in value[joined.value]] if isinstance(value[joined.value], list) else []
            )
            kept = tuple(part for part in parts if part is not None)
            return Condition(joined, parts=kept) if parts and len(kept) == len(parts) else None
    if {*value} == {Check.NOT.value}:
        inner = condition_from(value[Check.NOT.value])
        return None if inner is None else Condition(Check.NOT, parts=(inner,))
    checks = [one for one in Check if one.value in value and one not in (*JOINED, Check.NOT)]
    if len(checks) != 1 or {*value} != {"question", checks[0].value} or not isinstance(value["question"], str):
        return None
    (check,) = checks
    asked = value[check.value]
    if check is Check.IN and not isinstance(asked, list):
        return None
    if check in (Check.AT_LEAST, Check.BELOW) and (isinstance(asked, bool) or not isinstance(asked, int | float)):
        return None
    return Condition(check, value["question"], tuple(asked) if isinstance(asked, list) else asked)
