import { Link, type LinkProps } from '@remix-run/react'
import { classNames } from './class-names.ts'

/** A link in running text. `quiet` leaves the underline to hover, for lists in which every row is a link. */
export function TextLink({ quiet = false, className, ...rest }: LinkProps & { quiet?: boolean }) {
  return (
    <Link
      {...rest}
      className={classNames(
        quiet ? 'font-medium text-ink hover:text-accent hover:underline underline-offset-4' : 'text-link',
        className,
      )}
    />
  )
}
