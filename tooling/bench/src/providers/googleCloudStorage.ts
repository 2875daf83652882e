import type { Provider } from "../Provider.ts"

/**
 * Neither sends parts at once. rclone sends a large object in pieces of 16 MiB, as Mooring does by itself. Nothing is
 * secret at a server that asks nobody who they are.
 */
export const googleCloudStorage: Provider = {
  setup: "google-cloud-storage/fake-gcs-server",
  packages: ["packages/provider-google-cloud-storage"],
  options: {},
  rclone: {
    optionsOf: ({ endpoint, project_number }) => ({
      type: "google cloud storage",
      anonymous: true,
      project_number,
      endpoint: `${String(endpoint)}/storage/v1/`
    }),
    flags: ["--gcs-no-check-bucket"],
    makeContainer: ["--gcs-no-check-bucket=false"]
  }
}
