#!/usr/bin/python3
"""Bad input and broken parts, each with its own sentence and a next step; nothing is lost and nothing is made.

One row a fault: what is done, the exit code, and the exact words on standard error (%s: the draft that was kept)."""
import contextlib
import http.server
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from house import BUILD, House  # noqa: E402
from terminal import Terminal  # noqa: E402

NOW = "2026-11-20T14:32:00+08:00"
FULL = "磁盘已满，不能保存。请腾出空间后再按一次；刚才的内容没有保存。"
READ_ONLY = "数据文件只读，不能保存。请管理员恢复写权限；刚才的内容没有保存。"
NEWER = "数据来自更新版本的程序。请升级程序后再打开，数据没有改动。"
GARBAGE = "中心的回答看不懂。已排队重试，长时间不好请告知管理员。"
FORK = "本机账本与中心不一致，已停止收件。请管理员用 yichuang restore 重新登记本机。"
NEXT_STEP = re.compile(r"请|自动发送|重打")
failed = []


class Fault:
    """What a row works on: a house, its home (maybe on a disk of its own) and what stands in it."""

    def __init__(self, house, home=None):
        self.house, self.home = house, home or house.home

    def run(self, *words, stdin=None):
        return self.house.run("--now", NOW, *words, code=None, home=self.home, stdin=stdin)

    def intake(self, name="retail", now=NOW, **changes):
        with open(f"data/demo/{name}.json", encoding="utf-8") as text:
            document = json.load(text)
        document.update(changes)
        return self.house.run("--now", now, "intake", "-", code=None, home=self.home, stdin=json.dumps(document))

    def store(self, sql):
        """Reads, or changes what only a fault can change; leaves no log beside the file."""
        db = sqlite3.connect(os.path.join(self.home, "yichuang.db"), timeout=20, isolation_level=None)
        rows = db.execute(sql).fetchall()
        db.close()
        return rows

    def stands(self):
        """What no fault may change: cases taken in, what waits or was sent, papers; and the chain is whole."""
        tables = [self.store(sql) for sql in (
            "SELECT number, state FROM case_file WHERE number IS NOT NULL ORDER BY number",
            "SELECT id FROM outbox_bundle ORDER BY id", "SELECT id, copy FROM print_job ORDER BY id",
            "SELECT list, version, digest FROM catalogue_version ORDER BY list, version")]
        assert self.house.json("audit", "verify", home=self.home)["clean"]
        return tables


def said(name, result, sentence, stream="stderr", code=1):
    """One row of the table."""
    words = getattr(result, stream).strip()
    draft = re.match(r"草稿 [0-9a-f]{32} 已留着：", words)
    if draft:
        words = words[draft.end():]
    good = words == sentence and result.returncode == code and NEXT_STEP.search(sentence)
    print("ok     " if good else "FAILED ", name, sentence if good else f"exit {result.returncode}\n  said   {words}\n  wanted {sentence}")
    if not good:
        failed.append(name)


def unchanged(name, fault, before):
    after = fault.stands()
    if after != before:
        failed.append(name + ": something was lost or made")
        print("FAILED ", name, "\n ", before, "\n ", after)


# ---- what is typed, scanned, imported ----

TYPED = [
    ("identity number", "110101199001011231", "公民身份号码 110101199001011231：身份证号校验码不对，请对照证件逐位核对"),
    ("credit code", "91350211M000100Y4A", "统一社会信用代码 91350211M000100Y4A：统一社会信用代码校验码不对，请对照执照逐位核对"),
    ("case number", "0000-261120-3A0001-7", "办件号 0000-261120-3A0001-7：办件号校验位不对，请重新扫描，或照回执逐字输入"),
    ("label", "MPC09EL2EN00PD", "材料标签 MPC09EL2EN00PD：材料标签校验位不对，请重新扫描，或照标签逐字输入"),
    ("unknown barcode", "6901234567892",
     "未知编号 6901234567892：不认识这个编号，身份证号和统一社会信用代码是18位，办件号是17位，标签是14位，请核对位数"),
]


def typed(house):
    fault = Fault(house)
    before = fault.stands()
    for name, text, sentence in TYPED:
        said(name, fault.run("code", "check", text), sentence, stream="stdout")
    party = {"role": "applicant", "name": "演示九", "document": "identity", "number": "110101199001011231", "phone": "13000000009"}
    said("intake with a wrong identity number", fault.intake(parties=[party]), "身份证号校验码不对，请对照证件逐位核对。请对照证件重新输入。")
    said("a label that no case has", fault.run("case", "show", "MPC09EL2EN00PC"), "没有找到编号MPC09EL2EN00PC的办件。请核对编号或换个词再查。")
    said("no such home", house.run("case", "list", code=None, home="/nonexistent"),
         "数据目录 /nonexistent 不存在。请核对 --home，或先用子命令 init 建立。")
    assert not os.path.exists("/nonexistent")
    unchanged("typed", fault, before)


