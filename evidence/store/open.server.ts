/** Chooses where evidence is kept: in the data folder, or in an S3-compatible bucket when one is configured. */
import { openLocalFolderStore } from './local-folder.server.ts'
import type { S3Settings } from './s3-settings.ts'
import type { EvidenceStore } from './store.ts'

export interface EvidenceStoreSettings {
  dataDir: string
  /** Null, or left out, for the local folder. */
  s3?: S3Settings | null
}

/**
 * @param options.cleanLeftovers only for the process that owns the data folder
 * @throws StoreStartError, StoreError
 */
export async function openEvidenceStore(
  { dataDir, s3 }: EvidenceStoreSettings,
  options: { cleanLeftovers: boolean },
): Promise<EvidenceStore> {
  if (!s3) return openLocalFolderStore(dataDir, options)
  // Loaded when needed: the SDK is large, and most installations have a folder.
  const { openS3Store } = await import('./s3.server.ts')
  return openS3Store(s3, { dataDir, ...options })
}
