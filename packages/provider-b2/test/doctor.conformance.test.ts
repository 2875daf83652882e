/**
 * The doctor over misconfigurations of the simulator, and of servers that are none: `MOORING_SETUP` is the line of JSON
 * that its setup's `up` printed.
 */
import { doctorSuite, families } from "@mooring/testkit/doctor"
import { answers } from "./doctor/cases/answers.ts"
import { credentials } from "./doctor/cases/credentials.ts"
import { permissions } from "./doctor/cases/permissions.ts"
import { places } from "./doctor/cases/places.ts"
import { subject } from "./doctor/worlds.ts"

const { setup } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
const generic = Object.values(families(subject)).flat()

doctorSuite(subject, [...generic, ...credentials, ...permissions, ...places, ...answers], {
  name: `the doctor before ${setup}`,
  score: new URL(`doctor/score.${setup}.txt`, import.meta.url)
})
