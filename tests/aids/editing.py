"""What a browser would send back from a page of the administration."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self):
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self._select = self._textarea = None
        self._is_in = False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "form":
            self._is_in = attrs.get("method") == "post" and attrs.get("id") != "logout-form"
        elif not self._is_in:
            return
        elif tag == "input" and name and attrs.get("type") not in ("submit", "button"):
            if attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs:
                self.values.append((name, attrs.get("value", "on" if attrs.get("type") == "checkbox" else "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in attrs:
            self.values.append((self._select, attrs.get("value", "")))
        elif tag == "textarea":
            self._textarea = name
            self.values.append((name, ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self._is_in = False
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None

    def handle_data(self, data):
        if self._textarea and self._is_in:
            name, value = self.values[-1]
            self.values[-1] = (name, (value + data).removeprefix("\n"))


def posted(response) -> dict[str, list[str]]:
    """Every value of the form of a page, as it stands."""
    form = _Form()
    form.feed(response.content.decode())
    found: dict[str, list[str]] = {}
    for name, value in form.values:
        if "__prefix__" not in name:
            found.setdefault(name, []).append(value)
    return found
