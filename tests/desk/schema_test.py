#!/usr/bin/env python3
"""The demo documents fit the schema of `intake`, and every act of the command line has its own in act.json."""
import glob, json, re
import jsonschema

intake = json.load(open("data/schema/intake.json"))
jsonschema.Draft202012Validator.check_schema(intake)
validator = jsonschema.Draft202012Validator(intake)
demos = sorted(glob.glob("data/demo/*.json"))
assert demos
for path in demos:
    problems = [problem.message for problem in validator.iter_errors(json.load(open(path)))]
    assert not problems, (path, problems[:3])
wrong = json.load(open(demos[0]))
wrong["unknown"] = 1
assert not validator.is_valid(wrong)

acts = json.load(open("data/schema/act.json"))
jsonschema.Draft202012Validator.check_schema(acts)
names = set(re.findall(r'\{"([a-z_]+)", act_[a-z_]+\}', open("src/cli/act.c").read()))
assert names and names == set(acts["$defs"]), names ^ set(acts["$defs"])
print(len(demos), "documents,", len(names), "acts")
