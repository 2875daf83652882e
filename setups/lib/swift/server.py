#!/usr/bin/python3
"""Runs one Swift server with a swift.conf of its own: Swift's own commands read /etc/swift/swift.conf only.

usage: server.py account|container|object|proxy FOLDER

FOLDER holds swift.conf, the rings and KIND-server.conf.
"""

import sys

from swift.common import utils

kind, folder = sys.argv[1:]
utils.set_swift_dir(folder)  # before the imports below read the file

from swift.common.wsgi import run_wsgi  # noqa: E402

options = {}
if kind == "object":
    from swift.obj.server import global_conf_callback

    options["global_conf_callback"] = global_conf_callback
sys.exit(run_wsgi(f"{folder}/{kind}-server.conf", f"{kind}-server", verbose=True, **options))
