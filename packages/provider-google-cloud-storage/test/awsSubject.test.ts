import { assert, it } from "@effect/vitest"
import type { HttpRequest } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { awsSubjectToken, type AuthModule } from "../src/credentials/awsSubject.ts"

const pointer = "#/service_account_credentials"
const metadata = "http://169.254.169.254/latest"

const source = {
  kind: "aws",
  regionUrl: `${metadata}/meta-data/placement/availability-zone`,
  credentialsUrl: `${metadata}/meta-data/iam/security-credentials`,
  sessionTokenUrl: `${metadata}/api/token`
} as const

/** A machine of AWS, as its metadata service tells it, and what was asked. */
const machine = (answers: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) => {
  const asked: Array<HttpRequest> = []
  const unused = () => Effect.die("this is not used")
  return {
    asked,
    doors: {
      pointer,
      transport: {
        connectTls: unused,
        request: (request: HttpRequest) =>
          Effect.sync(() => {
            asked.push(request)
            const text = answers[`${request.method} ${request.path}`]
            return {
              status: text === undefined ? 404 : 200,
              headers: {},
              body: Stream.make(new Uint8Array(Buffer.from(text ?? "")))
            }
          })
      },
      ambient: { env: (name: string) => Effect.succeed(env[name]), readFile: unused, run: unused }
    }
  }
}

const answers = {
  "PUT /latest/api/token": "session-of-metadata",
  "GET /latest/meta-data/placement/availability-zone": "eu-west-1b",
  "GET /latest/meta-data/iam/security-credentials": "role",
  "GET /latest/meta-data/iam/security-credentials/role":
    '{"AccessKeyId":"AKIA","SecretAccessKey":"secret","Token":"session"}'
}

/** A library that says with what it would sign. */
const library = (): Promise<AuthModule> =>
  Promise.resolve({
    AwsClient: class {
      readonly supplier: ConstructorParameters<AuthModule["AwsClient"]>[0]["aws_security_credentials_supplier"]
      constructor(options: ConstructorParameters<AuthModule["AwsClient"]>[0]) {
        this.supplier = options.aws_security_credentials_supplier
      }
      async retrieveSubjectToken() {
        return JSON.stringify([await this.supplier.getAwsRegion(), await this.supplier.getAwsSecurityCredentials()])
      }
    }
  })

it.effect("region and keys are those of the machine where the environment has none", () =>
  Effect.gen(function* () {
    const { asked, doors } = machine(answers)
    const token = yield* awsSubjectToken(doors, "audience", source, library)
    assert.deepStrictEqual(JSON.parse(Redacted.value(token)), [
      "eu-west-1",
      { accessKeyId: "AKIA", secretAccessKey: "secret", token: "session" }
    ])
    const reads = asked.filter(({ method }) => method === "GET")
    assert.isTrue(reads.every(({ headers }) => headers?.["x-aws-ec2-metadata-token"] === "session-of-metadata"))
  })
)

it.effect("the environment stands above the machine, which is not asked then", () =>
  Effect.gen(function* () {
    const env = { AWS_DEFAULT_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "AKIB", AWS_SECRET_ACCESS_KEY: "other" }
    const { asked, doors } = machine({}, env)
    const token = yield* awsSubjectToken(doors, "audience", source, library)
    assert.deepStrictEqual(JSON.parse(Redacted.value(token)), [
      "us-east-1",
      { accessKeyId: "AKIB", secretAccessKey: "other" }
    ])
    assert.deepStrictEqual(asked, [])
  })
)

it.effect("what is missing is named: the package, a region, keys", () =>
  Effect.gen(function* () {
    const missing = Effect.flip(
      awsSubjectToken(machine(answers).doors, "audience", source, () => Promise.reject(new Error("not installed")))
    )
    const { reason } = yield* missing
    assert.deepStrictEqual([reason._tag, reason.pointer], ["auth_invalid", pointer])
    assert.strictEqual(reason.suggestion, "npm install google-auth-library")
    const nothing = {
      kind: "aws",
      regionUrl: undefined,
      credentialsUrl: undefined,
      sessionTokenUrl: undefined
    } as const
    const region = yield* Effect.flip(awsSubjectToken(machine({}).doors, "audience", nothing, library))
    assert.include(region.reason.suggestion, "AWS_REGION")
    const keys = yield* Effect.flip(
      awsSubjectToken(machine({}, { AWS_REGION: "us-east-1" }).doors, "audience", nothing, library)
    )
    assert.include(keys.reason.suggestion, "AWS_ACCESS_KEY_ID")
  })
)
