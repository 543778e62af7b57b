#!/usr/bin/env python3
"""Every way through every questionnaire ends in a checklist or in a reasoned block (R03, R09, R11).

The walk is written here a second time, apart from src/core/situation.c, on the files as they ship."""
import copy
import glob
import json
import multiprocessing
import os
import re

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/catalogue")


def load(pattern, member):
    found = []
    for path in sorted(glob.glob(os.path.join(DATA, pattern))):
        found += json.load(open(path, encoding="utf-8"))[member]
    return found


def theme_id(theme):
    audience = theme["audience"]
    return (audience + "-" if audience else "") + "-".join(map(str, theme["no"]))


def holds(when, answers):
    return all(answers.get(question) in options for question, options in (when or {}).items())


class Walk:
    """All ways of one theme; `faults` says what is wrong with some of them."""

    def __init__(self, guide, rows, services):
        self.guide, self.rows, self.services = guide, rows, services
        self.ways = self.blocked = 0
        self.faults, self.reached = set(), set()
        self.named, self.sets = {}, {}
        self.outcomes = {}  # (question, option) -> outcomes seen with it
        self.step(0, {})
        for item in guide["items"]:
            if item["index"] not in self.reached and not item.get("not_offered"):
                self.faults.add("row %d is never reached" % item["index"])
        self.look_for_dead()

    def step(self, at, answers):
        questions = self.guide["questions"]
        if at == len(questions):
            self.arrive(answers)
            return
        question = questions[at]
        if not holds(question.get("when"), answers):
            self.step(at + 1, answers)
            return
        for option in question["options"]:
            if option.get("blocks"):
                self.blocked += 1
                if not option.get("remedy"):
                    self.faults.add("%s=%s blocks without a remedy" % (question["id"], option["id"]))
                continue
            answers[question["id"]] = option["id"]
            self.step(at + 1, answers)
            del answers[question["id"]]

    def asked(self, item, answers):
        """The materials and fields of one row: worked out once per answers to the questions it names."""
        service = self.services[item["service"]]
        named = self.named.setdefault(item["service"], sorted({
            question for use in service.get("materials", []) + service["fields"]
            for question in use.get("when") or {}}))
        key = (item["index"],) + tuple(answers.get(question) for question in named)
        if key in self.sets:
            return self.sets[key]
        materials = [use["material"] for use in service.get("materials", []) if holds(use.get("when"), answers)]
        fields = [use["field"] for use in service["fields"] if holds(use.get("when"), answers)]
        if not materials and not service.get("no_materials"):
            self.faults.add("row %d without materials: %s" % (item["index"], answers))
        if not fields:
            self.faults.add("row %d without fields: %s" % (item["index"], answers))
        for party in ("firm", "guardian", "agent"):  # a party is nobody without its number (desk/case.h)
            number = party + (".credit_code" if party == "firm" else ".identity")
            if party + ".name" in fields and number not in fields:
                self.faults.add("row %d names the %s without its number: %s" % (item["index"], party, answers))
        for seen in (materials, fields):
            if len(seen) != len(set(seen)):
                self.faults.add("row %d asks twice: %s" % (item["index"], answers))
        self.sets[key] = (tuple(materials), tuple(fields))
        return self.sets[key]

    def arrive(self, answers):
        self.ways += 1
        items = [item for item in self.guide["items"] if holds(item.get("when"), answers)]
        if not items:
            self.faults.add("no item left: %s" % answers)
        outcome = [tuple(sorted(answers))]
        groups = {}
        for item in items:
            self.reached.add(item["index"])
            outcome.append((item["index"],) + self.asked(item, answers))
            choice = self.rows[item["index"]]["choice"]
            groups.setdefault(choice, []).append(item["index"])
        for choice, both in groups.items():
            if choice and len(both) > 1:
                self.faults.add("alternatives %s together: %s" % (both, answers))
        for pair in answers.items():
            self.outcomes.setdefault(pair, set()).add(hash(tuple(outcome)))

    def look_for_dead(self):
        for question in self.guide["questions"]:
            options = question["options"]
            if any(option.get("blocks") for option in options):
                continue
            seen = [self.outcomes.get((question["id"], option["id"]), set()) for option in options]
            if all(other == seen[0] for other in seen):
                self.faults.add("question %s changes nothing" % question["id"])


# The parties go themselves (民法典 第一千零四十九条, 第一千零七十六条; 中国公民收养子女登记办法 第五条).
IN_PERSON = {"S-MARRIAGE-REGISTER", "S-MARRIAGE-OVERSEAS", "S-DIVORCE", "S-DIVORCE-OVERSEAS", "S-ADOPTION"}


def has_agent(walk):
    """R16: with an agent the proxy document and the agent's identity document are asked."""
    for item in walk.guide["items"]:
        if item["service"] in IN_PERSON or walk.services[item["service"]].get("no_materials"):
            continue
        asked = [use["material"] for use in walk.services[item["service"]]["materials"]
                 if use.get("when") == {"agent": ["yes"]}]
        if not {"M-PROXY", "M-ID-AGENT"} <= set(asked):
            walk.faults.add("row %d forgets the agent's papers" % item["index"])


