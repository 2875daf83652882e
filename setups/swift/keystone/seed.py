#!/usr/bin/python3
"""Makes the projects, users, catalog and application credential that this setup hands out.

usage: seed.py KEYSTONE-URL SWIFT-URL ADMIN-PASSWORD    (prints one JSON object)
"""

import json
import sys
import urllib.request

KEYSTONE, SWIFT, ADMIN_PASSWORD = sys.argv[1:]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
DEFAULT = {"id": "default"}


def call(method, path, token=None, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(KEYSTONE + path, method=method, data=data)
    request.add_header("content-type", "application/json")
    if token is not None:
        request.add_header("x-auth-token", token)
    with opener.open(request, timeout=60) as answer:
        text = answer.read()
        return answer.headers, json.loads(text) if text else None


def login(user, password, project):
    user = {"name": user, "domain": DEFAULT, "password": password}
    identity = {"methods": ["password"], "password": {"user": user}}
    scope = {"project": {"name": project, "domain": DEFAULT}}
    return call("POST", "/auth/tokens", body={"auth": {"identity": identity, "scope": scope}})[0]["x-subject-token"]


admin = login("admin", ADMIN_PASSWORD, "admin")


def create(collection, kind, **values):
    return call("POST", "/" + collection, admin, {kind: values})[1][kind]["id"]


def role(name):
    return call("GET", "/roles?name=" + name, admin)[1]["roles"][0]["id"]


def person(name, role_name):
    project = create("projects", "project", name=name, domain_id="default")
    user = create("users", "user", name=name, password=name + "-password", domain_id="default")
    call("PUT", f"/projects/{project}/users/{user}/roles/{role(role_name)}", admin)
    return project, user


person("service", "admin")
catalog = create("services", "service", name="swift", type="object-store")
for interface in "public", "internal", "admin":
    url = SWIFT + "/v1/AUTH_%(tenant_id)s"
    create("endpoints", "endpoint", service_id=catalog, interface=interface, region_id="RegionOne", url=url)
# A region whose object store answers nobody: it is chosen only by name.
create("regions", "region", id="RegionTwo")
create("endpoints", "endpoint", service_id=catalog, interface="public", region_id="RegionTwo", url="http://127.0.0.1:1/v1")

project, user = person("demo", "member")
other_project, _ = person("other", "member")
values = {"name": "application", "secret": "application-secret", "roles": [{"name": "member"}]}
token = login("demo", "demo-password", "demo")
made = call("POST", f"/users/{user}/application_credentials", token, {"application_credential": values})[1]
print(
    json.dumps(
        {
            "storage_url": f"{SWIFT}/v1/AUTH_{project}",
            "ids": {"user": user, "project": project, "application": made["application_credential"]["id"]},
            "other": {"user": "other", "key": "other-password", "tenant": "other"},
        },
        separators=(",", ":"),
    )
)
