/**
 * The vendor's own clients before the double: python-keystoneclient and python-swiftclient of Debian, which the packages
 * of setups/swift/keystone bring. The server itself is not asked.
 */
import { assert, describe, it } from "@effect/vitest"
import { runProgram } from "@mooring/testkit/vendorDiff"
import * as Effect from "effect/Effect"
import { admissions } from "./double/behaviours.ts"
import { people, tenant } from "./double/identity.ts"
import { startSwiftDouble, type SwiftDouble } from "./double/SwiftDouble.ts"

const { setup } = JSON.parse(process.env["MOORING_SETUP"] ?? "")

const prelude = `
import json, sys
from keystoneclient.v2_0.client import Client
from swiftclient.client import ClientException, Connection
auth, user, password, tenant_id, tenant = sys.argv[1:]

def connection(**options):
    return Connection(auth, user, password, auth_version='2', tenant_name=tenant, retries=1, starting_backoff=0.01, **options)

def show(value): print(json.dumps(value))
`

/** Programs, and what they must print. */
const programs: {
  readonly [Name in keyof typeof admissions]: readonly [string, (double: SwiftDouble) => unknown]
} = {
  passwordCredentials: [
    "show(Client(auth_url=auth, username=user, password=password, tenant_name=tenant).project_id)",
    () => tenant.id
  ],
  tenantById: [
    "show(Client(auth_url=auth, username=user, password=password, tenant_id=tenant_id).project_name)",
    () => tenant.name
  ],
  withoutTenant: ["show(Client(auth_url=auth, username=user, password=password).service_catalog.get_data())", () => []],
  endpoints: [
    "catalog = Client(auth_url=auth, username=user, password=password, tenant_name=tenant).service_catalog\n" +
      "show([catalog.url_for(service_type='object-store', attr='region', filter_value=region, endpoint_type=kind)\n" +
      "    for region, kind in (('ORD', 'publicURL'), ('ORD', 'internalURL'), ('DFW', 'publicURL'))])",
    ({ storageUrl }) => [storageUrl, storageUrl, "http://127.0.0.1:1/v1/DFW"]
  ],
  account: [
    "c = connection()\nc.put_container('b')\nc.put_container('a')\n" +
      "show([c.head_account()['x-account-container-count'], [one['name'] for one in c.get_account()[1]]])",
    () => ["2", ["a", "b"]]
  ],
  containers: [
    "c = connection()\nc.put_container('c é')\ncount = c.head_container('c é')['x-container-object-count']\n" +
      "c.delete_container('c é')\nshow([count, c.get_account()[1]])",
    () => ["0", []]
  ],
  objects: [
    "c = connection()\nc.put_container('c')\netag = c.put_object('c', 'a b%2F', b'text', content_length=4)\n" +
      "head = c.head_object('c', 'a b%2F')\nbody = c.get_object('c', 'a b%2F')[1].decode()\n" +
      "c.delete_object('c', 'a b%2F')\nshow([etag, head['etag'], head['content-length'], body, c.get_container('c')[1]])",
    () => ["1cb251ec0d568de6a929b520c4aed8d1", "1cb251ec0d568de6a929b520c4aed8d1", "4", "text", []]
  ],
  pages: [
    "c = connection()\nc.put_container('c')\nfor name in ('b', 'é', 'a', '\\U00010348', '\\uff5e'): c.put_object('c', name, b'x')\n" +
      "pages, marker = [], None\n" +
      "while True:\n    page = c.get_container('c', limit=2, marker=marker)[1]\n    if not page: break\n" +
      "    marker = page[-1]['name']\n    pages.append([one['name'] for one in page])\nshow(pages)",
    () => [["a", "b"], ["é", "\uff5e"], ["\u{10348}"]]
  ],
  delimiter: [
    "c = connection()\nc.put_container('c')\nfor name in ('d/a', 'd/e/b', 'd/e/c', 'f'): c.put_object('c', name, b'x')\n" +
      "show([one.get('name') or one['subdir'] for one in c.get_container('c', prefix='d/', delimiter='/')[1]])",
    () => ["d/a", "d/e/"]
  ],
  renewal: [
    "c = connection()\nc.put_container('c')\nc.token = 'refused'\nc.put_container('d')\n" +
      "show([one['name'] for one in c.get_account()[1]])",
    () => ["c", "d"]
  ]
}

describe.runIf(setup === "keystone")("the vendor's clients and the double", () => {
  for (const [name, { rule }] of Object.entries(admissions)) {
    it.live(rule, () =>
      Effect.gen(function* () {
        const double = yield* startSwiftDouble
        const [program, expected] = programs[name as keyof typeof programs]
        const args = [double.auth, people.user, people.password, tenant.id, tenant.name]
        const printed = yield* runProgram("/usr/bin/python3", ["-W", "ignore", "-c", prelude + program, ...args], {
          env: { no_proxy: "127.0.0.1", PYTHONIOENCODING: "utf-8", LC_ALL: "C.UTF-8" }
        })
        assert.deepStrictEqual(JSON.parse(printed.toString()), expected(double))
      }).pipe(Effect.scoped)
    )
  }
})
