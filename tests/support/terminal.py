"""A program in a real pty with a screen that can be read: waits for a state, never sleeps blindly."""
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

import pyte


QUIET = 0.03  # seconds without a byte: the frame is whole


class Screen(pyte.Screen):
    """With the scrolling of a region by several lines and the repeating that curses uses and pyte does not know."""

    def scroll_up(self, count=1):
        self.scroll(count, self.delete_lines)

    def scroll_down(self, count=1):
        self.scroll(count, self.insert_lines)

    def scroll(self, count, move):
        row, column = self.cursor.y, self.cursor.x
        self.cursor.y = self.margins.top if self.margins else 0
        move(count or 1)
        self.cursor.y, self.cursor.x = row, column

    def draw(self, data):
        self.drawn = data[-1:]
        super().draw(data)

    def repeat(self, count=1):
        self.draw(self.drawn * (count or 1))


class Stream(pyte.ByteStream):
    csi = dict(pyte.ByteStream.csi, S="scroll_up", T="scroll_down", b="repeat")
    events = pyte.ByteStream.events | {"scroll_up", "scroll_down", "repeat"}


class Terminal:
    def __init__(self, argv, env=None, rows=24, columns=80, cwd=None):
        self.screen = Screen(columns, rows)
        self.stream = Stream(self.screen)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            if cwd:
                os.chdir(cwd)
            environment = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8")
            environment.update(env or {})
            os.execvpe(argv[0], argv, environment)
        self.status = None

    def read(self, seconds):
        """Feeds what arrives within the time; True when anything did."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        if not data:
            self.reap()
            return False
        self.stream.feed(data)
        return True

    def lines(self):
        """The rows as text; pyte's own display fails on a wide character that was half written over."""
        return ["".join(self.screen.buffer[row][column].data for column in range(self.screen.columns)).rstrip()
                for row in range(self.screen.lines)]

    def text(self):
        return "\n".join(self.lines())

    def plain(self):
        """The text without blanks: what pyte shows of double width cells does not matter."""
        return self.text().replace(" ", "")

    def shows(self, words, gone):
        text = self.plain()
        found = [word.replace(" ", "") in text for word in words]
        return not any(found) if gone else all(found)

    def wait_for(self, *words, seconds=20, gone=False):
        """Waits until all words stand on the screen (or none, with gone)."""
        deadline = time.monotonic() + seconds
        while True:
            if self.shows(words, gone):
                # What was seen may be half a frame, above the old one's rest: the same must stand when the frame is whole.
                while self.read(QUIET):
                    pass
                if self.shows(words, gone):
                    return self.text()
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"not {'gone' if gone else 'seen'}: {words}\n{self.text()}")
            if self.status is not None:
                raise AssertionError(f"ended ({self.status}) before {words}\n{self.text()}")
            self.read(min(left, 0.05))

    def send(self, text):
        os.write(self.fd, text.encode() if isinstance(text, str) else text)

    def resize(self, rows, columns):
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def reap(self):
        if self.status is None:
            _, status = os.waitpid(self.pid, 0)
            self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def kill(self, number=signal.SIGKILL):
        if self.status is None:
            os.kill(self.pid, number)
        return self.reap()

    def close(self):
        if self.status is None:
            try:
                os.kill(self.pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
            deadline = time.monotonic() + 5
            while self.status is None and time.monotonic() < deadline:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    self.status = os.waitstatus_to_exitcode(status)
                else:
                    self.read(0.05)
            if self.status is None:
                self.kill()
        os.close(self.fd)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


F = {1: "\x1bOP", 2: "\x1bOQ", 3: "\x1bOR", 4: "\x1bOS", 5: "\x1b[15~", 6: "\x1b[17~", 7: "\x1b[18~",
     8: "\x1b[19~", 9: "\x1b[20~", 10: "\x1b[21~", 11: "\x1b[23~", 12: "\x1b[24~"}
ENTER, ESCAPE, TAB, UP, DOWN = "\r", "\x1b", "\t", "\x1b[A", "\x1b[B"
CTRL_RIGHT, CTRL_LEFT = "\x1b[1;5C", "\x1b[1;5D"
