import { useId } from 'react'
import { classNames } from './class-names.ts'

/** The mark: a tick threaded through a chain link, cutting the link where it passes over it. */
export function LogoMark({ size = 28, className }: { size?: number; className?: string }) {
  const mask = `link-${useId().replaceAll(':', '')}`
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 32 32"
      width={size}
      height={size}
      fill="none"
      className={classNames('shrink-0', className)}
    >
      <mask id={mask} maskUnits="userSpaceOnUse" x="0" y="0" width="32" height="32">
        <rect width="32" height="32" fill="#fff" />
        <path d="M10.5 16.5 15 21 29 7" stroke="#000" strokeWidth="7" />
      </mask>
      <rect
        x="6"
        y="3"
        width="17"
        height="26"
        rx="8.5"
        stroke="currentColor"
        strokeWidth="3"
        mask={`url(#${mask})`}
      />
      <path d="M10.5 16.5 15 21 28.5 7.5" className="stroke-accent" strokeWidth="3" />
    </svg>
  )
}

export function Logo({ size = 26 }: { size?: number }) {
  return (
    <span className="flex items-center gap-2">
      <LogoMark size={size} />
      <span className="font-semibold text-lead tracking-[-0.02em]">Attested</span>
    </span>
  )
}
