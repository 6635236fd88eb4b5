import { type ActionFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, isRouteErrorResponse, useNavigation, useRouteError } from '@remix-run/react'
import { AuthLayout } from '#app/components/auth-layout.tsx'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { DemoProgress } from '#app/components/demo-progress.tsx'
import { Notice } from '#app/components/notice.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { callerOf } from '#app/http/caller.server.ts'
import { errorReply } from '#app/http/error-reply.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { openDemoWorkspace } from '#app/services/demo.server.ts'
import { RefusedError } from '#app/services/errors.ts'

/** Entering the demo makes a workspace and a session: a link or a crawler must not do that. */
export function loader() {
  return redirect('/')
}

export async function action({ request }: ActionFunctionArgs) {
  try {
    const { cookie } = await openDemoWorkspace(callerOf(request), publicOrigin(request))
    return redirect('/clients', { headers: { 'Set-Cookie': cookie } })
  } catch (error) {
    if (error instanceof RefusedError) throw errorReply(error.message, 409)
    throw error
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Demo workspace') }]

/** The action either redirects or throws: there is nothing to show but what went wrong. */
export default function DemoPage() {
  return null
}

export function ErrorBoundary() {
  const error = useRouteError()
  const isTrying = useNavigation().formAction === '/demo'
  const isClosed = isRouteErrorResponse(error) && error.status === 409
  return (
    <AuthLayout title={isClosed ? 'The demo is closed here' : 'The demo could not be prepared'}>
      <div className="flex flex-col gap-5">
        {isTrying ? (
          <DemoProgress />
        ) : (
          <Notice kind={isClosed ? 'info' : 'danger'} announce>
            {isClosed
              ? String(error.data?.sentence)
              : 'Something failed while the example data was made. Nothing of yours is touched; try once more.'}
          </Notice>
        )}
        <div className="flex flex-wrap gap-2.5">
          {isClosed ? (
            <ButtonLink variant="primary" to="/sign-in">
              Sign in
            </ButtonLink>
          ) : (
            <Form method="post" action="/demo">
              <Button type="submit" variant="primary" loading={isTrying} loadingLabel="Preparing">
                Try again
              </Button>
            </Form>
          )}
          <ButtonLink to="/">Go to the start</ButtonLink>
        </div>
      </div>
    </AuthLayout>
  )
}
