"""Settings: each is documented, and a wrong one is named."""

import pytest

from api.errors import SettingsError
from api.settings import Settings, read_settings, split_hosts
from tests.documentation import MANUAL


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    field = Settings.model_fields[name]
    (row,) = (line for line in MANUAL.splitlines() if line.startswith(f"| `MITHAQ_{name.upper()}`"))
    default = row.split("|")[3].strip().strip("`").replace(",", "")
    assert default == ("" if field.default is None else str(field.default)), row
    assert field.description


@pytest.mark.parametrize(
    ("database", "replicas", "message"),
    [
        ("sqlite:///mithaq.db", "postgresql://one/mithaq", "needs PostgreSQL"),
        ("postgresql://one,two/mithaq", "postgresql://one,two/mithaq", "one host each"),
        ("postgresql://one/mithaq", "two:5432", "should be postgresql://"),
    ],
)
def test_wrong_replicas_are_refused(
    monkeypatch: pytest.MonkeyPatch, database: str, replicas: str, message: str
) -> None:
    monkeypatch.setenv("MITHAQ_DATABASE_URL", database)
    monkeypatch.setenv("MITHAQ_READ_URLS", replicas)
    with pytest.raises(SettingsError, match=rf"^MITHAQ_READ_URLS: .*{message}"):
        read_settings()


def test_a_url_may_name_several_hosts() -> None:
    assert split_hosts("postgres://me:secret@one:1,[::1]:2,three/mithaq?ssl=require") == [
        f"postgresql://me:secret@{host}/mithaq?ssl=require"
        for host in ("one:1", "[::1]:2", "three")
    ]


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_MAX_TOKENS", "many")
    with pytest.raises(SettingsError, match=r"^MITHAQ_MAX_TOKENS: "):
        read_settings()
