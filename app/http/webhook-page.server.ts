/** What the pages of webhooks share: they are the owners' alone. */
import { tellingRefusals } from './faults.server.ts'

/** As `answering`; who may not see it is told why, with status 403. */
export const forOwners = <T>(work: () => Promise<T>): Promise<T> => tellingRefusals(work, 403)
