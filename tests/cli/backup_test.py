#!/usr/bin/python3
"""One file holds a home, its images with it; a restored image is the same; a rotten one is told of and never restored."""
import json
import os
import sqlite3
import sys
import tarfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import House  # noqa: E402

NOW = "2026-11-20T14:32:00+08:00"


def images(home):
    folder = os.path.join(home, "blobs")
    return {name: open(os.path.join(folder, name), "rb").read() for name in os.listdir(folder)}


def finding(house, name, home=None):
    result = house.run("doctor", "--json", code=None, home=home)
    return [row for row in json.loads(result.stdout)["findings"] if row["name"] == name][0]


with House() as house:
    picture = os.path.join(house.folder, "scan.jpg")
    with open(picture, "wb") as out:
        out.write(os.urandom(100_001))
    with open("data/demo/retail.json", encoding="utf-8") as text:
        document = json.load(text)
    scanned = [material for material in document["materials"] if material.get("status", "received") == "received"][0]
    scanned["image"] = picture
    number = house.json("--now", NOW, "intake", "-", stdin=json.dumps(document))["number"]
    backup, home = os.path.join(house.folder, "home.backup"), os.path.join(house.folder, "again")
    told = house.json("backup", backup)
    assert told["images"] == 1 and told["bad"] == 0, told
    assert not [name for name in os.listdir(house.folder) if name.startswith("home.backup.")], os.listdir(house.folder)
    with tarfile.open(backup) as archive:  # any tar reads it
        names = archive.getnames()
        assert names[0] == "yichuang.db" and names[1:] == ["blobs/" + name for name in images(house.home)], names
    told = house.json("restore", backup, home=home)
    assert told["images"] == 1 and told["bad"] == 0, told
    assert images(home) == images(house.home) and open(picture, "rb").read() in images(home).values()
    with sqlite3.connect(os.path.join(home, "yichuang.db")) as store:
        assert store.execute("SELECT 1 FROM case_file WHERE number = ?", (number,)).fetchall()
    assert finding(house, "影像", home)["good"]
    assert "restore.part" not in os.listdir(home)
    # The image rots: the backup tells, and holds what is whole.
    name = next(iter(images(house.home)))
    with open(os.path.join(house.home, "blobs", name), "r+b") as out:
        out.write(b"x")
    rotten = house.run("backup", backup + "2", code=None)
    assert rotten.returncode == 1 and "1 份影像缺失或与摘要不符" in rotten.stdout + rotten.stderr and name in rotten.stdout + rotten.stderr, rotten
    with tarfile.open(backup + "2") as archive:
        assert archive.getnames() == ["yichuang.db"]
    assert not finding(house, "影像")["good"]
    # The first backup, one byte changed: refused, nothing made.
    with open(backup, "r+b") as out:
        out.seek(-40_000, os.SEEK_END)
        out.write(b"changed")
    refused = house.run("restore", backup, code=None, home=home + "2")
    assert refused.returncode == 1 and "影像与它的摘要不符，没有恢复。请换一份备份。" in refused.stderr, refused
    assert not os.path.exists(os.path.join(home + "2", "yichuang.db")) and images(home + "2") == {}
print("the images come back with the home")
