from tests.structures.helpers import communes

__all__ = ["communes"]
