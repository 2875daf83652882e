#!/usr/bin/python3
"""Serves RawSimulator, the in-memory B2 of Backblaze's own b2sdk (Debian: python3-b2sdk), over HTTP.

usage: server.py PORT MINIMUM_PART_SIZE

The rules of the service (accounts, keys and capabilities, versions, large files, copies) are the simulator's, whose
classes stay as they are. What is here is the wire format and what the simulator leaves out: listings with prefix,
delimiter and pages, ranges, who may download, errors of hiding, upload URLs, and statuses.

Version 4 of the API is not in this b2sdk. What is added of it here is documented, seen in answers that users of the
service published, and used by Backblaze's own client of today:
  the answer of b2_authorize_account    https://www.backblaze.com/apidocs/b2-authorize-account
  keys of several buckets (bucketIds)   https://www.backblaze.com/apidocs/b2-create-key
  all other calls, which are those of version 2   https://www.backblaze.com/docs/cloud-storage-native-api-versions

The header X-Bz-Test-Mode asks for failures (https://www.backblaze.com/docs/cloud-storage-integration-checklist). Which
requests it makes fail is not documented: here every second upload, every second call with a token of the account, and
every upload, for a cap.

Controls for tests, which B2 does not have, all POST:
  /control/expire-tokens                every token so far answers 401 expired_auth_token
  /control/fail-uploads?count=N&code=C  the next N uploads answer 503 C, after which their URL is refused
  /control/fail?operation=O&count=N&status=S&code=C&retry-after=R
                                        the next N calls of O answer S C, with Retry-After where it is given
  /control/requests                     the operations since the last such call, in their order
  /control/publish?bucket=NAME          the bucket is allPublic from now on
"""
import base64
import hashlib
import inspect
import io
import itertools
import json
import re
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, unquote_plus, urlsplit

from b2sdk import exception as problems
from b2sdk.encryption.setting import EncryptionKey, EncryptionSetting
from b2sdk.encryption.types import EncryptionAlgorithm, EncryptionMode
from b2sdk.file_lock import FileRetentionSetting, LegalHold, RetentionMode
from b2sdk.raw_api import MetadataDirectiveMode
from b2sdk.raw_simulator import BucketSimulator, RawSimulator

PORT, MIN_PART_SIZE = int(sys.argv[1]), int(sys.argv[2])
# What the simulator says. Answers say the host that was asked, which may be a proxy.
BASE = 'http://127.0.0.1:%d' % PORT
FAKE_UPLOAD_HOST = 'https://upload.example.com/'    # where the simulator says that uploads go
LAST_FILE_ID = 4999999999


def timestamps():
    last = 0
    while True:
        last = max(last + 1, int(time.time() * 1000))
        yield last


FILE_IDS = itertools.count(LAST_FILE_ID, -1)   # the newest version sorts first, and no two buckets share an id
TIMESTAMPS = timestamps()
TOKENS = itertools.count()


class Bucket(BucketSimulator):
    FIRST_FILE_ID = str(LAST_FILE_ID)
    MAX_SIMPLE_COPY_SIZE = 5 * 1024**3

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.upload_url_counter = itertools.count()
        self.file_id_counter = FILE_IDS
        self.upload_timestamp_counter = TIMESTAMPS


class Simulator(RawSimulator):
    BUCKET_SIMULATOR_CLASS = Bucket
    API_URL = DOWNLOAD_URL = S3_API_URL = BASE
    MIN_PART_SIZE = MIN_PART_SIZE
    DOWNLOAD_URL_MATCHER = re.compile(
        re.escape(BASE) + r'(?:/b2api/v[0-9]+/b2_download_file_by_id\?fileId=(?P<file_id>[^/]+)'
        r'|/file/(?P<bucket_name>[^/]+)/(?P<file_name>.+))$')

    def __init__(self):
        super().__init__()
        self.bucket_id_counter = itertools.count()
        self.asked = None
        self.buckets_of_key = {}    # id of a key of several buckets -> their ids; the simulator knows keys of one

    def _assert_account_auth(self, api_url, token, account_id, capability, bucket_id=None, file_name=None):
        """Some of the simulator's calls forget to say which bucket it is, and would refuse every narrow key."""
        super()._assert_account_auth(api_url, token, account_id, capability, bucket_id or self.asked, file_name)
        buckets = self.buckets_of_key.get(self.auth_token_to_key[token].application_key_id)
        if buckets is not None and (bucket_id or self.asked) not in buckets: raise problems.Unauthorized('', 'unauthorized')


