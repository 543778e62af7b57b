"""A demo home with its own hub on loopback, the programs as they were built, and a department's side of the line."""
import configparser
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

BUILD = os.environ.get("YICHUANG_BUILD", os.path.join(os.getcwd(), "build"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(what, check, seconds=20):
    """Asks until check gives something true; fails with what it waited for."""
    deadline = time.monotonic() + seconds
    while True:
        value = check()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(0.02)


class House:
    """One home, its hub's home beside it, and the processes started here (ended by pid)."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="yichuang-test-")
        self.home = os.path.join(self.folder, "home")
        self.hub_home = self.home + "-hub"
        self.processes = []
        self.port = None
        self.hub = None
        self.run("demo", "--prepare")

    def run(self, *words, stdin=None, code=0, home=None, env=None):
        """yichuang with --home; its standard output. code None: any exit code (then a CompletedProcess)."""
        result = subprocess.run(
            [os.path.join(BUILD, "yichuang"), "--home", home or self.home, *words],
            input=stdin, capture_output=True, text=True, timeout=120, check=False,
            env=dict(os.environ, **(env or {})))
        if code is None:
            return result
        assert result.returncode == code, f"{words}: exit {result.returncode}\n{result.stdout}{result.stderr}"
        return result.stdout

    def json(self, *words, stdin=None, code=0, home=None):
        return json.loads(self.run(*words, "--json", stdin=stdin, code=code, home=home))

    def act(self, name, case, **document):
        return self.json("act", name, case, "-", stdin=json.dumps(document))

    def start(self, argv, **options):
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, **options)
        self.processes.append(process)
        return process

    def start_hub(self):
        self.port = self.port or free_port()
        log = open(os.path.join(self.folder, "hub.log"), "ab")
        self.hub = self.start([os.path.join(BUILD, "yichuang-hub"), "--home", self.hub_home, "--listen",
                               f"127.0.0.1:{self.port}", "--demo"], stdout=log, stderr=log)
        log.close()
        self.set_config("hub", "url", self.url)
        wait_until("the hub", self.hub_answers)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def hub_answers(self):
        assert self.hub.poll() is None, open(os.path.join(self.folder, "hub.log"), encoding="utf-8").read()
        try:
            with urllib.request.urlopen(self.url + "/health", timeout=2):
                return True
        except OSError:
            return False

    def stop(self, process, number=signal.SIGTERM):
        process.send_signal(number)
        process.wait(20)
        self.processes.remove(process)

    def stop_hub(self, number=signal.SIGTERM):
        self.stop(self.hub, number)

    def set_config(self, section, key, value):
        path = os.path.join(self.home, "config.ini")
        config = configparser.ConfigParser()
        config.optionxform = str
        config.read(path, encoding="utf-8")
        if not config.has_section(section):
            config.add_section(section)
        config.set(section, key, value)
        # Whole at every moment: a program that starts meanwhile would find no hub and draw no number.
        handle = os.open(path + ".part", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            config.write(out)
        os.replace(path + ".part", path)

    # ---- a department's system, over the REST contract alone ----

    def token(self, department):
        config = configparser.ConfigParser()
        config.optionxform = str
        config.read(os.path.join(self.hub_home, "departments.ini"), encoding="utf-8")
        return config.get(department, "token")

    def ask(self, method, path, token, document=None):
        body = None if document is None else json.dumps(document).encode()
        request = urllib.request.Request(self.url + path, data=body, method=method, headers={
            "Authorization": "Bearer " + token, "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def update(self, bundle, department, kind, item=-1, **rest):
        name = os.urandom(16).hex()
        document = {"id": name, "bundle": bundle, "kind": kind, "item": item, "by": "演示审批员",
                    "at": "2026-11-20T08:00:00.000Z", **rest}
        status, answer = self.ask("PUT", f"/v1/bundles/{bundle}/updates/{name}", self.token(department), document)
        assert status in (200, 201), (status, answer, document)
        return document

    def close(self):
        for process in list(self.processes):
            if process.poll() is None:
                process.terminate()
            process.wait(20)
        lock = os.path.join(self.home, "agent.lock")
        if os.path.exists(lock):
            with open(lock, encoding="utf-8") as text:
                words = text.read().split()
            if words and words[0].isdigit():
                try:
                    os.kill(int(words[0]), signal.SIGTERM)
                except (ProcessLookupError, PermissionError):
                    pass
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
