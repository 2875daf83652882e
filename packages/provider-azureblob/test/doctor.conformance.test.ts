/**
 * The doctor over misconfigurations of a real server: `MOORING_SETUP` is the line of JSON that its setup's `up` printed.
 */
import { doctorSuite } from "@mooring/testkit/doctor"
import { realCases, realSubject } from "./doctor/realCases.ts"

const { setup, ...printed } = JSON.parse(process.env["MOORING_SETUP"] ?? "")

doctorSuite(realSubject(printed), realCases(printed), {
  name: `the doctor before ${setup}`,
  score: new URL(`doctor/score.${setup}.txt`, import.meta.url)
})