simulator = Simulator()
KEY_ID, KEY = simulator.create_account()
lock = threading.RLock()        # the simulator is not thread safe
download_tokens = {}            # token -> (bucket id, file name prefix, when it ends)
refused_uploads = set()         # upload URLs that failed once: B2 wants another one then
failures = []                   # codes with which the next uploads fail
refusals = {}                   # operation -> (status, code, headers) with which its next calls fail
tested = itertools.count()      # of what the test mode makes fail, every second one fails
requests = []                   # operations, in their order


class Refused(Exception):
    def __init__(self, status, code, message='', headers=None):
        super().__init__(message or code)
        self.status, self.code, self.headers = status, code, headers or {}


def status_of(e):
    if isinstance(e, Refused): return e.status, e.code
    name, code = type(e).__name__, getattr(e, 'code', None)
    if isinstance(e, problems.InvalidAuthToken):
        if code == 'auth_token_expired': return 401, 'expired_auth_token'
        return 401, 'unauthorized' if code == 'unauthorized' else 'bad_auth_token'
    if isinstance(e, problems.Unauthorized): return 401, 'unauthorized'
    if isinstance(e, (problems.SSECKeyError, problems.AccessDenied)): return 403, 'access_denied'
    if name in ('FileNotPresent', 'FileOrBucketNotFound'): return 404, 'not_found'
    if isinstance(e, (problems.BucketIdNotFound, problems.NonExistentBucket)): return 400, 'bad_bucket_id'
    if name == 'DuplicateBucketName': return 400, 'duplicate_bucket_name'
    if isinstance(e, problems.Conflict): return 409, 'conflict'
    if isinstance(e, problems.TooManyRequests): return 429, 'too_many_requests'
    if isinstance(e, problems.ServiceError): return 503, 'service_unavailable'
    if isinstance(e, KeyError): return 404, 'file_not_present'
    return 400, code or 'bad_request'


# --- from JSON and headers to what the simulator takes ---

def encryption(value):
    if not value: return None
    key = value.get('customerKey')
    return EncryptionSetting(
        EncryptionMode(value.get('mode') or 'none'),
        EncryptionAlgorithm(value['algorithm']) if value.get('algorithm') else None,
        EncryptionKey(base64.b64decode(key), None) if key else None)


def header_encryption(headers):
    key = headers.get('X-Bz-Server-Side-Encryption-Customer-Key')
    if key: return encryption({'mode': 'SSE-C', 'algorithm': 'AES256', 'customerKey': key})
    if headers.get('X-Bz-Server-Side-Encryption'): return encryption({'mode': 'SSE-B2', 'algorithm': 'AES256'})
    return None


def retention(value):
    return FileRetentionSetting(RetentionMode(value['mode']), value.get('retainUntilTimestamp')) if value else None


def header_retention(headers):
    mode, until = headers.get('X-Bz-File-Retention-Mode'), headers.get('X-Bz-File-Retention-Retain-Until-Timestamp')
    return FileRetentionSetting(RetentionMode(mode), int(until)) if mode else None


RENAMED = {     # (operation or None for all, name on the wire) -> name in the simulator
    ('copy_file', 'range'): 'bytes_range',
    ('copy_file', 'sourceFileId'): 'source_file_id',
    ('copy_file', 'fileName'): 'new_file_name',
    ('copy_part', 'range'): 'bytes_range',
    ('create_bucket', 'fileLockEnabled'): 'is_file_lock_enabled',
    ('create_key', 'validDurationInSeconds'): 'valid_duration_seconds',
    ('list_unfinished_large_files', 'namePrefix'): 'prefix',
}
INTEGERS = {'max_file_count', 'max_part_count', 'start_part_number', 'max_key_count', 'part_number'}


