#!/usr/bin/env python3
"""The demo applications are whole by the catalogue: every question answered, every required field
and material there, states that the necessity allows, numbers right by their check digit."""
import glob
import json
import os

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data")
ALLOWED = {"received": "required deferrable declarable optional", "waived": "required deferrable declarable optional",
           "deferred": "deferrable", "declared": "declarable"}
RANK = ["required", "deferrable", "declarable", "optional"]


def read(path):
    return json.load(open(os.path.join(DATA, path), encoding="utf-8"))


def holds(when, answers):
    return all(answers.get(question) in options for question, options in (when or {}).items())


def is_identity(number):
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return "10X98765432"[sum(int(a) * b for a, b in zip(number, weights)) % 11] == number[17]


def is_credit(number):
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return (sum(letters.index(c) * pow(3, i, 31) for i, c in enumerate(number[:17])) + letters.index(number[17])) % 31 == 0


def check_answers(guide, answers):
    asked = {}
    for question in guide["questions"]:
        if holds(question.get("when"), asked):
            option = [o for o in question["options"] if o["id"] == answers[question["id"]]][0]
            assert not option.get("blocks"), question["id"]
            asked[question["id"]] = option["id"]
    assert asked == answers, set(answers) ^ set(asked)


def needs(items, services, answers):
    fields, materials = {}, {}
    for item in items:
        for use in services[item["service"]]["fields"]:
            if holds(use.get("when"), answers):
                fields[use["field"]] = fields.get(use["field"], False) or use["required"]
        for use in services[item["service"]]["materials"]:
            if holds(use.get("when"), answers):
                before = materials.get(use["material"], "optional")
                materials[use["material"]] = min(before, use["necessity"], key=RANK.index)
    return fields, materials


def check_fields(given, fields, vocabulary):
    assert not set(given) - set(fields), set(given) - set(fields)
    for key, required in fields.items():
        assert key in given or not required, key
        kind = vocabulary[key]["validator"]
        value = given.get(key, "")
        assert len(value) <= vocabulary[key]["most"], key
        if value and kind == "identity":
            assert is_identity(value), key
        if value and kind == "credit":
            assert is_credit(value), key
        if value and kind == "choice":
            assert value in vocabulary[key]["options"], key


def check_materials(given, materials):
    states = {entry["material"]: entry["status"] for entry in given}
    assert len(states) == len(given) and not set(states) - set(materials), set(states) - set(materials)
    for code, necessity in materials.items():
        if code in states:
            assert necessity in ALLOWED[states[code]].split(), (code, necessity, states[code])
        else:
            assert necessity == "optional", code


def check_parties(parties):
    assert parties[0]["role"] == "applicant"
    for party in parties:
        if party.get("document") == "identity":
            assert party["name"].startswith("演示") and is_identity(party["number"]), party
        elif party.get("document") == "credit":
            assert is_credit(party["number"]), party
        else:
            assert party["missing_reason"] in ("newborn", "founding"), party


def main():
    services = {s["code"]: s for path in glob.glob(DATA + "/catalogue/services/*.json") for s in read(path)["services"]}
    vocabulary = {f["key"]: f for path in glob.glob(DATA + "/catalogue/fields/*.json") for f in read(path)["fields"]}
    guides = {(g["list"], t["theme"]): t for path in glob.glob(DATA + "/catalogue/guides/*.json")
              for g in [read(path)] for t in g["themes"]}
    themes = set()
    for path in sorted(glob.glob(DATA + "/demo/*.json")):
        demo = read(path)
        guide, answers = guides[demo["list"], demo["theme"]], demo["answers"]
        check_answers(guide, answers)
        items = [item for item in guide["items"] if holds(item.get("when"), answers)]
        left = [item["index"] for item in items if item["index"] in demo["deselected"] and not item.get("parallel")]
        assert left == demo["deselected"], demo["deselected"]
        fields, materials = needs([i for i in items if i["index"] not in left], services, answers)
        check_fields(demo["fields"], fields, vocabulary)
        check_materials(demo["materials"], materials)
        check_parties(demo["parties"])
        themes.add((demo["list"], demo["theme"]))
        print(os.path.basename(path), len(fields), "fields", len(materials), "materials")
    assert len(themes) >= 4, themes


main()
