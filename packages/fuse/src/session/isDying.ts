/**
 * Whether a caller is being killed, and so waits for no answer.
 *
 * The kernel sends INTERRUPT for every signal, also for one that the program handles, as a timer's is. EINTR would reach it
 * although SA_RESTART asks otherwise, of calls for which no other filesystem gives it, and of changes that were made all
 * the same. The kernel marks each thread of a process that dies of a signal with SIGKILL, whichever it died of.
 */
import { readText } from "../Host.ts"

/** The bit of SIGKILL. */
const killed = 1 << 8

/** `SigPnd` and `ShdPnd` of proc_pid_status(5), the last eight of their hexadecimal digits. */
const pendingSignals = /^(?:SigPnd|ShdPnd):\s*[0-9a-f]*?([0-9a-f]{8})$/gm

/** Whether a thread of this machine has SIGKILL pending; false of one that cannot be seen. */
export const isDying = (thread: number): boolean =>
  readText(`/proc/${thread}/status`)
    .matchAll(pendingSignals)
    .some(([, digits]) => (parseInt(digits as string, 16) & killed) !== 0)
