"""A real hub process on a free port with a private home, and a window's and a department's side of the wire."""
import hashlib
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time

os.environ.setdefault("YICHUANG_DATA", os.path.abspath(os.path.join(os.path.dirname(__file__), "../../data")))
BUILD = os.environ.get("YICHUANG_BUILD") or os.path.join(os.path.dirname(__file__), "../../build")
PROGRAM = os.path.join(BUILD, "yichuang-hub")
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def sm3(data):
    digest = hashlib.new("sm3")
    digest.update(data)
    return digest.digest()


def digest(data):
    return "sm3:" + sm3(data if isinstance(data, bytes) else data.encode()).hex()


def frozen(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def new_id():
    return secrets.token_hex(16)


def case_number(hall, day, window, number):
    """HHHH-YYMMDD-WWNNNN-C with GB 32100's check character over 17 characters."""
    text = f"{hall}{day}{window}{number:04d}"
    weights = [pow(3, i, 31) for i in range(len(text))]
    rest = sum(LETTERS.index(c) * w for c, w in zip(text, weights)) % 31
    check = LETTERS[(31 - rest) % 31]
    return f"{hall}-{day}-{window}{number:04d}-{check}"


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)


class Hub:
    def __init__(self, *options, home=None):
        self.folder = None
        if home is None:
            self.folder = tempfile.mkdtemp(prefix="yichuang-hub-")
            home = os.path.join(self.folder, "hub")
            self.home = home
            self.admin("init")
        self.home, self.options, self.process = home, options, None

    def admin(self, *words, check=True):
        done = subprocess.run([PROGRAM, "--home", self.home, *words], capture_output=True, text=True)
        if check and done.returncode != 0:
            raise AssertionError(f"{words}: {done.stderr}")
        return done.stdout.strip() if check else done

    def start(self):
        self.log = open(os.path.join(self.folder or tempfile.gettempdir(), "hub.log"), "a")
        self.process = subprocess.Popen(
            [PROGRAM, "--home", self.home, "--listen", "127.0.0.1:0", *self.options],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise AssertionError("the hub did not start: " + open(self.log.name).read())
        self.port = int(self.url.rsplit(":", 1)[1])
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                if self.call("GET", "/health").status == 200:
                    return self
            except OSError:
                pass
        raise AssertionError("the hub does not answer /health")

    def stop(self, how=signal.SIGTERM):
        if self.process is None:
            return None
        os.kill(self.process.pid, how)
        code = self.process.wait(10)
        self.process.stdout.close()
        self.log.close()
        self.process = None
        return code

    def close(self):
        if self.process is not None:
            self.stop(signal.SIGKILL)
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()

    def call(self, method, path, body=None, token=None, timeout=40, **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        send = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            send["Authorization"] = "Bearer " + token
        if isinstance(body, (dict, list)):
            body = json.dumps(body, ensure_ascii=False).encode()
        line.request(method, path, body=body, headers=send)
        answer = line.getresponse()
        result = Answer(answer.status, answer.headers, answer.read())
        line.close()
        return result


class Window:
    """A home: one store, one window, a journal."""

    def __init__(self, hub, hall="0000", window="01", name="一号窗口", store=None):
        self.hub, self.hall, self.window = hub, hall, window
        self.store = store or new_id()
        self.seq, self.hash = 0, bytes(32)
        secret = hub.admin("enrol", hall, window, "演示大厅")
        self.secret = secret
        answer = hub.call("POST", "/v1/enrol", {
            "store": self.store, "hall": hall, "window": window, "window_name": name, "secret": secret})
        assert answer.status == 201, answer.body
        self.token = answer.json["token"]
        self.drawn = 0

    def call(self, method, path, body=None, **more):
        return self.hub.call(method, path, body, token=self.token, **more)

    def number(self, day="260302"):
        self.drawn += 1
        return case_number(self.hall, day, self.window, self.drawn)

    def fact(self, kind, case=None, item=-1, body=None, **changes):
        """The next fact of the chain, as the wire has it."""
        self.seq += 1
        text = frozen(body or {})
        salt = secrets.token_bytes(16)
        fact = {"seq": self.seq, "kind": kind, "case": case, "item": item, "time": "2026-03-02T01:00:00.123Z",
                "happened": None, "actor": "demo", "os_user": "root", "window": self.window,
                "authority": "window", "source": "direct", "previous": "sm3:" + self.hash.hex(),
                "body_digest": digest(salt + text), "salt": salt.hex(), "body": text.decode()}
        fact.update(changes)
        fact["hash"] = "sm3:" + fact_hash(self.store, fact).hex()
        self.hash = bytes.fromhex(fact["hash"][4:])
        return fact

    def send(self, *facts):
        return self.call("POST", "/v1/journal", {"store": self.store, "facts": list(facts)})

    def bundle(self, department="D-MARKET", number=None, **changes):
        document = {
            "id": new_id(), "case": number or self.number(), "case_id": new_id(), "department": department,
            "hall": self.hall, "window": self.window, "store": self.store,
            "theme": {"list": "jiangmen-2020", "version": 1, "id": "1", "name": "我要开便利店"},
            "taken_in": "2026-03-02T01:00:00.000Z", "token_digest": "",
            "items": [{"item": 0, "name": "食品经营许可", "service": "S-FOOD", "due": "2026-03-10"},
                      {"item": 1, "name": "营业执照", "service": "S-LICENCE", "due": ""}],
            "parties": [{"role": "applicant", "name": "演示一", "document": "id", "number": "110105194912310021",
                         "phone": "13800000000"}],
            "fields": {"firm.name": "演示便利店"},
            "materials": [{"material": "M-ID", "name": "身份证", "status": "received", "how": "paper",
                           "originals": 0, "copies": 1, "promise_due": "", "certificate_no": "", "digest": "",
                           "items": [0, 1]}]}
        document.update(changes)
        return document

    def put_bundle(self, document):
        return self.call("PUT", "/v1/bundles/" + document["id"], frozen(document))

    def updates(self, after=0, wait=0):
        return self.call("GET", f"/v1/updates?after={after}&wait={wait}")

    def message(self, of, kind, item=-1, ident=None, **more):
        ident = ident or new_id()
        document = {"id": ident, "bundle": of, "kind": kind, "item": item, "at": "2026-03-02T02:00:00.000Z",
                    "by": "demo", **more}
        return self.call("PUT", f"/v1/bundles/{of}/messages/{ident}", document)


class Department:
    def __init__(self, hub, code="D-MARKET", name="市场监督管理部门"):
        self.hub, self.code = hub, code
        self.token = hub.admin("department", code, name)

    def call(self, method, path, body=None, **more):
        return self.hub.call(method, path, body, token=self.token, **more)

    def act(self, of, kind, item=-1, ident=None, **more):
        ident = ident or new_id()
        document = {"id": ident, "bundle": of, "kind": kind, "item": item, "at": "2026-03-03T02:00:00.000Z",
                    "by": "审批一", **more}
        return self.call("PUT", f"/v1/bundles/{of}/updates/{ident}", document)


def milliseconds(text):
    if text is None:
        return 0
    moment = re.fullmatch(r"(.*)\.(\d{3})Z", text)
    return int(time.mktime(time.strptime(moment[1] + " UTC", "%Y-%m-%dT%H:%M:%S %Z")) - time.timezone) * 1000 + int(moment[2])


def fact_hash(store, fact):
    """src/store/journal_hash.c, written a second time from its comment."""
    def field(data):
        return b"\xff\xff\xff\xff" if data is None else len(data).to_bytes(4, "big") + data

    def number(value):
        return field(value.to_bytes(8, "big", signed=True))

    def text(value):
        return field(None if value is None else value.encode())

    return sm3(b"".join([
        text("yichuang fact 1"), field(bytes.fromhex(store)), number(fact["seq"]),
        field(bytes.fromhex(fact["previous"][4:])), number(milliseconds(fact["time"])),
        number(milliseconds(fact["happened"])), text(fact["kind"]), text(fact["case"]), number(fact["item"]),
        text(fact["actor"]), text(fact["os_user"]), text(fact["window"]), text(fact["authority"]),
        text(fact["source"]), field(bytes.fromhex(fact["body_digest"][4:]))]))
