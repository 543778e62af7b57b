#!/usr/bin/python3
"""The bureau at the real screen: a promised limit is changed in place, checked, submitted, published with a date and in force on it;
an invalid change stays in its form; a printed department gets its route; a clerk is told who may."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import BUILD, House, wait_until  # noqa: E402
from terminal import DOWN, ENTER, ESCAPE, F, Terminal  # noqa: E402

NOW, LATER = "2026-11-20T14:32:00+08:00", "2026-12-01T08:30:00+08:00"
CLEAR = "\x15"  # Ctrl+U


def window(house, now=NOW, rows=24, columns=80):
    return Terminal([os.path.join(BUILD, "yichuang"), "--home", house.home, "--now", now], rows=rows, columns=columns,
                    env={"YICHUANG_NO_AGENT": "1"})


def login(screen, user):
    screen.wait_for("用户", "口令", "3号窗")
    screen.send(user + "\tyanshi123")
    screen.wait_for("*" * 9)
    screen.send(ENTER)
    screen.wait_for("今日")


def settle(screen):
    wait_until("a quiet screen", lambda: not screen.read(0.05))


def selected(screen):
    return next((line.replace(" ", "") for line in screen.lines()[3:] if line.startswith(">")), "")


def go_down_to(screen, words, most=120):
    """Down until the selected row holds the words."""
    for _ in range(most):
        settle(screen)
        if words in selected(screen):
            return
        screen.send(DOWN)
    raise AssertionError(f"no row {words}\n{screen.text()}")


def from_menu(screen, words):
    screen.send(F[10])
    screen.wait_for("菜单", words)
    line = next(line.replace(" ", "") for line in screen.lines() if words in line.replace(" ", ""))
    screen.send(line.lstrip(">")[0])


def test_clerk_is_told_who_may(house):
    with window(house) as screen:
        login(screen, "yanshi")
        from_menu(screen, "清单维护")
        screen.wait_for("清单由数据局管理员维护", "F2新办")
        from_menu(screen, "部门路由")
        screen.wait_for("清单由数据局管理员维护", "F2新办")


def change_limit(screen, days):
    go_down_to(screen, "承诺时限")
    screen.send(ENTER)
    screen.wait_for("改时限", "份清单共用")
    screen.send(CLEAR + days)
    screen.wait_for(days)
    for row in ("按数字选择", "回车登记"):
        screen.send(ENTER)
        screen.wait_for(row)
    screen.send(ENTER)


def test_change_to_version_in_force(house):
    with window(house) as screen:
        login(screen, "guanli")
        from_menu(screen, "清单维护")
        screen.wait_for("改动先存草稿", "江门", "第1版")
        screen.send(ENTER)
        screen.wait_for("清单江门", "√发布")
        screen.send("kbld")
        screen.wait_for("我要开便利店")
        screen.send(ENTER)
        screen.wait_for("江门一件事1", "原文名称")
        go_down_to(screen, "个体工商户")
        screen.send(ENTER)
        screen.wait_for("服务S-SELF-EMPLOYED", "参考，以当地实施清单为准")
        change_limit(screen, "两天")
        screen.wait_for("“多少”不是数字", "两天", "改时限")
        screen.send(ESCAPE)
        screen.wait_for("改时限", gone=True)
        change_limit(screen, "2")
        screen.wait_for("已改“承诺时限”", "存为草稿", "江门", "2个工作日", "草稿第2版")
        screen.send(ESCAPE)
        screen.wait_for("江门一件事1")
        screen.send(ESCAPE)
        screen.wait_for("还没有提交")
        screen.send(F[4])
        screen.wait_for("√合格")
        screen.send(ESCAPE)
        screen.wait_for("F6提交")
        screen.send(F[5])
        screen.wait_for("差异江门", "承诺时限")
        screen.send(ESCAPE)
        screen.wait_for("F6提交")
        screen.send(F[6])
        screen.wait_for("提交草稿", "备案号")
        screen.send("演备〔2026〕5号" + ENTER)
        screen.wait_for("这一版改了什么")
        screen.send("缩短承诺时限" + ENTER)
        screen.wait_for("已提交第2版", "F8发布")
        screen.send(F[8])
        screen.wait_for("施行日期", "2026-11-21")
        screen.send(CLEAR + "2026-12-01" + ENTER)
        screen.wait_for("空着的版本写")
        screen.send(ENTER)
        screen.wait_for("[1不发布]")
        screen.send("2")
        screen.wait_for("[2发布，不能再改]")
        screen.send(ENTER)
        screen.wait_for("待施行第2版", "2026-12-01起施行")
        screen.send(ESCAPE)
        screen.wait_for("改动先存草稿", "待施行第2版2026-12-01")
    with window(house, now=LATER) as screen:
        login(screen, "guanli")
        from_menu(screen, "清单维护")
        screen.wait_for("改动先存草稿", "第2版，2026-12-01起施行，备案号演备〔2026〕5号")
        screen.send(F[11])
        screen.wait_for("版本江门", "第2版施行中2026-12-01", "第1版已被替代", "sm3:")


def test_route_is_set_by_typing(house):
    with window(house) as screen:
        login(screen, "guanli")
        from_menu(screen, "部门路由")
        screen.wait_for("路由", "没有路由")
        settle(screen)
        printed = screen.plain().split("“")[1].split("”")[0]
        screen.send(ENTER)
        screen.wait_for("在本大厅送哪个部门")
        screen.send("scjd")
        screen.wait_for("市场监督管理部门")
        settle(screen)
        screen.send(ENTER)
        screen.wait_for(f"“{printed}”送D-MARKET", "√本大厅", "F4恢复按清单版本")
        screen.send(F[4])
        screen.wait_for("恢复按清单版本送")


def main():
    tests = (test_clerk_is_told_who_may, test_change_to_version_in_force, test_route_is_set_by_typing)
    with House() as house:
        for test in tests:
            test(house)
    print(f"{len(tests)} passed, 0 failed")


main()
