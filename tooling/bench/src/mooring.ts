/**
 * Mooring as a user of npm has it: the packed command and the packed S3 provider, installed with plain npm.
 */
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { settings, type Client, type Place, type Service } from "./Client.ts"
import { root, step } from "./step.ts"

const packages = ["packages/core", "packages/provider-s3", "apps/cli"]

const install = (scratch: string): string => {
  const [tarballs, folder] = [join(scratch, "tarballs"), join(scratch, "mooring")]
  mkdirSync(folder)
  const { env } = process
  step({ run: ["tsc", "-b"], env })
  for (const path of packages) {
    step({ run: ["pnpm", "pack", "--pack-destination", tarballs], env }, join(root, path))
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }))
  const packed = ["core", "provider-s3", "cli"].map((name) => join(tarballs, `mooring-${name}-0.0.0.tgz`))
  step({ run: ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", ...packed], env }, folder)
  return join(folder, "node_modules/.bin/mooring")
}

/** Installs it below the folder `scratch` and connects the service. */
export const mooring = (scratch: string, service: Service): Client => {
  const program = install(scratch)
  const env = { ...process.env, MOORING_STATE: join(scratch, "state") }
  const command = (...args: ReadonlyArray<string>) => ({ run: [program, ...args], env })
  const { secret_access_key, ...shown } = service
  const options = { ...shown, chunk_size: String(settings.chunk), upload_concurrency: String(settings.parts) }
  const given = Object.entries(options).map(([name, value]) => `--${name.replaceAll("_", "-")}=${String(value)}`)
  step({
    run: [program, "connect", "s3", "--name", "bench", ...given],
    env: { ...env, MOORING_S3_SECRET_ACCESS_KEY: secret_access_key }
  })
  const named = ({ remote, path }: Place) => (remote ? `bench:${path}` : path)
  return {
    name: "mooring",
    version: `${step(command("--version"))}, node ${process.version}`,
    copyOne: (from, to) => command("cp", named(from), named(to)),
    copyAll: (from, to) => command("cp", "-r", named(from), named(to)),
    list: (place) => command("ls", "-r", named(place))
  }
}
