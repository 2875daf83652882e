#!/usr/bin/python3
"""Backblaze's own SDK (Debian: python3-b2sdk) does one work of works.ts.

usage: vendor.py ENDPOINT ACCOUNT KEY BUCKET WORK

The bucket has what runWork.ts puts there. Ends with 0 if the work was done, and with 3 if the service refused it.
"""
import io
import sys

from b2sdk.exception import B2Error
from b2sdk.v2 import B2Api, CopySource, InMemoryAccountInfo, UploadSourceBytes, WriteIntent

endpoint, account, key, bucket_name, work = sys.argv[1:]
PART = 5 * 1024 * 1024
NAME = "dir/a b+c%2F&=?#é~!'()*"
INFO = {'src_last_modified_millis': '1500', 'colour': 'blue'}

info = InMemoryAccountInfo()
api = B2Api(info, max_upload_workers=1, max_copy_workers=1)


def bucket(): return api.get_bucket_by_name(bucket_name)


def version(name):
    """The id of an object."""
    return next(found.id_ for found, _ in bucket().ls() if found.file_name == name)


def read(download):
    download.save(io.BytesIO())


def in_parts(source):
    bucket().create_file([WriteIntent(source)], NAME, content_type='text/plain', file_info=INFO,
                         recommended_upload_part_size=PART, max_part_size=PART)


def begin():
    return api.services.large_file.start_large_file(bucket().id_, NAME, content_type='text/plain', file_info=INFO)


WORKS = {
    'b2_authorize_account': lambda: None,
    'b2_list_buckets': lambda: api.list_buckets(),
    'b2_list_buckets of a name': bucket,
    'b2_create_bucket': lambda: api.create_bucket('created-' + bucket_name, 'allPrivate'),
    'b2_delete_bucket': lambda: api.delete_bucket(api.get_bucket_by_name('empty-' + bucket_name)),
    'b2_list_file_names': lambda: list(bucket().ls(fetch_count=1000)),
    'b2_list_file_versions': lambda: list(bucket().ls(latest_only=False, fetch_count=1000)),
    'b2_download_file_by_name': lambda: read(bucket().download_file_by_name('stored')),
    'b2_download_file_by_name of a range': lambda: read(bucket().download_file_by_name('stored', range_=(2, 5))),
    'b2_download_file_by_name without the bytes': lambda: bucket().get_file_info_by_name('stored'),
    'b2_download_file_by_id': lambda: read(api.download_file_by_id(version('stored'))),
    'b2_upload_file': lambda: bucket().upload_bytes(b'text', NAME, content_type='text/plain', file_infos=INFO),
    'b2_upload_file twice': lambda: (lambda it: [it.upload_bytes(b'text', NAME) for _ in range(2)])(bucket()),
    'b2_upload_part': lambda: in_parts(UploadSourceBytes(bytes(2 * PART))),
    'b2_finish_large_file': lambda: in_parts(UploadSourceBytes(bytes(2 * PART))),
    'b2_copy_file': lambda: bucket().copy(version('stored'), NAME),
    'b2_copy_part': lambda: in_parts(CopySource(version('large'), length=2 * PART)),
    'b2_hide_file': lambda: bucket().hide_file('stored'),
    'b2_delete_file_version': lambda: bucket().delete_file_version(version('stored'), 'stored'),
    'b2_get_download_authorization': lambda: bucket().get_download_authorization('stored', 60),
    'b2_list_unfinished_large_files': lambda: list(bucket().list_unfinished_large_files()),
    'b2_start_large_file': begin,
    'b2_cancel_large_file': lambda: api.cancel_large_file(begin().file_id),
    'b2_list_parts': lambda: list(api.list_parts(begin().file_id)),
}

try:
    api.authorize_account(endpoint, account, key)
    WORKS[work]()
except B2Error:
    sys.exit(3)
