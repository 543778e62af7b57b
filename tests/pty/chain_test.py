#!/usr/bin/python3
"""A clerk at the real screen in a real pty: login, theme by initials, questionnaire, notice, form, checklist, check, intake; moving back and
forth loses nothing; the window is shrunk and grown; kill -9 in the middle and at the end; the lock; wrong input."""
import glob
import json
import os
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import BUILD, House, wait_until  # noqa: E402
from terminal import CTRL_LEFT, CTRL_RIGHT, DOWN, ENTER, ESCAPE, F, TAB, UP, Terminal  # noqa: E402

NOW = "2026-11-20T14:32:00+08:00"
with open("data/demo/retail.json", encoding="utf-8") as text:
    DEMO = json.load(text)
FIELDS = {}
for name in glob.glob("data/catalogue/fields/*.json"):
    with open(name, encoding="utf-8") as text:
        FIELDS.update({field["label"].replace(" ", ""): field for field in json.load(text)["fields"]})


def window(house, rows=24, columns=80, term="xterm-256color"):
    return Terminal([os.path.join(BUILD, "yichuang"), "--home", house.home, "--now", NOW], rows=rows, columns=columns,
                    env={"YICHUANG_NO_AGENT": "1", "TERM": term})


def login(screen, password="yanshi123"):
    screen.wait_for("用户", "口令", "3号窗")
    screen.send("yanshi" + TAB + password)
    screen.wait_for("*" * len(password))
    screen.send(ENTER)


def row_of(screen, words):
    lines = [line.replace(" ", "") for line in screen.lines()]
    return next((number for number, line in enumerate(lines) if words.replace(" ", "") in line), None)


def answer_questions(screen):
    with open("data/catalogue/guides/jiangmen-2020.json", encoding="utf-8") as guides:
        theme = next(theme for theme in json.load(guides)["themes"] if theme["theme"] == "1")
    for question in theme["questions"]:
        wanted = DEMO["answers"].get(question["id"])
        if wanted is None:
            continue
        screen.wait_for("?" + question["text"])
        number = [option["id"] for option in question["options"]].index(wanted) + 1
        screen.wait_for(f"{number} {question['options'][number - 1]['text']}")
        screen.send(str(number))
        screen.wait_for("?" + question["text"], gone=True)
    screen.wait_for("情形已定")


def current_field(screen):
    line = screen.lines()[screen.screen.cursor.y].replace(" ", "")
    found = [label for label in FIELDS if label in line]
    return FIELDS[max(found, key=len)] if found else None


def moved_on(screen, before):
    """Reads until quiet; true when another field, or the next step, has the cursor."""
    while screen.read(0.03):
        pass
    return "[材料" in screen.plain() or (screen.screen.cursor.y, (current_field(screen) or {}).get("label")) != before


def fill_form(screen):
    wait_until("the form's first field", lambda: not screen.read(0.05) and "[表单" in screen.plain() and current_field(screen))
    for _ in range(80):
        if "[材料" in screen.plain():
            return
        field = current_field(screen)
        assert field is not None, screen.text()
        value = DEMO["fields"].get(field["key"], "")
        if field["validator"] == "choice" and value:
            screen.send(str(field["options"].index(value) + 1))
        else:
            screen.send(value)
        before = (screen.screen.cursor.y, field["label"])
        if value and field["validator"] not in ("identity",):
            screen.wait_for(value)
        screen.send(ENTER)
        wait_until("the next field", lambda: moved_on(screen, before))
    raise AssertionError("the form does not end\n" + screen.text())


def seen(screen, name, mark):
    screen.read(0.02)
    return mark in screen.lines()[row_of(screen, name)]


def selected_row(screen):
    """The row marked with > (not the one box, which has it in its second cell)."""
    def find():
        screen.read(0.01)
        return [number + 1 for number, line in enumerate(screen.lines()) if line.startswith(">")]
    return wait_until("a selected line", find)[0] - 1


def tick_materials(screen):
    screen.wait_for("[材料", "审查要点")
    names = {}
    for path in glob.glob("data/catalogue/materials/*.json"):
        with open(path, encoding="utf-8") as library:
            names.update((material["code"], material["name"]) for material in json.load(library)["materials"])
    for material in DEMO["materials"]:
        name = names[material["material"]][:10]
        while (at := selected_row(screen)) != row_of(screen, name):
            screen.send(DOWN if row_of(screen, name) > at else UP)
            wait_until("the selection to move", lambda: selected_row(screen) != at)
        if material["status"] == "received":
            screen.send(ENTER)
            wait_until(name + " received", lambda: seen(screen, name, "√"))
        elif material["status"] == "deferred":
            screen.send(F[4])
            screen.wait_for("承诺哪一天前补交")
            screen.send(material["promise_due"] + ENTER)
            screen.wait_for("容缺 承诺 " + material["promise_due"])
        elif material["status"] == "declared":
            screen.send(F[5])
            wait_until(name + " declared", lambda: seen(screen, name, "▽"))


