/**
 * Keys that the service gives to a token of Microsoft Entra, to sign links with.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/get-user-delegation-key
 */
import { signedTime, type DelegationKey } from "@mooring/azure/sas"
import { StorageError } from "@mooring/core"
import { writeXml } from "@mooring/core/xml/writeXml"
import { textOf } from "@mooring/core/xml/XmlElement"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { documentNamed } from "../wire.ts"
import type { BlobClient } from "./BlobClient.ts"

/** Get User Delegation Key, valid between two times in milliseconds since 1970, at most a week apart. */
export const delegationKey = Effect.fnUntraced(function* (client: BlobClient, starts: number, expires: number) {
  const body = yield* Effect.fromResult(
    writeXml([
      "KeyInfo",
      [
        ["Start", signedTime(starts)],
        ["Expiry", signedTime(expires)]
      ]
    ])
  )
  const query = { restype: "service", comp: "userdelegationkey" }
  const headers = { "content-type": "application/xml" }
  const root = yield* documentNamed(yield* client.send({ method: "POST", query, headers, body }), "UserDelegationKey")
  const text = (name: string): string => textOf(root, name) ?? ""
  const key: DelegationKey = {
    objectId: text("SignedOid"),
    tenantId: text("SignedTid"),
    starts: text("SignedStart"),
    expires: text("SignedExpiry"),
    service: text("SignedService"),
    version: text("SignedVersion"),
    value: Redacted.make(text("Value"))
  }
  const whole = [key.objectId, key.tenantId, key.starts, key.expires, key.service, key.version, text("Value")]
  return whole.includes("")
    ? yield* StorageError.of("integrity_error", "the key that the service gave has something missing")
    : key
}, Effect.scoped)
