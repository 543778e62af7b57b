#!/usr/bin/env python3
"""Every rule of the validator has a failing example that names file and mend, and the JSON schemas agree with it.

broken/cases.json: a sound base of files, and one change a case with what the validator must say of it; `whole` where the
fault lies in no single entry."""
import copy, json, os, subprocess, sys, tempfile
import jsonschema

program = os.path.join(os.environ.get("BUILD", "build"), "yichuang")
table = json.load(open("tests/catalog/broken/cases.json"))
kinds = {name: jsonschema.Draft202012Validator(json.load(open(f"data/schema/{name}.json")))
         for name in ("list", "guides", "services", "materials", "fields", "departments")}


def schema_of(file):
    return kinds[{"lists": "list"}.get(file.split("/")[0], file.split("/")[0].removesuffix(".json"))]


def changed(base, case):
    files = copy.deepcopy(base)
    at, (*way, last) = files[case["file"]], case["at"].split("/")[1:]
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if last == "-":
        at.append(case["value"])
    elif case.get("remove"):
        del at[last]
    else:
        at[int(last) if isinstance(at, list) else last] = case["value"]
    return files


def validate(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, document in files.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as file:
                json.dump(document, file, ensure_ascii=False)
        run = subprocess.run([program, "catalog", "validate", folder, "--json"], capture_output=True, text=True)
        return run.returncode, json.loads(run.stdout), run.stderr


def complaints(case):
    files = changed(table["base"], case)
    code, found, words = validate(files)
    says = [fault for fault in found["faults"] if case["says"] in fault["entry"] + fault["what"]]
    if not says:
        yield f"does not say {case['says']}: {words}"
    elif case["gravity"] not in [fault["gravity"] for fault in says]:
        yield f"is no {case['gravity']}"
    if says and not all(fault["file"] and fault["mend"] for fault in says):
        yield "does not name file and mend"
    if says and not case.get("whole") and not all(fault["entry"] for fault in says):
        yield "does not name the entry"
    if code != (1 if found["errors"] else 0) or (case["gravity"] == "error") != (code == 1):
        yield f"exit code {code}"
    refused = not schema_of(case["file"]).is_valid(files[case["file"]])
    if refused != (case["schema"] == "refuses"):
        yield f"the schema {'refuses' if refused else 'accepts'} it"


code, found, words = validate(table["base"])
assert code == 0 and not found["faults"], words
for file, document in table["base"].items():
    schema_of(file).validate(document)
bad = [(case["name"], complaint) for case in table["cases"] for complaint in complaints(case)]
for name, complaint in bad:
    print(f"{name}: {complaint}")
print(f"{len(table['cases'])} cases, {len(bad)} complaints")
sys.exit(1 if bad else 0)
