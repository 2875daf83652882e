/** Federation and impersonation as `google-auth-library` runs them. */
import { assert } from "@effect/vitest"
import { ExternalAccountClient, Impersonated, type OAuth2Client } from "google-auth-library"
import type { Admission } from "./Admission.ts"
import { awsClient } from "./awsClient.ts"
import { acting, federated, jwtOf, platform, pool, reader, second, subjectToken, type Fixture } from "./fixture.ts"
import { readAs } from "./identityRuns.ts"

const readOnly = "https://www.googleapis.com/auth/devstorage.read_only"

const poolClient = ({ double }: Fixture, more: object = {}): OAuth2Client => {
  const client = ExternalAccountClient.fromJSON({
    type: "external_account",
    audience: pool.audience,
    subject_token_type: pool.tokenType,
    token_url: double.exchangeUrl,
    subject_token_supplier: { getSubjectToken: () => Promise.resolve(subjectToken) },
    ...more
  } as Parameters<typeof ExternalAccountClient.fromJSON>[0])
  assert.isNotNull(client)
  client!.scopes = [platform]
  return client as unknown as OAuth2Client
}

const impersonated = ({ double }: Fixture, targetPrincipal: string, delegates: Array<string> = []) =>
  new Impersonated({
    sourceClient: jwtOf(double, acting, platform),
    endpoint: double.endpoint,
    targetPrincipal,
    targetScopes: [readOnly],
    delegates,
    lifetime: 600
  })

export const federationRuns = {
  exchange: {
    run: async (fixture) => assert.strictEqual(await readAs(poolClient(fixture), fixture), federated.email)
  },
  exchangeAws: {
    run: async (fixture) =>
      assert.strictEqual(await readAs(awsClient(fixture) as unknown as OAuth2Client, fixture), federated.email)
  },
  exchangeImpersonating: {
    run: async (fixture) => {
      const service_account_impersonation_url = fixture.double.impersonationUrl(reader.email)
      const client = poolClient(fixture, { service_account_impersonation_url })
      assert.strictEqual(await readAs(client, fixture), reader.email)
    }
  },
  impersonate: {
    run: async (fixture) => assert.strictEqual(await readAs(impersonated(fixture, second.email), fixture), second.email)
  },
  impersonateThrough: {
    run: async (fixture) =>
      assert.strictEqual(await readAs(impersonated(fixture, reader.email, [second.email]), fixture), reader.email)
  }
} satisfies Record<string, Admission>
