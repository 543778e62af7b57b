#!/usr/bin/env python3
"""The shipped files and everything the program prints with --json fit their schemas, and the schemas are sound."""
import glob, json, os, sqlite3, subprocess, tempfile
import jsonschema

program = os.path.join(os.environ.get("BUILD", "build"), "yichuang")
schemas = {}
for path in glob.glob("data/schema/*.json"):
    schema = json.load(open(path))
    jsonschema.Draft202012Validator.check_schema(schema)
    schemas[os.path.basename(path).removesuffix(".json")] = jsonschema.Draft202012Validator(schema)


def fits(name, document, what):
    for problem in schemas[name].iter_errors(document):
        raise SystemExit(f"{what} does not fit {name}.json: {problem.message[:200]} at {list(problem.path)}")


def documents(folder):
    yield from ((name, path) for name, pattern in (
        ("list", "lists/*.json"), ("guides", "guides/*.json"), ("services", "services/*.json"),
        ("materials", "materials/*.json"), ("fields", "fields/*.json"), ("departments", "departments.json"),
        ("shelf", "shelf.json")) for path in sorted(glob.glob(f"{folder}/catalogue/{pattern}")))
    yield from (("calendar", path) for path in sorted(glob.glob(f"{folder}/calendars/*.json")))


count = 0
for name, path in documents("data"):
    fits(name, json.load(open(path)), path)
    count += 1
assert count >= 18, count

with tempfile.TemporaryDirectory() as folder:
    home = os.path.join(folder, "home")

    def answer(name, *words, code=0, given=None):
        run = subprocess.run([program, *words, "--home", home, "--json"], capture_output=True, text=True, input=given)
        assert run.returncode == code, (words, run.returncode, run.stderr)
        document = json.loads(run.stdout)
        fits(name, document, " ".join(words))
        return document

    answer("error", "catalog", "list", code=1)
    answer("init", "init")
    answer("error", "init", code=1)
    answer("version", "version")
    answer("validate", "catalog", "validate", "data")
    answer("import", "catalog", "import", "data")
    lists = answer("catalog-list", "catalog", "list")
    assert [entry["id"] for entry in lists][:2] == ["jiangmen-2020", "national-2022"]
    for entry in lists:
        answer("list-export", "catalog", "export", entry["id"])
        answer("theme-hits", "catalog", "show", entry["id"])
        answer("catalogue-version", "catalog", "export", entry["id"], "--whole")
    assert answer("theme-hits", "catalog", "search", "kbld")[0]["name"] == "我要开便利店（个体户）"
    assert answer("calendar-add", "calendar", "add", "2026-02-13", "1") == {"date": "2026-02-14"}
    assert answer("calendar-add", "calendar", "add", "2026-02-14", "1") == {"date": "2026-02-24"}
    assert answer("diff", "catalog", "diff", "jiangmen-2020", "national-2022")["sentences"]
    assert answer("calendar-between", "calendar", "between", "2026-02-13", "2026-02-24") == {"days": 2}
    assert answer("error", "calendar", "add", "2099-01-01", "1", code=1)["error"] == "calendar-end"
    answer("code-check", "code", "check", "11010519491231002x")
    answer("code-check", "code", "check", "110105194912310021", code=1)
    answer("code-check", "code", "check", "-", code=1, given="\x1b[2J\n")
    # a version carried to another home as bytes is the same version there
    whole = subprocess.check_output([program, "catalog", "export", "jiangmen-2020", "--whole", "--home", home])
    carried, other = os.path.join(folder, "whole.json"), os.path.join(folder, "other")
    open(carried, "wb").write(whole.replace("江门市“一次办成一件事”目录清单".encode(), "另一份".encode()))
    subprocess.run([program, "init", "--home", other], check=True, stdout=subprocess.DEVNULL)
    run = [program, "catalog", "import", carried, "--publish", "--author", "演示", "--home", other, "--json"]
    assert json.loads(subprocess.check_output(run, stderr=subprocess.DEVNULL))["lists"] == ["jiangmen-2020"]
    again = subprocess.check_output([program, "catalog", "export", "jiangmen-2020", "--whole", "--home", other])
    assert again == open(carried, "rb").read()
    # a published version never changes, whoever asks
    base = sqlite3.connect(os.path.join(other, "yichuang.db"))
    for act in ("UPDATE catalogue_version SET bytes = x'00'", "DELETE FROM catalogue_version"):
        try:
            base.execute(act)
            raise SystemExit(f"{act} went through")
        except sqlite3.IntegrityError:
            pass
    base.close()
    for path in sorted(glob.glob("data/demo/*.json")):
        demo = json.load(open(path))
        if "answers" not in demo or "list" not in demo:
            continue
        answers = {"answers": demo["answers"]}
        fits("answers", answers, path)
        checklist = answer("checklist", "catalog", "checklist", demo["list"], demo["theme"], "--answers", "-",
                           given=json.dumps(answers))
        assert checklist["settled"] and checklist["materials"] and not checklist["questions"] and all(one["answer"] for one in checklist["asked"]), path
    for entry, theme in (("jiangmen-2020", "1"), ("national-2022", "企业2"), ("national-2022", "个人-1")):
        assert answer("checklist", "catalog", "checklist", entry, theme)["questions"]
    answer("error", "catalog", "checklist", "jiangmen-2020", "1", "--answers", "-", code=1, given='{"nothing":"here"}')
    answer("error", "catalog", "checklist", "jiangmen-2020", "1", "--answers", "-", code=1, given="[")
    # keeping the catalogue
    answer("catalog-versions", "catalog", "versions")
    material = {"code": "M-ID-CARD", "name": "身份证", "basis": "general"}
    answer("import", "catalog", "change", "-", given=json.dumps({"materials": [material]}))
    answer("catalog-step", "catalog", "submit", "jiangmen-2020", "--note", "试")
    answer("catalog-step", "catalog", "return", "jiangmen-2020", "--reason", "缺")
    answer("catalog-step", "catalog", "discard", "national-2022")
    answer("catalog-step", "catalog", "publish", "jiangmen-2020", "--filing", "1号")
    assert answer("catalog-versions", "catalog", "versions", "jiangmen-2020")[1]["words"] == "施行中"
    answer("catalog-gate", "catalog", "authorise", "weibin-2021", "1", "on")
    answer("catalog-gate", "catalog", "authorise", "weibin-2021", "off")
    answer("catalog-gate", "catalog", "shelf", "jiangmen-2020", "2", "off")
    answer("catalog-gate", "catalog", "shelf", "jiangmen-2020", "off")
    answer("catalog-gate", "catalog", "shelf", "tianmen-consolidated", "on")
    answer("catalog-confirm", "catalog", "confirm", "jiangmen-2020", "1", "--basis", "7号")
    answer("catalog-confirm", "catalog", "unconfirm", "jiangmen-2020", "1")
    answer("catalog-department", "catalog", "department", "add", "D-X1", "甲")
    route = answer("catalog-routes", "catalog", "route", "list", "jiangmen-2020")[0]
    where = ("catalog", "route", "set", "jiangmen-2020", route["printed"], "--level", route["level"])
    answer("catalog-route", *where, "D-X1")
    answer("catalog-routes", "catalog", "route", "list")
    answer("catalog-route", *where, "--reset")
print(f"{count} files, {len(schemas)} schemas")
