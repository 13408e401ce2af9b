"""Settings: each is documented, and a wrong one is named."""

from pathlib import Path

import pytest

from api.errors import SettingsError
from api.settings import Settings, read_settings

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme_with_its_default(name: str) -> None:
    field = Settings.model_fields[name]
    (row,) = (line for line in README.splitlines() if line.startswith(f"| `MITHAQ_{name.upper()}`"))
    default = row.split("|")[3].strip().strip("`").replace(",", "")
    assert default == ("" if field.default is None else str(field.default)), row
    assert field.description


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_MAX_TOKENS", "many")
    with pytest.raises(SettingsError, match=r"^MITHAQ_MAX_TOKENS: "):
        read_settings()
