#!/usr/bin/python3
"""Backblaze's own SDK: puts or gets files of a bucket, and prints what it sees. Debian's python3-b2sdk speaks version 2
of the API; a newer one on PYTHONPATH speaks version 4.

usage: sdk.py ENDPOINT ACCOUNT KEY BUCKET put|get NAME SIZE
"""
import hashlib
import json
import sys

try: from b2sdk.v3 import B2Api, InMemoryAccountInfo
except ImportError: from b2sdk.v2 import B2Api, InMemoryAccountInfo

endpoint, account, key, bucket_name, what, name, size = sys.argv[1:]
api = B2Api(InMemoryAccountInfo())
api.authorize_account(realm=endpoint, application_key_id=account, application_key=key)
bucket = api.get_bucket_by_name(bucket_name)
if what == 'put':
    info = {'src_last_modified_millis': '1700000000123', 'colour': 'blue + green'}
    data = bytes(n * 31 % 251 for n in range(int(size)))
    bucket.upload_bytes(data, name, 'text/css', info)
    print(json.dumps({'sha1': hashlib.sha1(data).hexdigest()}))
else:
    found = bucket.download_file_by_name(name)
    with open('/dev/null', 'wb') as sink:
        found.save(sink)
    version = found.download_version
    print(json.dumps({'size': version.content_length, 'sha1': version.content_sha1, 'type': version.content_type,
                      'info': version.file_info, 'name': version.file_name}))
