"""Files as Git keeps them: the same files are the same, and what was damaged is written anew."""

from pathlib import Path

import pytest
from dulwich.objects import Blob
from dulwich.repo import Repo

from bot.studio.publishing.objects import BROKEN, commit_of, content, digest, put, tree_of

FILES = {"domain.yml": b"a\n", "data/faq/tea.yml": b"b\r\n\xff", "data/faq/ünï.yml": b""}


def test_the_same_files_have_the_same_tree_and_others_another() -> None:
    assert tree_of(FILES) == tree_of(dict(reversed(FILES.items())))
    others = [{**FILES, "domain.yml": b"a"}, {**FILES, "config.yml": b""}, {"domain.yml": b"a\n"}]
    assert len({tree_of(files) for files in (FILES, *others)}) == 4
    assert digest(b"a\n") != digest(b"a")


@pytest.mark.parametrize("name", ["Ann <ann@example.com>", "Ann\nCommitter: Eve", "", "\udcff"])
def test_any_name_makes_one_author(name: str) -> None:
    author = commit_of(FILES, name, "note").author.decode()
    assert author.endswith(" <>") and author.count("<") == 1 and "\n" not in author


def test_a_damaged_object_is_noticed_and_written_again(tmp_path: Path) -> None:
    with Repo.init_bare(str(tmp_path)) as repo:
        blob = Blob.from_string(b"as it was")
        put(repo, blob)
        [path] = (tmp_path / "objects").glob("[0-9a-f][0-9a-f]/*")
        path.chmod(0o644)
        path.write_bytes(b"")
        with pytest.raises(BROKEN):
            content(repo, blob.id)
        put(repo, blob)
        assert content(repo, blob.id) == b"as it was"
