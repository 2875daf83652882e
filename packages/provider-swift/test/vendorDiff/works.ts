/**
 * Every work. Where the client has no call of its own for one, it is the call with the query that its command line sends.
 */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { putStaticManifest } from "../../src/SwiftApi.ts"
import type { SwiftWork } from "./Work.ts"

const text = Buffer.from("text")
/** The MD5 of `text`. */
const md5 = "1cb251ec0d568de6a929b520c4aed8d1"

export const works: ReadonlyArray<SwiftWork> = [
  {
    title: "HEAD account",
    operation: "HEAD account",
    theirs: "connection.head_account()",
    ours: ({ store }) => store.check
  },
  {
    title: "GET account, a page",
    operation: "GET account",
    theirs: "connection.get_account(limit=1000)",
    ours: ({ store }) => store.listPage([])
  },
  {
    title: "GET account, the page behind a name",
    operation: "GET account",
    theirs: "connection.get_account(limit=10, marker='a b')",
    ours: ({ store }) => store.listPage([], { limit: 10, cursor: "a b" })
  },
  {
    title: "PUT container",
    operation: "PUT container",
    theirs: "connection.put_container(container + '-new')",
    ours: ({ store, container }) => store.createContainer!([`${container}-new`])
  },
  {
    title: "DELETE container",
    operation: "DELETE container",
    theirs: "connection.delete_container(container + '-empty')",
    ours: ({ store, container }) => store.removeContainer!([`${container}-empty`])
  },
  {
    title: "HEAD container",
    operation: "HEAD container",
    theirs: "connection.head_container(container)",
    ours: ({ store, container }) => store.stat([container])
  },
  {
    title: "GET container, a directory",
    operation: "GET container",
    theirs: "connection.get_container(container, prefix='dir/', delimiter='/', limit=1000)",
    ours: ({ store, container }) => store.listPage([container, "dir"])
  },
  {
    title: "GET container, all names behind one",
    operation: "GET container",
    theirs: "connection.get_container(container, limit=5, marker='a é%')",
    ours: ({ store, container }) => store.listPage([container], { recursive: true, limit: 5, cursor: "a é%" })
  },
  {
    title: "HEAD object",
    operation: "HEAD object",
    theirs: "connection.head_object(container, 'dir/object')",
    ours: ({ store, container }) => store.stat([container, "dir", "object"])
  },
  {
    title: "GET object",
    operation: "GET object",
    theirs: "connection.get_object(container, 'dir/object')",
    ours: ({ store, container }) =>
      Effect.flatMap(store.read([container, "dir", "object"]), ({ body }) => Stream.runDrain(body))
  },
  {
    title: "GET object, a range of what is as it was",
    operation: "GET object",
    theirs: `connection.get_object(container, 'dir/object', headers={'range': 'bytes=1-2', 'if-match': '"${md5}"'})`,
    ours: ({ store, container }) =>
      Effect.flatMap(
        store.read([container, "dir", "object"], { range: { start: 1, end: 2 }, ifMatch: md5 }),
        ({ body }) => Stream.runDrain(body)
      )
  },
  {
    title: "PUT object",
    operation: "PUT object",
    theirs:
      "connection.put_object(container, 'a b%2F+é', b'text', content_length=4, content_type='text/css', " +
      `etag='${md5}', headers={'x-object-meta-colour': 'blue', 'x-object-meta-mtime': '1700000000.123'})`,
    ours: ({ store, container }) =>
      store.write([container, "a b%2F+é"], Stream.make(text), {
        size: 4,
        contentType: "text/css",
        metadata: { colour: "blue" },
        modified: 1_700_000_000_123
      })
  },
  {
    title: "PUT manifest",
    operation: "PUT manifest",
    theirs:
      "connection.put_object(container, 'joined', json.dumps([{'path': '/' + container + '/dir/object', " +
      `'etag': '${md5}', 'size_bytes': 4}], separators=(',', ':')), query_string='multipart-manifest=put')`,
    ours: ({ client, container }) =>
      client.repeated(
        putStaticManifest(client, { container, key: "joined" }, [{ container, key: "dir/object", size: 4, md5 }], {})
      )
  },
  {
    title: "POST object",
    operation: "POST object",
    theirs: "connection.post_object(container, 'dir/object', {'x-object-meta-mtime': '1700000000'})",
    ours: ({ store, container }) => store.setModified!([container, "dir", "object"], 1_700_000_000_000)
  },
  {
    title: "COPY object",
    operation: "COPY object",
    theirs: "connection.copy_object(container, 'dir/object', destination='/' + container + '/a b')",
    ours: ({ store, container }) => store.copy!([container, "dir", "object"], [container, "a b"])
  },
  {
    title: "DELETE object",
    operation: "DELETE object",
    theirs: "connection.delete_object(container, 'dir/object')",
    ours: ({ store, container }) => store.remove([container, "dir", "object"])
  },
  {
    title: "POST bulk delete",
    operation: "POST bulk delete",
    theirs:
      "connection.post_account(headers={'content-type': 'text/plain', 'accept': 'application/json'}, " +
      "query_string='bulk-delete', data='/' + container + '/dir/object\\n/' + container + '/missing%20%C3%A9')",
    ours: ({ store, container }) =>
      store.removeMany!([
        [container, "dir", "object"],
        [container, "missing é"]
      ])
  },
  {
    title: "GET versions",
    operation: "GET versions",
    theirs: "connection.get_container(container, prefix='old', limit=1000, query_string='versions')",
    ours: ({ store, container }) => store.versions!([container, "old"])
  },
  {
    title: "GET version",
    operation: "GET version",
    theirs:
      "versions = connection.get_container(container, prefix='old', limit=1000, query_string='versions')[1]\n" +
      "connection.get_object(container, 'old', query_string='version-id=' + versions[1]['version_id'])",
    ours: Effect.fnUntraced(function* ({ store, container }) {
      const { versions } = yield* store.versions!([container, "old"])
      const { body } = yield* store.read([container, "old"], { version: versions[1]!.id })
      yield* Stream.runDrain(body)
    })
  },
  {
    title: "DELETE version",
    operation: "DELETE version",
    theirs:
      "versions = connection.get_container(container, prefix='old', limit=1000, query_string='versions')[1]\n" +
      "connection.delete_object(container, 'old', query_string='version-id=' + versions[1]['version_id'])",
    ours: Effect.fnUntraced(function* ({ store, container }) {
      const { versions } = yield* store.versions!([container, "old"])
      yield* store.removeVersion!([container, "old"], versions[1]!.id)
    })
  },
  {
    title: "GET info",
    operation: "GET info",
    theirs: "connection.get_capabilities()",
    ours: ({ client }) => Effect.flatMap(client.session.get, () => client.info)
  }
]
