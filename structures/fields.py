"""Form fields of the filters: strict, with messages in French that repeat the wrong value."""

import re

from django import forms
from django.core.exceptions import ValidationError

from guide.core.french import fold
from guide.core.query_string import shown

MAX_MESSAGES = 3
MAX_BOX_DEGREES = 30
MAX_WORDS = 8
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")


class OneField(forms.ChoiceField):
    """One code among the choices."""

    def __init__(self, *, unknown: str, **kwargs):
        super().__init__(error_messages={"invalid_choice": f"{unknown} : « %(value)s »."}, **kwargs)

    def to_python(self, value):
        """The code, shortened when it is wrong so that the message stays short."""
        text = super().to_python(value)
        return text if self.valid_value(text) else shown(text)


class ManyField(forms.MultipleChoiceField):
    """Several codes among the choices; each wrong one has its message."""

    def __init__(self, *, unknown: str, **kwargs):
        self.unknown = unknown
        super().__init__(**kwargs)

    def validate(self, value):
        """Raise one error for each unknown code, the first ones only."""
        wrong = [code for code in value if not self.valid_value(code)]
        if wrong:
            raise ValidationError([f"{self.unknown} : « {shown(code)} »." for code in wrong[:MAX_MESSAGES]])


class WholeNumberField(forms.Field):
    """A whole number between two limits, written with plain digits only."""

    def __init__(self, *, minimum: int, maximum: int, wrong: str, **kwargs):
        self.minimum, self.maximum, self.wrong = minimum, maximum, wrong
        super().__init__(**kwargs)

    def to_python(self, value):
        """The number, None when it is absent."""
        if value in self.empty_values:
            return None
        number = int(value) if re.fullmatch(r"[0-9]{1,9}", value) else None
        if number is None or not self.minimum <= number <= self.maximum:
            raise ValidationError(f"{self.wrong} : « {shown(value)} ».")
        return number


class WordsField(forms.CharField):
    """Free words, of which at least one letter or digit must be left to search for."""

    def __init__(self, **kwargs):
        super().__init__(max_length=100, **kwargs)
        self.error_messages["max_length"] = "Le texte cherché est trop long (100 caractères au plus)."

    def validate(self, value):
        """Refuse what would find everything, or would be searched in part only."""
        super().validate(value)
        words = fold(value).split()
        if value and not words:
            raise ValidationError(f"Le texte cherché n'a ni lettre ni chiffre : « {shown(value)} ».")
        if len(words) > MAX_WORDS:
            raise ValidationError(f"Cherchez {MAX_WORDS} mots au plus.")


class BoxField(forms.Field):
    """`west,south,east,north` in degrees, as a tuple of four numbers."""

    def to_python(self, value):
        """The box, None when it is absent."""
        if value in self.empty_values:
            return None
        parts = value.split(",")
        if len(parts) != 4 or not all(map(_NUMBER.fullmatch, parts)):
            raise ValidationError("Le cadre de carte (bbox) doit compter quatre nombres : ouest,sud,est,nord.")
        west, south, east, north = map(float, parts)
        if min(west, east) < -180 or max(west, east) > 180 or min(south, north) < -90 or max(south, north) > 90:
            raise ValidationError("Le cadre de carte (bbox) sort du globe.")
        if west >= east or south >= north:
            raise ValidationError("Le cadre de carte (bbox) est à l'envers : il se lit ouest,sud,est,nord.")
        if max(east - west, north - south) > MAX_BOX_DEGREES:
            raise ValidationError(f"Le cadre de carte (bbox) est trop grand ({MAX_BOX_DEGREES}° au plus).")
        return west, south, east, north
