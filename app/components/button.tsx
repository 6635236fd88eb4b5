import { Link, type LinkProps } from '@remix-run/react'
import type { LucideIcon } from 'lucide-react'
import { type ComponentPropsWithoutRef, forwardRef } from 'react'
import { classNames } from './class-names.ts'
import { Spinner } from './spinner.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'regular' | 'small'

interface Look {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: LucideIcon
  /** As wide as its container. */
  wide?: boolean
}

const base =
  'inline-flex items-center justify-center gap-2 rounded-small border font-medium text-center no-underline transition-colors duration-100 select-none aria-disabled:cursor-not-allowed disabled:cursor-not-allowed'

const variants: Record<ButtonVariant, string> = {
  primary:
    'border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong disabled:border-hairline disabled:bg-neutral-wash disabled:text-ink-faint',
  secondary:
    'border-control bg-raised text-ink hover:border-ink hover:bg-paper disabled:border-hairline disabled:bg-sunken disabled:text-ink-faint',
  quiet:
    'border-transparent bg-transparent text-accent hover:bg-accent-wash hover:text-accent-strong disabled:text-ink-faint disabled:hover:bg-transparent',
  danger:
    'border-danger-fill bg-danger-fill text-on-danger hover:brightness-110 disabled:border-hairline disabled:bg-neutral-wash disabled:text-ink-faint',
}

const sizes: Record<ButtonSize, string> = {
  regular: 'min-h-(--control-height) px-4 py-1.5 text-body',
  small: 'min-h-8 px-2.5 py-1 text-caption pointer-coarse:min-h-10',
}

function look({ variant = 'secondary', size = 'regular', wide = false }: Look, className?: string) {
  return classNames(base, variants[variant], sizes[size], wide && 'w-full', className)
}

export type ButtonProps = ComponentPropsWithoutRef<'button'> &
  Look & {
    loading?: boolean
    /** What is being done, said in place of the label while loading. */
    loadingLabel?: string
  }

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  {
    variant,
    size,
    icon: Icon,
    wide,
    loading = false,
    loadingLabel,
    type = 'button',
    className,
    children,
    onClick,
    ...rest
  },
  ref,
) {
  return (
    <button
      {...rest}
      ref={ref}
      type={type}
      className={look({ variant, size, wide }, className)}
      // Busy, not disabled: a disabled button would drop keyboard focus in the middle of the action.
      aria-disabled={loading || undefined}
      aria-busy={loading || undefined}
      onClick={(event) => (loading ? event.preventDefault() : onClick?.(event))}
    >
      {loading ? <Spinner /> : Icon ? <Icon aria-hidden size={16} strokeWidth={1.75} /> : null}
      {loading && loadingLabel ? loadingLabel : children}
    </button>
  )
})

export function ButtonLink({
  variant,
  size,
  icon: Icon,
  wide,
  className,
  children,
  ...rest
}: LinkProps & Look & { children: React.ReactNode }) {
  return (
    <Link {...rest} className={look({ variant, size, wide }, className)}>
      {Icon ? <Icon aria-hidden size={16} strokeWidth={1.75} /> : null}
      {children}
    </Link>
  )
}
