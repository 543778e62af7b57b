"""Measures a program from outside, in a pty of 100x30: start to the last byte of its first screen, key to the last byte it
caused. Quiet that ends a measurement is not counted."""
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

QUIET_START = 0.25
QUIET_KEY = 0.03


class Program:
    def __init__(self, argv, cwd=None, env=None):
        self.begin = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
            if cwd:
                os.chdir(cwd)
            os.execvpe(argv[0], argv, dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8", **(env or {})))

    def last_byte(self, quiet, begin):
        """Seconds from begin to the last byte before `quiet` seconds without one."""
        last = begin
        while True:
            ready, _, _ = select.select([self.fd], [], [], quiet)
            if not ready:
                return last - begin
            try:
                if not os.read(self.fd, 1 << 16):
                    return last - begin
            except OSError:
                return last - begin
            last = time.perf_counter()

    def started(self):
        return self.last_byte(QUIET_START, self.begin)

    def key(self, text, quiet=QUIET_KEY):
        begin = time.perf_counter()
        os.write(self.fd, text.encode())
        return self.last_byte(quiet, begin)

    def pss_kib(self):
        with open(f"/proc/{self.pid}/smaps_rollup", encoding="ascii") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
