#!/usr/bin/python3
"""Every list goes out as spreadsheets and comes back as the same bytes; a changed cell is exactly that difference."""
import csv, json, os, subprocess, sys, tempfile

program = os.path.join(os.environ.get("BUILD", "build"), "yichuang")
LISTS = ("jiangmen-2020 weibin-2021 guangdong-2022 national-2022 meixian-2022 hubei-2023 tianmen-2023 "
         "tianmen-consolidated").split()
FILES = sorted("清单 主题 事项 问卷 选项 互斥 服务 服务材料 服务字段 材料 字段 部门 路由".split())
folder = tempfile.TemporaryDirectory()
home = os.path.join(folder.name, "home")


def run(*words, code=0):
    done = subprocess.run([program, "catalog", *words, "--home", home], capture_output=True, text=True)
    assert done.returncode == code, (words, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout + done.stderr


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def write(path, rows):
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)


def whole(name):
    return run("export", name, "--whole")


subprocess.run([program, "init", "--home", home], check=True, capture_output=True)
sets = os.path.join(folder.name, "sets")
os.mkdir(sets)

# ---- out and back: the same bytes, one by one and all side by side ----
before = {name: whole(name) for name in LISTS}
for name in LISTS:
    path = os.path.join(sets, name)
    run("export", name, "--csv", path)
    assert sorted(file.removesuffix(".csv") for file in os.listdir(path)) == FILES, os.listdir(path)
    for file in os.listdir(path):
        text = open(os.path.join(path, file), "rb").read()
        assert text.startswith(b"\xef\xbb\xbf") and text.endswith(b"\r\n"), file
    said = run("import", path)
    assert "清单没有变化" in said, (name, said)
    assert run("diff", name, path) == "没有差别\n"
assert "清单没有变化" in run("import", sets)
assert "合格：错 0 处" in run("validate", sets)
assert {name: whole(name) for name in LISTS} == before
# A spreadsheet program rewrites every cell as it likes, and drops the quotes that are not needed.
for name in LISTS:
    for file in os.listdir(os.path.join(sets, name)):
        path = os.path.join(sets, name, file)
        write(path, read(path))
assert "清单没有变化" in run("import", sets)

# ---- one cell is one difference ----
changes = [
    # list, file, key (column, value), column, new value, what diff says
    ("jiangmen-2020", "服务", ("服务代码", "S-FOOD-LICENCE"), "承诺时限", "3个工作日", "承诺时限由“8个工作日”改为“3个工作日”"),
    ("jiangmen-2020", "服务", ("服务代码", "S-FOOD-LICENCE"), "收费", "每件十元", "收费由“不收费”改为“每件十元”"),
    ("jiangmen-2020", "服务", ("服务代码", "S-FOOD-LICENCE"), "性质", "行政确认", "性质由“行政许可”改为“行政确认”"),
    ("national-2022", "清单", ("清单编号", "national-2022"), "日期", "2022/9/30", "日期由“2022-09-26”改为“2022-09-30”"),
    ("national-2022", "主题", ("主题编号", "企业-1"), "更正名称", "企业开办（改）", "显示名由“（空）”改为“企业开办（改）”"),
    ("weibin-2021", "主题", ("主题编号", "6、7"), "备注", "=1+1", "备注由“（空）”改为“=1+1”"),
    ("national-2022", "事项", ("事项名称", "公章刻制备案"), "部门", "公安机关", "部门由“公安部门”改为“公安机关”"),
    ("national-2022", "事项", ("事项名称", "公章刻制备案"), "前置事项", "", "前置"),
    ("national-2022", "材料", ("材料代码", "M-ID-CARD"), "审查要点",
     "证件在有效期内\n\r\n姓名、号码与表单一致\n人与证件相符\n新的一条\n", "新增审查要点“新的一条”"),
    ("national-2022", "事项", ("事项名称", "公章刻制备案"), "基本编码", "000142002000", "基本编码由“（空）”改为“000142002000”"),
    ("meixian-2022", "选项", None, "提示", "请看招牌", "“请看招牌”"),
    ("meixian-2022", "问卷", None, "问题", "改过的问题", "“改过的问题”"),
    ("national-2022", "互斥", None, "互斥的事项", "3、1", "互斥"),
    ("jiangmen-2020", "服务材料", None, "复印件份数", "7.0", "复印件由“1”改为“7”"),
    ("jiangmen-2020", "字段", None, "最多字数", "77", "改为“77”"),
    ("jiangmen-2020", "部门", None, "部门名称", "改名部门", "改为“改名部门”"),
]
for name, file, key, column, value, says in changes:
    path = os.path.join(sets, name, file + ".csv")
    rows = read(path)
    at = rows[0].index(column)
    chosen = [row for row in rows[1:] if key is None or row[rows[0].index(key[0])] == key[1]]
    assert chosen, (file, key)
    row, old = chosen[0], chosen[0][at]
    row[at] = value
    write(path, rows)
    said = run("diff", name, os.path.join(sets, name)).splitlines()
    row[at] = old
    write(path, rows)
    assert len(said) == 1 and says in said[0], (file, column, said)