def catalogue(house):
    fault = Fault(house)
    before = fault.stands()
    with open("tests/catalog/broken/cases.json", encoding="utf-8") as text:
        files = json.load(text)["base"]
    files["departments.json"]["routes"][0]["department"] = "D-NOWHERE"
    folder = os.path.join(house.folder, "catalogue")
    for name, document in files.items():
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            json.dump(document, out)
    sentence = "departments.json：路由 市场监管部门→D-NOWHERE：部门 D-NOWHERE 不存在。请在 departments.json 里补上部门，或改正代码。"
    said("unknown department", fault.run("catalog", "import", folder), sentence)
    assert "错 " + sentence in fault.run("catalog", "validate", folder).stdout
    unchanged("unknown department", fault, before)


# ---- the hub ----

@contextlib.contextmanager
def fake_hub(house, answer):
    def take(handler):
        handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        answer(handler)
    handler = type("Handler", (http.server.BaseHTTPRequestHandler,), {
        "log_message": lambda *_: None, **{"do_" + method: take for method in ("GET", "HEAD", "POST", "PUT", "PATCH")}})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    house.set_config("hub", "url", f"http://127.0.0.1:{server.server_port}")
    try:
        yield
    finally:
        house.set_config("hub", "url", house.url)
        server.shutdown()
        server.server_close()


def answers(status, body, kind="application/problem+json"):
    def answer(handler):
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
    return answer


HUB = [
    ("hub says 500", answers(500, b"oops", "text/plain"), "中心出错（500）。已排队重试，长时间不好请告知管理员。"),
    ("hub says 401", answers(401, b'{"type":"about:blank","title":"x","status":401,"code":"login"}'),
     "中心不认本机的令牌。已排队，请管理员重新登记本机。"),
    ("hub says garbage", answers(200, b"<html>hello", "text/html"), GARBAGE),
    ("hub says an empty thing", answers(200, b""), GARBAGE),
    ("hub says nothing", lambda handler: handler.connection.close(), "暂时连不上。已排队，恢复后自动发送。"),
]


def hub(house):
    fault = Fault(house)
    assert fault.intake().returncode == 0
    before = fault.stands()
    for name, answer, sentence in HUB:
        with fake_hub(house, answer):
            said(name, fault.run("sync", "--once"), sentence)
            line = [finding for finding in house.json("doctor")["findings"] if finding["name"] == "收发"][0]
            assert sentence in line["sentence"] and "未送 2" in line["sentence"], line
        unchanged(name, fault, before)
        states = fault.store("SELECT DISTINCT state FROM outbox_bundle")
        assert states == [("waiting",)], (name, states)
    assert fault.run("sync", "--once").returncode == 0
    assert fault.store("SELECT DISTINCT state FROM outbox_bundle") == [("sent",)]


