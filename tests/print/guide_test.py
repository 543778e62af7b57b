#!/usr/bin/python3
"""The guide on paper: every theme's text is whole, nothing is clipped, nothing overlaps; charts of any shape, both papers."""
import json
import os
import re
import subprocess
import sys
import tempfile

BUILD = os.environ.get("YICHUANG_BUILD", os.path.abspath(os.environ.get("BUILD", "build")))
folder = tempfile.TemporaryDirectory()
home = os.path.join(folder.name, "home")
pdf = os.path.join(folder.name, "guide.pdf")


def run(*words, program="yichuang", code=0):
    done = subprocess.run([f"{BUILD}/{program}", *words], capture_output=True, text=True, check=False)
    if done.returncode != code:
        sys.exit(f"{words}: exit {done.returncode}\n{done.stderr}")
    return done


def check(condition, what):
    if not condition:
        sys.exit(f"FAILED: {what}")


def words_of(path):
    """Pages of (left, top, right, bottom, text)."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    for page in re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', out, re.S):
        boxes = [(*map(float, found[:4]), found[4]) for found in
                 re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', page[2])]
        yield float(page[0]), float(page[1]), boxes


def check_page(width, height, boxes, what):
    for left, top, right, bottom, text in boxes:
        check(left >= 20 and right <= width - 20 and top >= 10 and bottom <= height - 10, f"{what}: {text} is clipped")
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            across = min(a[2], b[2]) - max(a[0], b[0])
            down = min(a[3], b[3]) - max(a[1], b[1])
            check(across < 1 or down < 0.35 * min(a[3] - a[1], b[3] - b[1]), f"{what}: {a[4]} lies over {b[4]}")


def squeezed(path):
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return text, "".join(text.split())


def check_theme(list_id, theme):
    guide = json.loads(run("--home", home, "catalog", "guide", list_id, theme, "--json").stdout)
    answer = json.loads(run("--home", home, "catalog", "guide", list_id, theme, "--pdf", pdf, "--json").stdout)
    what = f"{list_id} {theme}"
    pages = list(words_of(pdf))
    check(answer == {"file": pdf, "pages": len(pages)}, f"{what}: {answer}, but {len(pages)} pages")
    for number, page in enumerate(pages, 1):
        check_page(*page, f"{what} page {number}")
    text, flat = squeezed(pdf)
    check(f"第{len(pages)}页共{len(pages)}页" in flat, f"{what}: pages are not counted")
    check(text.count(guide["name"][:8]) >= len(pages) - 1, f"{what}: a page does not say whose it is")
    check("参考" in flat and guide["digest"][-20:] in flat, f"{what}: not marked, or without its version")
    for row in guide["not_offered"]:
        check("现在不受理" in flat, f"{what}: what is not offered is missing")


def chart(nodes):
    """A guide that is only a process: nodes are (title, before, group)."""
    return [{"node": i, "number": i if i < len(nodes) - 1 else 0, "layer": 0, "place": 0, "group": group, "after": before,
             "title": title, "detail": "江门市生态环境局 视情形" if 0 < i < len(nodes) - 1 else ""}
            for i, (title, before, group) in enumerate(nodes)]


def check_chart(base, name, nodes, profile):
    base["process"] = chart(nodes)
    data = os.path.join(folder.name, "data.json")
    with open(data, "w", encoding="utf-8") as out:
        json.dump(base, out)
    run("--render", "guide", data, pdf, profile, program="yichuang-print")
    flat = squeezed(pdf)[1]
    for number, page in enumerate(words_of(pdf), 1):
        check_page(*page, f"{name} {profile} page {number}")
    for title, _, _ in nodes:
        # a box breaks its title: each half of it stands somewhere
        check("".join(title.split())[:6] in flat, f"{name} {profile}: {title} is lost")


run("--home", home, "init")
for list_id, theme in (("jiangmen-2020", "1"), ("jiangmen-2020", "14"), ("jiangmen-2020", "40"), ("weibin-2021", "39"),
                       ("weibin-2021", "3"), ("national-2022", "个人-8"), ("meixian-2022", "13"), ("tianmen-consolidated", "1")):
    check_theme(list_id, theme)
check("没有列出事项，只供参考" in squeezed(pdf)[1], "a theme whose source prints no items does not say so")

base = json.loads(run("--home", home, "catalog", "guide", "jiangmen-2020", "2", "--json").stdout)
base.update(hall="演示大厅", window="3号窗", clerk="演示员甲", time_ms=1763700000000, demo=False)
LONG = "建设项目环境影响评价文件审批（豁免手续办理的项目除外）"
chain = [("收件", [], 0)] + [(f"{i} 甲{LONG}", [i - 1], 0) for i in range(1, 21)] + [("发证", [20], 0)]
wide = [("收件", [], 0)] + [(f"{i} 乙{LONG}", [0], 0) for i in range(1, 21)] + [("发证", list(range(1, 21)), 0)]
tree = [("收件", [], 0)] + [(f"{i} 丙{LONG}", [i // 2], 0) for i in range(1, 21)] + [("发证", list(range(11, 21)), 0)]
either = [("收件", [], 0)] + [(f"{i} 丁{LONG}", [0] if i < 9 else [i - 8], 1 if i < 5 else 2 if i < 9 else 0)
                              for i in range(1, 15)] + [("发证", [7, 8] + list(range(9, 15)), 0)]
for name, nodes in (("chain", chain), ("wide", wide), ("tree", tree), ("either", either)):
    for profile in ("a4", "a5-landscape"):
        check_chart(base, name, nodes, profile)

# A row of the wrong shape names file and line.
broken = dict(base, process=[])
template = os.path.join(home, "printers", "templates")
os.makedirs(template)
with open(os.path.join(template, "guide.txt"), "w", encoding="utf-8") as out:
    out.write(".title x\n.chart\n1 | 2\n.end\n")
data = os.path.join(folder.name, "data.json")
with open(data, "w", encoding="utf-8") as out:
    json.dump(broken, out)
done = run("--home", home, "--render", "guide", data, pdf, program="yichuang-print", code=1)
check("guide.txt 第 2 行" in done.stderr, done.stderr)
print("ok")
