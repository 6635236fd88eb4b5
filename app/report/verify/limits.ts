/** How large files may be that are verified; whoever reads them asks before reading. */

/** Reports have a few hundred kilobytes; the bound keeps hostile files from holding up whoever checks them. */
export const MAX_REPORT_BYTES = 64 * 1024 * 1024
/** A certificate in PEM has about a kilobyte. */
export const MAX_PEM_BYTES = 64 * 1024
/** One revoked certificate takes about 60 bytes of a list. */
export const MAX_LIST_BYTES = 8 * 1024 * 1024
/** The envelope holds a part of what the report holds. */
export const MAX_ENVELOPE_BYTES = MAX_REPORT_BYTES
