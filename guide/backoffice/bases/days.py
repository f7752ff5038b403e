"""Days and moments typed by editors: a year that nobody means is a slip, and time zones cannot reckon with some."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

YEARS = range(1900, 2200)


def check_year(day: date) -> None:
    """Refuse a year outside YEARS."""
    if day.year not in YEARS:
        raise ValidationError(f"Vérifiez l'année : de {YEARS[0]} à {YEARS[-1]}.")


def check_past(day: date) -> None:
    """Refuse a day that has not come yet."""
    if day > timezone.localdate():
        raise ValidationError("Ce jour n'est pas encore venu.")


class DayField(forms.DateField):
    """A day of one of YEARS."""

    default_validators = [check_year]


class MomentField(forms.SplitDateTimeField):
    """A day of one of YEARS, and an hour."""

    default_validators = [check_year]