assert "清单没有变化" in run("import", sets)

# ---- a change becomes a draft of every list that shares it, and of no other ----
path = os.path.join(sets, "jiangmen-2020", "材料.csv")
rows = read(path)
line = next(row for row in rows if row[0] == "M-ID-CARD")
line[1] = "身份证"
write(path, rows)
said = run("import", os.path.join(sets, "jiangmen-2020"))
sharing = [name for name in LISTS if '"code":"M-ID-CARD"' in before[name]]
assert len(sharing) > 1 and [name for name in LISTS if f"{name} 存为草稿" in said] == sharing, said
again = run("validate", os.path.join(sets), code=1)
assert "M-ID-CARD 重复" in again and "材料.csv 第 " in again, again[-1500:]

# ---- rows that come and go: labels tie predecessors, a route taken out is out ----
path = os.path.join(sets, "national-2022", "事项.csv")
rows = read(path)
rows.insert(1, ["企业-1", "", "99", "新事项", "市场监管部门", "", "", "", "S-FIRM-FOUND"] + [""] * 6)
write(path, rows)
said = run("diff", "national-2022", os.path.join(sets, "national-2022"))
assert "新增事项“新事项”" in said, said
run("import", os.path.join(sets, "national-2022"))
version = json.loads(run("export", "national-2022", "--version", "2", "--whole"))
theme = next(theme for theme in version["guides"]["themes"] if theme["theme"] == "企业-1")
assert theme["items"][2]["after"] == [1], theme["items"][:3]
path = os.path.join(sets, "national-2022", "路由.csv")
rows = read(path)
gone = rows.pop(1)
write(path, rows)
assert "没有路由" in run("import", os.path.join(sets, "national-2022"))
version = json.loads(run("export", "national-2022", "--version", "2", "--whole"))
assert gone[1] not in [route["printed"] for route in version["routes"]], gone

# ---- a guide taken out of the sheets is out of the list ----
for file in ("问卷", "选项", "互斥", "服务", "服务材料", "服务字段", "材料", "字段"):
    path = os.path.join(sets, "meixian-2022", file + ".csv")
    write(path, read(path)[:1])
for file, first in (("事项", "服务代码"), ("主题", "办理条件")):
    path = os.path.join(sets, "meixian-2022", file + ".csv")
    rows = read(path)
    keep = [column for column, heading in enumerate(rows[0]) if file == "事项" and heading in (
        "主题编号", "事项序号", "事项名称", "部门", "层级", "备注", "二选一组") or file == "主题" and heading not in (
        "办理条件", "更正名称", "联办时限", "联办时限依据")]
    write(path, rows[:1] + [[cell if column in keep else "" for column, cell in enumerate(row)] for row in rows[1:]])
said = run("import", os.path.join(sets, "meixian-2022"))
assert "meixian-2022 存为草稿" in said, said
version = json.loads(run("export", "meixian-2022", "--version", "2", "--whole"))
assert "guides" not in version and not version["services"] and len(version["list"]["themes"]) > 10

# ---- export writes over nothing ----
assert "没有覆盖" in run("export", "national-2022", "--csv", sets, code=1)
assert '"done": true' in run("export", "hubei-2023", "--csv", os.path.join(folder.name, "hubei"), "--json")
os.mkdir(os.path.join(folder.name, "empty"))
run("export", "national-2022", "--version", "1", "--csv", os.path.join(folder.name, "empty"))
assert "清单没有变化" not in run("import", os.path.join(folder.name, "empty"))
assert "不是目录" in run("export", "national-2022", "--csv", os.path.join(sets, "national-2022", "清单.csv"), code=1)
assert "建不了目录" in run("export", "national-2022", "--csv", os.path.join(sets, "no", "where"), code=1)
run("export", "nowhere-2022", "--csv", os.path.join(folder.name, "never"), code=1)
assert not os.path.exists(os.path.join(folder.name, "never"))
print("sheets go out and come back")
