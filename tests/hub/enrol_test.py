#!/usr/bin/env python3
"""Enrolment codes, tokens, number blocks; the administrator's commands and their refusals."""
import os
import stat
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from hub import Hub, Window, new_id

with Hub("--demo") as hub:
    for name in ("hub.db", "sign.key"):
        assert stat.S_IMODE(os.stat(os.path.join(hub.home, name)).st_mode) == 0o600, name
    secret = hub.admin("enrol", "0000", "01", "演示大厅")
    asked = {"store": new_id(), "hall": "0000", "window": "01", "window_name": "一号", "secret": secret}
    for change in ({"secret": "e" + "0" * 20}, {"window": "02"}, {"hall": "4407"}):
        answer = hub.call("POST", "/v1/enrol", asked | change)
        assert answer.status == 403 and answer.json["code"] == "permission", answer.body
    for change in ({"store": "x"}, {"hall": "abc"}, {"window": "I0"}, {"secret": ""}, {"secret": None}, {"hall": 7}):
        assert hub.call("POST", "/v1/enrol", asked | change).status == 422, change
    first = hub.call("POST", "/v1/enrol", asked)
    assert first.status == 201 and first.json["hall_name"] == "演示大厅"
    # The answer was lost: the same store asks again; the older token ends. Another store may not.
    second = hub.call("POST", "/v1/enrol", asked).json["token"]
    assert hub.call("GET", "/v1/updates", token=first.json["token"]).status == 401
    assert hub.call("GET", "/v1/updates", token=second).status == 200
    assert hub.call("POST", "/v1/enrol", asked | {"store": new_id()}).status == 403

    block = {"store": asked["store"], "hall": "0000", "window": "01"}
    for _ in range(2):
        assert hub.call("POST", "/v1/number-blocks", block, token=second).json == {"first": 1, "last": 1999}
    assert hub.call("POST", "/v1/number-blocks", block | {"window": "02"}, token=second).status == 403
    assert hub.call("POST", "/v1/number-blocks", block | {"store": new_id()}, token=second).status == 403
    # Machines that serve the window one after the other get other numbers; the sixth none.
    for first_number in (2000, 4000, 6000, 8000):
        window = Window(hub)
        answer = window.call("POST", "/v1/number-blocks", block | {"store": window.store})
        assert answer.json == {"first": first_number, "last": first_number + 1999}, answer.body
    window = Window(hub)
    answer = window.call("POST", "/v1/number-blocks", block | {"store": window.store})
    assert answer.status == 409 and answer.json["code"] == "exists"

    for words, code in ((("enrol", "00", "01"), 2), (("enrol", "0000", "I1"), 2), (("enrol",), 2), (("init",), 1),
                        (("department", "A/B"), 2), (("nothing",), 2), (("revoke", "ab"), 2), ((), 2)):
        done = hub.admin(*words, check=False)
        assert done.returncode == code and "yichuang-hub: " in done.stderr, (words, done)
    done = hub.admin("--listen", "nowhere", check=False)
    assert done.returncode == 2
    done = hub.admin("--listen", f"127.0.0.1:{hub.port}", check=False)
    assert done.returncode == 1 and "不能监听" in done.stderr
    done = hub.admin("--listen", "127.0.0.1:0", "--tls-cert", "/nonexistent", "--tls-key", "/nonexistent", check=False)
    assert done.returncode == 1
hub = Hub()
hub.home += "-missing"
done = hub.admin("--listen", "127.0.0.1:0", check=False)
assert done.returncode == 1 and "不存在" in done.stderr and not os.path.exists(hub.home)
hub.close()
