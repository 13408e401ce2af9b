"""Settings: each is documented, and a wrong one is named."""

import pytest

from api.errors import SettingsError
from api.settings import Settings, read_settings
from tests.documentation import MANUAL


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    field = Settings.model_fields[name]
    (row,) = (line for line in MANUAL.splitlines() if line.startswith(f"| `MITHAQ_{name.upper()}`"))
    default = row.split("|")[3].strip().strip("`").replace(",", "")
    assert default == ("" if field.default is None else str(field.default)), row
    assert field.description


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_MAX_TOKENS", "many")
    with pytest.raises(SettingsError, match=r"^MITHAQ_MAX_TOKENS: "):
        read_settings()
