/** The endpoint as it is written, and what answers there that is no service of storage. */
import * as Effect from "effect/Effect"
import { family, type DoctorCase } from "../DoctorCase.ts"
import type { DoctorSubject } from "../DoctorSubject.ts"
import { page, saying, text, withService } from "../worlds.ts"

const malformed: Readonly<Record<string, string>> = {
  "htp://": "htp://store.test",
  "https//": "https//store.test",
  "http:/ with one slash": "http:/store.test",
  "user info": "https://key:pass@store.test",
  "a port out of range": "http://store.test:99999",
  "a space in it": "http://store .test",
  "a query": "https://store.test/?x=1",
  "dot segments": "https://store.test/a/../b"
}

/** Something answers, and it is none of ours. */
const others = {
  "the console instead of the API": page(200, "Console"),
  "the console, which has no such page": page(404, "Not found"),
  "a web server with 404 in text": text(404, "404 page not found\n"),
  "a web server with 403 in text": text(403, "Forbidden\n"),
  "an API of JSON": { status: 200, headers: { "content-type": "application/json" }, body: '{"status":"ok"}' },
  "an API of JSON that wants a token": {
    status: 401,
    headers: { "content-type": "application/json" },
    body: '{"error":"token"}'
  },
  "an API of other XML": { status: 200, headers: { "content-type": "text/xml" }, body: "<rss><channel/></rss>" },
  "a service with nothing to say": { status: 200 }
}

export const endpoint = (subject: DoctorSubject): ReadonlyArray<DoctorCase> =>
  family("endpoint", [
    { name: "right", arrange: withService(subject, ({ at }) => ({ at, write: true })), finding: "passed" },
    ...Object.entries(malformed).map(([name, address]) => ({
      name,
      arrange: Effect.succeed({ config: subject.optionsFor(address) }),
      finding: `options invalid_value ${subject.endpoint}`,
      suggestion: "http or https"
    })),
    ...Object.entries(others).map(([name, said]) => ({
      name,
      arrange: saying(subject, said),
      finding: `authenticate failed not_a_storage_endpoint ${subject.endpoint}`,
      suggestion: name.startsWith("the console") ? "console" : subject.api
    }))
  ])
