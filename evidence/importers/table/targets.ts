/** What a column of a table can be, by what its rows are; the page that explains columns and the importer share this. */
import type { ColumnMapping } from '../importer.ts'
import { backupTargets, deviceTargets } from './device-targets.ts'
import { findingTargets } from './finding-targets.ts'
import { phishingTargets, trainingTargets, userTargets } from './people-targets.ts'
import type { Targets } from './target.ts'

export const ROW_KINDS: Record<ColumnMapping['rowsAre'], string> = {
  findings: 'Findings of a scan',
  devices: 'Devices',
  users: 'Users and their MFA',
  'backup-runs': 'Backup runs or jobs',
  training: 'Training assignments',
  phishing: 'Phishing tests',
}

export const TARGETS: Record<ColumnMapping['rowsAre'], Targets> = {
  findings: findingTargets,
  devices: deviceTargets,
  users: userTargets,
  'backup-runs': backupTargets,
  training: trainingTargets,
  phishing: phishingTargets,
}
