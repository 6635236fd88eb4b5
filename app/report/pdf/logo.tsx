/** The logo of whoever prepared a document. */
import { Image } from '@react-pdf/renderer'
import type { Brand } from '../statement-parts.ts'

// What fits beside the running line of the cover, in points.
const LOGO = { width: 150, height: 60 }

export function Logo({ brand, logo }: { brand: Brand | null | undefined; logo?: Uint8Array }) {
  const size = brand?.logo
  if (!logo || !size) return null
  const scale = Math.min(LOGO.width / size.widthPixels, LOGO.height / size.heightPixels)
  return (
    <Image
      src={{ data: Buffer.from(logo), format: 'png' }}
      style={{ width: size.widthPixels * scale, height: size.heightPixels * scale, marginTop: 6 }}
    />
  )
}
