/**
 * Partial answers: `nextPageToken,prefixes,items(name,size)`, with slashes as another way to go down.
 *
 * Source: https://cloud.google.com/storage/docs/json_api#partial-response
 */
import { invalidParameter } from "./Refusal.ts"

interface Selection {
  readonly [name: string]: Selection
}

const all: Selection = {}

/** Reads a list of fields up to a closing parenthesis or the end. */
const parse = (text: string, from: number): readonly [Selection, number] => {
  const selection: Record<string, Selection> = {}
  let at = from
  for (;;) {
    const [path] = /^[\w*/]+/.exec(text.slice(at)) ?? []
    if (path === undefined) throw invalidParameter("fields", text)
    at += path.length
    let below = all
    if (text[at] === "(") {
      ;[below, at] = parse(text, at + 1)
      if (text[at] !== ")") throw invalidParameter("fields", text)
      at += 1
    }
    const [first = "", ...rest] = path.split("/")
    const nested = rest.reduceRight<Selection>((inner, name) => ({ [name]: inner }), below)
    selection[first] = { ...selection[first], ...nested }
    if (text[at] !== ",") return [selection, at]
    at += 1
  }
}

const pick = (value: unknown, selection: Selection): unknown => {
  if (Object.keys(selection).length === 0 || "*" in selection) return value
  if (Array.isArray(value)) return value.map((one) => pick(one, selection))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (name in selection ? [[name, pick(one, selection[name]!)]] : []))
  )
}

/** The answer with only what `fields` names; a field that is not there is left out. */
export const selectFields = (body: string, fields: string): string => {
  const [selection, end] = parse(fields, 0)
  if (end !== fields.length) throw invalidParameter("fields", fields)
  return JSON.stringify(pick(JSON.parse(body), selection))
}
