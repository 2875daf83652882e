import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { request } from "node:https"
import { text } from "node:stream/consumers"
import { issue, makeAuthority, securing } from "../../src/doctor/index.ts"
import { rawServer } from "../../src/faults/index.ts"

it.live("a service behind HTTPS names itself by the address at which it was asked", () =>
  Effect.gen(function* () {
    const origin: string = yield* rawServer((asked, response) => {
      const named = [`http://${asked.headers.host}/host`, `${origin}/own`, "http://127.0.0.1:1/other"]
      response.writeHead(200, { "content-type": "application/json", location: named[1] }).end(JSON.stringify(named))
    })
    const authority = makeAuthority("Authority of tests")
    const port = yield* securing(issue(["localhost"], authority), Number(new URL(origin).port))
    const answer = yield* Effect.callback<{ readonly location: string | undefined; readonly body: string }, Error>(
      (resume) => {
        const options = { host: "localhost", port, path: "/", ca: authority.certificate, agent: false, family: 4 }
        request(options, (incoming) => {
          text(incoming).then(
            (body) => resume(Effect.succeed({ location: incoming.headers.location, body })),
            (error: Error) => resume(Effect.fail(error))
          )
        })
          .on("error", (error) => resume(Effect.fail(error)))
          .end()
      }
    )
    const own = `https://localhost:${port}`
    assert.strictEqual(answer.location, `${own}/own`)
    assert.deepStrictEqual(JSON.parse(answer.body), [`${own}/host`, `${own}/own`, "http://127.0.0.1:1/other"])
  })
)
