/**
 * The OpenAPI document, with the concrete path of each installed provider instead of a template.
 */
import * as OpenApi from "effect/http-api/OpenApi"
import { Api } from "./Api.ts"

/** What the document needs of a provider. */
export interface DocumentedProvider {
  readonly id: string
  readonly title: string
  readonly jsonSchema: Readonly<Record<string, unknown>>
}

type Operation = Readonly<Record<string, unknown>> & {
  readonly parameters?: ReadonlyArray<{ readonly name: string }>
}

const isTemplate = (path: string) => path.includes("{provider}") && path !== "/api/v1/providers/{provider}"

const camel = (id: string) => id.replace(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase())

/** The operation for one provider: its own body, and the name of the provider no parameter any more. */
const concrete = (operation: Operation, { id, title, jsonSchema }: DocumentedProvider): Operation => ({
  ...operation,
  operationId: `${String(operation["operationId"])}.${camel(id)}`,
  summary: title,
  parameters: (operation.parameters ?? []).filter(({ name }) => name !== "provider"),
  requestBody: { required: true, content: { "application/json": { schema: jsonSchema } } }
})

/** OpenAPI 3.1 of the API on a host with these providers. */
export const openApi = (providers: ReadonlyArray<DocumentedProvider>): Readonly<Record<string, unknown>> => {
  const document = OpenApi.fromApi(Api)
  const paths = Object.entries(document.paths).flatMap(([path, item]): ReadonlyArray<readonly [string, unknown]> =>
    isTemplate(path)
      ? providers.map((one) => [
          path.replace("{provider}", one.id),
          Object.fromEntries(
            Object.entries(item).map(([method, value]) => [method, concrete(value as unknown as Operation, one)])
          )
        ])
      : [[path, item]]
  )
  return {
    ...document,
    info: { title: "Mooring", version: "1" },
    components: { ...document.components, securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
    security: [{ bearer: [] }],
    paths: Object.fromEntries(paths)
  }
}
