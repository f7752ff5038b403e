"""YAML as people write it: plain values alone, and every fault told with its line."""

from typing import Any

import yaml
from yaml import YAMLError


class _Loader(yaml.SafeLoader):
    """Without references, of which a few lines unfold without end, and without what no field can hold."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "renvoi (« *nom ») non permis", self.peek_event().start_mark)
        return super().compose_node(parent, index)

    def construct_object(self, node, deep=False):
        try:
            value = super().construct_object(node, deep)
        except ValueError as error:
            raise _fault(f"valeur impossible (« {str(node.value)[:40]} »)", node) from error
        if isinstance(value, str) and any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in value):
            raise _fault("caractère qu'aucun texte ne peut contenir", node)
        return value


def _fault(problem: str, node: yaml.Node) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


def load(text: str) -> Any:
    """The values of a YAML text; YAMLError says what is wrong, a date that does not exist among others."""
    try:
        return yaml.load(text, _Loader)
    except RecursionError as error:
        raise YAMLError("trop de niveaux imbriqués") from error


def told(error: YAMLError) -> str:
    """What is wrong, without the excerpt that the library adds."""
    return str(getattr(error, "problem", "") or error)
