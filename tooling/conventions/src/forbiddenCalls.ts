/**
 * What code of packages does not call, and the few files that adapt the platform and do.
 */
import { codeOf, isSource, lineAt, type FileRule } from "./SourceFile.ts"

interface Forbidden {
  readonly name: string
  readonly pattern: RegExp
  readonly instead: string
  /** Path patterns that may, each with its reason. */
  readonly except?: Readonly<Record<string, string>>
}

const forbidden: ReadonlyArray<Forbidden> = [
  { name: "Date", pattern: /\bDate\.now\(|\bnew Date\(/g, instead: "Clock or DateTime" },
  { name: "Math.random", pattern: /\bMath\.random\(/g, instead: "Random, or node:crypto for secrets" },
  { name: "console", pattern: /\bconsole\.\w+\(/g, instead: "Effect.log, or Console in an app" },
  {
    name: "process.env",
    pattern: /\bprocess\.env\b/g,
    instead: "Ambient, or Config in an app",
    except: {
      "^apps/(server|cli)/src/main\\.ts$": "the entry point hands the environment to the host",
      "^apps/cli/src/start\\.ts$": "what keeps compiled code asks for the user's cache folder",
      "^apps/(server|cli)/src/.*[cC]onfig\\.ts$": "the one file that reads the environment"
    }
  },
  { name: "fetch", pattern: /(?<![.\w])fetch\(/g, instead: "Transport" },
  {
    name: "new Promise",
    pattern: /\bnew Promise\b/g,
    instead: "Effect.callback",
    except: {}
  },
  {
    name: "network modules",
    pattern: /from "(node:)?(http|https|net|tls|dns|dgram|child_process)(\/promises)?"|from "undici"/g,
    instead: "Transport or Ambient",
    except: {
      "^packages/core/src/(transport/|UndiciTransport|NodeAmbient|EgressPolicy)": "the implementation of these doors",
      "^packages/testkit/src/(faults|doctor|vendorDiff)/": "the proxies and servers of tests need sockets",
      "^packages/testkit/src/(doors|defects/opening)": "what is past these doors is watched, and opened by mistake",
      "^apps/server/src/": "the server listens",
      "^packages/fuse/src/Host\\.ts$": "the adapter that polls the device of the kernel, and starts mount and umount",
      "^apps/cli/src/detached\\.ts$": "a mount in the background is a process of its own"
    }
  },
  {
    name: "file modules",
    pattern: /from "(node:)?fs(\/promises)?"/g,
    instead: "Ambient",
    except: {
      "^packages/core/src/NodeAmbient": "the implementation of this door",
      "^packages/provider-local/": "its objects are files",
      "^packages/vfs/(src/cacheFolder/localFiles|test/)": "the cache folder holds what is not stored yet",
      "^packages/host/": "state and plugins are files",
      "^packages/testkit/": "suites read committed lists",
      "^packages/fuse/src/Host\\.ts$": "the adapter that reads and writes the device of the kernel, and finds mounts",
      "^apps/": "apps own their platform"
    }
  },
  {
    name: "modules by another way than import",
    pattern: /\bgetBuiltinModule\b|\bprocess\b.*\.binding\b|\brequire\(/g,
    instead: "import, which these rules see",
    except: {
      "^packages/testkit/src/doors/": "what is past the doors is watched, whichever way it was had",
      "^packages/fuse/src/mount/(ffi|decoy)Inbox\\.ts$":
        "a descriptor is received by what not every Node has, or in a child that has no more than the text of a function"
    }
  },
  {
    name: "Redacted.value",
    pattern: /\bRedacted\.value\(/g,
    instead: "the one line that signs",
    except: {
      "^packages/core/src/ProviderPlugin\\.ts$": "a required secret must not be empty",
      "^packages/provider-[^/]+/src/(normalize|[A-Z]\\w*Api|signature|credentials|sign)": "where a provider signs",
      "^packages/provider-[^/]+/src/api/": "where a provider signs",
      "^packages/azure/src/": "signs for the providers of Azure, and shows secrets to its token service",
      "^packages/(host|testkit)/": "the host unseals its own keys; the suites look for leaks",
      "^apps/": "an app hands over what it was given"
    }
  },
  {
    name: "unstable modules of effect",
    pattern:
      /from "effect\/(http|http-api|cli|sql|process|observability|crypto|net|rpc|encoding|FileSystem|Terminal|LayerMap)(\/|")/g,
    instead: "a stable module, or the one file that adapts it",
    except: {
      "^packages/contract/": "the API is written in it, and nothing else is here",
      "^packages/client/": "the client is derived from the contract",
      "^apps/": "apps adapt the platform"
    }
  },
  {
    name: "old names of effect",
    pattern: /effect\/unstable\/|Schema\.TaggedErrorClass|ServiceMap\.|Context\.Tag\b|Effect\.Service\b/g,
    instead: "effect 4.1's"
  },
  { name: "barrel of effect", pattern: /from "effect"/g, instead: 'import * as Module from "effect/Module"' }
]

const excused = (path: string, except: Readonly<Record<string, string>> = {}): boolean =>
  Object.keys(except).some((pattern) => new RegExp(pattern).test(path))

export const forbiddenCalls: FileRule = ({ path, text }) => {
  if (!isSource(path)) return []
  const code = codeOf(text)
  return forbidden
    .filter(({ except }) => !excused(path, except))
    .flatMap(({ name, pattern, instead }) =>
      [...code.matchAll(pattern)].map((match) => ({
        path,
        line: lineAt(code, match.index),
        rule: "forbidden calls",
        detail: `${name} is not used here; use ${instead}`
      }))
    )
}
