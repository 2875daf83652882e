/** What every case gets: a fresh double with one object in it, and the vendor's client on it. */
import { Storage, type StorageOptions } from "@google-cloud/storage"
import { GoogleAuth, JWT } from "google-auth-library"
import { defaultServiceAccount, newServiceAccount, startStorageDouble } from "../index.ts"
import type { Federation, OAuthClient, ServiceAccount, StorageDouble, StorageDoubleOptions } from "../index.ts"
import { storeObject } from "../objects.ts"

export interface Fixture {
  readonly double: StorageDouble
  readonly client: Storage
  /** `127.0.0.1:<port>`. */
  readonly host: string
  /** Another client, with the key of this account. */
  readonly as: (account: ServiceAccount) => Storage
  /** A client whose requests have no token. */
  readonly anonymous: Storage
}

export const bucket = "bucket"

/** The object that is there from the start. */
export const stored = "stored"

export const storedBody = "hello, world"

const may = (name: string, permissions: NonNullable<ServiceAccount["permissions"]>) =>
  newServiceAccount(`${name}@double-project.iam.gserviceaccount.com`, { permissions })

export const reader = may("reader", ["storage.objects.get", "storage.objects.list", "storage.buckets.get"])
export const creator = may("creator", ["storage.objects.create"])
export const getter = may("getter", ["storage.objects.get"])
export const user = { email: "user@example.com" }
export const machine = { email: "machine@double-project.iam.gserviceaccount.com" }
export const client: OAuthClient = {
  id: "client",
  secret: "client-secret",
  identity: { email: "client@example.com" },
  refreshTokens: { refresh: user }
}
/** May act as the next, and that one as the reader. */
export const second = newServiceAccount("second@double-project.iam.gserviceaccount.com", { actsAs: [reader.email] })
export const acting = newServiceAccount("acting@double-project.iam.gserviceaccount.com", { actsAs: [second.email] })

const provider = (name: string) =>
  `//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/pool/providers/${name}`

/** An identity of another provider. */
export const federated = { email: "principal://pool/subject/federated", actsAs: [reader.email] }
export const subjectToken = "subject-token"
export const pool: Federation = {
  audience: provider("oidc"),
  tokenType: "urn:ietf:params:oauth:token-type:jwt",
  subjects: { [subjectToken]: federated }
}
export const awsKey = { accessKeyId: "AKIAFEDERATED", secretAccessKey: "aws-secret", token: "aws-session" }
export const awsPool: Federation = {
  audience: provider("aws"),
  tokenType: "urn:ietf:params:aws:token-type:aws4_request",
  awsKeys: {
    [awsKey.accessKeyId]: { secretAccessKey: awsKey.secretAccessKey, sessionToken: awsKey.token, identity: federated }
  }
}
export const stranger = newServiceAccount("stranger@elsewhere.iam.gserviceaccount.com")

export const platform = "https://www.googleapis.com/auth/cloud-platform"
export const fullControl = "https://www.googleapis.com/auth/devstorage.full_control"

/**
 * The vendor's client for keys of service accounts. Its token endpoint is fixed, as the audience of its assertions:
 * both are replaced by the double's.
 */
export const jwtOf = (double: StorageDouble, { email, privateKey }: ServiceAccount, scope = fullControl): JWT => {
  const additionalClaims = { aud: double.tokenUrl }
  const client = new JWT({ email, key: privateKey, scopes: [scope], additionalClaims })
  client.transporter.interceptors.request.add({
    resolved: (config) => {
      if (config.url.href === "https://oauth2.googleapis.com/token") config.url = new URL(double.tokenUrl)
      return Promise.resolve(config)
    }
  })
  return client
}

const options = (double: StorageDouble): StorageOptions => ({
  apiEndpoint: double.endpoint,
  projectId: double.project,
  retryOptions: { autoRetry: false, maxRetries: 0 }
})

const clientAs = (double: StorageDouble, account: ServiceAccount): Storage => {
  const auth = new GoogleAuth({ authClient: jwtOf(double, account) })
  // What it signs URLs with.
  auth.jsonContent = JSON.parse(double.keyFile(account))
  return new Storage({ ...options(double), useAuthWithCustomEndpoint: true, authClient: auth })
}

/** Runs with a double that has the bucket `bucket` and in it the object `stored`, and closes it. */
export const withFixture = async <A>(
  run: (fixture: Fixture) => Promise<A>,
  doubleOptions: StorageDoubleOptions = {}
): Promise<A> => {
  const accounts = [defaultServiceAccount, reader, creator, getter, second, acting]
  const double = await startStorageDouble({
    buckets: [bucket, "empty"],
    serviceAccounts: accounts,
    clients: [client],
    federations: [pool, awsPool],
    machine,
    ...doubleOptions
  })
  const metadata = { colour: "blue" }
  const there = double.buckets.get(bucket)
  if (there !== undefined)
    storeObject(
      there,
      { name: stored, body: Buffer.from(storedBody), attributes: { contentType: "text/plain", metadata } },
      Date.now() - 1000
    )
  try {
    return await run({
      double,
      client: clientAs(double, defaultServiceAccount),
      host: `127.0.0.1:${double.port}`,
      as: (account) => clientAs(double, account),
      anonymous: new Storage({ ...options(double), useAuthWithCustomEndpoint: false })
    })
  } finally {
    await double.close()
  }
}
