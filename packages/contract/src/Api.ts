/**
 * The API as one value: for documents and typed clients.
 */
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { endpoints } from "./endpoints.ts"

const { health, ready, openapi, providers, provider, testProvider } = endpoints
const { connect, backends, backend, changeBackend, removeBackend } = endpoints
const { entries, createEntry, removeEntry, copyEntry, moveEntry, linkEntry } = endpoints
const { createMount, mounts, mount, removeMount } = endpoints
const { getContent, headContent, putContent, removeContent } = endpoints

/** All routes, in five groups. */
export const Api = HttpApi.make("mooring").add(
  HttpApiGroup.make("system").add(health, ready, openapi),
  HttpApiGroup.make("providers").add(providers, provider, testProvider),
  HttpApiGroup.make("backends").add(connect, backends, backend, changeBackend, removeBackend),
  HttpApiGroup.make("mounts").add(createMount, mounts, mount, removeMount),
  HttpApiGroup.make("files").add(
    entries,
    createEntry,
    removeEntry,
    copyEntry,
    moveEntry,
    linkEntry,
    getContent,
    headContent,
    putContent,
    removeContent
  )
)