def has_number(walk):
    """Who holds no identity card is asked for the number of the document held, not for one that is not there."""
    held = {option["id"] for question in walk.guide["questions"] if question["id"] == "person"
            for option in question["options"] if not option.get("blocks")} - {"mainland"}
    for item in walk.guide["items"]:
        uses = walk.services[item["service"]]["fields"]
        if item.get("not_offered") or not any(use["field"] == "applicant.identity" and use["required"] for use in uses):
            continue
        asked = [(use.get("when") or {"person": held}).get("person", [])
                 for use in uses if use["field"] == "applicant.document_no"]
        if held - {option for options in asked for option in options}:
            walk.faults.add("row %d asks all for the identity card's number" % item["index"])


QUOTED = {"跨省通办", "放管服"}


def sends_astray(walk, themes):
    """What a remedy quotes is a question or an answer of this theme, or the name of another one."""
    texts = [question["text"] for question in walk.guide["questions"]]
    texts += [option["text"] for question in walk.guide["questions"] for option in question["options"]]
    for question in walk.guide["questions"]:
        for option in question["options"]:
            for quoted in re.findall("“([^”]*)”", option.get("remedy", "")):
                if quoted not in QUOTED and not any(quoted in text for text in texts + themes):
                    walk.faults.add("%s=%s sends to “%s”" % (question["id"], option["id"], quoted))


def self_check(guide, rows, services):
    """A walk that cannot find a fault proves nothing."""
    broken = copy.deepcopy(guide)
    for item in broken["items"]:
        item["when"] = {"agent": ["yes"]}
    assert any("no item left" in fault for fault in Walk(broken, rows, services).faults)
    broken = copy.deepcopy(guide)
    broken["questions"].append(
        {"id": "idle", "text": "?", "options": [{"id": "a", "text": "a"}, {"id": "b", "text": "b"}]})
    assert "question idle changes nothing" in Walk(broken, rows, services).faults
    others = [question for question in broken["questions"] if question["id"] != "person"]
    broken["questions"] = [
        {"id": "person", "text": "?", "options": [{"id": "stateless", "text": "无"}]}] + others
    services = copy.deepcopy(services)
    broken["items"][0].pop("not_offered", None)
    services[broken["items"][0]["service"]]["fields"].append({"field": "applicant.identity", "required": True})
    walk = Walk(broken, rows, services)
    has_number(walk)
    assert any("asks all for the identity card" in fault for fault in walk.faults)
    broken["questions"][-1]["options"][1].update(blocks="不行", remedy="请改答“没有这一问”")
    walk = Walk(broken, rows, services)
    sends_astray(walk, [])
    assert "idle=b sends to “没有这一问”" in walk.faults


def walk_one(task):
    """One guide, in a process of the pool; `names` are the themes of all lists that have this very guide."""
    names, guide, of, services, themes = task
    assert [item["index"] for item in guide["items"]] == list(range(len(of))), names
    walk = Walk(guide, of, services)
    has_agent(walk)
    has_number(walk)
    sends_astray(walk, themes)
    assert not walk.faults, (names, sorted(walk.faults)[:5])
    if walk.ways < 2000:
        self_check(guide, of, services)
    return ["%s %d ways, %d blocks" % (name, walk.ways, walk.blocked) for name in names]


def way_of(guide, of):
    """What decides a guide's ways: the same for two lists that took one theme from another."""
    items = [(item["service"], item.get("when"), item.get("not_offered")) for item in guide["items"]]
    return json.dumps((items, guide["questions"], [row["choice"] for row in of]), sort_keys=True)


def main():
    services = {service["code"]: service for service in load("services/*.json", "services")}
    rows, themes = {}, []
    for path in glob.glob(os.path.join(DATA, "lists/*.json")):
        found = json.load(open(path, encoding="utf-8"))
        for theme in found["themes"]:
            rows[found["id"], theme_id(theme)] = theme["items"]
            themes.append(theme["name"])
    tasks = {}
    for path in sorted(glob.glob(os.path.join(DATA, "guides/*.json"))):
        guides = json.load(open(path, encoding="utf-8"))
        for guide in guides["themes"]:
            of = rows[guides["list"], guide["theme"]]
            needed = {item["service"]: services[item["service"]] for item in guide["items"]}
            names = tasks.setdefault(way_of(guide, of), ([], guide, of, needed, themes))[0]
            names.append("%s %s" % (guides["list"], guide["theme"]))
    # The longest walks first: both processes end together.
    queue = sorted(tasks.values(), key=lambda task: -len(task[1]["questions"]))
    with multiprocessing.Pool(2) as pool:
        said = sum(pool.imap_unordered(walk_one, queue), [])
    print("\n".join(sorted(said)))
    assert len(said) >= 4, len(said)


if __name__ == "__main__":
    main()
