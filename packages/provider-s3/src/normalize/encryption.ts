/**
 * Encryption at the service: with its own keys, with one of its key management, or with a key of the customer's.
 */
import type { ProviderPlugin } from "@mooring/core"
import * as Redacted from "effect/Redacted"
import { createHash } from "node:crypto"
import type { S3Config } from "../S3Config.ts"
import type { CustomerKey, S3Settings } from "../S3Settings.ts"

type Config = typeof S3Config.Type
type Issue = ProviderPlugin.Issue

/** The only algorithm that services have for keys of customers, and the length of its keys in bytes. */
const algorithm = "AES256"
const keyLength = 32

const issue = (name: keyof Config, code: Issue["code"], detail: string, suggestion?: string): Issue => ({
  pointer: `#/${name}`,
  code,
  detail,
  ...(suggestion !== undefined && { suggestion })
})

/** The bytes of the key; undefined if there is none, or if its base64 is none. */
const keyBytes = (config: Config): Uint8Array | undefined => {
  const text = Redacted.value(config.sse_customer_key)
  if (text !== "") return Buffer.from(text)
  const base64 = Redacted.value(config.sse_customer_key_base64)
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, "base64") : undefined
}

const md5Of = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("base64")

/** Which of the two options holds the key. */
const keyOption = (config: Config) =>
  Redacted.value(config.sse_customer_key) === "" ? "sse_customer_key_base64" : "sse_customer_key"

/** What is wrong with the options of encryption. */
export const encryptionIssues = (config: Config): ReadonlyArray<Issue> => {
  const key = keyBytes(config)
  const written = key !== undefined || Redacted.value(config.sse_customer_key_base64) !== ""
  const md5 = Redacted.value(config.sse_customer_key_md5)
  const issues: Array<Issue> = []
  if (config.sse_kms_key_id !== "" && !config.server_side_encryption.startsWith("aws:kms")) {
    issues.push(issue("server_side_encryption", "missing_field", "is needed beside sse_kms_key_id", "aws:kms"))
  }
  if (!written && (config.sse_customer_algorithm !== "" || md5 !== "")) {
    const beside = config.sse_customer_algorithm === "" ? "sse_customer_key_md5" : "sse_customer_algorithm"
    issues.push(issue("sse_customer_key", "missing_field", `is needed beside ${beside}`))
  }
  if (config.sse_customer_algorithm !== "" && config.sse_customer_algorithm !== algorithm) {
    issues.push(issue("sse_customer_algorithm", "invalid_value", `must be ${algorithm}`, algorithm))
  }
  if (written && key?.byteLength !== keyLength) {
    const detail =
      key === undefined ? "must be base64" : `must be a key of ${keyLength} bytes and has ${key.byteLength}`
    issues.push(issue(keyOption(config), "invalid_value", detail))
  } else if (key !== undefined && md5 !== "" && md5 !== md5Of(key)) {
    issues.push(
      issue("sse_customer_key_md5", "invalid_value", "is not the MD5 of the key; leave it out to have it made")
    )
  }
  return issues
}

/** The settings of encryption, of options without an issue. */
export const encryptionOf = (config: Config): Pick<S3Settings, "encryption" | "customerKey"> => {
  const key = keyBytes(config)
  const customerKey: CustomerKey | undefined =
    key === undefined
      ? undefined
      : { algorithm, base64: Redacted.make(Buffer.from(key).toString("base64")), md5: md5Of(key) }
  return {
    encryption:
      config.server_side_encryption === ""
        ? undefined
        : { algorithm: config.server_side_encryption, kmsKeyId: config.sse_kms_key_id },
    customerKey
  }
}