def arguments(operation, method, given):
    known = inspect.signature(method).parameters
    result = {}
    for wire, value in given.items():
        name = RENAMED.get((operation, wire)) or re.sub('[A-Z]', lambda m: '_' + m.group().lower(), wire)
        if name not in known: continue      # what the simulator does not know is ignored
        if name.endswith('server_side_encryption'): value = encryption(value)
        elif name == 'file_retention': value = retention(value)
        elif name == 'legal_hold' and value is not None: value = LegalHold(value)
        elif name == 'metadata_directive' and value: value = MetadataDirectiveMode[value]
        elif name == 'bytes_range' and value: value = tuple(int(n) for n in re.findall(r'\d+', value))
        elif name in INTEGERS and value is not None: value = int(value)
        result[name] = value
    for name, parameter in known.items():   # optional on the wire, required by the simulator
        if parameter.default is parameter.empty and name in OPTIONAL.get(operation, ()): result.setdefault(name, None)
    return result


OPTIONAL = {
    'create_key': ('valid_duration_seconds', 'bucket_id', 'name_prefix'),
    'list_parts': ('start_part_number', 'max_part_count'),
    'list_buckets': ('bucket_id', 'bucket_name'),
}
METHOD = {'get_file_info': 'get_file_info_by_id'}
OPERATIONS = {
    'cancel_large_file', 'copy_file', 'copy_part', 'create_bucket', 'create_key', 'delete_bucket',
    'delete_file_version',
    'delete_key', 'finish_large_file', 'get_download_authorization', 'get_file_info', 'get_upload_part_url',
    'get_upload_url', 'hide_file', 'list_buckets', 'list_keys', 'list_parts', 'list_unfinished_large_files',
    'start_large_file', 'update_bucket', 'update_file_legal_hold', 'update_file_retention',
}


# --- listing (the simulator's own stops at the first name outside of the prefix and knows no delimiter) ---

def listing(versions, token, ask):
    bucket = simulator._get_bucket_by_id(ask.get('bucketId'))
    prefix, delimiter = ask.get('prefix') or '', ask.get('delimiter') or ''
    simulator._assert_account_auth(BASE, token, bucket.account_id, 'listFiles', bucket.bucket_id, prefix)
    limit = min(int(ask.get('maxFileCount') or 100), 10000)
    start = (ask.get('startFileName') or '', ask.get('startFileId') or '')
    files, folders, seen = [], set(), set()
    following = None
    for name, number in sorted(bucket.file_name_and_id_to_file):
        file = bucket.file_name_and_id_to_file[name, number]
        if not versions:
            # One entry per name: its newest version, unless that hides the file. Unfinished files do not count.
            if name in seen or file.action == 'start': continue
            seen.add(name)
            if not file.is_visible(): continue
        if not name.startswith(prefix): continue
        if (name, number) < start and (versions and start[1] or name < start[0]): continue
        entry = None
        folder, found, _ = name[len(prefix):].partition(delimiter) if delimiter else ('', '', '')
        if found:
            folder = prefix + folder + delimiter
            if folder in folders: continue
            entry = {'accountId': bucket.account_id, 'bucketId': bucket.bucket_id, 'action': 'folder',
                     'fileName': folder, 'fileId': None, 'contentLength': 0, 'contentSha1': None, 'contentType': None,
                     'fileInfo': {},
                     'uploadTimestamp': 0}
        if len(files) == limit:
            following = (folder if found else name, None if found else number)
            break
        if found: folders.add(folder)
        files.append(entry or file.as_list_files_dict(token))
    answer = {'files': files, 'nextFileName': following and following[0]}
    if versions: answer['nextFileId'] = following and following[1]
    return answer


def newest(bucket, name):
    """The newest version of a name, which may hide it, or None. Unfinished large files are no versions."""
    files = bucket.file_name_and_id_to_file
    keys = [key for key in files if key[0] == name and files[key].action != 'start']
    return files[min(keys)] if keys else None


# --- HTTP ---