def fork(house):
    """An old image of the disk comes back: facts the hub has are gone here, and others stand in their place."""
    fault = Fault(house)
    assert fault.run("sync", "--once").returncode == 0
    image, file = os.path.join(house.folder, "image.db"), os.path.join(house.home, "yichuang.db")
    fault.store("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(file, image)
    assert fault.intake("birth").returncode == 0
    assert fault.run("sync", "--once").returncode == 0
    newest = fault.stands()
    fault.store("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(file, image + ".newest")
    for end in ("-wal", "-shm"):
        if os.path.exists(file + end):
            os.unlink(file + end)
    shutil.copy(image, file)
    said("old image, its line", fault.run("sync", "--once"), FORK)
    before = fault.stands()
    said("old image, intake", fault.intake(), FORK)
    doctor = json.loads(fault.run("doctor", "--json").stdout)["findings"]
    line = [finding for finding in doctor if finding["name"] == "收发"][0]
    assert not line["good"] and FORK in line["sentence"], line
    unchanged("fork", fault, before)
    # The mend of the sentence: a new store id, enrolled anew; intake goes on with numbers of its own.
    backup, new = os.path.join(house.folder, "backup.db"), os.path.join(house.folder, "anew")
    assert fault.run("backup", backup).returncode == 0
    assert house.run("restore", backup, code=None, home=new).returncode == 0
    secret = subprocess.run([os.path.join(BUILD, "yichuang-hub"), "--home", house.hub_home, "enrol", "0000", "3A", "演示大厅"],
                            capture_output=True, text=True, check=True).stdout.split()[-1]
    with open(os.open(os.path.join(new, "config.ini"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(f"[hub]\nurl={house.url}\nsecret={secret}\n\n[printer]\ndefault=folder\n")
    anew = Fault(house, new)
    first = anew.run("sync", "--once")
    assert first.returncode == 0, (first, anew.store("SELECT * FROM line_state"), open(os.path.join(house.folder, "hub.log")).read())
    known = {row[0] for row in newest[0]}
    result = anew.intake()
    assert result.returncode == 0 and result.stdout.split()[1] not in known, (result, known)
    assert anew.run("sync", "--once").returncode == 0, anew.run("sync", "--once")
    for end in ("-wal", "-shm"):
        if os.path.exists(file + end):
            os.unlink(file + end)
    shutil.copy(image + ".newest", file)
    assert fault.run("sync", "--once").returncode == 0


# ---- clock, printer, version ----

def clock(house):
    fault = Fault(house)
    assert fault.intake().returncode == 0
    before = fault.stands()
    yesterday = "2026-11-19T14:32:00+08:00"
    sentence = "本机时间2026-11-19 14:32早于上一次收件2026-11-20 14:32，可能被调回。请主管核对时钟，无误的由主管登录、在菜单里确认时钟，再收件。"
    said("clock set back", fault.intake(now=yesterday), sentence)
    number = before[0][0][0]
    confirm = ("--now", yesterday, "act", "clock", number)
    said("the clerk may not confirm it", house.run(*confirm, code=None), "演示员甲没有“确认本机时钟”的权限。请大厅主管登录办理。")
    unchanged("clock", fault, before)
    assert house.run("--as", "zhuguan", *confirm, code=None).returncode == 0
    taken = fault.intake(now=yesterday)
    assert taken.returncode == 0 and "0000-261119-3A" in taken.stdout, taken
    assert len(set(fault.store("SELECT number FROM case_file WHERE number IS NOT NULL"))) == len(before[0]) + 1


def printer(house):
    fault = Fault(house)
    house.set_config("printer", "default", "nowhere")
    before = fault.stands()
    sentence = "打印服务没有运行，打印机 nowhere 用不了。单据已留存，修好后在待确认里重打，或换一台打印机。"
    said("printer missing", fault.run("printer", "test", "nowhere"), "yichuang-print: " + sentence)
    said("papers fail", fault.run("print", "--once"), "yichuang-print: 2 份单据没有打成：" + sentence)
    papers = json.loads(fault.run("case", "papers", "--json").stdout)["papers"]
    assert papers and all(paper["state"] == "failed" and paper["message"] == sentence for paper in papers), papers
    unchanged("printer", fault, before)
    # Mended: the clerk says it did not come out, and the copy is counted and says why.
    house.set_config("printer", "default", "folder")
    receipt = [paper for paper in papers if paper["kind"] == "收件回执"][0]
    house.act("paper", receipt["id"], came_out=False, reason="演示打印机不在")
    fault.run("print", "--once")
    again = [paper for paper in json.loads(fault.run("case", "papers", "--json").stdout)["papers"]
             if paper["kind"] == "收件回执" and paper["case"] == receipt["case"] and paper["state"] == "ask"]
    assert [paper["copy"] for paper in again] == [2], again


def newer(house):
    fault = Fault(house)
    before, version = fault.stands(), fault.store("PRAGMA user_version")[0][0]
    fault.store(f"PRAGMA user_version = {version + 1}")
    try:
        said("store of a newer version", fault.run("case", "list"), NEWER)
        said("newer: intake", fault.intake(), NEWER)
        said("newer: sync", fault.run("sync", "--once"), NEWER)
        said("newer: print", fault.run("print", "--once"), "yichuang-print: " + NEWER)
    finally:
        fault.store(f"PRAGMA user_version = {version}")
    unchanged("newer", fault, before)


# ---- disks ----

@contextlib.contextmanager
def disk(house):
    """The home on a small disk of its own; None when this account may not mount one."""
    folder = os.path.join(house.folder, "disk")
    os.makedirs(folder, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", folder], capture_output=True, check=False).returncode:
        yield None
        return
    try:
        home = os.path.join(folder, "home")
        Fault(house).store("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(house.home, home, ignore=shutil.ignore_patterns("bell"))
        yield Fault(house, home)
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def read_only(house):
    with disk(house) as fault:
        if fault is None:
            print("skipped: no disk may be mounted here")
            return
        before = fault.stands()
        folder = os.path.dirname(fault.home)
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        said("store read-only", fault.intake("birth"), READ_ONLY)
        assert json.loads(fault.run("audit", "verify", "--json").stdout)["clean"]
        subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
        unchanged("read-only", fault, before)
        assert fault.intake("birth").returncode == 0


DISK = "磁盘满了，正用备用的4MB空间：请马上腾出空间；用完就不能保存"


def ballast(fault):
    return os.path.exists(os.path.join(fault.home, "ballast"))


def fill(filler, spare):
    with open(filler, "wb", buffering=0) as out, contextlib.suppress(OSError):
        while out.write(b"\0" * 4096):
            pass
    os.truncate(filler, max(0, os.path.getsize(filler) - spare * 1024))


def full(house):
    """The ballast lets the work be ended and says so; without it an act is refused; nothing is lost."""
    with disk(house) as fault:
        if fault is None:
            print("skipped: no disk may be mounted here")
            return
        filler = os.path.join(os.path.dirname(fault.home), "filler")
        for spare in (0, 40, 200, 600, 1500):  # KiB left: the write fails at its begin, within, at its end, or not at all
            before, told, helped = fault.stands(), [], 0
            fill(filler, spare)
            for _ in range(300):
                result = fault.intake("birth")
                if result.returncode:
                    break
                told.append(result.stdout.split()[1])
                helped += not ballast(fault)
            said(f"disk full, {spare} KiB left, {len(told)} taken in, {helped} on the ballast", result, FULL)
            assert helped > 5, helped
            line = [finding for finding in json.loads(fault.run("doctor", "--json").stdout)["findings"] if finding["name"] == "磁盘"][0]
            assert not line["good"] and DISK in line["sentence"] and "请马上腾出空间" in fault.run("doctor").stdout, line
            after = fault.stands()
            assert [row[0] for row in after[0]] == sorted([row[0] for row in before[0]] + told), "lost or made"
            if spare == 0:
                full_screen(fault, filler)
            else:
                os.unlink(filler)
            taken = fault.intake("birth")
            assert taken.returncode == 0 and ballast(fault), taken
        doctor = json.loads(fault.run("doctor", "--json").stdout)["findings"]
        line = [finding for finding in doctor if finding["name"] == "磁盘"][0]
        assert DISK not in line["sentence"], line
        # An image that finds the disk full takes the ballast, too; the next one is refused as a save is.
        fill(filler, 300)
        images = []
        for name in ("first", "second"):
            images.append(os.path.join(house.folder, name + ".jpg"))
            with open(images[-1], "wb") as out:
                out.write(os.urandom(2_500_000))
        with open("data/demo/retail.json", encoding="utf-8") as text:
            material = [entry for entry in json.load(text)["materials"] if entry.get("status", "received") == "received"][0]
        taken = fault.intake(materials=[dict(material, image=images[0])])
        assert "磁盘" not in taken.stderr and not ballast(fault), taken
        before = os.listdir(os.path.join(fault.home, "blobs"))
        said("disk full for an image", fault.intake(materials=[dict(material, image=images[1])]), material["material"] + "：" + FULL)
        assert os.listdir(os.path.join(fault.home, "blobs")) == before
        os.unlink(filler)


def full_screen(fault, filler):
    """The open screen tells it in its status until there is room, and then no more."""
    with Terminal([os.path.join(BUILD, "yichuang"), "--home", fault.home, "--now", NOW], env={"YICHUANG_NO_AGENT": "1"}) as screen:
        screen.wait_for("用户", "口令", DISK)
        os.unlink(filler)
        assert fault.intake("birth").returncode == 0
        screen.wait_for(DISK, gone=True)


def terminal(house):
    with Terminal([os.path.join(BUILD, "yichuang"), "--home", house.home], rows=10, columns=60) as screen:
        screen.wait_for("终端太小", "现在 60 列 10 行，请放大到至少 80 列 24 行。内容都在。")
        screen.resize(24, 80)
        screen.wait_for("用户", "口令", "3号窗")
    with Terminal([os.path.join(BUILD, "yichuang"), "--home", "/nonexistent"]) as screen:
        with contextlib.suppress(AssertionError):
            screen.wait_for("请核对 --home，或先用子命令 init 建立。")
        assert "数据目录/nonexistent不存在。" in screen.plain() and screen.reap() == 1, screen.text()
    said("no terminal", house.run(code=None), "需要在终端里运行。请在终端窗口中运行，或使用子命令。")
    print("ok      terminal too small")


def main():
    rows = (typed, catalogue, hub, fork, clock, printer, newer, read_only, full, terminal)
    for row in [row for row in rows if not sys.argv[1:] or row.__name__ in sys.argv[1:]]:
        with House() as house:
            house.start_hub()
            house.run("sync", "--once")
            if row in (newer, printer, read_only, full):
                assert Fault(house).intake().returncode == 0
            row(house)
    if failed:
        print(len(failed), "failed:", ", ".join(failed))
        sys.exit(1)


main()
