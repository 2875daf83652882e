/**
 * What the cases meet: the service itself, or a server that says what a case makes it say.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { rawServer } from "../faults/rawServer.ts"
import type { Config, Situation } from "./DoctorCase.ts"
import type { DoctorSubject, Service } from "./DoctorSubject.ts"

/** Makes the world of a case, which lives in the Scope. */
export type Arranged = Effect.Effect<Situation, never, Scope.Scope>

/** The member of a situation, where the service has an inventory. */
export const inventoryOf = ({ inventory }: Service): Pick<Situation, "inventory"> =>
  inventory === undefined ? {} : { inventory }

/** The situation of somebody who wrote what is right for the service; `change` says what is wrong. */
export const withService = (
  { service, optionsFor }: DoctorSubject,
  change: (service: Service) => Partial<Situation> = () => ({})
): Arranged =>
  Effect.map(service, (it) => {
    const { config, ...rest } = change(it)
    return { config: { ...optionsFor(it.origin), ...config }, ...inventoryOf(it), ...rest }
  })

/** An answer of a server that is not the service. */
export interface Said {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Leaves out the header `date`. */
  readonly undated?: boolean
}

/** A page of the web. */
export const page = (status: number, title: string): Said => ({
  status,
  headers: { "content-type": "text/html" },
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body>${title}</body></html>`
})

/** Plain words. */
export const text = (status: number, body: string): Said => ({
  status,
  headers: { "content-type": "text/plain" },
  body
})

/** A server that says the same to everybody, or what it makes of path and host; options are those for its origin. */
export const saying = (
  { optionsFor }: { readonly optionsFor: (endpoint: string) => Config },
  said: Said | ((path: string, host: string) => Said),
  situation: (origin: string) => Partial<Situation> = () => ({})
): Arranged =>
  Effect.map(
    rawServer((request, response) => {
      const answer = typeof said === "function" ? said(request.url ?? "", request.headers.host ?? "") : said
      if (answer.undated === true) response.sendDate = false
      response.writeHead(answer.status, answer.headers).end(answer.body)
    }),
    (origin) => {
      const { config, ...rest } = situation(origin)
      return { config: { ...optionsFor(origin), ...config }, ...rest }
    }
  )
