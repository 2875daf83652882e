/**
 * The doctor over misconfigurations that are made here.
 */
import { doctorSuite } from "@mooring/testkit/doctor"
import { cases } from "./doctor/cases/index.ts"
import { subject } from "./doctor/worlds.ts"

doctorSuite(subject, cases, { name: "the doctor", score: new URL("doctor/score.txt", import.meta.url) })
