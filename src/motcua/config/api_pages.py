"""The API's own page: every operation with parameters, answers and a form to try it, drawn from the schema."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from motcua.core.access import public

Part = dict[str, Any]
View = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as a row and as a field of the form."""

    name: str
    place: str
    kind: str
    required: bool
    description: str
    example: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with its summary (Vietnamese), its description (English), what it takes and what it answers."""

    key: str
    path: str
    summary: str
    description: tuple[tuple[tuple[bool, str], ...], ...]
    parameters: tuple[Parameter, ...]
    answers: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str, str], ...]


def docs_view(api: NinjaAPI) -> View:
    """The page at /api/v1/docs."""

    @public
    @require_safe
    def docs(request: HttpRequest) -> HttpResponse:
        return render(
            request, "config/api_docs.html", {"operations": operations(api.get_openapi_schema()), "title": api.title}
        )

    return docs


def try_view(api: NinjaAPI) -> View:
    """A plain form cannot write into the path of an address, so it comes by here."""

    @public
    @require_safe
    def send_on(request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("operation", "")
        operation = next((one for one in operations(api.get_openapi_schema()) if one.key == wanted), None)
        if operation is None:
            raise Http404
        return HttpResponseRedirect(_address(operation, request))

    return send_on


def _address(operation: Operation, request: HttpRequest) -> str:
    address, query = operation.path, {}
    for parameter in operation.parameters:
        value = request.GET.get(parameter.name, "").strip()
        if parameter.place == "path":
            address = address.replace(f"{{{parameter.name}}}", quote(value or "-", safe=""))
        elif value:
            query[parameter.name] = value
    return f"{address}?{urlencode(query)}" if query else address


def operations(schema: Part) -> tuple[Operation, ...]:
    """Every operation of an OpenAPI schema in its order."""
    return tuple(_operation(path, part["get"], schema) for path, part in schema["paths"].items())


def _operation(path: str, part: Part, schema: Part) -> Operation:
    answers = {str(status): str(answer.get("description", "")) for status, answer in part["responses"].items()}
    success = part["responses"][200]["content"]["application/json"]["schema"]
    return Operation(
        key=part["operationId"],
        path=path,
        summary=part["summary"],
        description=_paragraphs(part.get("description", "")),
        parameters=tuple(_parameter(one, schema) for one in part.get("parameters", ())),
        answers=tuple((status, _status_words(status)) for status in sorted(answers)),
        fields=tuple(_fields(success, schema)),
    )


def _paragraphs(text: str) -> tuple[tuple[tuple[bool, str], ...], ...]:
    """Paragraphs as pieces, each with whether it stood between backticks."""
    joined = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    return tuple(tuple((place % 2 == 1, piece) for place, piece in enumerate(one.split("`"))) for one in joined)


def _status_words(status: str) -> str:
    words = {
        "200": _("Trả lời"),
        "400": _("Địa chỉ không đọc được: tham số lạ hoặc ghi hai lần"),
        "401": _("Chưa đăng nhập"),
        "403": _("Không phải việc của người đang đăng nhập"),
        "404": _("Không có thứ được hỏi"),
        "422": _("Một giá trị không hợp lệ; câu trả lời nói tham số nào"),
        "429": _("Gọi quá nhiều lần; tiêu đề Retry-After nói số giây phải đợi"),
    }
    return words.get(status, "")


def _parameter(part: Part, schema: Part) -> Parameter:
    shape = _resolved(part["schema"], schema)
    return Parameter(
        name=part["name"],
        place=part["in"],
        kind=_kind(shape, schema),
        required=bool(part.get("required")),
        description=part.get("description") or shape.get("description", ""),
        example=str(part.get("example", shape.get("default", ""))),
        choices=tuple(shape.get("enum", ())),
    )


def _resolved(shape: Part, schema: Part) -> Part:
    """The shape behind a reference, with what was said beside the reference."""
    inner: Part = shape.get("allOf", [shape])[0]
    if "$ref" not in inner:
        return inner
    found: Part = schema["components"]["schemas"][inner["$ref"].rsplit("/", 1)[1]]
    return found | {name: value for name, value in shape.items() if name not in {"$ref", "allOf"}}


def _kind(shape: Part, schema: Part) -> str:
    """The type in a word or two: "integer 1–100", "list of Paper", "string or null"."""
    if "anyOf" in shape:
        return " | ".join(_kind(one, schema) for one in shape["anyOf"])
    if "$ref" in shape:
        return str(shape["$ref"]).rsplit("/", 1)[1]
    if shape.get("type") == "array":
        return f"[{_kind(shape['items'], schema)}]"
    kind = str(shape.get("format") or shape.get("type", ""))
    if "minimum" in shape and "maximum" in shape:
        return f"{kind} {shape['minimum']}–{shape['maximum']}"
    return kind


def _fields(shape: Part, schema: Part) -> list[tuple[str, str, str]]:
    """Name, type and description of each field of the fullest answer."""
    shapes = [_resolved(one, schema) for one in shape.get("anyOf", [shape])]
    fullest = max(shapes, key=lambda one: len(one.get("properties", ())))
    return [
        (name, _kind(one, schema), one.get("description", "")) for name, one in fullest.get("properties", {}).items()
    ]
