#!/usr/bin/python3
"""What spreadsheet programs do to a file is read all the same; what cannot be read names file, row and column."""
import csv, io, os, shutil, subprocess, sys, tempfile

program = os.path.join(os.environ.get("BUILD", "build"), "yichuang")
folder = tempfile.TemporaryDirectory()
home, clean, work = (os.path.join(folder.name, name) for name in ("home", "clean", "表"))
bad = []


def run(*words):
    done = subprocess.run([program, "catalog", *words, "--home", home], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def rows_of(file):
    with open(os.path.join(work, file + ".csv"), encoding="utf-8-sig", newline="") as opened:
        return list(csv.reader(opened))


def text_of(rows, separator=",", end="\r\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue()


def put(file, data):
    with open(os.path.join(work, file + ".csv"), "wb") as opened:
        opened.write(data if isinstance(data, bytes) else ("\ufeff" + data).encode())


def change(file, column, value, row=1):
    """Sets one cell; a column is given by its heading."""
    rows = rows_of(file)
    rows[row][rows[0].index(column)] = value
    put(file, text_of(rows))


def each(file, turn):
    put(file, text_of([turn(row, at) for at, row in enumerate(rows_of(file))]))


def resave(encoding, separator=","):
    for file in os.listdir(work):
        name = file.removesuffix(".csv")
        data = text_of(rows_of(name), separator)
        put(name, data.encode(encoding))


def try_case(name, spoil, *says, code):
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(clean, work)
    spoil()
    got, words = run("import" if code == 0 else "validate", work)
    missing = [say for say in says if say not in words]
    if missing or got != code:
        bad.append(name)
        print(f"{name}: exit {got}, does not say {missing}:\n{words[-1500:]}")


def tolerated(name, spoil, *says):
    """Read back, the list has not changed."""
    try_case(name, spoil, "清单没有变化", *says, code=0)


def refused(name, spoil, *says):
    try_case(name, spoil, "不合格", *says, code=1)


def kept_out(name, spoil, *says):
    """What only the other lists of the store can tell: import refuses it."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(clean, work)
    spoil()
    code, words = run("import", work)
    if code != 1 or not all(say in words for say in says):
        bad.append(name)
        print(f"{name}: exit {code}:\n{words[-1500:]}")


def cut(file, count):
    path = os.path.join(work, file + ".csv")
    data = open(path, "rb").read()
    put(file, data[:-count])


def remove(file):
    os.remove(os.path.join(work, file + ".csv"))


def drop_column(file, column):
    rows = rows_of(file)
    at = rows[0].index(column)
    put(file, text_of([row[:at] + row[at + 1:] for row in rows]))


def reversed_columns():
    for file in os.listdir(work):
        each(file.removesuffix(".csv"), lambda row, at: row[::-1])


def everywhere(turn):
    for file in os.listdir(work):
        name = file.removesuffix(".csv")
        put(name, turn(text_of(rows_of(name))))


subprocess.run([program, "init", "--home", home], check=True, capture_output=True)
assert run("export", "jiangmen-2020", "--csv", clean)[0] == 0

# ---- what is read all the same ----
tolerated("as exported", lambda: None)
tolerated("no mark of UTF-8", lambda: resave("utf-8"))
tolerated("GB18030 of Excel", lambda: resave("gb18030"), "清单.csv等 13 张表：文件的编码是 GB18030，已按它读。下次请另存为 CSV UTF-8。")
tolerated("UTF-16 with tabs", lambda: resave("utf-16", "\t"), "文件的编码是 UTF-16", "各列之间是制表符")
tolerated("semicolons", lambda: resave("utf-8-sig", ";"), "清单.csv等 13 张表：各列之间是分号，已按它读。")
tolerated("GB18030 with semicolons", lambda: resave("gb18030", ";"), "编码是 GB18030", "各列之间是分号")
_, words = run("validate", work)
if words.count("已按它读") != 2 or "注意 2 处" not in words:
    bad.append("a habit of the program is not said once")
    print(words)
tolerated("tabs", lambda: resave("utf-8-sig", "\t"), "各列之间是制表符，已按它读")
tolerated("line feeds only", lambda: everywhere(lambda text: text.replace("\r\n", "\n")))
tolerated("carriage returns only", lambda: everywhere(lambda text: text.replace("\r\n", "\r")))
tolerated("empty rows", lambda: everywhere(lambda text: text + "\r\n,,,,,,,,\r\n\r\n"))
tolerated("empty columns", lambda: each("服务", lambda row, at: row + ["", "", ""]))
tolerated("other order of columns", reversed_columns)
tolerated("short rows", lambda: each("服务字段", lambda row, at: row[:5] if row[5] == "" else row))
tolerated("decimal numbers", lambda: each("字段", lambda row, at: row[:-1] + [row[-1] + ".0"] if at else row))
tolerated("dates with strokes", lambda: each("服务", lambda row, at: [
    cell.replace("-0", "/").replace("-", "/") if row[0] != "服务代码" and i == 5 else cell for i, cell in enumerate(row)]))
tolerated("a date in Chinese", lambda: change("清单", "日期", rows_of("清单")[1][4].replace("-", "年", 1).replace("-", "月") + "日"))
tolerated("flags in other words", lambda: each("服务材料", lambda row, at: [
    {"是": "TRUE", "否": ""}.get(cell, cell) if i == 7 else cell for i, cell in enumerate(row)]))
tolerated("lower-case codes", lambda: each("事项", lambda row, at: [cell.lower() if at and i == 8 else cell for i, cell in enumerate(row)]))
tolerated("upper-case ids", lambda: each("选项", lambda row, at: [cell.upper() if at and i in (1, 3) else cell for i, cell in enumerate(row)]))
tolerated("JSON words for names", lambda: change("服务", "性质", {"行政许可": "licence", "登记备案": "registration"}[rows_of("服务")[1][2]]))
tolerated("wide signs", lambda: each("事项", lambda row, at: [
    cell.replace("; ", "；").replace("=", " ＝ ").replace("|", "｜") if at and i == 10 else cell for i, cell in enumerate(row)]))
tolerated("spaces about limits", lambda: each("服务", lambda row, at: [
    f" {cell} ".replace("个工作日", " 工作日") if at and i in (8, 10) else cell for i, cell in enumerate(row)]))
tolerated("theme numbers of a spreadsheet", lambda: each("事项", lambda row, at: [row[0] + ".0"] + row[1:] if at else row))
tolerated("labels of a spreadsheet", lambda: each("事项", lambda row, at: [
    cell.replace("、", ", ") if i == 11 else cell + ".0" if at and i == 2 else cell for i, cell in enumerate(row)]))
tolerated("an unknown column", lambda: each("材料", lambda row, at: row + ["我的备注" if at == 0 else "看过"]),
          "材料.csv 第 1 行：不认识的列“我的备注”，没有读。列名写错了请改正，不要的可以删去。")
tolerated("no column to compare", lambda: drop_column("事项", "服务名称（对照）"))
tolerated("a changed name to compare", lambda: change("事项", "服务名称（对照）", "别的名称"),
          "事项.csv 第 2 行 J 列“服务名称（对照）”：这一列只供对照，改了不算。要改名请改 服务.csv。")
tolerated("another spreadsheet beside", lambda: open(os.path.join(work, "说明.xlsx"), "wb").close(), "说明.xlsx：不是清单的表，没有读")
tolerated("no line feed at the end", lambda: cut("服务", 2), "服务.csv：最后一行后面没有换行。如果文件是传来的，请看看最后一行是否完整。")

# ---- formulas and other cells a spreadsheet would not leave alone ----
dangerous = ["=cmd|'/c calc'!A1", "+86", "-1", "@SUM(A1)", "'引", "'1", "''=1", "＝1", "2026-12-01", "001", "1/2", "12345678901234567890"]
shutil.copytree(clean, work, dirs_exist_ok=True)
for row, text in enumerate(dangerous, 1):
    change("材料", "备注", ("'" if text.startswith(("=", "+", "-", "@", "'1", "''", "＝", "2026", "0", "1")) else "") + text, row)
assert "jiangmen-2020 存为草稿" in run("import", work)[1]
again = os.path.join(folder.name, "again")
assert run("export", "jiangmen-2020", "--version", "2", "--csv", again)[0] == 0
with open(os.path.join(again, "材料.csv"), encoding="utf-8-sig", newline="") as opened:
    notes = [row[6] for row in csv.reader(opened)][1:len(dangerous) + 1]
assert not any(note[0] in "=+-@＝" for note in notes), notes
assert notes == ["'" + text for text in dangerous], notes
assert "清单没有变化" in run("import", again)[1]
whole = run("export", "jiangmen-2020", "--version", "2", "--whole")[1]
assert all(f'"note":"{text}"' in whole for text in dangerous)

# ---- files that cannot be read ----
refused("empty file", lambda: put("材料", b""), "材料.csv：文件是空的。第一行应是列名，请照导出的表补上。")
refused("only line feeds", lambda: put("材料", b"\r\n\r\n"), "材料.csv：表是空的")
refused("a zero byte", lambda: put("材料", "材料代码,\0".encode()), "材料.csv：文件里有空字节（NUL），不是 CSV")
refused("a zero character in UTF-16", lambda: put("材料", "材料代码,\0".encode("utf-16")), "材料.csv：文件里有空字节（NUL）")
refused("no encoding at all", lambda: put("材料", b"\xff\xff\xfe\x80\xff"), "材料.csv：认不出文件的编码，或文件已损坏")
refused("UTF-8 cut within a character", lambda: put("材料", "\ufeff材料代码".encode()[:-1]),
        "材料.csv：文件不是完整的 UTF-8，像是被截断或损坏。")
refused("a quote left open", lambda: put("材料", text_of(rows_of("材料")) + '"M-X,少了引号\r\n'),
        f"材料.csv 第 ", "行起：引号没有配对，后面的内容都读成了一格。请用表格软件打开后重新另存为 CSV UTF-8，或补上引号。")
refused("a quote in the middle", lambda: put("材料", text_of(rows_of("材料")) + 'M-X,a"b,c\r\n'), "材料.csv 第 ", "引号的写法不对")
refused("a cut row", lambda: put("部门", text_of(rows_of("部门")) + "D-"),
        "部门.csv：最后一行没有写完，文件像是被截断了。")
refused("a huge cell", lambda: put("材料", text_of(rows_of("材料")) + "M-X," + "a" * (10 * 1024 * 1024 + 1) + "\r\n"),
        "材料.csv 第 ", "有一格超过 10 MB")
refused("a huge file", lambda: os.truncate(os.path.join(work, "材料.csv"), 200 * 1024 * 1024 + 1), "材料.csv：文件超过 200 MB。")
refused("too many rows of a theme", lambda: each("事项", lambda row, at: row) or put("事项", text_of(rows_of("事项") + [rows_of("事项")[1][:2] + [""] + rows_of("事项")[1][3:]] * 1001)),
        "主题.csv 第 2 行：主题 1：“事项.csv”超过 1000 个。")
refused("too many columns", lambda: put("材料", text_of(rows_of("材料")) + "," * 1001 + "x\r\n"), "列太多")
refused("too many rows", lambda: put("材料", text_of(rows_of("材料")) + "x,\r\n" * 500001), "行太多")
refused("a pipe", lambda: remove("互斥") or os.mkfifo(os.path.join(work, "互斥.csv")), "互斥.csv：读不到这个文件。")
refused("a directory", lambda: remove("互斥") or os.mkdir(os.path.join(work, "互斥.csv")), "互斥.csv：读不到这个文件。")
refused("a lost file", lambda: remove("事项"), "事项.csv：有 主题.csv 却没有这个文件。请放回来；没有内容的表也要留下列名一行。")
refused("a lost owner", lambda: remove("服务"), "服务.csv：有 服务材料.csv 却没有这个文件")
refused("a cell beyond the headings", lambda: put("部门", text_of(rows_of("部门")) + "D-X,名,多\r\n"), "比列名多出了内容")
refused("a column without a heading", lambda: each("部门", lambda row, at: row + ["" if at == 0 else "x"]), "部门.csv 第 1 行：第 3 列有内容却没有列名")
refused("two columns of one name", lambda: each("部门", lambda row, at: row + [row[1]]), "部门.csv 第 1 行：列“部门名称”有两个")
refused("a needed column lost", lambda: drop_column("服务", "服务名称"), "服务.csv 第 1 行：缺少列“服务名称”。第一行应是列名，请照导出的表补上。")
refused("no headings", lambda: put("部门", "D-A,甲部门\r\n"), "部门.csv 第 1 行：缺少列“部门代码”")
refused("two lists", lambda: put("清单", text_of(rows_of("清单") + rows_of("清单")[1:])), "清单.csv：列名下面应正好有一行")
refused("no list", lambda: put("清单", text_of(rows_of("清单")[:1])), "清单.csv：列名下面应正好有一行")

# ---- cells that cannot be read: row as the spreadsheet counts, letter and heading ----
refused("a limit", lambda: change("服务", "承诺时限", "10 天左右"),
        "服务.csv 第 2 行 K 列“承诺时限”：看不懂时限“10 天左右”。请写成 10个工作日、30日、2个月、4小时 或 即办。")
refused("a word", lambda: change("服务材料", "必要性", "必须", 3),
        "服务材料.csv 第 4 行 E 列“必要性”：不认识“必须”。应是以下之一：必要、可容缺、可承诺、非必要。")
refused("a number", lambda: change("字段", "最多字数", "六十"), "字段.csv 第 2 行 G 列“最多字数”：“六十”不是整数。请写整数，如 2。")
refused("half a number", lambda: change("字段", "最多字数", "1.5"), "“1.5”不是整数")
refused("a flag", lambda: change("事项", "并行办理", "也许"), "事项.csv 第 2 行 M 列“并行办理”：看不懂“也许”。请写“是”或“否”，空白是否。")
refused("a condition without =", lambda: change("事项", "适用情形", "food"), "事项.csv 第 2 行 K 列“适用情形”：“food”里没有 =。请写成 问题代码=选项代码")
refused("a condition without option", lambda: change("事项", "适用情形", "food="), "等号后面没有选项")
refused("a condition with an empty option", lambda: change("事项", "适用情形", "food=a||b"), "有一个选项是空的")
refused("a condition without question", lambda: change("事项", "适用情形", "=hot"), "“=hot”的 = 前面不是问题代码")
refused("a condition in other words", lambda: change("事项", "适用情形", "food=热食"), "“热食”不是选项代码")
refused("a condition twice", lambda: change("事项", "适用情形", "food=a; food=b"), "问题 food 写了两次。请合并成一个条件，选项之间用 |。")
refused("a theme", lambda: change("主题", "主题编号", "6月7日"), "主题.csv 第 2 行 A 列“主题编号”：“6月7日”不是主题编号。请写成 企业-2、个人-6、1，两个序号写 6、7。")
refused("an unknown theme", lambda: change("事项", "主题编号", "99"), "事项.csv 第 2 行 A 列“主题编号”：主题.csv 里没有“99”。请改正，或在 主题.csv 里加上。")
refused("no theme", lambda: change("事项", "主题编号", "", 2), "事项.csv 第 3 行 A 列“主题编号”：是空的。每一行都要写；合并的单元格请拆开填满。")
refused("an unknown question", lambda: change("选项", "问题代码", "no_question"), "选项.csv 第 2 行 B 列“问题代码”：问卷.csv 里没有“no_question”。")
refused("an unknown label", lambda: change("事项", "前置事项", "1、77", 2), "事项.csv 第 3 行 L 列“前置事项”：本主题没有事项序号“77”。")
refused("a label twice", lambda: change("事项", "事项序号", "1", 2), "事项.csv 第 3 行 C 列“事项序号”：序号 1 重复。")

# ---- what the validator finds, at the cell it means, in the words of the sheets ----
refused("an unknown service", lambda: change("事项", "服务代码", "S-NOWHERE"), "事项.csv 第 2 行 I 列“服务代码”：", "服务 S-NOWHERE 不存在。请在 服务.csv 里补上，或改正代码。")
refused("a form", lambda: change("部门", "部门代码", "食品"), "部门.csv 第 2 行 A 列“部门代码”：", "“部门代码”的值 食品 写法不对。应写成 D-大写字母和数字")
refused("a date", lambda: change("服务", "核对日期", "去年"), "服务.csv 第 2 行 F 列“核对日期”：", "的值 去年 写法不对。应写成年-月-日")
refused("a needed cell", lambda: change("材料", "材料名称", ""), "材料.csv 第 2 行 B 列“材料名称”：", "缺少“材料名称”。请补上。")
refused("a limit without basis", lambda: change("服务", "承诺时限依据", ""), "服务.csv 第 2 行 L 列“承诺时限依据”：", "缺少“依据”")
refused("a basis without limit", lambda: change("服务", "承诺时限", ""), "服务.csv 第 2 行 K 列“承诺时限”：")
refused("a promise too long", lambda: change("服务", "法定时限", "1小时") or change("服务", "法定时限依据", "某法 第一条"),
        "服务.csv 第 2 行 K 列“承诺时限”：", "承诺时限比法定时限长")
refused("a long text", lambda: change("材料", "备注", "长" * 4001), "材料.csv 第 2 行 G 列“备注”：", "“备注”太长。请缩短到 4000 字以内。")
refused("a control character", lambda: change("材料", "备注", "看\x07见"), "材料.csv 第 2 行 G 列“备注”：", "“备注”里有不可见字符")
refused("two lines in a text", lambda: change("材料", "材料名称", "一\n二"), "材料.csv 第 2 行 B 列“材料名称”：", "请删去换行")
refused("a line of a list", lambda: change("材料", "审查要点", "一\n二\x07\n三"), "材料.csv 第 2 行 E 列“审查要点”：")
refused("an unknown material", lambda: change("服务材料", "材料代码", "M-NOWHERE"), "服务材料.csv 第 2 行 C 列“材料代码”：", "材料库里没有 M-NOWHERE。请在 材料.csv 里补上，或改正代码。")
refused("an unknown field", lambda: change("服务字段", "字段代码", "no.where"), "服务字段.csv 第 2 行 C 列“字段代码”：", "请在 字段.csv 里补上")
kept_out("an option nobody has", lambda: change("服务材料", "适用情形", "no_such=yes"), "服务材料.csv 第 2 行 I 列“适用情形”：", "没有哪个主题有问题 no_such 的选项 yes")
refused("a later question", lambda: change("问卷", "何时才问", rows_of("问卷")[2][1] + "=yes"), "问卷.csv 第 2 行 F 列“何时才问”：")
refused("a blocked way without remedy", lambda: change("选项", "怎样才能办理", "") or change("选项", "不能办理的原因", "不行"),
        "选项.csv 第 2 行 H 列“怎样才能办理”：", "拦下申请人却没有出路。请在 怎样才能办理 写明怎样才能办。")
refused("a code twice", lambda: change("材料", "材料代码", rows_of("材料")[1][0], 2), "材料.csv 第 3 行 A 列“材料代码”：", "重复")
refused("a row no answers lead to", lambda: change("事项", "适用情形", rows_of("问卷")[1][1] + "=" + rows_of("选项")[1][3] + "; " +
        rows_of("问卷")[2][1] + "=" + "none"), "事项.csv 第 2 行 K 列“适用情形”：主题 1 第 1 项：", "没有选项 none")
refused("a cycle", lambda: change("事项", "前置事项", "1"), "事项.csv 第 2 行 L 列“前置事项”：", "事项的先后绕成了圈")
refused("a lonely choice", lambda: change("事项", "二选一组", "z", 1), "事项.csv 第 2 行 H 列“二选一组”：", "二选一 Z 组只有一项")
refused("a department nobody knows", lambda: change("路由", "部门代码", "D-NOWHERE"), "路由.csv 第 2 行 D 列“部门代码”：", "部门 D-NOWHERE 不存在。请在 部门.csv 里补上部门，或改正代码。")
refused("a route twice", lambda: put("路由", text_of(rows_of("路由") + [rows_of("路由")[1][:3] + ["D-X", ""]])), "路由.csv 第 ", "只能有一条路由")

# ---- one table alone, and the list stays as it was ----
code, words = run("import", os.path.join(clean, "服务.csv"))
assert code == 1 and "单独一张表读不了。请给出放着整套 CSV 的目录" in words, words

# ---- the wrong folder is no catalogue without faults ----
empty = clean + "-empty"
os.mkdir(empty)
for act in ("validate", "import"):
    code, words = run(act, empty)
    assert code == 1 and "目录里没有清单的文件。请给出放着整套 CSV 的目录" in words, words
for name in bad:
    print("failed:", name)
sys.exit(1 if bad else 0)
