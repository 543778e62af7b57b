#!/usr/bin/python3
"""A supervisor at the real screen: a silent department's item counts as accepted, a reminder, a supplement, a lapse, the refusal slip,
and the clock that somebody set back; a clerk is led there and may not do it."""
import os
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import BUILD, House, wait_until  # noqa: E402
from terminal import CTRL_RIGHT, DOWN, ENTER, ESCAPE, F, UP, Terminal  # noqa: E402

THEN, NOW, BACK = "2025-03-10T10:00:00+08:00", "2026-11-20T14:32:00+08:00", "2025-03-03T10:00:00+08:00"
RECEIVED = "2025-03-11T02:00:00.000Z"


def window(house, user, now=NOW):
    screen = Terminal([os.path.join(BUILD, "yichuang"), "--home", house.home, "--now", now], env={"YICHUANG_NO_AGENT": "1"})
    screen.wait_for("用户", "口令", "3号窗")
    screen.send(f"{user}\tyanshi123")
    screen.wait_for("*" * 9)
    screen.send(ENTER)
    screen.wait_for("今日")
    return screen


def rows(house, sql):
    with sqlite3.connect(os.path.join(house.home, "yichuang.db"), timeout=20) as store:
        return store.execute(sql).fetchall()


def answer(screen, question, text, done):
    """A question above the list: what is asked, what is typed, what is said after."""
    screen.wait_for(question)
    screen.send(text)
    if text:
        screen.wait_for(text)
    screen.send(ENTER)
    screen.wait_for(done)


def prepare(house):
    """One case of long ago: the market department received and is silent, the tobacco department refused."""
    with open("data/demo/retail.json", encoding="utf-8") as text:
        number = house.json("--now", THEN, "intake", "-", stdin=text.read())["number"]
    house.run("sync", "--once")
    items = {name: (bundle, department, item) for name, item, department, bundle in rows(
        house, "SELECT i.name, i.item, i.department, b.id FROM case_item AS i JOIN outbox_bundle AS b USING (case_id, department)")}
    for bundle, department in {entry[:2] for entry in items.values()}:
        house.update(bundle, department, "received", at=RECEIVED)
    tobacco = [entry for name, entry in items.items() if "烟草" in name][0]
    house.update(*tobacco[:2], "refused", tobacco[2], reason="演示理由：与最近的网点间距不足", at=RECEIVED)
    house.run("sync", "--once")
    agent = house.start([os.path.join(BUILD, "yichuang-agent"), "--home", house.home, "--foreground"], stderr=subprocess.DEVNULL)
    wait_until("the agent's timers", lambda: rows(house, "SELECT 1 FROM case_timer WHERE kind = 'deemed_acceptance_due'"))
    house.stop(agent)
    return number, [entry for name, entry in items.items() if "个体工商户" in name][0]


