"""A sheet saved as the administration saves it, without a form."""

from guide.backoffice.writing import Write, save_of, write_sheets


def save_by_recipe(sheet, by) -> None:
    """Follow the whole recipe of a write."""

    def save() -> None:
        save_of(type(sheet))(sheet=sheet, by=by)

    assert write_sheets(Write(model=type(sheet), keys=[sheet.pk], by=by, save=save)) is None
