"""Does what it is told in a directory: a line of JSON is one call of the system, a line of JSON says what came of it.

The calls are the system's own: Python retries none, hides no errno and keeps no buffer here.
"""

import errno
import hashlib
import json
import mmap
import os
import random
import stat
import sys

FLAGS = {"read": os.O_RDONLY, "write": os.O_WRONLY, "both": os.O_RDWR}
MORE = {"create": os.O_CREAT, "exclusive": os.O_EXCL, "truncate": os.O_TRUNC, "append": os.O_APPEND}

root = sys.argv[1]
directory = root
slots = {}


def at(path):
    return os.path.join(directory, path)


# Its length is a prime: no block size hides that bytes are at the wrong place.
pattern = random.Random(1).randbytes(65521)


def content(size, seed):
    """Bytes to write: from the `seed`-th of the pattern on."""
    start = seed * 251 % len(pattern)
    return (pattern * (2 + size // len(pattern)))[start : start + size]


def told(data):
    """Few bytes as they are, many by their sum."""
    return data.hex() if len(data) <= 32 else f"{len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}"


def write_all(fd, data, offset=None):
    done = 0
    while done < len(data):
        part = data[done:]
        done += os.write(fd, part) if offset is None else os.pwrite(fd, part, offset + done)


def read_all(path):
    with open(at(path), "rb", buffering=0) as file:
        return b"".join(iter(lambda: file.read(1 << 20), b""))


def slot(step):
    """An empty slot is a descriptor that nobody has: EBADF on both sides."""
    return slots.get(step["slot"], 9999)


def kind(status):
    return "directory" if stat.S_ISDIR(status.st_mode) else "file"


def shown(status):
    return [kind(status)] + ([status.st_size] if stat.S_ISREG(status.st_mode) else [])


def seek(step, offset, whence):
    """Of a directory, offsets are what each filesystem makes of them."""
    if stat.S_ISDIR(os.fstat(slot(step)).st_mode):
        return "directory"
    return os.lseek(slot(step), offset, whence)


def open_slot(step):
    flags = FLAGS[step["access"]]
    for word in step["more"].split():
        flags |= MORE[word]
    fd = os.open(at(step["path"]), flags, 0o644)
    close_slot(step)
    slots[step["slot"]] = fd


def close_slot(step):
    if step["slot"] in slots:
        os.close(slots.pop(step["slot"]))


def utime(step):
    os.utime(at(step["path"]), (step["time"], step["time"]))
    return int(os.stat(at(step["path"])).st_mtime)


def bytes_of(step):
    """How much can be mapped; nothing of a directory, whose size is what each filesystem makes of it."""
    status = os.fstat(slot(step))
    return 0 if stat.S_ISDIR(status.st_mode) else status.st_size


def write_mapped(step):
    """Stores through a shared mapping; only what the file already has can be mapped."""
    size = bytes_of(step)
    if size == 0:
        return "empty"
    start = step["offset"] % size
    data = content(step["size"], step["seed"])[: size - start]
    with mmap.mmap(slot(step), size) as mapping:
        mapping[start : start + len(data)] = data
        mapping.flush()
    return len(data)


def read_mapped(step):
    size = bytes_of(step)
    if size == 0:
        return "empty"
    with mmap.mmap(slot(step), size, prot=mmap.PROT_READ) as mapping:
        return told(mapping[:])


def tree(path):
    """All that is below: names, kinds, sizes and bytes."""
    found = []
    for entry in sorted(os.listdir(at(path))):
        below = f"{path}/{entry}"
        if os.path.isdir(at(below)):
            found += [[below, "directory"]] + tree(below)
        else:
            found.append([below, os.stat(at(below)).st_size, told(read_all(below))])
    return found


def begin(step):
    """What follows is in a new directory."""
    global directory
    directory = os.path.join(root, step["path"])
    os.mkdir(directory)


def close_all(_):
    for number in sorted(slots):
        os.close(slots[number])
    slots.clear()


CALLS = {
    "begin": begin,
    "open": open_slot,
    "close": close_slot,
    "closeAll": close_all,
    "write": lambda s: write_all(slot(s), content(s["size"], s["seed"])),
    "writeAt": lambda s: write_all(slot(s), content(s["size"], s["seed"]), s["offset"]),
    "read": lambda s: told(os.read(slot(s), s["size"])),
    "readAt": lambda s: told(os.pread(slot(s), s["size"], s["offset"])),
    "seek": lambda s: seek(s, s["offset"], os.SEEK_SET),
    "seekEnd": lambda s: seek(s, 0, os.SEEK_END),
    "writeMapped": write_mapped,
    "readMapped": read_mapped,
    "setSize": lambda s: os.ftruncate(slot(s), s["size"]),
    "setSizeOf": lambda s: os.truncate(at(s["path"]), s["size"]),
    "sync": lambda s: os.fsync(slot(s)),
    "status": lambda s: shown(os.fstat(slot(s))),
    "statusOf": lambda s: shown(os.stat(at(s["path"]))),
    "rename": lambda s: os.rename(at(s["path"]), at(s["to"])),
    "unlink": lambda s: os.unlink(at(s["path"])),
    "makeDirectory": lambda s: os.mkdir(at(s["path"])),
    "removeDirectory": lambda s: os.rmdir(at(s["path"])),
    "list": lambda s: sorted([entry.name, kind(entry.stat())] for entry in os.scandir(at(s["path"]))),
    "utime": utime,
    "tree": lambda s: tree(s["path"]),
}

for line in sys.stdin:
    step = json.loads(line)
    try:
        answer = {"value": CALLS[step["call"]](step)}
    except OSError as error:
        answer = {"errno": errno.errorcode.get(error.errno, str(error.errno))}
    print(json.dumps(answer), flush=True)
