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


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("MAX_TOKENS", "many", "valid integer"),
        ("MAX_COST", "9" * 24, "less than or equal to 1000000000000"),
        ("BUCKET_SIZE", "9" * 24, "less than or equal to 1000000000000"),
        ("BUCKET_RATE", "9" * 24, "less than or equal to 1000000000000"),
        ("READ_TIMEOUT", "1e9", "less than or equal to 3600"),
        ("READ_TIMEOUT", "inf", "finite number"),
        ("LOG_SLOW", "inf", "finite number"),
        ("LOG_SLOW", "1e400", "finite number"),
        ("PROXIES", "10.0.0.1, proxy", r"should be \* or addresses such as .*, not proxy"),
        ("PROXIES", "10.0.0.1/8", "not 10.0.0.1/8"),
        ("PROXIES", "*, 10.0.0.1", r"not \*"),
        ("TRUSTED_ONLY", "true", "set MITHAQ_DOCUMENTS"),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(f"MITHAQ_{name}", value)
    with pytest.raises(SettingsError, match=f"^MITHAQ_{name}: .*{message}"):
        read_settings()


@pytest.mark.parametrize(
    ("given", "read"),
    [("", ""), (" * ", "*"), ("10.0.0.1, 10.0.0.0/8 ,::1", "10.0.0.1,10.0.0.0/8,::1")],
)
def test_proxies_are_addresses_and_networks(
    monkeypatch: pytest.MonkeyPatch, given: str, read: str
) -> None:
    monkeypatch.setenv("MITHAQ_PROXIES", given)
    assert read_settings().proxies == read


def test_an_empty_path_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_RELEASES", "")
    monkeypatch.setenv("MITHAQ_DOCUMENTS", "")
    assert read_settings() == Settings(releases=None, documents=None)
