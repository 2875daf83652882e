import type { Provider } from "../Provider.ts"

/**
 * One session takes one piece after the other, so that neither has an option for the number of pieces at once.
 * rclone takes an `endpoint` with its path only.
 */
export const googleCloudStorage: Provider = {
  setup: "google-cloud-storage/fake-gcs-server",
  packages: ["packages/provider-google-cloud-storage"],
  options: {},
  rclone: {
    optionsOf: ({ endpoint, ...config }) => ({
      type: "google cloud storage",
      ...config,
      endpoint: `${String(endpoint)}/storage/v1/`
    }),
    flags: []
  }
}
