/** The vendor's client on a double of a zone, and requests by hand that a session signs. */
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3"
import { defaultAccessKey, type AccessKey, type S3Double, type S3DoubleOptions } from "../index.ts"
import { send, sign, type Signer, type Unsigned } from "./wire.ts"

export const directoryBucket = "bucket--usw2-az1--x-s3"

export const inDirectory: S3DoubleOptions = {
  directory: true,
  buckets: [directoryBucket, "other--usw2-az1--x-s3"],
  minimumPartSize: 8
}

/**
 * The vendor's client, which begins sessions and chooses endpoints by itself, for as long as `use` runs. What it signs
 * for an endpoint of Amazon is connected to the double.
 */
export const asVendor = async <A>(
  double: S3Double,
  use: (client: S3Client) => Promise<A>,
  config: S3ClientConfig = {}
): Promise<A> => {
  const client = new S3Client({
    region: double.region,
    credentials: defaultAccessKey,
    maxAttempts: 1,
    ...config
  })
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { protocol: "http:", hostname: "127.0.0.1", port: double.port })
      return next(args)
    },
    { step: "deserialize", priority: "low", name: "toTheDouble" }
  )
  return use(client).finally(() => client.destroy())
}

const textOf = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ""

/** Where a directory bucket is. */
export const hostOf = ({ port }: S3Double, name = directoryBucket): string => `${name}.localhost:${port}`

/** A request that keys of the account sign. */
export const byAccount = (unsigned: Unsigned, signer: Signer = {}) =>
  sign(unsigned, { service: "s3express", ...signer })

/** Keys of a new session, and its token. */
export const beginSession = async (double: S3Double, name = directoryBucket) => {
  const asking = await byAccount({ method: "GET", host: hostOf(double, name), path: "/", query: { session: "" } })
  const { body } = await send(double.port, asking)
  const accessKey: AccessKey = {
    accessKeyId: textOf(body, "AccessKeyId"),
    secretAccessKey: textOf(body, "SecretAccessKey")
  }
  return { accessKey, token: textOf(body, "SessionToken") }
}

/** A request that a session signs. */
export const bySession = async (double: S3Double, unsigned: Unsigned, name?: string) => {
  const { accessKey, token } = await beginSession(double, name)
  const headers = { ...unsigned.headers, "x-amz-s3session-token": token }
  return byAccount({ ...unsigned, headers }, { accessKey })
}
