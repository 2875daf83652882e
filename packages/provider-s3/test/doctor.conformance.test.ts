/**
 * The doctor over misconfigurations of a real server: `MOORING_SETUP` is the line of JSON that its setup's `up` printed.
 */
import { doctorSuite } from "@mooring/testkit/doctor"
import { everywhere, ofCeph } from "./doctor/realCases.ts"
import { subject } from "./doctor/worlds.ts"

const { setup, ...printed } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
const cases = [...everywhere(printed), ...(setup === "ceph" ? ofCeph(printed) : [])]

doctorSuite(subject, cases, {
  name: `the doctor before ${setup}`,
  score: new URL(`doctor/score.${setup}.txt`, import.meta.url)
})
