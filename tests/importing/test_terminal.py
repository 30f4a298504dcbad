"""`import` at a terminal: it asks what the file does not say, and whether to update."""

import os
import pty
import select
import subprocess
import sys
import time

import pytest

TEXT = "I. NỘI DUNG\n\n1. Hội thảo của ngành khoa học và công nghệ.\n\n2. Tổng kết./.\n"
SECONDS = 120


class Terminal:
    """A command at a terminal of its own."""

    def __init__(self, root, *arguments: str) -> None:
        self.ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "build.py", *arguments],
            cwd=root, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.said = b""
        self.seen = 0  # up to where it was waited for

    def until(self, words: str) -> str:
        """What was said up to `words` since it was last waited for; fails where they do not come."""
        end, before = time.monotonic() + SECONDS, self.seen
        while (at := self.said.find(words.encode(), before)) < 0:
            ready, _, _ = select.select([self.ours], [], [], max(0, end - time.monotonic()))
            more = self._read() if ready else b""
            if not more:
                self.process.kill()
                self.process.wait()
                pytest.fail(f"{words!r} did not come: {self.said.decode(errors='replace')}")
            self.said += more
        self.seen = at + len(words.encode())
        return self.said[before : self.seen].decode()

    def answer(self, words: str) -> None:
        os.write(self.ours, f"{words}\n".encode())

    def end(self) -> tuple[int, str]:
        """The exit code, and all that was said."""
        while more := self._read():
            self.said += more
        os.close(self.ours)
        return self.process.wait(SECONDS), self.said.decode()

    def _read(self) -> bytes:
        try:
            return os.read(self.ours, 65536)
        except OSError:  # Linux says so where the other side has gone
            return b""


def test_questions_and_an_offered_update(checkout, tmp_path):
    path = tmp_path / "bao-cao.txt"
    path.write_text(TEXT)
    terminal = Terminal(checkout, "import", str(path))
    terminal.until("Loại văn bản [Kế hoạch]")
    terminal.answer("Báo cáo")
    terminal.until("Trích yếu")
    terminal.answer("Kết quả công tác quý I")
    terminal.until("Ngày ban hành")
    terminal.answer("31/2/2024")
    terminal.until("chưa hiểu “31/2/2024”")
    terminal.answer("5/3/2024")
    listed = terminal.until("để trống để máy đoán")
    listed += terminal.until("> ")
    [number] = [line.split(".")[0].strip() for line in listed.split("\n") if "Bắc Giang" in line]
    terminal.answer(number)
    code, said = terminal.end()
    assert code == 0, said
    made = checkout / "content/ke-hoach/2024/ket-qua-cong-tac-quy-i.md"
    text = made.read_text()
    for line in ("kind: Báo cáo", "date: 5/3/2024", "issuer: so-khcn-bac-giang"):
        assert f"\n{line}\n" in text
    assert "Traceback" not in said

    path.write_text(TEXT.replace("Tổng kết", "Sơ kết"))
    for answer, written in (("k", "2. Tổng kết./."), ("c", "2. Sơ kết./.")):
        terminal = Terminal(checkout, "import", str(path), "--kind", "Báo cáo")
        for question, words in (
            ("Trích yếu", "Kết quả công tác quý I"),
            ("Ngày ban hành", "5/3/2024"),
            ("để trống để máy đoán", number),
        ):
            terminal.until(question)
            terminal.answer(words)
        shown = terminal.until("Cập nhật như trên? [c/K]")
        assert "-2. Tổng kết./." in shown
        assert "+2. Sơ kết./." in shown
        terminal.answer(answer)
        assert terminal.end()[0] == 0
        assert written in made.read_text()
    assert len(list((checkout / "content/ke-hoach/2024").glob("ket-qua*.md"))) == 1


def test_who_ends_the_answers_is_told_that_nothing_came_in(checkout, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text(TEXT)
    terminal = Terminal(checkout, "import", str(path))
    terminal.until("Loại văn bản")
    os.write(terminal.ours, b"\x04")
    code, said = terminal.end()
    assert (code, "Traceback" in said) == (2, False)
    assert "câu trả lời bị ngắt giữa chừng" in said
