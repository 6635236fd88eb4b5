/** The six meanings a colour may have; every use sets an icon and a word beside it. */
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'neutral' | 'accent'

// Written out in full: the stylesheet is built from the class names that appear literally in the source.
export const toneText: Record<Tone, string> = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  info: 'text-info',
  neutral: 'text-neutral',
  accent: 'text-accent',
}

export const toneWash: Record<Tone, string> = {
  ok: 'bg-ok-wash',
  warn: 'bg-warn-wash',
  bad: 'bg-bad-wash',
  info: 'bg-info-wash',
  neutral: 'bg-neutral-wash',
  accent: 'bg-accent-wash',
}

export const toneFill: Record<Tone, string> = {
  ok: 'fill-ok',
  warn: 'fill-warn',
  bad: 'fill-bad',
  info: 'fill-info',
  neutral: 'fill-neutral',
  accent: 'fill-accent',
}

export const toneEdge: Record<Tone, string> = {
  ok: 'border-ok',
  warn: 'border-warn',
  bad: 'border-bad',
  info: 'border-info',
  neutral: 'border-neutral',
  accent: 'border-accent',
}
