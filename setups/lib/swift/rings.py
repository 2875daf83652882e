#!/usr/bin/python3
"""Writes the rings, Swift's maps of what lies where, for one disk.

usage: rings.py FOLDER KIND PORT [KIND PORT ...]
"""

import sys

from swift.common.ring import RingBuilder

folder, *servers = sys.argv[1:]
for kind, port in zip(servers[::2], servers[1::2]):
    builder = RingBuilder(part_power=4, replicas=1, min_part_hours=0)
    builder.add_dev({"region": 1, "zone": 1, "weight": 1, "device": "disk", "ip": "127.0.0.1", "port": int(port)})
    builder.rebalance()
    builder.get_ring().save(f"{folder}/{kind}.ring.gz")
