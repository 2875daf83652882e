/** Identities as `google-auth-library` takes them. */
import { assert } from "@effect/vitest"
import { Compute, GoogleAuth, OAuth2Client, UserRefreshClient } from "google-auth-library"
import type { Admission } from "./Admission.ts"
import { bases, tokenRequest } from "./bases.ts"
import {
  bucket,
  client,
  storedBody,
  fullControl,
  jwtOf,
  machine,
  reader,
  stored,
  user,
  type Fixture
} from "./fixture.ts"
import { send } from "./wire.ts"

type AuthClient = Pick<OAuth2Client, "request">

/** Reads the stored object with the client's own requests, and tells whom the double saw. */
export const readAs = async (auth: AuthClient, { double }: Fixture, query = ""): Promise<string | undefined> => {
  const url = `${double.endpoint}/storage/v1/b/${bucket}/o/${stored}?alt=media${query}`
  const { data } = await auth.request<string>({ url, responseType: "text" })
  assert.strictEqual(data, storedBody)
  return double.requests.at(-1)?.identity
}

/** While this runs, the vendor's library takes the double for the metadata server. */
const onMachine = async <A>({ host }: Fixture, run: () => Promise<A>): Promise<A> => {
  Object.assign(process.env, { GCE_METADATA_HOST: host, METADATA_SERVER_DETECTION: "assume-present" })
  try {
    return await run()
  } finally {
    delete process.env["GCE_METADATA_HOST"]
    delete process.env["METADATA_SERVER_DETECTION"]
  }
}

const accessToken = (token: string): OAuth2Client => {
  const auth = new OAuth2Client()
  auth.setCredentials({ access_token: token })
  return auth
}

export const identityRuns = {
  serviceAccount: {
    run: async (fixture) => assert.strictEqual(await readAs(jwtOf(fixture.double, reader), fixture), reader.email)
  },
  refreshToken: {
    run: async (fixture) => {
      const auth = new UserRefreshClient({
        clientId: client.id,
        clientSecret: client.secret,
        refreshToken: "refresh",
        endpoints: { oauth2TokenUrl: fixture.double.tokenUrl }
      })
      assert.strictEqual(await readAs(auth, fixture), user.email)
    }
  },
  clientCredentials: {
    run: async (fixture) => {
      const { double } = fixture
      const basic = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`
      const grant = tokenRequest(fixture, { grant_type: "client_credentials", scope: fullControl })
      const inHeader = { ...grant, headers: { ...grant.headers, authorization: basic } }
      for (const request of [bases.credentials(fixture), inHeader]) {
        const { access_token, expires_in, token_type } = JSON.parse((await send(double.port, request)).body)
        assert.deepStrictEqual([expires_in, token_type], [3600, "Bearer"])
        assert.strictEqual(await readAs(accessToken(access_token), fixture), client.identity?.email)
      }
    }
  },
  machine: {
    run: (fixture) =>
      onMachine(fixture, async () => {
        assert.strictEqual(await readAs(new Compute(), fixture), machine.email)
        const auth = new GoogleAuth({ authClient: new Compute() })
        assert.strictEqual(await auth.getProjectId(), fixture.double.project)
        assert.strictEqual((await auth.getCredentials()).client_email, machine.email)
      })
  },
  accessToken: {
    run: async (fixture) =>
      assert.strictEqual(await readAs(accessToken(fixture.double.tokenFor(user)), fixture), user.email)
  },
  userProject: {
    options: { buckets: [{ name: bucket, requesterPays: true }] },
    run: async (fixture) => {
      const [files] = await fixture.client.bucket(bucket, { userProject: fixture.double.project }).getFiles()
      assert.lengthOf(files, 1)
      assert.include(fixture.double.requests.at(-1)?.path, "userProject=double-project")
    }
  }
} satisfies Record<string, Admission>
