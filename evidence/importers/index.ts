/**
 * The importers of plain files, in the order in which they are asked; a file belongs to the first that recognises it.
 * `detect.server.ts` opens packed files for them.
 */

import { backupJobsImporter } from './backup-jobs.ts'
import { defenderImporter } from './defender.ts'
import { devicesImporter } from './devices.ts'
import { dmarcImporter } from './dmarc.ts'
import { entraCaImporter } from './entra-ca.ts'
import { entraMfaImporter } from './entra-mfa.ts'
import { epssImporter } from './epss.ts'
import { googleUsersImporter } from './google-users.ts'
import type { Importer } from './importer.ts'
import { kevImporter } from './kev.ts'
import { nessusImporter } from './nessus.ts'
import { nexposeImporter } from './nexpose.ts'
import { nmapImporter } from './nmap.ts'
import { openvasImporter } from './openvas.ts'
import { openvasCsvImporter } from './openvas-csv.ts'
import { phishingImporter } from './phishing.ts'
import { prowlerImporter } from './prowler.ts'
import { qualysImporter } from './qualys.ts'
import { qualysCsvImporter } from './qualys-csv.ts'
import { sarifImporter } from './sarif.ts'
import { scubaImporter } from './scuba.ts'
import { secureScoreImporter } from './secure-score.ts'
import { tenableCsvImporter } from './tenable-csv.ts'
import { trainingImporter } from './training.ts'
import { trivyImporter } from './trivy.ts'
import { zapImporter } from './zap.ts'

export const IMPORTERS: readonly Importer[] = [
  nessusImporter,
  openvasImporter,
  qualysImporter,
  nexposeImporter,
  nmapImporter,
  zapImporter,
  dmarcImporter,
  tenableCsvImporter,
  openvasCsvImporter,
  qualysCsvImporter,
  sarifImporter,
  trivyImporter,
  prowlerImporter,
  scubaImporter,
  defenderImporter,
  secureScoreImporter,
  entraMfaImporter,
  entraCaImporter,
  kevImporter,
  trainingImporter,
  phishingImporter,
  googleUsersImporter,
  epssImporter,
  devicesImporter,
  backupJobsImporter,
]

/** @param head the file's first bytes, 64 KiB at most */
export function detectPlain(head: Uint8Array): Importer | null {
  return IMPORTERS.find((importer) => importer.recognises(head)) ?? null
}
