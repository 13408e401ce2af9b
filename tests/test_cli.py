"""The command: its help, its settings, its messages to the person at the keyboard."""

import json
import os
import socket
import subprocess
from importlib.metadata import version
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from api.cli import app, main
from api.errors import SettingsError
from api.output import MAKE_SPACE
from api.settings import Settings, read_settings
from tests.conftest import ROOT
from tests.importing import EXAMPLE_SIZE, summarize
from tests.server import mithaq
from tests.test_migrations import HEAD


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to run in, with no settings but the defaults."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MITHAQ_DATABASE_URL", raising=False)
    return tmp_path


COMMANDS = (
    *(
        ["init"],
        ["serve"],
        ["migrate"],
        ["import", "x.yaml"],
        ["export"],
        ["table", "meetings"],
        ["delete", "meeting:x"],
        ["diff", "0"],
        ["check"],
        ["backup", "x.db"],
        ["restore", "x.db"],
        ["follow", "http://x"],
        ["merge", "a", "b"],
        ["unmerge", "a"],
        ["actors", "duplicates"],
        ["release", "create", "x"],
        ["release", "list"],
        ["release", "verify", "x"],
        ["release", "delete", "x"],
    ),
    *(["schema"], ["documents", "x.graphql"], ["profile", "x.csv"]),
    *(["key", "create", "x"], ["key", "list"], ["key", "revoke", "x"]),
)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    "command",
    [
        "init",
        "serve",
        "migrate",
        "import",
        "export",
        "delete",
        "diff",
        "check",
        "backup",
        "restore",
        "follow",
        "merge",
        "unmerge",
        "release",
        "schema",
        "profile",
        "documents",
        "key",
    ],
)
def test_each_command_helps(command: str) -> None:
    assert "Usage:" in run(command, "--help")
    assert command in run("--help")


def test_from_nothing_to_records(here: Path) -> None:
    assert run("migrate") == f"The database is now at revision {HEAD}; it was at none.\n"
    assert run("migrate") == f"The database is already at revision {HEAD}.\n"
    example = str(ROOT / "tests" / "example")
    assert run("import", example) == summarize(created=EXAMPLE_SIZE) + "\n"
    assert run("import", example) == summarize() + "\n"
    assert (here / "var" / "mithaq.db").exists()


def test_the_version_is_printed() -> None:
    assert run("--version") == f"mithaq {version('mithaq')}\n"


def test_the_schema_is_printed() -> None:
    assert "type Meeting implements" in run("schema")
    assert json.loads(run("schema", "--dossier"))["title"] == "DossierRecord"


@pytest.mark.parametrize("command", [["import", "nowhere.yaml"], ["serve"]])
def test_what_is_wrong_is_said_in_a_sentence(
    here: Path,
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["mithaq", *command])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    assert "Traceback" not in (said := capsys.readouterr().err)
    assert "`mithaq migrate`" in said
    assert list(here.iterdir()) == []


def test_a_port_in_use_is_said_in_a_sentence(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert here.is_dir()
    run("migrate")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setattr("sys.argv", ["mithaq", "serve", "--port", str(port)])
        with pytest.raises(SystemExit):
            main()
    said = f"127.0.0.1 port {port} cannot be listened on: Address already in use. Try another"
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (
            ["serve", "--port", "many"],
            "Invalid value for '--port': Input should be",
        ),
        (["import"], "Invalid value: name the files to import"),
        (["brew"], "No such command 'brew'"),
    ],
)
def test_what_is_wrong_with_a_command_is_a_plain_sentence(command: list[str], message: str) -> None:
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 2
    assert f"Error: {message}" in result.output
    assert "─" not in result.output


def test_an_output_that_cannot_be_written_is_said_in_a_sentence(here: Path) -> None:
    run("init")
    full = Path("/dev/full")
    commands: list[tuple[list[str], object]] = [
        (["export", "--output", str(full)], full),
        (["export"], "standard output"),
        (["diff", "0"], "standard output"),
    ]
    for command, name in commands:
        with full.open("wb") as output:
            done = subprocess.run(
                mithaq(*command), cwd=here, stdout=output, stderr=PIPE, check=False
            )
        said = f"{name} cannot be written: No space left on device. {MAKE_SPACE}\n"
        assert (done.returncode, done.stderr.decode()) == (1, said)
    assert full.is_char_device()
    reader, writer = os.pipe()
    os.close(reader)
    for command in ["export"], ["diff", "0"]:
        done = subprocess.run(mithaq(*command), cwd=here, stdout=writer, stderr=PIPE, check=False)
        assert (done.returncode, done.stderr) == (1, b"")
    os.close(writer)