def test_chain(house):
    with window(house) as screen:
        login(screen, "wrong-password")
        screen.wait_for("口令不对")
        screen.send("yanshi123" + ENTER)
        screen.wait_for("今日", "Tab 换列表")
        screen.send("没有这样的事")
        screen.wait_for("没有找到")
        screen.send(ESCAPE)
        screen.wait_for("没有找到", gone=True)
        screen.send("kbld")
        screen.wait_for("我要开便利店（个体户）", "参考")
        screen.send(ENTER)
        screen.wait_for("[情形", "经营者是哪里的居民")
        answer_questions(screen)
        screen.resize(10, 40)
        screen.wait_for("终端太小")
        screen.resize(40, 120)
        screen.wait_for("情形已定")
        screen.resize(24, 80)
        screen.wait_for("情形已定")
        screen.send(ENTER)
        screen.wait_for("[告知", "要带的材料", "参考，以当地实施清单为准")
        screen.send(ENTER)
        screen.wait_for("已送打印")
        screen.send(CTRL_RIGHT)
        fill_form(screen)
        tick_materials(screen)
        # Back and forth: nothing is lost.
        for _ in range(2):
            screen.send(CTRL_LEFT)
            screen.wait_for("[表单", "演示便利店")
            screen.send(CTRL_RIGHT)
            screen.wait_for("[材料", "容缺 承诺")
        # Killed here and opened again: the draft is where it was.
        screen.kill(signal.SIGKILL)
    with window(house) as screen:
        login(screen)
        screen.wait_for("今日", "草稿1")
        screen.send(TAB + ENTER)
        screen.wait_for("[材料", "容缺 承诺")
        screen.send(CTRL_RIGHT)
        screen.wait_for("[审查", "材料齐全，符合法定形式")
        screen.send(ENTER)
        screen.wait_for("[收件", "市场监督管理部门", "烟草专卖部门", "回车收件")
        screen.send(ENTER + ENTER)  # twice: one case
        text = screen.wait_for("已收件", "0000-261120-3A")
        screen.kill(signal.SIGKILL)
    number = next(word for word in text.split() if word.startswith("0000-261120-3A"))
    cases = house.json("--now", NOW, "case", "list")["cases"]
    assert [case["number"] for case in cases if case["number"]] == [number], cases
    assert house.json("audit", "verify")["clean"]
    return number


def test_desk(house, number):
    """What else a clerk presses: find again by number, last four digits and name; timeline, help, lock, papers."""
    for columns, rows in ((80, 24), (120, 40)):
        with window(house, rows, columns) as screen:
            login(screen)
            screen.wait_for("今日1")
            for words in (number, DEMO["parties"][0]["name"], DEMO["parties"][0]["number"][-4:]):
                screen.send(words)
                if words != number:
                    screen.wait_for(number)
                screen.send(ENTER)
                screen.wait_for("F10更多", number)  # a wide home shows the rest, too
                screen.send(ESCAPE)
                screen.wait_for("F10更多", gone=True)
                screen.wait_for("Tab 换列表")
            screen.send(number + ENTER)
            screen.wait_for("已收件", number)
            screen.send(F[5])
            screen.wait_for("经过", "办件号")
            screen.send(F[1])
            screen.wait_for("帮助：经过", "全流程留痕")
            screen.send(ESCAPE)
            screen.wait_for("帮助：", gone=True)
            screen.send(F[9])
            screen.wait_for("已锁屏")
            screen.send(ESCAPE + "wrong" + ENTER)
            screen.wait_for("口令不对")
            screen.send("yanshi123" + ENTER)
            screen.wait_for("经过")
            screen.send(ESCAPE)
            screen.wait_for("F10更多")
            screen.send(ESCAPE)
            screen.wait_for("Tab 换列表")
            screen.send("0000-261120-3A0001-7" + ENTER)  # a wrong check character
            screen.wait_for("没有找到条码")
            screen.send(F[6])
            screen.wait_for("待确认", "收件回执")
            screen.send(ESCAPE)
            screen.wait_for("Tab 换列表")


def test_terminals(house):
    for term in ("xterm", "linux", "vt100", "screen-256color"):
        with window(house, term=term) as screen:
            login(screen)
            screen.wait_for("今日")


def main():
    with House() as house:
        number = test_chain(house)
        test_desk(house, number)
        test_terminals(house)
    print("3 passed, 0 failed")


main()
