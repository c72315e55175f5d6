"""The commands of `./kindhand`: what they print and how they end, for whoever types or pipes them."""

import json
from pathlib import Path

import pytest

from bot import cli
from bot.errors import OwnerFileError, StartError
from bot.settings import described


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command line as the shell does; return the exit code and what was printed."""

    def go(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["kindhand", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return go


def test_help_names_every_command_and_every_setting(run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    commands = [line.split()[0] for line in out.splitlines() if line[:2] == "  " and line[2:3].isalpha()]
    assert [name for name in commands if name in cli.kindhand.commands] == list(cli.kindhand.commands)
    assert all(key in out for key, _, _ in described())


def test_good_files_are_said_to_be_good(run) -> None:
    code, out, _ = run("check")
    assert code == 0 and "in order" in out


def test_every_problem_of_the_files_is_listed(run, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = [OwnerFileError("data/faq/decaf.yml", n, "is wrong", "Mend it") for n in (3, 7)]
    monkeypatch.setattr("bot.check.check", lambda root: problems)
    code, _, err = run("check")
    assert code == 1
    assert "data/faq/decaf.yml:3: is wrong. Mend it" in err and "decaf.yml:7" in err and "2 to mend" in err


def test_an_error_of_ours_is_one_sentence(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(settings: object) -> None:
        raise StartError("Port 8030 is taken.")

    monkeypatch.setattr("bot.supervisor.doctor.examine", fail)
    code, out, err = run("doctor")
    assert (code, out) == (2, "") and err.strip() == "✗ Port 8030 is taken."


def test_understanding_answers_line_by_line_and_nothing_else(
    run, rasa_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINDHAND_VAR", str(tmp_path))
    asked = tmp_path / "asked.jsonl"
    asked.write_text('{"id": "a", "text": "do you sell decaf?"}\n\n{"id": "b", "text": "/cancel_order"}\n')
    code, out, _ = run("understand", str(asked))
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [answer["id"] for answer in answers] == ["a", "b"]
    assert answers[0]["intent"] == "decaf" and 0 <= answers[1]["confidence"] <= 1