def test_an_interrupted_command_says_so(
    monkeypatch: pytest.MonkeyPatch, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("migrate")

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.intake.import_paths", interrupt)
    monkeypatch.setattr("sys.argv", ["mithaq", "import", str(here)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 130
    assert capsys.readouterr().err == "Interrupted: uncommitted changes are rolled back.\n"


def test_an_error_of_mithaq_s_own_is_a_sentence_that_says_where_its_traceback_is(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise RuntimeError("of ours")

    monkeypatch.setenv("TMPDIR", str(here))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("api.cli.app", fail)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    (file,) = here.iterdir()
    assert said.count("\n") == 1
    assert str(file) in said
    assert "RuntimeError: of ours" in file.read_text("utf-8")


@pytest.mark.parametrize("made", ["text", "folder"])
@pytest.mark.parametrize(
    "command",
    [
        command
        for command in COMMANDS
        if command[0] not in {"schema", "documents", "profile", "restore"}
    ],
)
def test_a_url_of_what_is_no_database_is_said_in_a_sentence(
    here: Path,
    command: list[str],
    made: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = here / "notes.db"
    path.mkdir() if made == "folder" else path.write_text("Notes of a meeting. " * 500)
    monkeypatch.setenv("MITHAQ_DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setattr("sys.argv", ["mithaq", *command])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("The database ")
    assert " cannot be " in said
    assert said.endswith("Is MITHAQ_DATABASE_URL right?\n")


def test_an_import_into_no_database_leaves_none_behind(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    example = str(ROOT / "tests" / "example")
    monkeypatch.setattr("sys.argv", ["mithaq", "import", example])
    with pytest.raises(SystemExit):
        main()
    assert capsys.readouterr().err == (
        f"There is no database {here / 'var' / 'mithaq.db'}: `mithaq migrate` creates it, and "
        "MITHAQ_DATABASE_URL names another.\n"
    )
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("MITHAQ_DATABASE_URL", "mysql://x", "should be sqlite:///PATH or postgresql://"),
        ("MITHAQ_DATABASE_URL", "sqlite:///", "should be sqlite:///PATH or postgresql://"),
        ("MITHAQ_POOL_SIZE", "many", "valid integer"),
        ("MITHAQ_POOL_SIZE", "0", "greater than or equal to 1"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(
    here: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    assert here.is_dir()
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name}: .*{message}"):
        read_settings()


def test_settings_are_read_from_a_file(here: Path) -> None:
    (here / ".env").write_text("MITHAQ_DATABASE_URL=postgres://me@there/mine\n")
    assert read_settings() == Settings(database_url="postgresql://me@there/mine")


def test_every_command_is_among_those_tried() -> None:
    commands: Any = get_command(app)
    assert {command for command, *_ in COMMANDS} == set(commands.commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_is_no_setting_stops_every_command(
    here: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("MITHAQ_TIMOUT", "3")
    monkeypatch.setenv("MITHAQ_PORT", "3")
    (here / ".env").write_text("OTHER=1\n# of the server\nmithaq_acess=keys\n")
    with pytest.raises(SettingsError) as told:
        CliRunner().invoke(app, command, catch_exceptions=False)
    assert str(told.value).splitlines() == [
        "MITHAQ_PORT (the environment) is not a setting, which docs/operating.md lists.",
        "MITHAQ_TIMOUT (the environment) is not a setting; did you mean MITHAQ_TIMEOUT?",
        "mithaq_acess (.env, line 3) is not a setting; did you mean MITHAQ_ACCESS?",
    ]
    assert [path.name for path in here.iterdir()] == [".env"]


@pytest.mark.parametrize(
    "line",
    [b"MITHAQ_ACCESS: keys", b"MITHAQ_ACCESS", b'MITHAQ_ACCESS="keys', b"MITHAQ_ACCESS=\xff"],
)
def test_a_line_of_settings_that_cannot_be_read_is_named(here: Path, line: bytes) -> None:
    (here / ".env").write_bytes(b"not ours\n\n" + line + b"\n")
    with pytest.raises(SettingsError, match=r"line 3: the line should be NAME=VALUE|is not UTF-8"):
        read_settings()


def test_what_is_not_meant_for_mithaq_is_left_alone(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / ".env").write_text("POSTGRES_PASSWORD=x\nnot ours\nexport MITHAQ_TIMEOUT=3\n")
    monkeypatch.setenv("MITHAQ_SERVICE_HOST", "10.0.0.1")
    monkeypatch.setenv("MITHAQ_SERVICE_PORT_HTTP", "80")
    monkeypatch.setenv("MITHAQ_PORT", "tcp://10.0.0.1:80")
    monkeypatch.setenv("MITHAQ_PORT_80_TCP_ADDR", "10.0.0.1")
    assert read_settings().timeout == 3


def test_tests_have_no_settings_but_their_own() -> None:
    assert read_settings() == Settings()
    assert {name for name in os.environ if name.upper().startswith("MITHAQ_")} == set()
    assert not Path(".env").exists()
