"""The commands of `./kindhand`: what they print and how they end, for whoever types or pipes them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli
from bot.bench.word_list import WordListDetector
from bot.check import Findings
from bot.errors import OwnerFileError, StartError
from bot.fairness.sheet import messages
from bot.rehearsal.scene import Expectation, Scene, own
from bot.rehearsal.score import Score
from bot.settings import ROOT, described
from tests.rehearsal.courses import course, played


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
    monkeypatch.setattr("bot.check.look", lambda root, settings: Findings(problems, []))
    code, _, err = run("check")
    assert code == 1
    assert "data/faq/decaf.yml:3: is wrong. Mend it" in err and "decaf.yml:7" in err and "2 to mend" in err


def test_an_error_of_ours_is_one_sentence(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(settings: object) -> None:
        raise StartError("Port 8030 is taken.")

    monkeypatch.setattr("bot.supervisor.doctor.examine", fail)
    code, out, err = run("doctor")
    assert (code, out) == (2, "") and err.strip() == "✗ Port 8030 is taken."


def test_scenes_that_cannot_be_played_are_told_before_anything_starts(run, tmp_path: Path) -> None:
    scenes = tmp_path / "my.jsonl"
    scenes.write_text('{"id": "a", "kind": "b", "visitor": ["Hello"], "handoff": {"expect": "later"}}\n')
    code, out, err = run("rehearse", str(scenes))
    assert (code, out) == (2, "") and err.strip() == (
        f'✗ {scenes}:1: “expect” cannot be "later". Write yes, no or offer, in quotation marks'
    )
    code, out, err = run("rehearse", str(tmp_path / "none.jsonl"))
    assert (code, out) == (2, "") and "none.jsonl: is missing" in err


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--at-least", "50"), 0), (("--at-least", "51"), 1)])
def test_a_rehearsal_prints_and_ends_by_what_was_asked_for(
    run, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], code: int
) -> None:
    calm = [played(Expectation("no"), course(handed_over=turn), id=f"s{turn}") for turn in (None, 1)]

    async def rehearsed(scenes: list[Scene], settings: object, steps: object) -> Score:
        assert {scene.source for scene in scenes} == {str(path) for path in own(ROOT)}
        return Score(tuple(calm))

    monkeypatch.setattr("bot.rehearsal.play.rehearse", rehearsed)
    found, out, _ = run("rehearse", *options)
    assert found == code and "decided right" in out and "50.0 %" in out
    found, out, _ = run("rehearse", "--json", *options)
    assert found == code and json.loads(out)["scenes"][1]["verdict"] == "false hand-over"


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


def test_feelings_are_told_line_by_line_without_rasa_and_a_wrong_line_is_named(tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    rows = ('"id": "a", "text": "third time i ask, you thieves"', '"id": "b", "text": "\\ud800 ✓"', '"id": 1')
    asked.write_text("".join(f"{{{row}}}\n" for row in rows), encoding="utf-8")
    script = f"""
import sys
sys.argv = ["kindhand", "sense", {str(asked)!r}]
from bot import cli
try:
    cli.main()
finally:
    print([name for name in ("rasa", "tensorflow", "torch", "sklearn", "sqlalchemy") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    angry, other, loaded = (json.loads(line) for line in done.stdout.splitlines())
    assert angry["id"] == "a" and angry["distress"] > other["distress"] and angry["evidence"]
    assert done.returncode == 2 and f"{asked}:3: no id or no text" in done.stderr
    assert loaded == []


def test_mood_is_measured_on_a_file_of_ones_own(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.fairness.probe.shipped", lambda: messages()[::8])
    for builder in ("words_detector", "build_detector"):  # the real ones take seconds
        monkeypatch.setattr(f"bot.bench.comparison.{builder}", WordListDetector)
    labelled = tmp_path / "mine.jsonl"
    labelled.write_text('{"text": "you thieves", "emotion": "angry"}\n{"text": "hi", "emotion": "neutral"}\n')
    code, out, _ = run("evaluate", "mood", str(labelled))
    assert code == 0 and "word list alone" in out and "emotion, macro F1" in out
    assert "distress, AUROC" not in out
    code, out, _ = run("evaluate", "mood", "--json", str(labelled))
    assert code == 0 and json.loads(out)["messages"] == 2
    code, out, err = run("evaluate", "mood", str(tmp_path / "none.jsonl"))
    assert (code, out) == (2, "") and "none.jsonl: cannot be read" in err


def test_evaluating_without_a_name_measures_understanding(run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Parser:
        def __init__(self, model: object) -> None:
            pass

        def parse(self, texts: list[str]) -> list[tuple[str, float]]:
            return [("nlu_fallback", 0.0)] * len(texts)

    monkeypatch.setattr("bot.supervisor.up.prepare", lambda settings, steps: None)
    monkeypatch.setattr("bot.nlu.understand.Parser", Parser)
    code, out, _ = run("evaluate")
    assert code == 0 and "our topics, right" in out and "other things, told apart" in out
    assert run("evaluate", "understanding")[1] == out


def test_customer_records_come_in_row_by_row_and_go_out_again(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINDHAND_VAR", str(tmp_path / "var"))
    (tmp_path / "people.csv").write_text("id,name,email\nc-1,Ann,ann@example.com\nc-2,Ben,nonsense\n")
    code, out, _ = run("crm", "import", str(tmp_path / "people.csv"))
    assert code == 1 and "line 2  c-1  added" in out and "1 added, 1 refused" in out
    assert "line 3  c-2  refused: email is not an e-mail address" in out
    code, out, _ = run("crm", "export", str(tmp_path / "out"))
    assert code == 0 and "customers.csv: 1 row\n" in out
    assert "ann@example.com" in (tmp_path / "out" / "customers.csv").read_text()


def test_files_are_for_the_embedded_records_only(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"VAR": str(tmp_path), "CRM": "shop", "CRM_URL": "sqlite:///x.db"}.items():
        monkeypatch.setenv(f"KINDHAND_{name}", value)
    code, _, err = run("crm", "export", str(tmp_path / "out"))
    assert code == 2 and "KINDHAND_CRM is shop" in err
