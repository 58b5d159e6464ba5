"""The parts of the shell that are the same on every page: rendered once per language and process, then kept."""

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.tag
def unchanging(parser: Parser, token: Token) -> "UnchangingNode":
    """`{% unchanging %}…{% endunchanging %}`: words, addresses and pictures that no request, person or page changes.

    What is inside sees no variable, so that nothing of one person's page can be kept for another's.
    Raises `TemplateSyntaxError` for a block inside: a page that fills it would fill it for all.
    """
    inside = parser.parse(("endunchanging",))
    parser.delete_first_token()
    if inside.get_nodes_by_type(BlockNode):
        raise TemplateSyntaxError("a block inside {% unchanging %} would be kept as the first page filled it")
    return UnchangingNode(inside)


class UnchangingNode(Node):
    """Keeps what its content rendered to, by language."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.kept: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        kept = self.kept.get(language)
        if kept is None:
            kept = self.kept[language] = self.nodelist.render(context.new({}))
        return kept
