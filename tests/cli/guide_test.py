#!/usr/bin/python3
"""`catalog guide`: every theme of every list as a document of its schema and in words, one situation, old versions, errors."""
import json
import os
import subprocess
import sys
import tempfile
import unicodedata

import jsonschema

PROGRAM = os.path.join(os.environ.get("BUILD", "build"), "yichuang")
SCHEMA = jsonschema.Draft202012Validator(json.load(open("data/schema/guide.json", encoding="utf-8")))
FILE_SCHEMA = jsonschema.Draft202012Validator(json.load(open("data/schema/guide-file.json", encoding="utf-8")))
folder = tempfile.TemporaryDirectory()
home = os.path.join(folder.name, "home")


def run(*words, code=0, given=None):
    done = subprocess.run([PROGRAM, "--home", home, *words], capture_output=True, text=True, input=given, check=False)
    if done.returncode != code:
        sys.exit(f"{words}: exit {done.returncode}\n{done.stdout[-500:]}\n{done.stderr}")
    return done


def document(*words):
    return json.loads(run(*words, "--json").stdout)


def cells(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def check(condition, what):
    if not condition:
        sys.exit(f"FAILED: {what}")


def check_theme(list_id, row):
    guide = document("catalog", "guide", list_id, row["theme"])
    where = f"{list_id} {row['theme']}"
    for problem in SCHEMA.iter_errors(guide):
        sys.exit(f"{where}: {problem.message[:200]} at {list(problem.path)}")
    check(len(guide["items"]) + len(guide["not_offered"]) == row["items"], f"{where}: an item is missing")
    check(len(guide["process"]) == len(guide["items"]) + 2, f"{where}: the process is not whole")
    for node in guide["process"][1:]:
        check(node["after"], f"{where}: {node['title']} hangs in the air")
    text = run("catalog", "guide", list_id, row["theme"]).stdout
    wide = [line for line in text.splitlines() if cells(line) > 78]
    check(not wide, f"{where}: wider than 78: {wide}")
    squeezed = "".join(text.split())
    for item in guide["items"]:
        name = "".join(item["name"].split())
        check(name in squeezed, f"{where}: {name} does not stand in the text")
    check(guide["digest"] in text, f"{where}: no digest")
    return guide


run("init")
count = 0
for entry in document("catalog", "list"):
    for row in document("catalog", "show", entry["id"]):
        guide = check_theme(entry["id"], row)
        count += 1
        if not row["items"]:
            check("没有列出事项" in run("catalog", "guide", entry["id"], row["theme"]).stdout, "an empty theme says nothing")
check(count == 231, f"{count} themes")

# One situation.
answers = {"person": "mainland", "licensed": "yes", "premises": "own", "dwelling": "no", "food": "prepackaged", "tobacco": "yes",
           "tobacco_place": "yes"}
path = os.path.join(folder.name, "answers.json")
json.dump({"answers": answers, "deselected": []}, open(path, "w", encoding="utf-8"))
whole = document("catalog", "guide", "jiangmen-2020", "1")
narrow = document("catalog", "guide", "jiangmen-2020", "1", "--answers", path)
SCHEMA.validate(narrow)
check(whole["situation"] is None and narrow["situation"]["answers"], "the situation is not told")
check("个体工商户注册登记" not in [item["name"] for item in narrow["items"]], "an item that is not needed stands there")
check("烟草专卖零售许可证新办" in [item["name"] for item in narrow["items"]], "an item that is needed is missing")
check(len(narrow["materials"]) < len(whole["materials"]), "the materials are not narrowed")
check(narrow["questions"] == [], "the questionnaire stands in the guide of one situation")
dash = run("catalog", "guide", "jiangmen-2020", "1", "--answers", "-", given=json.dumps(answers)).stdout
check("申请人的情形" in dash, "answers from standard input")

# Words and frames.
check("┌" in run("catalog", "guide", "jiangmen-2020", "1", "--text").stdout, "no box")
ascii_text = run("catalog", "guide", "jiangmen-2020", "1", "--ascii").stdout
check(not set("┌─│▼") & set(ascii_text) and "+---" in ascii_text, "--ascii draws frames")
check(run("catalog", "guide", "jiangmen-2020", "1", "--version", "1").stdout == run("catalog", "guide", "jiangmen-2020", "1").stdout,
      "version 1 is not the one in force")

# Confirmed against the local list: the theme's guide, then a service; bound to what was confirmed.
plain = document("catalog", "guide", "jiangmen-2020", "1")
check(plain["reference"] and plain["mark"] == "参考，以当地实施清单为准", "not confirmed, but does not say 参考")
run("catalog", "confirm", "jiangmen-2020", "1", "--basis", "江海实施清单2026-7")
guide = document("catalog", "guide", "jiangmen-2020", "1")
check(guide["reference"] and guide["mark"].startswith("参考"), f"its services are still 参考: {guide['mark']}")
tobacco = next(item for item in guide["items"] if item["name"] == "烟草专卖零售许可证新办")
check(tobacco["mark"].startswith("参考"), tobacco["mark"])
code = next(row["service"] for row in document("catalog", "checklist", "jiangmen-2020", "1", "--answers", path)["items"]
            if row["name"] == tobacco["name"])
run("catalog", "confirm", code, "--list", "jiangmen-2020", "--basis", "烟草实施清单3")
guide = document("catalog", "guide", "jiangmen-2020", "1")
check("烟草实施清单3" in next(item for item in guide["items"] if item["name"] == tobacco["name"])["mark"], "the service is not confirmed")
check(guide["reference"] and guide["mark"].startswith("参考"), f"other services are still 参考: {guide['mark']}")
narrowed = ("catalog", "guide", "jiangmen-2020", "1", "--answers", path)
rows = json.load(open("data/catalogue/guides/jiangmen-2020.json", encoding="utf-8"))["themes"][0]["items"]
for row in rows:
    run("catalog", "confirm", row["service"], "--list", "jiangmen-2020", "--basis", "演示实施清单8")
for words in (("catalog", "guide", "jiangmen-2020", "1"), narrowed):
    guide = document(*words)
    check(not guide["reference"] and guide["mark"].startswith("已确认（江海实施清单2026-7，20"), guide["mark"])
    check("已确认（江海实施清单2026-7" in run(*words).stdout, "the text does not say so")
dropped = next(row["service"] for row in rows if row["when"] == {"food": ["bulk", "cook"]})  # not of the situation
run("catalog", "unconfirm", dropped, "--list", "jiangmen-2020")
guide = document("catalog", "guide", "jiangmen-2020", "1")
check(guide["reference"] and guide["mark"] == "参考，以当地实施清单为准", f"one service is 参考, the header says {guide['mark']}")
check("已确认（江海实施清单2026-7" not in run("catalog", "guide", "jiangmen-2020", "1").stdout, "the text says it is confirmed")
check(document(*narrowed)["mark"].startswith("已确认"), "a service that the situation does not need makes it 参考")
run("catalog", "unconfirm", code, "--list", "jiangmen-2020")
check(document(*narrowed)["mark"].startswith("参考"), "a service that the situation needs is 参考")

# A later version: each has its own guide; what changed is 参考 again.
source = json.load(open("data/catalogue/guides/jiangmen-2020.json", encoding="utf-8"))
source["themes"][0]["conditions"].append("演示新增的条件")
changed = os.path.join(folder.name, "changed.json")
json.dump(source, open(changed, "w", encoding="utf-8"))
run("catalog", "import", changed)
draft = run("catalog", "guide", "jiangmen-2020", "1", "--version", "2").stdout
check("没有发布的草稿" in draft and "演示新增的条件" in draft, "a draft does not say that it is one")
run("catalog", "publish", "jiangmen-2020")
old, new = (document("catalog", "guide", "jiangmen-2020", "1", "--version", number) for number in "12")
check("演示新增的条件" not in old["conditions"] and "演示新增的条件" in new["conditions"], "versions are mixed up")
check(old["digest"] != new["digest"] and (old["version"], new["version"]) == (1, 2), "digests")
check(new["mark"].startswith("参考"), f"a changed guide stays confirmed: {new['mark']}")
check(document("catalog", "guide", "jiangmen-2020", "1")["version"] == 2, "the version in force")

# Errors.
run("catalog", "guide", "jiangmen-2020", "999", code=1)
run("catalog", "guide", "jiangmen-2020", "1", "--version", "9", code=1)
run("catalog", "guide", "nowhere", "1", code=1)
run("catalog", "guide", "jiangmen-2020", code=2)
run("catalog", "guide", "jiangmen-2020", "1", "--text", "--json", code=2)
check("没有选项" in run("catalog", "guide", "jiangmen-2020", "1", "--answers", "-", given='{"food":"moon"}', code=1).stderr, "a wrong option")
print(f"{count} guides")