class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    wbufsize = -1       # one packet for head and body of a small answer
    disable_nagle_algorithm = True

    def log_message(self, *args):
        sys.stderr.write('%s %s\n' % (self.log_date_time_string(), args[0] % args[1:]))

    def answer(self, status, body, headers=()):
        if not isinstance(body, bytes):
            for entry in body.get('files') or [body]:
                if 'contentLength' in entry: entry['size'] = entry['contentLength']     # its name in version 1
            body = json.dumps(body, default=lambda x: sorted(x) if isinstance(x, set) else str(x)).encode()
        headers = {'content-type': 'application/json', **{k.lower(): v for k, v in dict(headers).items()}}
        headers['content-length'] = len(body)
        self.send_response(status)
        for name, value in headers.items(): self.send_header(name, str(value))
        try:
            self.end_headers()
            if self.command != 'HEAD': self.wfile.write(body)
            self.wfile.flush()
        except ConnectionError:     # the client has seen enough
            self.close_connection = True

    def handle_request(self):
        body = self.rfile.read(int(self.headers.get('content-length') or 0))
        try:
            with lock: status, answer, headers = self.route(body)
        except Exception as e:
            status, code = status_of(e)
            answer, headers = {'status': status, 'code': code, 'message': str(e)}, getattr(e, 'headers', {})
            if not isinstance(e, (problems.B2Error, Refused)): traceback.print_exc()
        self.answer(status, answer, headers)

    do_GET = do_POST = do_HEAD = handle_request     # noqa: N815, the names that http.server wants

    def route(self, body):
        url = urlsplit(self.path)
        query = {k: v[0] for k, v in parse_qs(url.query).items()}
        token = self.headers.get('Authorization') or query.pop('Authorization', None)
        if url.path.startswith('/control/'): return self.control(url.path[9:], query)
        requests.append('download' if url.path.startswith('/file/') else (url.path.split('/') + [''] * 3)[3])
        if refusals.get(requests[-1]): raise Refused(*refusals[requests[-1]].pop(0))
        simulator.asked = None
        if url.path.startswith('/file/'): return self.download(token, url.path, None)
        call = re.fullmatch(r'/b2api/v(\d+)/b2_(\w+)(?:/(.+))?', url.path)
        if not call: raise Refused(404, 'not_found', 'no such endpoint')
        version, operation, rest = int(call[1]), call[2], call[3]
        if operation in ('upload_file', 'upload_part') and rest: return self.upload(operation, token, rest, body)
        ask = json.loads(body) if body else query
        if operation == 'authorize_account': return self.authorize(version, token)
        if operation == 'download_file_by_id': return self.download(token, None, ask.get('fileId'))
        self.check_token(token)
        if self.test_mode('expire_some_account_authorization_tokens') and next(tested) % 2 == 0:
            simulator.expire_auth_token(token)
            raise Refused(401, 'expired_auth_token')
        named = simulator.bucket_name_to_bucket.get(ask.get('bucketName'))
        simulator.asked = ask.get('bucketId') or (named and named.bucket_id) or simulator.file_id_to_bucket_id.get(
            ask.get('fileId') or ask.get('largeFileId') or ask.get('sourceFileId'))
        if operation in ('list_file_names', 'list_file_versions'):
            return 200, listing(operation == 'list_file_versions', token, ask), {}
        if operation not in OPERATIONS: raise Refused(404, 'not_found', 'no such endpoint')
        if operation == 'get_file_info':
            bucket = self.bucket_of(ask.get('fileId'))
            simulator._assert_account_auth(BASE, token, bucket.account_id, 'readFiles', bucket.bucket_id)
        if operation == 'hide_file': self.check_visible(ask)
        # The service said so to others: https://github.com/minio/minio/issues/8080, and B2PartSizes.java of its Java SDK.
        if operation == 'finish_large_file' and len(ask.get('partSha1Array') or []) < 2:
            raise Refused(400, 'bad_request', 'large files must have at least 2 parts')
        if operation == 'delete_bucket' and simulator._get_bucket_by_id(ask.get('bucketId')).file_id_to_file:
            raise Refused(400, 'cannot_delete_non_empty_bucket')
        method = getattr(simulator, METHOD.get(operation, operation))
        answer = method(BASE, token, **arguments(operation, method, ask))
        if operation == 'create_key' and version >= 4:      # bucketId of older versions is no field of it
            answer.pop('bucketId', None)
            answer['bucketIds'] = ask.get('bucketIds')
            if answer['bucketIds']: simulator.buckets_of_key[answer['applicationKeyId']] = answer['bucketIds']
        if answer.get('fileId') and answer.get('bucketId'):     # the simulator forgets this for copies
            simulator.file_id_to_bucket_id[answer['fileId']] = answer['bucketId']
        if operation == 'get_download_authorization':
            answer['authorizationToken'] += '_%d' % next(TOKENS)
            ends = time.monotonic() + int(ask['validDurationInSeconds'])
            download_tokens[answer['authorizationToken']] = answer['bucketId'], answer['fileNamePrefix'], ends
        if 'uploadUrl' in answer:
            target = 'b2_upload_part/' if operation == 'get_upload_part_url' else 'b2_upload_file/'
            place = '%s/b2api/v%d/%s' % (self.base(), version, target)
            answer['uploadUrl'] = answer['uploadUrl'].replace(FAKE_UPLOAD_HOST, place)
        return 200, answer, {}

    def test_mode(self, mode):
        return self.headers.get('X-Bz-Test-Mode') == mode

    def base(self):
        return 'http://' + (self.headers.get('Host') or BASE[7:])

    @staticmethod
    def check_visible(ask):
        """The simulator hides whatever it is told to; B2 refuses what is not there or hidden already."""
        file = newest(simulator._get_bucket_by_id(ask.get('bucketId')), ask.get('fileName'))
        if file is None: raise Refused(400, 'no_such_file')
        if not file.is_visible(): raise Refused(400, 'already_hidden')

    @staticmethod
    def check_token(token):
        if token not in simulator.auth_token_to_key: raise Refused(401, 'bad_auth_token')
        if token in simulator.expired_auth_tokens: raise Refused(401, 'expired_auth_token')

    @staticmethod
    def bucket_of(file_id):
        if file_id not in simulator.file_id_to_bucket_id: raise Refused(404, 'file_not_present')
        return simulator._get_bucket_by_id(simulator.file_id_to_bucket_id[file_id])

    @staticmethod
    def control(what, query):
        if what == 'expire-tokens':
            for token in list(simulator.auth_token_to_key): simulator.expire_auth_token(token)
        elif what == 'fail-uploads':
            failures.extend([query.get('code') or 'service_unavailable'] * int(query.get('count') or 1))
        elif what == 'fail':
            headers = {'Retry-After': query['retry-after']} if 'retry-after' in query else {}
            refusal = int(query['status']), query.get('code', ''), '', headers
            refusals.setdefault(query['operation'], []).extend([refusal] * int(query.get('count') or 1))
        elif what == 'publish':
            simulator._get_bucket_by_name(query['bucket']).bucket_type = 'allPublic'
        elif what == 'requests':
            seen, requests[:] = list(requests), []
            return 200, {'requests': seen}, {}
        else:
            raise Refused(404, 'not_found')
        return 200, {}, {}

    def authorize(self, version, token):
        try: key_id, _, key = base64.b64decode((token or '').split(' ')[-1]).decode().partition(':')
        except ValueError: raise Refused(401, 'bad_auth_token')
        answer = simulator.authorize_account(BASE, key_id, key)
        several = simulator.buckets_of_key.get(key_id)
        if several is not None and version < 4: raise Refused(401, 'unsupported', 'this key wants version 4')
        answer['recommendedPartSize'] = max(MIN_PART_SIZE, min(100000000, MIN_PART_SIZE * 20))
        for name in ('apiUrl', 'downloadUrl', 's3ApiUrl'): answer[name] = self.base()
        if version >= 3:
            allowed = answer.pop('allowed')
            urls = {k: answer.pop(k) for k in
                    ('apiUrl', 'downloadUrl', 'recommendedPartSize', 'absoluteMinimumPartSize', 's3ApiUrl')}
            if version == 3:
                narrow = {**allowed, 'infoType': 'storageApi'}
            else:
                one = allowed.pop('bucketId', None)
                allowed.pop('bucketName', None)
                ids = several or ([one] if one else [])
                named = [{'id': each, 'name': self.name_of(each)} for each in ids]
                narrow = {'allowed': {**allowed, 'buckets': named or None}}
            answer['apiInfo'] = {'storageApi': {**urls, **narrow}}
            answer['applicationKeyExpirationTimestamp'] = None
        return 200, answer, {}

    @staticmethod
    def name_of(bucket_id):
        """The name of a bucket; None once it is removed."""
        bucket = simulator.bucket_id_to_bucket.get(bucket_id)
        return bucket and bucket.bucket_name

    def download(self, token, path, file_id):
        if path is None:
            bucket, name = self.bucket_of(file_id), None
            url = BASE + '/b2api/v2/b2_download_file_by_id?fileId=' + file_id
        else:
            _, _, bucket_name, name = (path + '/').split('/', 3) if path.count('/') < 3 else path.split('/', 3)
            name = unquote_plus(name)
            if bucket_name not in simulator.bucket_name_to_bucket or not name: raise Refused(404, 'not_found')
            bucket = simulator._get_bucket_by_name(bucket_name)
            file = newest(bucket, name)     # the simulator's own takes an unfinished large file for the newest
            if file is None or not file.is_visible(): raise Refused(404, 'not_found')
            url = BASE + '/b2api/v2/b2_download_file_by_id?fileId=' + file.file_id
        if bucket.bucket_type != 'allPublic':       # the simulator does not check this
            if token in download_tokens:
                bucket_id, prefix, ends = download_tokens[token]
                if time.monotonic() >= ends: raise Refused(401, 'expired_auth_token')
                if bucket_id != bucket.bucket_id or not (name or '').startswith(prefix):
                    raise Refused(401, 'unauthorized')
            else:
                self.check_token(token)
                simulator._assert_account_auth(BASE, token, bucket.account_id, 'readFiles', bucket.bucket_id, name)
        account_token = token if token in simulator.auth_token_to_key else None
        if not hasattr(simulator, 'current_token'): simulator.current_token = None

        def fetch(wanted):
            with simulator.download_file_from_url(
                    account_token, url, range_=wanted, encryption=header_encryption(self.headers)) as file: return file

        file, status = fetch(None), 200
        span = re.fullmatch(r'bytes=(\d*)-(\d*)', self.headers.get('Range') or '')
        if span and (span[1] or span[2]):
            size = len(file.data_bytes)
            first = int(span[1]) if span[1] else max(0, size - int(span[2]))
            last = min(int(span[2]), size - 1) if span[1] and span[2] else size - 1
            if first >= size or first > last: raise Refused(416, 'range_not_satisfiable')
            file, status = fetch((first, last)), 206
        return status, file.data_bytes, {**file.headers, 'accept-ranges': 'bytes'}

    def upload(self, operation, token, rest, data):
        headers = self.headers
        url = FAKE_UPLOAD_HOST + rest
        if token != url: raise Refused(401, 'bad_auth_token')      # the simulator uses the URL as the token
        if rest.rsplit('/', 1)[-1] in simulator.expired_auth_tokens: raise Refused(401, 'expired_auth_token')
        if url in refused_uploads: raise Refused(400, 'bad_request', 'this upload URL has failed before')
        if self.test_mode('force_cap_exceeded'): raise Refused(403, 'cap_exceeded')
        if self.test_mode('fail_some_uploads') and next(tested) % 2 == 0: failures.append('service_unavailable')
        if failures:
            refused_uploads.add(url)
            raise Refused(503, failures.pop(0))
        sha1 = headers.get('X-Bz-Content-Sha1')
        if not sha1: raise Refused(400, 'bad_request', 'X-Bz-Content-Sha1 is missing')
        if sha1 == 'hex_digits_at_end': sha1, data = data[-40:].decode(), data[:-40]
        unverified = sha1 == 'do_not_verify'
        if unverified: sha1 = hashlib.sha1(data).hexdigest()
        if hashlib.sha1(data).hexdigest() != sha1:
            raise Refused(400, 'bad_request', 'Sha1 did not match data received')
        sse = header_encryption(headers)
        if operation == 'upload_part':
            number = int(headers['X-Bz-Part-Number'])
            return 200, simulator.upload_part(url, token, number, len(data), sha1, io.BytesIO(data), sse), {}
        kind = headers.get('Content-Type') or 'b2/x-auto'
        if kind == 'b2/x-auto': kind = 'application/octet-stream'
        info = {k[10:].lower(): unquote(v) for k, v in headers.items() if k.lower().startswith('x-bz-info-')}
        hold = headers.get('X-Bz-File-Legal-Hold')
        answer = simulator.upload_file(
            url, token, unquote_plus(headers['X-Bz-File-Name']), len(data), kind, sha1, info, io.BytesIO(data), sse,
            header_retention(headers), LegalHold(hold) if hold else None)
        if unverified: answer['contentSha1'] = 'unverified:' + sha1
        return 200, answer, {}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


Server(('127.0.0.1', PORT), Handler).serve_forever()
