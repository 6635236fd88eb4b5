import { Form } from '@remix-run/react'
import { LogOut } from 'lucide-react'
import { Button } from './button.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

/** Who is signed in, the way out and the colour theme. */
export function UserPanel({ userName, userDetail }: { userName: string; userDetail?: string }) {
  return (
    <div className="border-hairline border-t pt-3">
      <p className="truncate font-medium" title={userName}>
        {userName}
      </p>
      {userDetail ? (
        <p className="truncate text-caption text-ink-soft" title={userDetail}>
          {userDetail}
        </p>
      ) : null}
      <div className="mt-2.5 flex items-center justify-between gap-2">
        <ThemeToggle />
        <Form method="post" action="/sign-out">
          <Button type="submit" variant="quiet" size="small" icon={LogOut}>
            Sign out
          </Button>
        </Form>
      </div>
    </div>
  )
}