def test_item(house, number, trader):
    with window(house, "zhuguan") as screen:
        screen.wait_for("待督1")
        screen.send(F[10])
        screen.wait_for("部门没有答复", "确认时钟")
        screen.send("2")
        screen.wait_for("待督1", number)
        screen.send(F[6])  # from the list: every department that has an item of the case
        answer(screen, "催什么", "，今天答复", "已催办 " + number)
        screen.send(ENTER)
        screen.wait_for("申请人", "F10更多")
        screen.send(DOWN + F[10])  # the second item, the food licence
        screen.wait_for("视为受理", "逾期未补正", "不予受理单")
        screen.send(F[3])
        screen.wait_for("视为受理的依据", "行政许可法第三十二条第一款第（四）项")
        answer(screen, "依据", "", "已确认视为受理")
        screen.send(F[3])
        answer(screen, "依据", "", "不能")
        screen.send(F[2])
        answer(screen, "催什么", "", "已催办，部门会在待办里看到")
        # The whole of several departments' licences: extended once, at most by 15 working days.
        screen.send(F[7])
        screen.wait_for("延长全件的期限", "行政许可法第四十二条")
        screen.send("16" + ENTER + "演示府批1号" + ENTER + "须专家论证" + ENTER)
        screen.wait_for("可以延长1到15个工作日")
        screen.send(ESCAPE)
        screen.wait_for("F3视为受理")
        screen.send(F[7])
        screen.wait_for("延长全件的期限")
        screen.send("15" + ENTER + "演示府批1号" + ENTER + "须专家论证" + ENTER)
        screen.wait_for("已延长全件期限", "全件期限 2025-0")
        screen.send(ESCAPE)
        screen.wait_for("F10更多")
        screen.send(UP + F[10])
        screen.wait_for("个体工商户", "逾期未补正")
        # What the department asks for: supplemented once, not a second time.
        for name in ("补来了", "逾期"):
            house.update(*trader[:2], "correction", trader[2], sentences=["演示：平面图未标注分区"])
            house.run("sync", "--once")
            screen.wait_for("补正", "平面图未标注分区")
            screen.send(F[4] if name == "补来了" else F[5])
            if name == "补来了":
                answer(screen, "补交了什么", "平面图", "已登记补交")
                house.run("sync", "--once")
            else:
                answer(screen, "办结的依据", "操作规程第十四条", "已按逾期未补正办结")
        screen.send(ESCAPE)
        screen.wait_for("F10更多")
        screen.send(DOWN + DOWN + F[10])
        screen.wait_for("烟草", "间距不足")
        screen.send(F[6])
        screen.wait_for("不予受理通知书已送打印")
        screen.send(F[6])
        answer(screen, "再打一份的原因", "申请人要两份", "不予受理通知书已送打印")
    events = [event["kind"] for event in house.json("case", "show", number)["timeline"]]
    for kind in ("deemed_accepted", "reminded", "supplemented", "lapsed", "refusal_given", "reprinted", "joint_extended"):
        assert kind in events, (kind, events)
    house.run("print", "--once")
    assert [copy for kind, copy in rows(house, "SELECT kind, copy FROM print_job ORDER BY copy") if kind == "refusal"] == [1, 2]


def test_clerk_may_not(house, number):
    with window(house, "yanshi") as screen:
        screen.send(number + ENTER)
        screen.wait_for("F10更多")
        screen.send(F[10])
        screen.wait_for("视为受理")
        screen.send(F[3])
        answer(screen, "依据", "演示依据", "请大厅主管登录办理")
        screen.send(ESCAPE + ESCAPE)
        screen.wait_for("F10菜单")
        screen.send(F[10])
        screen.wait_for("确认时钟")
        screen.send("3")
        screen.wait_for("请大厅主管登录办理")


def open_intake(screen):
    """Of the draft at the top of the day's list, wherever on the spine it stands."""
    screen.send(DOWN + ENTER)
    screen.wait_for("草稿", "收件", "情形√")
    screen.send(CTRL_RIGHT * 5)
    screen.wait_for("确认收件", "F8确认时钟")


def test_clock(house):
    with open("data/demo/retail.json", encoding="utf-8") as text:
        refused = house.run("--now", BACK, "intake", "-", stdin=text.read(), code=None)
    assert refused.returncode == 1 and "在菜单里确认时钟" in refused.stderr, refused
    with window(house, "yanshi", BACK) as screen:
        open_intake(screen)
        screen.send(ENTER)
        screen.wait_for("可能被调回", "在菜单里确认时钟")
    with window(house, "zhuguan", BACK) as screen:
        open_intake(screen)
        screen.send(ENTER)
        screen.wait_for("可能被调回", "与标准时间核对过", "2025-03-03 10:00")
        screen.send("1")
        screen.wait_for("已确认时钟")
        screen.send(ENTER)
        screen.wait_for("已收件 0000-250303-3A")
    assert rows(house, "SELECT 1 FROM fact WHERE kind = 'clock_confirmed'")


def main():
    with House() as house:
        house.start_hub()
        house.run("sync", "--once")
        number, trader = prepare(house)
        test_item(house, number, trader)
        test_clerk_may_not(house, number)
        test_clock(house)
    print("the supervisor did it all at the screen")


main()
