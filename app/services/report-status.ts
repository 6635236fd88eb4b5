/** Whether a file of a report still counts, as anybody who holds it may learn. */
import { z } from 'zod'

/** In either case: programs print digests in both. */
export const FileSha256 = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/)

const Ended = { at: z.iso.datetime().nullable(), reason: z.string() }

export const FileStatus = z.discriminatedUnion('status', [
  /** This installation never handed out such a file. */
  z.object({ status: z.literal('unknown') }),
  z.object({ status: z.literal('in-force') }),
  z.object({ status: z.literal('awaiting-signature') }),
  z.object({ status: z.literal('superseded'), ...Ended }),
  z.object({ status: z.literal('withdrawn'), ...Ended }),
])
export type FileStatus = z.infer<typeof FileStatus>
