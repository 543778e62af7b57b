#!/usr/bin/env python3
"""The manual pages against the lists the programs are made of: every subcommand, act, error, action, option and
file of a home stands in its page, and no page names a subcommand that is not there."""
import os
import re
import subprocess
import sys

BUILD = os.environ.get("BUILD", "build")
problems = []


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def page(name):
    """The page as a reader sees it."""
    shown = subprocess.run(["mandoc", "-T", "utf8", f"{BUILD}/man/{name}"], capture_output=True, check=True).stdout
    return re.sub(".\b", "", shown.decode())


def found(pattern, *paths, least=1):
    """All matches in the files; too few means that the source is written otherwise than this test reads it."""
    matches = [match for path in paths for match in re.findall(pattern, read(path), re.M)]
    if len(matches) < least:
        sys.exit(f"{paths}: only {len(matches)} matches of {pattern}")
    return matches


def wanted(name, words):
    text = page(name)
    problems.extend(f"{name}: {word} does not stand there" for word in words
                    if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.A))


# ---- subcommands: one .It each, and no more ----
commands = found(r'^\t\{"([a-z ]+)", "', "src/cli/commands.c", least=30)
siblings = found(r'^\t\{"([a-z]+)", "yichuang-', "src/cli/sibling.c", least=5)
source = read("man/yichuang.1")
entries = re.findall(r"^\.It Cm (.*)", source[source.index(".Sh COMMANDS"):source.index(".Sh KEYS")], re.M)
for command in commands + siblings:
    if not any(re.match(rf"{command}(?![a-z])", entry) for entry in entries):
        problems.append(f"yichuang.1: no entry for {command}")
for entry in entries:
    if not any(re.match(rf"{command}(?![a-z])", entry) for command in commands + siblings):
        problems.append(f"yichuang.1: {entry} is no subcommand")
for act in found(r'\{"([a-z_]+)", act_', "src/cli/act.c", least=15):
    if f"\n.It Li {act}\n" not in source:
        problems.append(f"yichuang.1: no entry for act {act}")

# ---- what is made by scripts/manual-tables.sh is whole ----
made = read(f"{BUILD}/man/yichuang.1")
for name, sentence in found(r'^ERR\(([A-Z_]+), [A-Z]+, \d+, "(.*?)"', "src/base/err.def", least=40):
    if f".It Li {name.lower().replace('_', '-')}\n{sentence}" not in made:
        problems.append(f"yichuang.1: error {name}")
if len(re.findall(r"^ERR\(", read("src/base/err.def"), re.M)) != len(found(r"^退出码 \d，中心回答", f"{BUILD}/man/yichuang.1")):
    problems.append("yichuang.1: not every row of err.def was read")
for name, label, sentence in found(r'^ACTION\(([A-Z_]+), "(.*?)", "(.*?)"\)', "ui/actions.def", least=40):
    if f"\n{label}：{sentence}。\n" not in made:
        problems.append(f"yichuang.1: no key for {name}")
rows = found(r"^\t\{(CONTEXT_\w+), KEY_", "ui/keymap.c", least=80)
keys = made[made.index(".Sh KEYS"):made.index(".Sh ENVIRONMENT")]
if len(re.findall(r"^\.It \S", keys, re.M)) != len(rows):
    problems.append("yichuang.1: not every key has its name")

# ---- options of each program's own table ----
of_commands = {word.rstrip("=") for cell in found(r'"([a-z= ]*)",\s*-?\d+,\s*-?\d+,\s*cli_', "src/cli/commands.c", least=30)
               for word in cell.split()}
global_options = set(found(r'"--([a-z-]+)"', "src/cli/cli.c", least=5))
wanted("yichuang.1", [f"--{word}" for word in sorted(of_commands | global_options)])
OPTION = r'^\t*\{"([a-z-]+)", 0, '
wanted("yichuang-hub.8", [f"--{word}" for word in found(OPTION, "src/hub/main.c", least=8)])
wanted("yichuang-hub.8", found(r'^\t\{"([a-z]+)", \d, \d, admin_', "src/hub/admin.c", least=6))
wanted("yichuang-print.8", [f"--{word}" for word in found(OPTION, "src/print/main.c", least=8) if word != "now"])
only_global = {"as", "now", "secret-file"}  # the screen's program hands them on, they mean nothing there
of_agent = set(found(OPTION, "src/agent/main.c", "src/agent/review.c", least=20)) - only_global
wanted("yichuang-agent.8", [f"--{word}" for word in sorted(of_agent)])
wanted("yichuang-agent.8", found(r'^\t\{"([a-z_]+)", ITEM_MOVE_', "src/hub/update.c", least=10))

# ---- files and settings ----
wanted("yichuang-home.5", found(r'"([a-z]+\.(?:db|ini|lock))"', "src/store/home_store.c", "src/store/engine_lock.c",
                                "src/agent/lock.c", "src/print/worker.c", "src/sync/config.c", least=5))
wanted("yichuang-home.5", found(r'member\(file, group, "([a-z]+)"\)', "src/sync/config.c", least=5))
wanted("yichuang-home.5", found(r'^\t\{"\w+", "([a-z]+)", offsetof', "src/print/profile.c", least=7) + ["media", "sides"])
wanted("yichuang-home.5", [os.path.splitext(name)[0] for name in os.listdir("printers/profiles")])
wanted("yichuang-catalogue.5", {re.sub("-.*", "", name.removesuffix(".json"))
                                 for name in os.listdir("data/catalogue") if name.endswith(".json")})

lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *(f"{BUILD}/man/{name}" for name in os.listdir(f"{BUILD}/man"))],
                      capture_output=True, text=True, check=False)
problems.extend(lint.stdout.splitlines())
print("\n".join(f"FAILED: {problem}" for problem in problems))
sys.exit(bool(problems))
