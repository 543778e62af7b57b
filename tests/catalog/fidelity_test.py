#!/usr/bin/env python3
"""catalog export of every list is the source word for word, key order included, also in a home that has read it back."""
import glob, json, os, subprocess, sys, tempfile

program = os.path.join(os.environ.get("BUILD", "build"), "yichuang")
seen = {"lists": 0, "themes": 0, "rows": 0}
with tempfile.TemporaryDirectory() as folder:
    home = os.path.join(folder, "home")
    subprocess.run([program, "init", "--home", home], check=True, stdout=subprocess.DEVNULL)
    for path in sorted(glob.glob("data/catalogue/lists/*.json")):
        want = json.load(open(path))
        for theme in want["themes"]:
            theme.pop("source")
        got = json.loads(subprocess.check_output([program, "catalog", "export", want["id"], "--json", "--home", home]))
        if json.dumps(want) != json.dumps(got):
            for a, b in zip(want["themes"], got["themes"]):
                if a != b:
                    print(path, a["no"], "\n ", a, "\n ", b)
            sys.exit(f"{path}: export differs")
        seen["lists"] += 1
        seen["themes"] += len(got["themes"])
        seen["rows"] += sum(len(theme["items"]) for theme in got["themes"])
        again = subprocess.check_output([program, "catalog", "export", want["id"], "--version", "1", "--home", home])
        assert json.loads(again) == got
assert seen == {"lists": 8, "themes": 231, "rows": 733}, seen
print(seen)
