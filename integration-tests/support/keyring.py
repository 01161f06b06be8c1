# SPDX-License-Identifier: Apache-2.0
"""A MySQL that has a keyring, which it needs to encrypt its binlog.

A keyring component is named in a file beside mysqld and configured by one beside the plugins. The unpacked MySQL is
shared by all tests, so this one gets a cache of its own: links into the other, and those two files."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from support.servers import SCRIPTS

_COMPONENT = "component_keyring_file"


def keyring_environment(folder: Path) -> dict[str, str]:
    """Makes that cache below `folder`. Returns what Database() needs to use it."""
    shared = _shared_cache() / "mysql"
    own = folder / "mysql"
    shutil.copytree(shared, own, symlinks=True, copy_function=_link)
    keys = folder / "keyring"
    keys.mkdir()
    if os.geteuid() == 0:
        account = pwd.getpwnam("mysql")
        os.chown(keys, account.pw_uid, account.pw_gid)
    (own / "usr/sbin/mysqld.my").write_text(json.dumps({"components": f"file://{_COMPONENT}"}))
    settings = {"path": str(keys / "keys"), "read_only": False}
    (own / f"usr/lib/mysql/plugin/{_COMPONENT}.cnf").write_text(json.dumps(settings))
    return {"ROWMILL_CACHE": str(folder)}


def _shared_cache() -> Path:
    """Filled, if it was not."""
    subprocess.run([str(SCRIPTS / "mysql.sh"), "install"], check=True, stdin=subprocess.DEVNULL)
    where = f". {SCRIPTS}/lib.sh && cache_folder"
    done = subprocess.run(["bash", "-c", where], check=True, stdout=subprocess.PIPE, text=True)
    return Path(done.stdout.strip())


def _link(source: str, target: str) -> str:
    """The program itself cannot be a symbolic link: the server looks beside what that leads to."""
    if Path(source).name == "mysqld":
        return shutil.copy2(source, target)
    os.symlink(source, target)
    return target
