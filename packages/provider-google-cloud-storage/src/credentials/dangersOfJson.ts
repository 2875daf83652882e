/**
 * What the JSON of an identity would make a server do: ask at addresses, open files, run programs, or lend its own
 * identity. It reads more than `identityOf` takes, so that nothing depends on what is supported.
 */
import type { DangerFound } from "@mooring/core/options/annotation"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"

/** Where the text of an address may hold more than host and port, that is left out. */
const originOf = (address: string): string => URL.parse(address)?.origin ?? "an address that is not valid"

/** The dangers in one value, by the name of the member that holds it. */
const found = (name: string, value: unknown): ReadonlyArray<DangerFound> => {
  if (Predicate.isObject(value) || Array.isArray(value)) {
    const below = Object.entries(value).flatMap(([member, inner]) => found(member, inner))
    if (name === "certificate") return [{ danger: "server-file", value: "certificates of the machine" }, ...below]
    return name === "executable" ? [{ danger: "exec", value: "a program" }, ...below] : below
  }
  if (!Predicate.isString(value) || value === "") return []
  if (name === "file" || name === "output_file") return [{ danger: "server-file", value }]
  if (name === "environment_id") return [{ danger: "ambient-identity", value }]
  // Addresses are where they are used, whatever the name: those that hold no token are asked for nothing.
  return /^(url|token_ur[il]|.*_url)$/.test(name) ? [{ danger: "url", value: originOf(value) }] : []
}

/** The dangers in the JSON of an identity; none in what is no JSON, which is refused. */
export const dangersOfJson = (json: Redacted.Redacted<string>): ReadonlyArray<DangerFound> =>
  Option.match(Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Unknown))(Redacted.value(json)), {
    onNone: () => [],
    onSome: (document) => found("", document)
  })
