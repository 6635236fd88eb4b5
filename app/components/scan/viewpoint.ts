/** Where a fact was observed from, in words. */
import type { FactScope } from '#evidence/facts.ts'

export const viewpointWords: Record<FactScope['viewpoint'], string> = {
  internal: 'Inside the network',
  external: 'Outside the network',
  tenant: 'In the tenant',
  statement: 'As stated',
}
